"""What reading a long list of subscribers takes: memory as a share of a list of a tenth, round trips for a first page.

python -m tests.benchmarks.subscribers [SUBSCRIBERS]
"""

import json
import os
import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import islice
from typing import Any

import httpx

from bot.broadworks.client import BroadWorksClient
from bot.broadworks.wire import Wire
from bot.domain.provisioning import SubscriberFilter
from bot.operations import find_subscribers
from bot.simulator.simulator import BROADWORKS_TOKEN
from bot.testing.opening import few_logs
from tests.crash.house import REPOSITORY
from tests.operations.desk import desk

SUBSCRIBERS = 25_000
ROUNDS = 9


class Counting(httpx.HTTPTransport):
    """A transport that counts what goes through it."""

    trips = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """One there and back."""
        self.trips += 1
        return super().handle_request(request)


def measure(subscribers: int = SUBSCRIBERS) -> dict[str, Any]:
    """Read a tenth of them, then all, from a simulator in a process of its own, whose memory is not counted."""
    with few_logs(), _simulator() as url, closing(_control(url)) as control:
        transport = Counting()
        wire = Wire(base_url=f"{url}v1", token=BROADWORKS_TOKEN, tracking=lambda: "BENCH", transport=transport)
        with closing(BroadWorksClient(wire)) as client:
            few = _read(client, transport, count=_filled(control, subscribers // 10))
            many = _read(client, transport, count=_filled(control, subscribers - subscribers // 10))
    return {
        "benchmark": "subscribers",
        "few": few,
        "many": many,
        "many_to_few": {name: round(many[name] / few[name], 3) for name in ("peak_kb", "first_page_ms")},
        "goal": {"peak_kb": 1.2, "first_page_round_trips": 1},
    }


@contextmanager
def _simulator() -> Iterator[str]:
    """The address of a simulated BroadWorks."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "simulate", "--json", "--port", "0"],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
    ) as process:
        try:
            assert process.stdout is not None
            yield json.loads(process.stdout.readline())["page"]
        finally:
            process.terminate()


def _control(url: str) -> httpx.Client:
    return httpx.Client(base_url=f"{url}control", trust_env=False, timeout=120)


def _filled(control: httpx.Client, more: int) -> int:
    """Add so many subscribers; returns how many there are."""
    answer = control.post("/subscribers", json={"fill": more}).raise_for_status()
    return sum(answer.json()["counts"].values())


def _read(client: BroadWorksClient, transport: Counting, *, count: int) -> dict[str, Any]:
    first = _first_page(client, transport)
    # Connections and caches are there before memory is counted.
    list(islice(client.subscribers(SubscriberFilter()), 1))
    transport.trips = 0
    tracemalloc.start()
    found = sum(1 for _ in client.subscribers(SubscriberFilter()))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == count, f"{found} of {count} were listed."
    return {"subscribers": found, "pages": transport.trips, "peak_kb": round(peak / 1024), **first}


def _first_page(client: BroadWorksClient, transport: Counting) -> dict[str, Any]:
    """The first card of a search, as it is planned for an agent."""
    at_desk = replace(desk(), broadworks=client)
    took, trips = [], []
    for _ in range(ROUNDS):
        transport.trips, began = 0, time.perf_counter()
        answer = find_subscribers.plan({"status": "provisioned"}, at_desk)
        took.append(1000 * (time.perf_counter() - began))
        trips.append(transport.trips)
        assert len(answer.outcome.data["items"]) == find_subscribers.ON_A_CARD
    return {"first_page_round_trips": max(trips), "first_page_ms": round(statistics.median(took), 1)}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else SUBSCRIBERS)) + "\n")
