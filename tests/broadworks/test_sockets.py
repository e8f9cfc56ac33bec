"""Real connections that fail, each at its own moment."""

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
import pytest
import stamina

from bot.broadworks.client import BroadWorksClient
from bot.broadworks.wire import Wire
from bot.errors import BroadWorksError, NeverSent, Refused, Unconfirmed
from tests.broadworks.calls import KNOWN, READS, WRITES

SHORT = httpx.Timeout(connect=2, read=0.2, write=2, pool=2)
Behaviour = Callable[[socket.socket], None]


def read_request(connection: socket.socket) -> bytes:
    """All of one request: its head, and as much of a body as it announces."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += connection.recv(65536)
    head, _, body = received.partition(b"\r\n\r\n")
    announced = re.search(rb"content-length: (\d+)", head.lower())
    while len(body) < (int(announced[1]) if announced else 0):
        body += connection.recv(65536)
    return head + body


def close_before_reading(connection: socket.socket) -> None:
    connection.close()


def close_after_reading(connection: socket.socket) -> None:
    read_request(connection)


def stay_silent(connection: socket.socket) -> None:
    read_request(connection)
    # Returns when the other side hangs up.
    connection.recv(1)


def break_off_a_yes(connection: socket.socket) -> None:
    read_request(connection)
    connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 900\r\nTrackingid: ROUTER_1\r\n\r\n{"id": "UEx')


def break_off_a_no(connection: socket.socket) -> None:
    read_request(connection)
    connection.sendall(b'HTTP/1.1 409 Conflict\r\nContent-Length: 900\r\nTrackingid: ROUTER_1\r\n\r\n{"mess')


def talk_nonsense(connection: socket.socket) -> None:
    read_request(connection)
    connection.sendall(b"SSH-2.0-OpenSSH\r\n")


@contextmanager
def server(behave: Behaviour) -> Iterator[tuple[str, list[int]]]:
    """A listener on this machine that behaves so towards each connection; gives its URL and the connections."""
    listener = socket.create_server(("127.0.0.1", 0))
    done = threading.Event()
    seen: list[int] = []

    def serve() -> None:
        while True:
            connection, _ = listener.accept()
            with connection:
                if done.is_set():
                    return
                seen.append(len(seen) + 1)
                behave(connection)

    thread = threading.Thread(target=serve)
    thread.start()
    port = listener.getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}/v1", seen
    finally:
        done.set()
        # One more connection wakes the listener, so that it sees that it is over.
        socket.create_connection(("127.0.0.1", port)).close()
        thread.join()
        listener.close()


@contextmanager
def client_at(base_url: str) -> Iterator[BroadWorksClient]:
    client = BroadWorksClient(Wire(base_url=base_url, token="made-up", tracking=lambda: "BOT_1", timeout=SHORT))
    try:
        yield client
    finally:
        client.close()


def failed(base_url: str, name: str = "provision_workspace") -> BroadWorksError:
    with client_at(base_url) as client, pytest.raises(BroadWorksError) as caught:
        KNOWN[name].make(client)
    return caught.value


@pytest.mark.parametrize(
    ("behave", "kind", "status"),
    [
        (close_before_reading, Unconfirmed, None),
        (close_after_reading, Unconfirmed, None),
        (stay_silent, Unconfirmed, None),
        (talk_nonsense, Unconfirmed, None),
        (break_off_a_yes, Unconfirmed, 200),
        (break_off_a_no, Refused, 409),
    ],
)
@pytest.mark.parametrize("name", WRITES)
def test_a_write_that_met_a_server_is_sent_once(
    name: str, behave: Behaviour, kind: type[BroadWorksError], status: int | None
) -> None:
    with server(behave) as (base_url, seen):
        exc = failed(base_url, name)

    assert type(exc) is kind
    assert (exc.status, exc.tracking_id, len(seen)) == (status, "ROUTER_1" if status else None, 1)


@pytest.mark.parametrize("behave", [close_before_reading, close_after_reading, stay_silent, break_off_a_yes])
@pytest.mark.parametrize("name", READS)
def test_a_read_is_tried_again_over_a_new_connection(name: str, behave: Behaviour) -> None:
    with server(behave) as (base_url, seen), stamina.set_testing(True, attempts=2):
        exc = failed(base_url, name)

    assert type(exc) is Unconfirmed
    assert (exc.tries, len(seen)) == (2, 2)


@pytest.mark.parametrize("name", WRITES)
def test_a_refused_connection_sends_nothing(name: str) -> None:
    with socket.socket() as reserved:
        # Bound but not listening: nobody else can take the port meanwhile.
        reserved.bind(("127.0.0.1", 0))
        exc = failed(f"http://127.0.0.1:{reserved.getsockname()[1]}/v1", name)

    assert type(exc) is NeverSent


def test_a_name_that_does_not_exist_sends_nothing() -> None:
    exc = failed("http://nobody.invalid/v1")

    assert type(exc) is NeverSent


def test_an_address_that_is_no_web_address_sends_nothing() -> None:
    assert type(failed("ftp://127.0.0.1/v1")) is NeverSent


@pytest.mark.parametrize(
    ("base_url", "by_proxy"),
    [
        ("http://webex.invalid/v1", True),
        ("http://localhost:9/v1", False),
        ("http://bot.localhost:9/v1", False),
        ("http://127.0.0.1:9/v1", False),
        ("http://[::1]:9/v1", False),
    ],
)
def test_a_proxy_of_the_environment_is_for_the_world_outside(
    monkeypatch: pytest.MonkeyPatch, base_url: str, *, by_proxy: bool
) -> None:
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    with server(break_off_a_no) as (proxy, seen):
        monkeypatch.setenv("http_proxy", proxy)
        exc = failed(base_url)

    assert (type(exc), bool(seen)) == ((Refused, True) if by_proxy else (NeverSent, False))
