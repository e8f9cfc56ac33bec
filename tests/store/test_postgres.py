"""What is true of PostgreSQL alone: its connections are as we need them, and nobody keeps the others waiting."""

import threading
from collections.abc import Iterator
from datetime import UTC

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from bot.domain.request import Request
from bot.store.session import BUSY_MS, Database
from tests.postgres import Server
from tests.store import rows
from tests.store.conftest import migrated


@pytest.fixture
def url(postgres: Server) -> Iterator[str]:
    url = postgres.copy(migrated)
    yield url
    postgres.drop(url)


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    database = Database(url)
    yield database
    database.close()


def settings(database: Database) -> list[str]:
    """What a connection has been told about time and waiting."""
    names = ("timezone", "lock_timeout", "idle_in_transaction_session_timeout")
    with database.engine.connect() as connection:
        return [str(connection.execute(text(f"SHOW {name}")).scalar()) for name in names]


def test_every_connection_speaks_of_utc_and_waits_for_a_while_only(database: Database) -> None:
    assert settings(database) == ["UTC", f"{BUSY_MS // 1000}s", f"{BUSY_MS // 1000}s"]


def test_what_the_operator_sets_in_the_url_counts(url: str) -> None:
    database = Database(f"{url}?options=-c%20lock_timeout%3D5s&application_name=bot")

    assert settings(database) == ["UTC", "5s", f"{BUSY_MS // 1000}s"]
    database.close()


def test_moments_come_back_in_utc_whatever_the_server_thinks(database: Database) -> None:
    with database.transaction() as session:
        session.add(rows.request())

    with database.reading() as session:
        found = session.get_one(Request, 1)
    assert (found.asked_at, found.asked_at.tzinfo) == (rows.NOW, UTC)


def test_a_look_cannot_change_anything(database: Database) -> None:
    with pytest.raises(Exception, match="read-only transaction"), database.reading() as session:
        session.add(rows.request())


def test_who_waited_for_a_turn_sees_what_was_done_in_it(database: Database) -> None:
    with database.transaction() as session:
        session.add(rows.request())
    seen: list[int] = []

    def read() -> None:
        with database.transaction() as session:
            seen.append(session.get_one(Request, 1).version)

    with database.transaction() as session:
        session.get_one(Request, 1).version = 7
        waiting = threading.Thread(target=read)
        waiting.start()
        wait_for_a_lock(database)
        assert seen == []
    waiting.join(10)

    assert seen == [7]


@pytest.mark.parametrize("writers", ["sessions", "unbound_sessions"])
def test_a_process_that_froze_in_its_turn_loses_it_and_can_do_it_again(url: str, writers: str) -> None:
    frozen, other = Database(f"{url}?options=-c%20idle_in_transaction_session_timeout%3D100ms"), Database(url)

    def use_case(session: Session) -> None:
        session.add(rows.request(asked_by="frozen"))
        session.flush()
        with other.transaction() as next_in_turn:
            next_in_turn.add(rows.request(asked_by="other"))
        # Now it wakes, and finds that the connection is gone.
        session.execute(select(1))

    with pytest.raises(OperationalError) as lost, getattr(frozen, writers)(bind=frozen.engine) as session:
        use_case(session)

    assert lost.value.connection_invalidated
    with other.reading() as session:
        assert [each.asked_by for each in session.scalars(select(Request))] == ["other"]
    frozen.close()
    other.close()


def test_the_history_cannot_be_emptied(database: Database) -> None:
    with pytest.raises(IntegrityError, match="audit events are only ever added"), database.transaction() as session:
        session.execute(text("TRUNCATE audit_events"))


def test_a_password_does_not_show(database: Database) -> None:
    secret = Database("postgresql+psycopg://bot:hush@db.example/bot")

    assert secret.shared
    assert "hush" not in f"{secret.engine!r}{secret.engine.url}"
    secret.close()


def wait_for_a_lock(database: Database) -> None:
    """Until somebody waits for a turn."""
    pause = threading.Event()
    for _ in range(1000):
        if _waiting(database):
            return
        pause.wait(0.01)
    raise AssertionError("Nobody waits.")


def _waiting(database: Database) -> int:
    with database.engine.connect() as connection:
        found = connection.execute(text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"))
        return int(found.scalar_one())
