"""The database: its engine with the settings that SQLite needs, and transactions on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.orm import Session, sessionmaker

BUSY_MS = 30_000
CONNECTIONS = 64
"""As many as there are threads that work on it: waiting for a connection would come on top of waiting for the lock."""

_READING = "bot_reading"


def open_engine(url: str) -> Engine:
    """An engine for the URL; for SQLite the file's folder is made, and what may write starts by taking the lock."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True)
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, pool_size=CONNECTIONS)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    # The driver must not open transactions by itself: it would read outside of them and lose updates.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    # Else INSERT OR REPLACE would delete behind the back of the triggers that guard the audit events.
    connection.execute("PRAGMA recursive_triggers=ON")


def _begin(connection: Any) -> None:
    """What may write takes the lock at once: to take it later, after reading, could fail half-way."""
    reading = connection.get_execution_options().get(_READING)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


class Database:
    """The engine and the ways to work with it: ``with database.transaction() as session``, or ``reading()``."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = open_engine(url)
        self.sessions = sessionmaker(self.engine, expire_on_commit=False)
        self._readers = sessionmaker(self.engine.execution_options(**{_READING: True}), expire_on_commit=False)
        # For whoever brings the engine along by himself, as the durable engine does.
        self.unbound_sessions = sessionmaker(expire_on_commit=False)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """One use case: commits at the end, rolls back on any exception."""
        with self.sessions.begin() as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One consistent look that changes nothing, and so waits for nobody's lock."""
        with self._readers.begin() as session:
            yield session

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()
