"""The doorbell wakes the engine's own pollers, which is no public use of the engine: this is the contract."""

import inspect
import re
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from dbos import DBOS, Queue
from dbos import _dbos as internals
from dbos import _queue as pollers

from bot.engine.doorbell import Doorbell, _Bell

NEVER = 30.0
"""Seconds: longer than any of these tests takes."""


@pytest.fixture
def engine(new_url: Callable[..., str]) -> Iterator[None]:
    """An engine that does not poll by itself."""
    DBOS(config={"name": "doorbell", "system_database_url": new_url(), "log_level": "ERROR"})
    Doorbell.silence_own_pollers()
    yield
    DBOS.destroy(destroy_registry=True)


def test_the_engines_private_names_are_there_with_these_parameters() -> None:
    assert list(inspect.signature(internals._get_dbos_instance).parameters) == []  # noqa: SLF001 - the contract.
    assert list(inspect.signature(pollers.queue_worker_thread).parameters) == ["stop_event", "dbos", "queue"]


def test_the_engines_loop_asks_a_stop_event_for_nothing_but_waiting_and_whether_to_stop() -> None:
    source = inspect.getsource(pollers.queue_worker_thread)

    assert set(re.findall(r"stop_event\.(\w+\([^)]*)", source)) == {
        "is_set(",
        "wait(timeout=polling_interval * random.uniform(0.95, 1.05",
    }


def test_ringing_starts_work_at_once_and_nothing_else_does(engine: None) -> None:
    started = threading.Event()

    @DBOS.workflow(name="job")
    def job() -> None:
        started.set()

    DBOS.launch()
    doorbell = Doorbell(again=NEVER)
    queue: Queue = DBOS.register_queue("work", polling_interval_sec=NEVER)
    doorbell.serve(queue)
    queue.enqueue(job)

    assert not started.wait(0.3)
    rung = time.monotonic()
    doorbell.ring("work")

    assert started.wait(NEVER)
    assert time.monotonic() - rung < NEVER / 60
    doorbell.stop()


def test_after_a_ring_the_looks_come_fast_and_then_ever_more_slowly() -> None:
    bell = _Bell(again=0.01)
    bell.ring()

    began = time.monotonic()
    stopped = [bell.wait(NEVER) for _ in range(4)]

    assert stopped == [False] * 4
    assert 0.01 + 0.02 + 0.04 <= time.monotonic() - began < NEVER / 10


def test_a_bell_that_is_set_stops_its_poller_at_once() -> None:
    bell = _Bell(again=NEVER)

    threading.Timer(0.01, bell.set).start()

    assert bell.wait(NEVER)


def test_ringing_for_a_queue_that_nobody_serves_does_nothing() -> None:
    Doorbell().ring("unknown")
