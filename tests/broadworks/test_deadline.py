"""From its last moment on, a client sends nothing, wherever it was when that moment came."""

import json
import socket
from datetime import UTC, datetime, timedelta

import pytest

from bot.broadworks.client import BroadWorksClient
from bot.domain.plan import Call
from bot.errors import BroadWorksError, NeverSent, Unconfirmed
from tests.broadworks.test_sockets import server

NOW = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
DEADLINE = NOW + timedelta(seconds=10)
BODY = {"displayName": "Room"}
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
def test_nothing_is_sent_from_the_last_moment_on(
    looks: int, raised: type[BroadWorksError] | None, arrived: int
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
        client = BroadWorksClient(base_url=url, token="made-up", tracking=lambda: "BOT_1", now=Looks(looks))
        punctual = client.until(DEADLINE)
        call = Call("POST", "broadworks/workspaces", BODY, client.base_url)
        try:
            if raised is None:
                assert punctual.provision_workspace(call).id == "UExBQ0U"
            else:
                with pytest.raises(raised):
                    punctual.provision_workspace(call)
        finally:
            client.close()

    assert len(requests) == arrived
