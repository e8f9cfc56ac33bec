"""What was put off comes nearer through the engine's own table, which is no public use of it: this is the contract."""

import inspect
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from dbos import DBOS, Queue, SetEnqueueOptions
from dbos import _dbos as internals

from bot.engine.delays import bring_nearer

SOON = 0.05
"""Seconds between two looks of the engine into its queue."""


@pytest.fixture
def engine(new_url: Callable[..., str]) -> Iterator[None]:
    """An engine that is still to be launched."""
    DBOS(config={"name": "delays", "system_database_url": new_url(), "log_level": "ERROR"})
    yield
    DBOS.destroy(destroy_registry=True)


def test_the_engines_private_names_are_there(engine: None) -> None:
    DBOS.launch()
    system = internals._get_dbos_instance()._sys_db  # noqa: SLF001 - the contract.

    assert {"workflow_uuid", "status", "delay_until_epoch_ms"} <= set(system.tables.workflow_status.columns.keys())
    assert list(inspect.signature(system.transition_delayed_workflows).parameters) == []


def test_what_is_due_by_then_begins_and_what_is_not_waits_for_so_much_less(engine: None) -> None:
    begun = threading.Event()

    @DBOS.workflow(name="job")
    def job() -> None:
        begun.set()

    DBOS.launch()
    queue: Queue = DBOS.register_queue("work", polling_interval_sec=SOON)
    for hours in (1, 3):
        with SetEnqueueOptions(delay_seconds=hours * 3600):
            queue.enqueue(job)
    [before] = [each.delay_until_epoch_ms for each in DBOS.list_workflows()][1:]

    bring_nearer(by=timedelta(hours=2))

    assert begun.wait(10)
    [after] = [each.delay_until_epoch_ms for each in DBOS.list_workflows(status="DELAYED")]
    assert before is not None
    assert after == before - 2 * 3600 * 1000
