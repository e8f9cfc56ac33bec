"""A process that dies is noticed, and what it left is taken up, by a private call of the engine: the contract."""

import inspect
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from dbos import DBOS
from dbos import _dbos as internals

from bot.engine.rollcall import SILENT_FOR, RollCall
from bot.store import processes
from bot.store.session import Database
from tests.postgres import Server
from tests.store.conftest import migrated

REPOSITORY = Path(__file__).parents[2]

DYING = """
import os, sys, threading
from dbos import DBOS

DBOS(config={"name": "bot", "system_database_url": sys.argv[1], "application_version": "1", "executor_id": "dead",
     "log_level": "ERROR"})

@DBOS.workflow(name="job")
def job(name):
    os._exit(9)

DBOS.launch()
queue = DBOS.register_queue("work", polling_interval_sec=0.05)
queue.enqueue(job, "left behind")
threading.Event().wait(30)
"""


@pytest.fixture
def database(postgres: Server) -> Iterator[Database]:
    url = postgres.copy(migrated)
    database = Database(url)
    yield database
    database.close()
    postgres.drop(url)


@pytest.fixture
def released() -> list[str]:
    return []


@pytest.fixture
def roll_call(database: Database, released: list[str]) -> Callable[[str], RollCall]:
    def make(name: str) -> RollCall:
        return RollCall(database, name=name, release=released.append, then=lambda: None)

    return make


@pytest.fixture
def engine(database: Database) -> Iterator[None]:
    """An engine in this process, which has nothing to do."""
    DBOS(
        config={
            "name": "bot",
            "system_database_url": database.url,
            "application_version": "1",
            "executor_id": "alive",
            "log_level": "ERROR",
        }
    )
    yield
    DBOS.destroy(destroy_registry=True)


def here(database: Database) -> list[str]:
    """Who is thought to be at work, or not known yet to be gone."""
    with database.engine.connect() as connection:
        return [each.name for each in processes.others(connection, "nobody")]


def test_the_engines_private_call_is_there_with_its_parameter() -> None:
    call = internals.DBOS._recover_pending_workflows  # noqa: SLF001 - the contract.

    assert list(inspect.signature(call).parameters) == ["executor_ids"]


def test_what_a_dead_process_was_doing_is_done_again_by_another_in_the_queue_that_it_was_in(
    database: Database, engine: None, roll_call: Callable[[str], RollCall], released: list[str]
) -> None:
    ended = subprocess.run([sys.executable, "-c", DYING, database.url], cwd=REPOSITORY, check=False, timeout=60)
    assert ended.returncode == 9
    done: list[str] = []

    @DBOS.workflow(name="job")
    def job(name: str) -> None:
        done.append(name)

    DBOS.launch()
    DBOS.register_queue("work", polling_interval_sec=0.05)
    [left] = DBOS.list_workflows(executor_id="dead")
    assert (left.status, done) == ("PENDING", [])
    roll_call("dead").arrive()
    roll_call("dead").leave()

    roll_call("alive").call()

    DBOS.retrieve_workflow(left.workflow_id).get_result()
    assert done == ["left behind"]
    [found] = DBOS.list_workflows(workflow_ids=[left.workflow_id])
    assert (found.status, found.executor_id, found.queue_name) == ("SUCCESS", "alive", "work")
    assert released == ["dead"]
    assert here(database) == ["alive"]


def test_who_is_silent_for_too_many_calls_is_gone_and_who_is_not_stays(
    database: Database, engine: None, roll_call: Callable[[str], RollCall], released: list[str]
) -> None:
    DBOS.launch()
    me, living, silent = roll_call("me"), roll_call("living"), roll_call("silent")
    silent.arrive()
    living.arrive()

    for _ in range(SILENT_FOR):
        me.call()
        living.arrive()
    assert released == []
    me.call()

    assert released == ["silent"]
    assert here(database) == ["living", "me"]


def test_who_was_thought_dead_and_is_not_is_at_work_again(
    database: Database, engine: None, roll_call: Callable[[str], RollCall], released: list[str]
) -> None:
    DBOS.launch()
    me, frozen = roll_call("me"), roll_call("frozen")
    frozen.arrive()
    for _ in range(SILENT_FOR + 1):
        me.call()
    with database.reading() as session:
        assert not processes.is_at_work(session, "frozen")

    frozen.call()

    with database.reading() as session:
        assert processes.is_at_work(session, "frozen")
    me.call()
    assert released == ["frozen"]


def test_after_the_database_was_away_nobody_is_gone_who_just_had_no_chance_to_say_so(
    database: Database, engine: None, roll_call: Callable[[str], RollCall], released: list[str]
) -> None:
    """Only calls that went well are counted, however much time has passed."""
    DBOS.launch()
    me, other = roll_call("me"), roll_call("other")
    other.arrive()
    me.call()
    hide, show = "ALTER TABLE processes RENAME TO hidden", "ALTER TABLE hidden RENAME TO processes"
    with database.engine.begin() as connection:
        connection.exec_driver_sql(hide)
    for _ in range(2 * SILENT_FOR):
        with pytest.raises(Exception, match="does not exist"):
            me.call()
    with database.engine.begin() as connection:
        connection.exec_driver_sql(show)

    me.call()

    assert released == []
    assert here(database) == ["me", "other"]
