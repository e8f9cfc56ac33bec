"""What each documented response code means, for every read and every write."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from bot.broadworks.client import BroadWorksClient
from bot.errors import BroadWorksError, Busy, Refused, Unconfirmed
from tests.broadworks.calls import FULL, KNOWN, READS, WRITES, Known
from tests.broadworks.conftest import BASE_URL, MakeClient, Time

Told = type[BroadWorksError] | None
"""The exception, or None for a value."""

TABLE: list[tuple[int, Told, int, Told]] = [
    # status, a read, its tries, a write (always one try)
    (200, None, 1, None),
    (201, None, 1, None),
    (202, None, 1, None),
    (204, Unconfirmed, 4, Unconfirmed),
    (400, Refused, 1, Refused),
    (401, Refused, 1, Refused),
    (403, Refused, 1, Refused),
    (404, Refused, 1, Refused),
    (405, Refused, 1, Refused),
    (408, Unconfirmed, 4, Unconfirmed),
    (409, Refused, 1, Refused),
    (410, Refused, 1, Refused),
    (415, Refused, 1, Refused),
    (423, Busy, 4, Busy),
    (428, Refused, 1, Refused),
    (429, Busy, 4, Busy),
    (500, Unconfirmed, 4, Unconfirmed),
    (501, Unconfirmed, 1, Unconfirmed),
    (502, Unconfirmed, 4, Unconfirmed),
    (503, Unconfirmed, 4, Unconfirmed),
    (504, Unconfirmed, 4, Unconfirmed),
]


class Far:
    """Answers always the same, and keeps what it was asked."""

    def __init__(self, status: int, body: dict[str, Any] | None = None) -> None:
        self.status = status
        # These words tell that it is the API that answers, and no gateway before it.
        self.body = body or (FULL if status < 300 else {"message": "This subscriber or room may not."})
        self.seen: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.seen.append(request)
        headers = {"Trackingid": "ROUTER_1"}
        if self.status == 204:
            return httpx.Response(204, headers=headers)
        return httpx.Response(self.status, json=self.body, headers=headers)


def outcome(call: Callable[[BroadWorksClient], Any], client: BroadWorksClient) -> Any:
    """What comes out of a call, returned or raised."""
    try:
        return call(client)
    except BroadWorksError as exc:
        return exc


@pytest.mark.parametrize(("status", "told", "tries"), [row[:3] for row in TABLE])
@pytest.mark.parametrize("name", READS)
def test_a_read_is_tried_again_where_that_may_help(
    client_for: MakeClient, name: str, status: int, told: Told, tries: int
) -> None:
    far = Far(status)

    found = outcome(KNOWN[name].make, client_for(far))

    assert type(found) is (told or KNOWN[name].gives)
    assert len(far.seen) == tries
    if isinstance(found, BroadWorksError):
        assert (found.status, found.tries, found.tracking_id) == (status, tries, "ROUTER_1")


@pytest.mark.parametrize(("status", "told"), [(row[0], row[3]) for row in TABLE])
@pytest.mark.parametrize("name", WRITES)
def test_a_write_is_sent_once_whatever_is_answered(
    client_for: MakeClient, passing: Time, name: str, status: int, told: Told
) -> None:
    far, known = Far(status), KNOWN[name]
    expected: Any = known.gives if told is None or (known.bare and status == 204) else told

    found = outcome(known.make, client_for(far))

    assert type(found) is expected
    assert (found.tracking_id, len(far.seen), passing.sleeps) == ("ROUTER_1", 1, [])
    if isinstance(found, BroadWorksError):
        assert (found.status, found.tries) == (status, 1)


@pytest.mark.parametrize("known", KNOWN.values(), ids=list(KNOWN))
def test_what_is_sent_is_the_call_itself_with_token_and_tracking_id(client_for: MakeClient, known: Known) -> None:
    far = Far(200)

    known.make(client_for(far))

    [sent] = far.seen
    assert (sent.method, str(sent.url.copy_with(query=None))) == (known.method, f"{BASE_URL}/{known.path}")
    assert (sent.headers["authorization"], sent.headers["trackingid"]) == ("Bearer made-up-token", "BOT_1")
    assert sent.headers.get("content-type") == (None if known.body is None else "application/json")


RAISED: list[tuple[type[httpx.TransportError], str]] = [
    (httpx.ConnectError, "NeverSent"),
    (httpx.ConnectTimeout, "NeverSent"),
    (httpx.PoolTimeout, "NeverSent"),
    (httpx.ReadError, "Unconfirmed"),
    (httpx.ReadTimeout, "Unconfirmed"),
    (httpx.WriteError, "Unconfirmed"),
    (httpx.WriteTimeout, "Unconfirmed"),
    (httpx.RemoteProtocolError, "Unconfirmed"),
]


@pytest.mark.parametrize(("raised", "kind"), RAISED)
@pytest.mark.parametrize("name", KNOWN)
def test_a_connection_that_fails_is_told_by_whether_anything_left(
    client_for: MakeClient, name: str, raised: type[httpx.TransportError], kind: str
) -> None:
    seen: list[httpx.Request] = []

    def fail(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        raise raised("")

    found = outcome(KNOWN[name].make, client_for(fail))

    assert type(found).__name__ == kind
    assert found.tries == len(seen) == (1 if KNOWN[name].write else 4)


GARBAGE = [b"", b"  ", b"<html>", b'{"id":', b"[1]", b"null", b"\xff\xfe", b'{"id": "' + b"x" * 2_000_000 + b'"}']


@pytest.mark.parametrize("content", GARBAGE, ids=lambda content: repr(content[:8]))
@pytest.mark.parametrize("name", KNOWN)
def test_a_yes_that_cannot_be_read_is_no_yes(client_for: MakeClient, name: str, content: bytes) -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, content=content, headers={"Trackingid": "ROUTER_1"})

    found = outcome(KNOWN[name].make, client_for(answer))

    if KNOWN[name].bare and not content.strip():
        assert type(found) is KNOWN[name].gives
        return
    assert type(found) is Unconfirmed
    assert (found.status, found.tracking_id) == (200, "ROUTER_1")
    assert len(seen) == (1 if KNOWN[name].write else 4)


@pytest.mark.parametrize("name", READS)
def test_a_read_that_was_busy_is_told_as_it_was_answered_at_last(
    client_for: MakeClient, passing: Time, name: str
) -> None:
    answers = [httpx.Response(429, headers={"Retry-After": "7"}), httpx.Response(200, json=FULL)]

    found = outcome(KNOWN[name].make, client_for(lambda _request: answers.pop(0)))

    assert type(found) is KNOWN[name].gives
    assert passing.sleeps == [7.0]


@pytest.mark.parametrize("name", WRITES)
def test_a_write_that_met_a_busy_api_tells_how_long_to_wait(client_for: MakeClient, passing: Time, name: str) -> None:
    found = outcome(KNOWN[name].make, client_for(lambda _: httpx.Response(429, headers={"Retry-After": "7"})))

    assert isinstance(found, Busy)
    assert (found.retry_after, passing.sleeps) == (7.0, [])
