"""A write is sent once, and only a yes with an id is a yes."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from bot.domain.plan import Call
from bot.domain.provisioning import Workspace
from bot.errors import BroadWorksError, Busy, NeverSent, Refused, Unconfirmed
from tests.broadworks.conftest import BASE_URL, MakeClient, Time

BODY = {
    "displayName": "Café",
    "userId": "95547321@example.com",
    "spEnterpriseId": "Reseller1+acme",
    "extension": "51212",
}
CALL = Call("POST", "broadworks/workspaces", BODY, BASE_URL)
MADE = {"id": "UExBQ0U", **BODY, "created": "2026-11-21T18:00:00.000Z", "new": {"kept": True}}


class Far:
    """The other end, which counts what arrives."""

    def __init__(self, answer: httpx.Response | Exception) -> None:
        self.answer = answer
        self.seen: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.seen.append(request)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.mark.parametrize("status", [200, 201, 202])
def test_a_yes_with_an_id_is_a_workspace(client_for: MakeClient, status: int) -> None:
    far = Far(httpx.Response(status, json=MADE, headers={"TrackingID": "ROUTER_1"}))

    found = client_for(far).provision_workspace(CALL)

    assert found == Workspace("UExBQ0U", MADE, "ROUTER_1")
    assert [(each.method, str(each.url)) for each in far.seen] == [("POST", f"{BASE_URL}/broadworks/workspaces")]
    assert json.loads(far.seen[0].content) == BODY


def test_what_is_sent_never_fails_to_be_encoded(client_for: MakeClient) -> None:
    far = Far(httpx.Response(200, json=MADE))

    client_for(far).provision_workspace(
        Call("POST", "/broadworks/workspaces", {"displayName": "\ud83d"}, BASE_URL + "/")
    )

    assert far.seen[0].content == b'{"displayName": "\\ud83d"}'


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", "Webex answered 200, but without a body"),
        (b"<html>", "Webex answered 200, but its body cannot be read"),
        (b'{"id":', "Webex answered 200, but its body cannot be read"),
        (b'["UExBQ0U"]', "Webex answered 200, but its body cannot be read"),
        (b"{}", "Webex answered 200, but without the id of a workspace"),
        (b'{"id": null}', "Webex answered 200, but without the id of a workspace"),
        (b'{"id": " "}', "Webex answered 200, but without the id of a workspace"),
        (b'{"id": 7}', "Webex answered 200, but without the id of a workspace"),
        (b'{"id": "' + b"x" * 5000 + b'"}', "Webex answered 200, but without the id of a workspace"),
        (b'{"id": "' + b"x" * 2_000_000 + b'"}', "Webex answered 200, but its body broke off or is too long"),
    ],
)
def test_a_yes_without_an_id_leaves_it_unknown(client_for: MakeClient, content: bytes, text: str) -> None:
    far = Far(httpx.Response(200, content=content, headers={"Trackingid": "ROUTER_1"}))

    with pytest.raises(Unconfirmed) as caught:
        client_for(far).provision_workspace(CALL)

    assert (str(caught.value), caught.value.status, caught.value.tracking_id) == (text, 200, "ROUTER_1")
    assert len(far.seen) == 1


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (httpx.Response(429, headers={"Retry-After": "1"}), Busy),
        (httpx.Response(423), Busy),
        (httpx.Response(400), Refused),
        (httpx.Response(408), Unconfirmed),
        (httpx.Response(503), Unconfirmed),
        (httpx.Response(302, headers={"Location": "https://elsewhere.example/"}), Unconfirmed),
        (httpx.ReadTimeout(""), Unconfirmed),
        (httpx.RemoteProtocolError(""), Unconfirmed),
        (httpx.ConnectError(""), NeverSent),
    ],
)
def test_a_write_is_never_sent_again(
    client_for: MakeClient, passing: Time, answer: httpx.Response | Exception, kind: type[BroadWorksError]
) -> None:
    far = Far(answer)

    with pytest.raises(BroadWorksError) as caught:
        client_for(far).provision_workspace(CALL)

    assert type(caught.value) is kind
    assert (caught.value.tries, len(far.seen), passing.sleeps) == (1, 1, [])


@pytest.mark.parametrize(
    "call",
    [
        Call("POST", "broadworks/workspaces", BODY, "https://sandbox.example/v1"),
        Call("DELETE", "broadworks/workspaces", BODY, BASE_URL),
        Call("POST", "broadworks/subscribers", BODY, BASE_URL),
        Call("POST", "https://elsewhere.example/broadworks/workspaces", BODY, BASE_URL),
    ],
)
def test_a_call_planned_for_another_place_is_not_sent(client_for: MakeClient, call: Call) -> None:
    far = Far(httpx.Response(200, json=MADE))

    with pytest.raises(ValueError, match=r"planned for|does not provision"):
        client_for(far).provision_workspace(call)

    assert far.seen == []


class Torn(httpx.SyncByteStream):
    """A body that breaks off."""

    def __iter__(self) -> Iterator[bytes]:
        yield b'{"message": "no"'
        raise httpx.ReadError("gone")


@pytest.mark.parametrize(("status", "kind"), [(200, Unconfirmed), (409, Refused), (500, Unconfirmed)])
def test_a_body_that_breaks_off_does_not_hide_the_status(
    client_for: MakeClient, status: int, kind: type[BroadWorksError]
) -> None:
    far = Far(httpx.Response(status, stream=Torn(), headers={"Trackingid": "ROUTER_1"}))

    with pytest.raises(kind) as caught:
        client_for(far).provision_workspace(CALL)

    assert (caught.value.status, caught.value.tracking_id) == (status, "ROUTER_1")


def test_a_body_that_is_not_compressed_as_promised_does_not_hide_the_status(client_for: MakeClient) -> None:
    lying = httpx.Response(409, stream=Drip(Time(), step=0), headers={"Content-Encoding": "gzip"})

    with pytest.raises(Refused):
        client_for(Far(lying)).provision_workspace(CALL)


class Drip(httpx.SyncByteStream):
    """A body that comes a byte at a time, for a long while."""

    def __init__(self, time: Time, *, step: float) -> None:
        self.time = time
        self.step = step

    def __iter__(self) -> Iterator[bytes]:
        for _ in range(100):
            self.time.seconds += self.step
            yield b" "


def test_a_body_that_drips_is_not_waited_for_longer_than_the_read_timeout(
    client_for: MakeClient, passing: Time
) -> None:
    started = passing.seconds

    with pytest.raises(Unconfirmed):
        client_for(Far(httpx.Response(200, stream=Drip(passing, step=10)))).provision_workspace(CALL)

    assert passing.seconds - started == 40


def test_what_is_echoed_is_bounded(client_for: MakeClient) -> None:
    echoed: dict[str, Any] = {"id": "UExBQ0U", "displayName": "x" * 9000, "many": list(range(1000))}

    found = client_for(Far(httpx.Response(200, json=echoed))).provision_workspace(CALL)

    assert found.fields == {"id": "UExBQ0U", "displayName": "x" * 2000, "many": list(range(100))}
