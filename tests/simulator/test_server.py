"""The simulator on a real socket."""

import json
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from bot.simulator import Simulator
from bot.simulator.server import RunningServer, serve
from tests.simulator.kit import Space
from tests.simulator.test_broadworks import provision


@pytest.fixture
def served(sim: Simulator) -> Iterator[RunningServer]:
    with serve(sim) as server:
        yield server


@pytest.fixture
def real_ann(sim: Simulator, served: RunningServer) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {sim.people['ann'].token}"}
    with httpx.Client(base_url=f"{served.url}/v1", headers=headers, trust_env=False, timeout=30) as http:
        yield http


@pytest.fixture
def real_broadworks(sim: Simulator, served: RunningServer) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {sim.broadworks_token}"}
    with httpx.Client(base_url=f"{served.url}/v1", headers=headers, trust_env=False, timeout=30) as http:
        yield http


def test_connections_are_kept_alive(real_ann: httpx.Client) -> None:
    ports = set()
    for _ in range(3):
        with real_ann.stream("GET", "/people/me") as response:
            response.read()
            ports.add(response.extensions["network_stream"].get_extra_info("client_addr"))
    refused = real_ann.post("/messages", content=b"x" * 100_000)
    head = real_ann.head("/rooms")

    assert len(ports) == 1
    assert (refused.status_code, head.status_code, head.content) == (415, 200, b"")
    assert real_ann.get("/people/me").status_code == 200


def test_a_204_has_no_body_and_the_connection_goes_on(sim: Simulator, real_ann: httpx.Client) -> None:
    message = Space(real_ann, sim.spaces["ann"]).say()["id"]

    assert real_ann.delete(f"/messages/{message}").status_code == 204
    assert real_ann.get(f"/messages/{message}").status_code == 404


def test_a_cut_before_closes_the_socket_with_nothing_done(sim: Simulator, real_broadworks: httpx.Client) -> None:
    sim.faults.add(service="broadworks", kind="drop_before", times=1)

    with pytest.raises(httpx.RemoteProtocolError):
        provision(real_broadworks)
    assert sim.broadworks.workspaces == []
    assert provision(real_broadworks).status_code == 200


def test_a_cut_after_closes_the_socket_with_the_write_done(sim: Simulator, real_broadworks: httpx.Client) -> None:
    sim.faults.add(service="broadworks", kind="drop_after", times=1)

    with pytest.raises(httpx.RemoteProtocolError):
        provision(real_broadworks)
    assert len(sim.broadworks.workspaces) == 1


def test_a_hanging_call_delays_nobody_else(sim: Simulator, real_ann: httpx.Client) -> None:
    fault = sim.faults.add(service="webex", kind="hang", path="/rooms", seconds=3600)

    with ThreadPoolExecutor() as pool:
        hanging = pool.submit(real_ann.get, "/rooms")
        sim.wait_for(lambda: fault.waiting)
        assert real_ann.get("/people/me").status_code == 200
        sim.faults.remove(fault.id)
        assert hanging.result(timeout=10).status_code == 200


def test_a_chunked_request_is_read_whole(sim: Simulator, real_ann: httpx.Client) -> None:
    body = json.dumps({"roomId": sim.spaces["ann"], "text": "in pieces"}).encode()

    def pieces() -> Iterator[bytes]:
        yield body[:10]
        yield body[10:]

    response = real_ann.post("/messages", content=pieces(), headers={"Content-Type": "application/json"})

    assert response.json()["text"] == "in pieces"
    assert real_ann.get("/people/me").status_code == 200


def test_events_stream_as_they_happen(sim: Simulator, served: RunningServer, real_ann: httpx.Client) -> None:
    address = f"{served.url}/play/events?token={sim.people['ann'].token}"

    with real_ann.stream("GET", address) as response:
        lines = response.iter_lines()
        assert response.headers["Content-Type"].startswith("text/event-stream")
        assert next(lines) == ": connected"
        message = Space(real_ann, sim.spaces["ann"]).say()["id"]
        assert "event: message" in lines
        data = next(lines)

    expected = {"kind": "created", "roomId": sim.spaces["ann"], "messageId": message}
    assert json.loads(data.removeprefix("data: ")) == expected


def raw(served: RunningServer, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", served.port), timeout=10) as connection:
        connection.sendall(request)
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    return answer


def test_an_old_client_gets_the_body_until_the_end_of_the_connection(served: RunningServer) -> None:
    answer = raw(served, b"GET /v1/people/me HTTP/1.0\r\nHost: localhost\r\n\r\n")

    assert answer.startswith(b"HTTP/1.1 401 UNAUTHORIZED\r\n")
    assert b"Transfer-Encoding" not in answer


def test_a_client_that_asks_before_it_sends_is_told_to_go_on(served: RunningServer) -> None:
    head = b"POST /v1/rooms HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nConnection: close\r\n"
    answer = raw(served, head + b"Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")

    assert answer.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 401 ")


def test_requests_leave_no_trace_on_the_terminal(
    real_ann: httpx.Client, served: RunningServer, capfd: pytest.CaptureFixture[str]
) -> None:
    real_ann.get("/people/me")
    raw(served, b"nonsense\r\n\r\n")

    assert capfd.readouterr() == ("", "")


def test_a_closed_server_leaves_no_connection_open(sim: Simulator) -> None:
    server = serve(sim)
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as idle:
        idle.sendall(b"GET /v1/people/me HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert idle.recv(65536).startswith(b"HTTP/1.1 401")

        server.close()

        assert idle.recv(65536) == b""
    with pytest.raises(httpx.ConnectError):
        httpx.get(server.url, trust_env=False)


def test_a_page_that_listens_does_not_hold_up_the_end(sim: Simulator, capfd: pytest.CaptureFixture[str]) -> None:
    server = serve(sim)
    fault = sim.faults.add(service="webex", kind="hang", path="/rooms", seconds=3600)
    with (
        socket.create_connection(("127.0.0.1", server.port), timeout=10) as page,
        socket.create_connection(("127.0.0.1", server.port), timeout=10) as hanging,
    ):
        listen = f"GET /play/events?token={sim.people['ann'].token} HTTP/1.1\r\nHost: localhost\r\n\r\n"
        page.sendall(listen.encode())
        hanging.sendall(b"GET /v1/rooms HTTP/1.1\r\nHost: localhost\r\n\r\n")
        sim.wait_for(lambda: fault.waiting)
        assert page.recv(65536).startswith(b"HTTP/1.1 200")
        started = time.monotonic()

        server.close()

        assert time.monotonic() - started < 1
        assert (sim.feed.listeners, fault.waiting) == (0, 0)
    assert sim.faults.current() == [fault]
    assert capfd.readouterr() == ("", "")
