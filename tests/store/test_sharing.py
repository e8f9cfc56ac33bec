"""Several processes share the inbox of PostgreSQL: no event is worked on twice, and no lane by two at once."""

import itertools
import json
import subprocess
import sys
import threading
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from bot.domain.event import Envelope
from bot.store.inbox import Inbox
from tests.postgres import Server

NOW = datetime(2026, 7, 9, 14, 13, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
REPOSITORY = Path(__file__).parents[2]
LANES, EVENTS = 6, 8


@pytest.fixture
def url(postgres: Server) -> Iterator[str]:
    url = postgres.empty()
    yield url
    postgres.drop(url)


@pytest.fixture
def one(url: str) -> Iterator[Inbox]:
    inbox = Inbox(url)
    inbox.create()
    yield inbox
    inbox.close()


@pytest.fixture
def other(url: str, one: Inbox) -> Iterator[Inbox]:
    inbox = Inbox(url)
    yield inbox
    inbox.close()


def put(inbox: Inbox, *events: str) -> None:
    """Events such as ``ann 1``."""
    for name in events:
        who = name.partition(" ")[0]
        inbox.put(Envelope("messages", "created", name, "room", who, who), tracking_id="BOT_1", at=NOW)


def names(inbox: Inbox, limit: int = 100, *, now: datetime = NOW) -> list[str]:
    return [row.envelope.id for row in inbox.waiting(limit, now=now)]


def test_what_one_has_taken_no_other_takes_and_he_is_told_of_it_until_it_is_done(one: Inbox, other: Inbox) -> None:
    put(one, "ann 1", "bob 1")

    assert names(one, 1) == ["ann 1"]
    assert names(other) == ["bob 1"]
    assert names(one) == ["ann 1"]
    one.done(1)
    assert names(one) == []


def test_only_the_first_event_of_a_lane_is_taken_and_the_next_when_that_is_done(one: Inbox, other: Inbox) -> None:
    put(one, "ann 1", "ann 2", "ann 3", "bob 1")
    one.waiting(9, now=NOW)

    assert names(other) == []
    one.done(1)
    assert names(other) == ["ann 2"]
    assert names(one) == ["bob 1"]


def test_a_lane_waits_for_what_was_put_off_and_not_for_what_was_parked(one: Inbox, other: Inbox) -> None:
    put(one, "ann 1", "ann 2", "bob 1", "bob 2")
    one.waiting(9, now=NOW)
    one.postponed(1, try_at=NOW + MINUTE)
    one.failed(3, error="no", try_at=NOW, park_after=1)

    assert names(other) == ["bob 2"]
    assert names(other, now=NOW + MINUTE) == ["bob 2"]


def test_what_was_put_off_by_somebody_who_is_gone_is_taken_when_it_is_due(one: Inbox, other: Inbox) -> None:
    put(one, "ann 1", "ann 2")
    one.waiting(9, now=NOW)
    one.postponed(1, try_at=NOW + MINUTE)

    assert other.release(one.owner) == 1

    assert names(other) == []
    assert names(other, now=NOW + MINUTE) == ["ann 1"]


def test_what_was_parked_can_be_taken_by_anybody_once_it_is_replayed_and_not_beside_its_lane(
    one: Inbox, other: Inbox
) -> None:
    put(one, "ann 1", "ann 2")
    one.waiting(9, now=NOW)
    one.failed(1, error="no", try_at=NOW, park_after=1)
    assert names(one) == ["ann 2"]

    one.replay(1)

    assert names(other) == []
    one.done(2)
    assert names(other) == ["ann 1"]


def test_an_event_that_comes_into_sight_late_waits_for_the_later_one_that_was_taken(one: Inbox, other: Inbox) -> None:
    """Numbers are given before they are committed, so a lower one can appear after a higher one."""
    put(one, "ann 1", "ann 2")
    engine = create_engine(one._engine.url)  # noqa: SLF001 - the same database.
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE inbox SET state = 'done' WHERE sequence = 1")
    assert names(one) == ["ann 2"]
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE inbox SET state = 'new' WHERE sequence = 1")
    engine.dispose()

    assert names(other) == []
    one.done(2)
    assert names(other) == ["ann 1"]


def test_processes_may_make_the_table_at_once(url: str) -> None:
    inboxes = [Inbox(url) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(Inbox.create, inboxes))

    assert inboxes[0].counts() == {"new": 0, "done": 0, "parked": 0}
    for inbox in inboxes:
        inbox.close()


def test_threads_that_take_at_once_never_work_on_a_lane_at_the_same_time(url: str, one: Inbox) -> None:
    put(one, *(f"p{lane} {event}" for event in range(EVENTS) for lane in range(LANES)))
    busy: set[str] = set()
    lock = threading.Lock()
    collisions: list[str] = []
    order: dict[str, list[str]] = defaultdict(list)

    def work(_: int) -> None:
        inbox = Inbox(url)
        while inbox.counts()["new"]:
            for row in inbox.waiting(2, now=NOW):
                who = row.envelope.person_id
                with lock:
                    collisions.extend([who] if who in busy else [])
                    busy.add(who)
                    order[who].append(row.envelope.id)
                inbox.counts()  # This takes a moment.
                with lock:
                    busy.discard(who)
                inbox.done(row.sequence)
        inbox.close()

    with ThreadPoolExecutor(5) as pool:
        list(pool.map(work, range(5)))

    assert collisions == []
    assert order == {f"p{lane}": [f"p{lane} {event}" for event in range(EVENTS)] for lane in range(LANES)}


WORKER = """
import json, sys, time
from datetime import UTC, datetime
from bot.store.inbox import Inbox

inbox, did = Inbox(sys.argv[1]), []
while inbox.counts()["new"]:
    for row in inbox.waiting(2, now=datetime.now(UTC)):
        began = time.monotonic()
        time.sleep(0.002)
        did.append([row.envelope.person_id, row.envelope.id, began, time.monotonic()])
        inbox.done(row.sequence)
inbox.close()
print(json.dumps(did))
"""


def test_processes_that_take_at_once_work_on_each_lane_in_order_and_on_nothing_twice(url: str, one: Inbox) -> None:
    put(one, *(f"p{lane} {event}" for event in range(EVENTS) for lane in range(LANES)))

    command = [sys.executable, "-c", WORKER, url]
    workers = [subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE) for _ in range(3)]
    did = [each for worker in workers for each in json.loads(worker.communicate(timeout=60)[0])]

    for lane in range(LANES):
        # The clock is the same for all processes of a machine.
        worked = sorted((began, ended, event) for who, event, began, ended in did if who == f"p{lane}")
        assert [event for _, _, event in worked] == [f"p{lane} {event}" for event in range(EVENTS)]
        assert all(first[1] <= second[0] for first, second in itertools.pairwise(worked))
