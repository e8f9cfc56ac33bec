"""The inbox keeps each delivery once, in order, until it was handed over."""

import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from bot.domain.event import Envelope
from bot.errors import StoreUnavailable
from bot.store.inbox import Inbox, InboxRow, InboxState

NOW = datetime(2026, 7, 9, 14, 13, 0, 123456, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def event(name: str = "m1") -> Envelope:
    """Each is somebody else's, so that none has to wait for another."""
    return Envelope("messages", "created", name, "room", name, name, {"roomId": "room", "personEmail": "ünn@x.de"})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "var" / "bot.inbox.sqlite"


@pytest.fixture
def inbox(url: str) -> Iterator[Inbox]:
    yield from opened(url)


@pytest.fixture
def on_sqlite(file: Path) -> Iterator[Inbox]:
    yield from opened(f"sqlite:///{file}")


def opened(url: str) -> Iterator[Inbox]:
    inbox = Inbox(url)
    inbox.create()
    yield inbox
    inbox.close()


def put(inbox: Inbox, *names: str, at: datetime = NOW) -> list[bool]:
    return [inbox.put(event(name), tracking_id=f"BOT_{name}", at=at) for name in names]


def names(rows: list[InboxRow]) -> list[str]:
    return [row.envelope.id for row in rows]


def test_a_delivery_is_kept_as_it_was(inbox: Inbox) -> None:
    put(inbox, "m1")

    assert inbox.waiting(10, now=NOW) == [InboxRow(1, event(), "BOT_m1", NOW)]


def test_the_same_event_is_kept_once_and_also_known_when_done(inbox: Inbox) -> None:
    first = put(inbox, "m1", "m1", "m2")
    inbox.done(1)

    assert first == [True, False, True]
    assert put(inbox, "m1") == [False]
    assert inbox.counts() == {"new": 1, "done": 1, "parked": 0}


def test_many_threads_with_one_event_make_one_row(inbox: Inbox) -> None:
    start, results = threading.Barrier(16), []

    def deliver() -> None:
        start.wait()
        results.extend(put(inbox, "m1"))

    threads = [threading.Thread(target=deliver) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(results) == [False] * 15 + [True]
    assert inbox.counts() == {"new": 1, "done": 0, "parked": 0}


def test_rows_wait_in_the_order_of_arrival(on_sqlite: Inbox) -> None:
    put(on_sqlite, "m1", "m2", "m3", "m4")
    on_sqlite.done(1)

    assert names(on_sqlite.waiting(2, now=NOW)) == ["m2", "m3"]
    assert names(on_sqlite.waiting(2, now=NOW, after=3)) == ["m4"]


def test_a_postponed_row_waits_without_having_failed(inbox: Inbox) -> None:
    put(inbox, "m1", "m2")
    inbox.postponed(1, try_at=NOW + MINUTE)

    assert names(inbox.waiting(10, now=NOW)) == ["m2"]
    [row, *_] = inbox.waiting(1, now=NOW + MINUTE)
    assert row == InboxRow(1, event(), "BOT_m1", NOW, tries=1, try_at=NOW + MINUTE)


def test_a_row_that_fails_too_often_is_parked(inbox: Inbox) -> None:
    put(inbox, "m1", "m2")
    parked = [inbox.failed(1, error=f"  no {n} " + "x" * 999, try_at=NOW, park_after=3) for n in range(3)]

    assert parked == [False, False, True]
    assert names(inbox.waiting(10, now=NOW)) == ["m2"]
    assert inbox.parked() == [
        InboxRow(1, event(), "BOT_m1", NOW, InboxState.PARKED, 3, 3, NOW, ("no 2 " + "x" * 999)[:500])
    ]


def test_a_row_fails_five_times_before_it_is_parked(inbox: Inbox) -> None:
    put(inbox, "m1")

    assert [inbox.failed(1, error="no", try_at=NOW) for _ in range(5)] == [False, False, False, False, True]


def test_a_parked_row_can_be_replayed(inbox: Inbox) -> None:
    put(inbox, "m1", "m2")
    inbox.failed(1, error="no", try_at=NOW + MINUTE, park_after=1)

    assert inbox.replay(1)
    assert names(inbox.waiting(10, now=NOW)) == ["m1", "m2"]
    assert inbox.waiting(1, now=NOW)[0].attempts == 1
    assert not inbox.replay(1)
    assert not inbox.replay(99)


def test_what_was_handed_over_cannot_fail_afterwards(inbox: Inbox) -> None:
    put(inbox, "m1")
    inbox.done(1)

    assert not inbox.failed(1, error="late", try_at=NOW, park_after=1)
    inbox.postponed(1, try_at=NOW)
    assert inbox.counts() == {"new": 0, "done": 1, "parked": 0}


def test_only_old_rows_that_are_done_are_forgotten(inbox: Inbox) -> None:
    put(inbox, "old", "old and waiting")
    put(inbox, "new", at=NOW + MINUTE)
    inbox.done(1)
    inbox.done(3)

    assert inbox.forget(NOW + MINUTE) == 1
    assert put(inbox, "old", "new") == [True, False]
    assert names(inbox.waiting(9, now=NOW)) == ["old and waiting", "old"]
    assert inbox.waiting(9, now=NOW)[1].sequence > 3


def test_it_survives_the_process(inbox: Inbox, url: str) -> None:
    put(inbox, "m1")
    inbox.close()

    again = Inbox(url)
    again.create()
    assert names(again.waiting(10, now=NOW)) == ["m1"]
    again.close()


def test_what_was_acknowledged_survives_the_loss_of_power(on_sqlite: Inbox) -> None:
    with on_sqlite._engine.connect() as connection:  # noqa: SLF001 - a connection's own settings show nowhere else.
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "busy_timeout")
        }

    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "busy_timeout": 30_000}


def test_a_database_that_does_not_answer_is_one_kind_of_error(tmp_path: Path) -> None:
    never_made = Inbox(f"sqlite:///{tmp_path}/none.sqlite")
    (tmp_path / "file").touch()
    impossible = Inbox(f"sqlite:///{tmp_path}/file/inbox.sqlite")

    with pytest.raises(StoreUnavailable, match="The inbox cannot be used: no such table: inbox"):
        put(never_made, "m1")
    with pytest.raises(StoreUnavailable):
        never_made.waiting(1, now=NOW)
    with pytest.raises(StoreUnavailable):
        impossible.create()
    never_made.close()
    impossible.close()


def test_a_full_disk_is_reported_and_nothing_is_lost(on_sqlite: Inbox, file: Path) -> None:
    put(on_sqlite, "m1")
    on_sqlite.close()
    with on_sqlite._engine.connect() as connection:  # noqa: SLF001 - a limit is set per connection.
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    big = Envelope("messages", "created", "m2", "room", "ann", "ann", {"roomId": "x" * 20_000})

    with pytest.raises(StoreUnavailable, match="database or disk is full"):
        on_sqlite.put(big, tracking_id="BOT_2", at=NOW)
    assert names(on_sqlite.waiting(10, now=NOW)) == ["m1"]
    with sqlite3.connect(file) as other:
        assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    other.close()


def test_it_does_not_show_a_password() -> None:
    inbox = Inbox("postgresql+psycopg://bot:hush@db/bot")

    assert repr(inbox) == "Inbox(postgresql+psycopg://bot:***@db/bot)"
    inbox.close()


def test_a_row_that_cannot_be_read_is_parked_and_stands_in_nobodys_way(inbox: Inbox, url: str) -> None:
    put(inbox, "m1", "m2")
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE inbox SET envelope = '{\"colour\": 1}' WHERE sequence = 1")
    engine.dispose()

    assert names(inbox.waiting(10, now=NOW)) == ["m2"]
    assert inbox.counts()["parked"] == 1
    assert inbox.discard() == 1
    assert inbox.counts() == {"new": 1, "done": 1, "parked": 0}
