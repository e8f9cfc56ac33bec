"""A delivery is believed only if it is signed over its very bytes, and read only as far as it is needed."""

import hmac
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.event import Envelope
from bot.errors import Malformed, TooLarge, Unsigned, WebhookError
from bot.webex.webhook import MAX_BYTES, read, verify

SECRET, PREVIOUS = "the-secret-of-today", "the-secret-of-yesterday"
RAW = json.dumps(
    {
        "id": "hook",
        "name": "broadworks-bot: messages created",
        "resource": "messages",
        "event": "created",
        "orgId": "org",
        "createdBy": "bot",
        "ownedBy": "creator",
        "status": "active",
        "actorId": "ann",
        "data": {
            "id": "m1",
            "roomId": "support",
            "roomType": "group",
            "personId": "ann",
            "personEmail": "ann@example.com",
            "mentionedPeople": ["bot"],
            "created": "2026-07-09T14:13:00.123Z",
        },
    }
).encode()

headers_of_any_kind = st.dictionaries(
    st.sampled_from(["X-Webex-Signature", "x-webex-signature", "X-Spark-Signature", "Content-Type"]) | st.text(),
    st.text() | st.from_regex(r"\A(SHA-(256|512|1)=[0-9a-f]{0,130}(, )?){0,3}\Z"),
)


def digest(algorithm: str, *, raw: bytes = RAW, secret: str = SECRET) -> str:
    return hmac.new(secret.encode(), raw, algorithm).hexdigest()


def modern(*, raw: bytes = RAW, secret: str = SECRET) -> dict[str, str]:
    values = (f"SHA-{bits}={digest(f'sha{bits}', raw=raw, secret=secret)}" for bits in (256, 512))
    return {"X-Webex-Signature": ", ".join(values)}


def legacy(*, raw: bytes = RAW, secret: str = SECRET) -> dict[str, str]:
    return {"X-Spark-Signature": digest("sha1", raw=raw, secret=secret)}


def event(**changed: Any) -> bytes:
    return json.dumps(json.loads(RAW) | changed).encode()


@pytest.mark.parametrize(
    "headers",
    [
        modern(),
        legacy(),
        modern() | legacy(),
        modern() | {"X-Spark-Signature": "wrong"},
        {"x-WEBEX-signature": modern()["X-Webex-Signature"].upper().replace(", ", ",")},
        {"X-Webex-Signature": f"SHA-256={digest('sha256')}"},
        {"X-Webex-Signature": f"SHA-512={digest('sha512')}"},
        {"X-Webex-Signature": f"SHA3-512=what-comes-next, SHA-256={digest('sha256')}"},
        {"X-Webex-Signature": f"SHA-256={'0' * 64}, SHA-512={digest('sha512')}"},
        {"X-Spark-Signature": f" {digest('sha1').upper()} "},
    ],
)
def test_a_genuine_delivery_is_believed(headers: dict[str, str]) -> None:
    verify(RAW, headers, secrets=[SECRET])


@pytest.mark.parametrize("sign", [modern, legacy])
def test_the_previous_secret_counts_while_it_is_being_changed(sign: Any) -> None:
    verify(RAW, sign(secret=PREVIOUS), secrets=[SECRET, PREVIOUS])

    with pytest.raises(Unsigned, match="The signature is wrong"):
        verify(RAW, sign(secret=PREVIOUS), secrets=[SECRET])


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Webex-Signature": ""},
        {"X-Webex-Signature": "SHA-256"},
        {"X-Webex-Signature": f"SHA-256={digest('sha256')},"},
        {"X-Webex-Signature": f"SHA-256={digest('sha256')[:-1]}"},
        {"X-Webex-Signature": f"SHA-256={digest('sha256')[:-1]}ä"},
        {"X-Webex-Signature": f"SHA-256={digest('sha512')}"},
        {"X-Webex-Signature": f"SHA-1={digest('sha1')}"},
        {"X-Webex-Signature": f"SHA-256={digest('sha256')}, SHA-256={digest('sha256')}"},
        {"X-Webex-Signature": f"SHA-256={digest('sha256')}, SHA-512={'0' * 128}"},
        {"X-Webex-Signature": digest("sha256")},
        {"X-Spark-Signature": ""},
        {"X-Spark-Signature": "0" * 40},
        {"X-Spark-Signature": digest("sha256")},
        {"X-Spark-Signature": f"sha1={digest('sha1')}"},
    ],
)
def test_anything_else_is_not(headers: dict[str, str]) -> None:
    with pytest.raises(Unsigned):
        verify(RAW, headers, secrets=[SECRET])


@pytest.mark.parametrize("header", ["", "SHA-1=00", "none", "SHA-512=00"])
def test_an_unusable_signature_does_not_fall_back_to_the_weaker_one(header: str) -> None:
    with pytest.raises(Unsigned):
        verify(RAW, legacy() | {"X-Webex-Signature": header}, secrets=[SECRET])


@pytest.mark.parametrize("secrets", [[], [""]])
def test_without_a_secret_nothing_is_believed(secrets: list[str]) -> None:
    with pytest.raises(Unsigned):
        verify(RAW, legacy(secret=""), secrets=secrets)


def test_more_bytes_than_an_event_can_have_are_refused() -> None:
    raw = b" " * MAX_BYTES

    verify(raw, modern(raw=raw), secrets=[SECRET])
    with pytest.raises(TooLarge):
        verify(raw + b" ", modern(raw=raw + b" "), secrets=[SECRET])


@given(st.integers(0, len(RAW) * 8 - 1), st.sampled_from([modern, legacy]))
def test_a_single_changed_bit_is_noticed(bit: int, sign: Any) -> None:
    changed = bytearray(RAW)
    changed[bit // 8] ^= 1 << bit % 8

    with pytest.raises(Unsigned):
        verify(bytes(changed), sign(), secrets=[SECRET])


@given(st.binary(), headers_of_any_kind)
def test_no_bytes_and_headers_whatsoever_are_believed(raw: bytes, headers: dict[str, str]) -> None:
    with pytest.raises(WebhookError):
        verify(raw, headers, secrets=[SECRET, PREVIOUS])


def test_a_delivery_is_read_for_what_identifies_it() -> None:
    data = {"roomId": "support", "roomType": "group", "personId": "ann", "personEmail": "ann@example.com"}
    data["created"] = "2026-07-09T14:13:00.123Z"

    assert read(RAW) == Envelope("messages", "created", "m1", "support", "ann", "ann", data)
    assert read(RAW).key == "messages/created/m1"


def test_what_is_not_needed_may_be_absent_or_odd() -> None:
    odd = event(
        resource="rooms",
        event="migrated",
        actorId=7,
        data={"id": "new", "oldRoomId": "old", "personEmail": "a\ud800b", "roomType": "", "messageId": "x" * 513},
    )

    assert read(odd) == Envelope("rooms", "migrated", "new", "", "", "", {"oldRoomId": "old"})


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"\xff\xfe{\x00}\x00",
        b"[" * 60_000,
        b"1" * 60_000,
        event(data=None),
        event(data=[]),
        event(data={}),
        event(data={"id": 7}),
        event(data={"id": ""}),
        event(data={"id": "x" * 513}),
        event(data={"id": "../people/me"}),
        event(data={"id": "m1\n"}),
        event(data={"id": "m\u0661"}),
        event(resource=""),
        event(resource="messages/created"),
        event(resource=None),
        event(event="x" * 65),
        event(event=["created"]),
    ],
)
def test_what_cannot_be_identified_is_malformed(raw: bytes) -> None:
    with pytest.raises(Malformed):
        read(raw)


json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.sampled_from(["data", "id", "resource"]), inner),
)
half_events = st.fixed_dictionaries(
    {},
    optional={
        "resource": st.just("messages") | json_values,
        "event": st.just("created") | json_values,
        "actorId": json_values,
        "data": st.fixed_dictionaries({"id": st.just("m1") | json_values}, optional={"roomId": json_values}),
    },
)


@given(st.binary() | (json_values | half_events).map(lambda value: json.dumps(value).encode()))
def test_reading_gives_an_envelope_that_can_be_kept_or_says_malformed(raw: bytes) -> None:
    try:
        envelope = read(raw)
    except Malformed:
        return

    assert envelope.resource
    assert envelope.event
    assert envelope.id
    for text in (envelope.key, envelope.room_id, envelope.person_id, envelope.actor_id, *envelope.data.values()):
        assert text.encode().decode() == text
