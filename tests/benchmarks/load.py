"""Signed webhooks in a closed loop: each connection sends the next one when it has the answer."""

import hashlib
import hmac
import itertools
import json
import socket
import statistics
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tests.benchmarks.floor import SECRET

CONNECTIONS = 8

_numbers = itertools.count(1)


@dataclass
class Load:
    """What came of it: latencies in seconds, answers by status."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)

    def add(self, other: "Load") -> "Load":
        """Both together."""
        statuses = {
            status: self.statuses.get(status, 0) + other.statuses.get(status, 0)
            for status in {*self.statuses, *other.statuses}
        }
        return Load(self.seconds + other.seconds, self.latencies + other.latencies, statuses)

    @property
    def rate(self) -> float:
        """Answers per second."""
        return len(self.latencies) / self.seconds

    def milliseconds(self, share: float) -> float:
        """The latency below which so large a share of the answers stayed."""
        return round(1000 * statistics.quantiles(self.latencies, n=1000)[int(share * 1000) - 1], 2)


def closed_loop(url: str, *, seconds: float) -> Load:
    """Load a receiver on this machine for a while."""
    began = time.perf_counter()
    parts = [Load() for _ in range(CONNECTIONS)]
    threads = [threading.Thread(target=_send, args=(url, began + seconds, part)) for part in parts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    whole = Load()
    for part in parts:
        whole = whole.add(part)
    whole.seconds = time.perf_counter() - began
    return whole


def _send(url: str, until: float, load: Load) -> None:
    where = urlsplit(url)
    with socket.create_connection((where.hostname, where.port), timeout=30) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while (sent := time.perf_counter()) < until:
            connection.sendall(_request(next(_numbers)))
            status = _status(connection)
            load.latencies.append(time.perf_counter() - sent)
            load.statuses[status] = load.statuses.get(status, 0) + 1


def _request(number: int) -> bytes:
    """A delivery as Webex makes it; always the same person in the same space."""
    data = {"id": f"message{number}", "roomId": "room", "roomType": "direct", "personId": "person"}
    event = {"id": "webhook", "name": "benchmark", "resource": "messages", "event": "created", "actorId": "person"}
    body = json.dumps({**event, "data": data}).encode()
    signature = hmac.new(SECRET.encode(), body, hashlib.sha1).hexdigest()
    head = (
        "POST /webhooks/webex HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\nX-Spark-Signature: {signature}\r\n\r\n"
    )
    return head.encode() + body


def _status(connection: socket.socket) -> int:
    """Read one answer, which has no body."""
    answer = b""
    while b"\r\n\r\n" not in answer:
        part = connection.recv(4096)
        if not part:
            raise ConnectionError("The receiver has closed the connection.")
        answer += part
    return int(answer.split(b" ", 2)[1])
