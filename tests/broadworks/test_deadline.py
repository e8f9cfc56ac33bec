"""From its last moment on, a client sends nothing, wherever it was when that moment came."""

import json
import socket
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from bot.broadworks.client import BroadWorksClient
from bot.broadworks.wire import Wire
from bot.errors import BroadWorksError, Busy, NeverSent, TooLate, Unconfirmed
from tests.broadworks.calls import KNOWN, READS, WRITES
from tests.broadworks.conftest import MakeClient, Time
from tests.broadworks.test_sockets import server

NOW = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
DEADLINE = NOW + timedelta(seconds=10)
ANSWER = json.dumps({"id": "UExBQ0U"}).encode()


class Looks:
    """A time that is before the deadline for the first ``punctual`` looks at it, and after it from then on."""

    def __init__(self, punctual: int) -> None:
        self.left = punctual

    def __call__(self) -> datetime:
        self.left -= 1
        return NOW if self.left >= 0 else DEADLINE


@pytest.mark.parametrize(
    ("looks", "raised", "arrived"),
    [(0, NeverSent, 0), (1, NeverSent, 0), (2, Unconfirmed, 0), (3, None, 1)],
    ids=["before connecting", "at the headers", "at the body", "in time"],
)
@pytest.mark.parametrize("name", ["provision_subscriber", "update_subscriber", "provision_workspace"])
def test_nothing_is_sent_from_the_last_moment_on(
    name: str, looks: int, raised: type[BroadWorksError] | None, arrived: int
) -> None:
    requests: list[bytes] = []

    def take(connection: socket.socket) -> None:
        received = b""
        while b"Room" not in received:
            more = connection.recv(65536)
            if not more:
                return
            received += more
        requests.append(received)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(ANSWER) + ANSWER)

    with server(take) as (url, _):
        client = BroadWorksClient(Wire(base_url=url, token="made-up", tracking=lambda: "BOT_1", now=Looks(looks)))
        punctual = client.until(DEADLINE)
        try:
            if raised is None:
                assert KNOWN[name].make(punctual).id == "UExBQ0U"
            else:
                with pytest.raises(raised):
                    KNOWN[name].make(punctual)
        finally:
            client.close()

    assert len(requests) == arrived


@pytest.mark.parametrize("name", WRITES)
def test_a_write_that_is_late_is_not_sent(client_for: MakeClient, name: str) -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(204)

    with pytest.raises(TooLate):
        KNOWN[name].make(client_for(answer).until(NOW))

    assert seen == []


@pytest.mark.parametrize("name", READS)
def test_a_read_that_is_late_is_not_tried_again(client_for: MakeClient, passing: Time, name: str) -> None:
    with pytest.raises(NeverSent) as caught:
        KNOWN[name].make(client_for(lambda _request: httpx.Response(200)).until(NOW))

    assert (caught.value.tries, passing.sleeps) == (1, [])


@pytest.mark.parametrize("name", READS)
def test_a_read_waits_no_longer_than_to_its_last_moment(client_for: MakeClient, passing: Time, name: str) -> None:
    busy = httpx.Response(429, headers={"Retry-After": "20"})

    with pytest.raises(Busy) as caught:
        KNOWN[name].make(client_for(lambda _request: busy).until(DEADLINE))

    assert (caught.value.tries, passing.sleeps) == (1, [])
