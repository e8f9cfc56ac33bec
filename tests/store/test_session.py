"""Transactions: all or nothing, one at a time, and nothing that was written is lost."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from bot.domain.request import Request
from bot.store.session import BUSY_MS, TURN, Database, open_engine
from tests.store import rows

THREADS, TIMES = 16, 6


def test_the_folder_of_the_file_is_made(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/a/b/bot.sqlite")
    with database.transaction() as session:
        session.connection()

    assert (tmp_path / "a" / "b" / "bot.sqlite").exists()
    database.close()


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("busy_timeout", BUSY_MS), ("foreign_keys", 1)]
)
def test_every_connection_to_sqlite_has_the_settings_that_nothing_is_lost_with(
    tmp_path: Path, pragma: str, value: str | int
) -> None:
    database = Database(f"sqlite:///{tmp_path}/bot.sqlite")
    with database.engine.connect() as first, database.engine.connect() as second:
        # Reading a setting must not wait for the lock that a transaction takes.
        for each in (first, second):
            raw = each.connection.cursor()
            assert raw.execute(f"PRAGMA {pragma}").fetchone() == (value,)
    database.close()


def test_a_transaction_commits_at_its_end(database: Database) -> None:
    with database.transaction() as session:
        session.add(rows.request())

    with database.transaction() as session:
        assert session.scalars(select(Request.number)).all() == [1]  # type: ignore[call-overload]  # Mapped imperatively, so its attributes look like plain values.


def test_what_is_told_of_a_failed_statement_names_no_values(database: Database) -> None:
    """It goes into the log."""
    with database.transaction() as session:
        session.add(rows.request())
        session.flush()
        session.add(rows.attempt())

    with pytest.raises(IntegrityError) as failed, database.transaction() as session:
        session.add(rows.attempt(owner="Ann Archer"))

    assert "Ann Archer" not in str(failed.value)


def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    def use_case() -> None:
        with database.transaction() as session:
            session.add(rows.request())
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        use_case()

    with database.transaction() as session:
        assert session.scalars(select(Request)).all() == []


def test_values_can_still_be_read_when_the_transaction_is_over(database: Database) -> None:
    kept = rows.request()

    with database.transaction() as session:
        session.add(kept)

    assert (kept.number, kept.operation) == (1, "provision_workspace")


def test_a_transaction_has_the_lock_from_its_beginning(database: Database) -> None:
    with database.transaction() as session:
        session.connection()

        assert not may_write(database)
    assert may_write(database)


def test_a_look_waits_for_nobody_and_sees_one_moment(database: Database) -> None:
    with database.reading() as looking:
        assert looking.scalars(select(Request)).all() == []
        with database.transaction() as session:
            session.add(rows.request())

        assert looking.scalars(select(Request)).all() == []
    with database.reading() as looking:
        assert len(looking.scalars(select(Request)).all()) == 1


def may_write(database: Database) -> bool:
    """Whether somebody else could begin a transaction now."""
    if database.shared:
        with database.engine.begin() as connection:
            return bool(connection.exec_driver_sql(f"SELECT pg_try_advisory_xact_lock({TURN})").scalar())
    other = sqlite3.connect(str(database.engine.url.database), timeout=0, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False
    finally:
        other.close()
    return True


def test_sixteen_threads_that_read_change_and_write_lose_nothing(database: Database) -> None:
    with database.transaction() as session:
        session.add(rows.request(values={}))
    together = threading.Barrier(THREADS)

    def work(name: str) -> None:
        together.wait()
        for time in range(TIMES):
            with database.transaction() as session:
                request = session.get_one(Request, 1)
                request.values = {**request.values, f"{name}.{time}": "was here"}
                request.version += 1

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(work, map(str, range(THREADS))))

    with database.transaction() as session:
        request = session.get_one(Request, 1)
        assert request.version == 1 + THREADS * TIMES
        assert len(request.values) == THREADS * TIMES


def test_a_row_cannot_belong_to_a_request_that_is_not_there(database: Database) -> None:
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"), database.transaction() as session:
        session.add(rows.attempt(request=99))


def test_a_database_in_memory_needs_no_folder() -> None:
    engine = open_engine("sqlite://")

    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1
    engine.dispose()


def test_sessions_without_an_engine_are_for_whoever_brings_one(database: Database) -> None:
    with database.engine.begin() as connection, database.unbound_sessions(bind=connection) as session:
        session.add(rows.request())
        session.flush()
        kept = session.scalars(select(Request)).one()
        session.commit()

    assert kept.number == 1
