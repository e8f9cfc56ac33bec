"""The database: its engine with the settings that each kind of it needs, and transactions that take turns."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, SessionTransaction, sessionmaker

from bot.store.chain import Keys, linking

BUSY_MS = 30_000
CONNECTIONS = 64
"""As many as there are threads that work on it: waiting for a connection would come on top of waiting for the lock."""

_READING = "bot_reading"

TURN = 0x626F7401
"""The advisory lock of PostgreSQL that a transaction holds while it may write."""

_IDLE_FOR_TOO_LONG = "25P03"
_POSTGRES_OPTIONS = " ".join(
    f"-c {name}={value}"
    for name, value in {
        "timezone": "UTC",
        "lock_timeout": BUSY_MS,
        # A process that froze in the middle of a transaction must not keep all others from writing.
        "idle_in_transaction_session_timeout": BUSY_MS,
    }.items()
)


def open_engine(url: str) -> Engine:
    """An engine for the URL; for SQLite the file's folder is made, and what may write starts by taking the lock."""
    parsed = make_url(url)
    return _open_sqlite(parsed) if parsed.get_backend_name() == "sqlite" else open_postgres(parsed)


def open_postgres(parsed: URL, **more: Any) -> Engine:
    """An engine whose connections wait for a while only, and keep nobody else waiting for longer."""
    # Options of the operator's own come last, and so they win.
    options = " ".join([_POSTGRES_OPTIONS, *_listed(parsed.query.get("options", ()))])
    engine = create_engine(parsed, connect_args={"options": options}, pool_pre_ping=True, hide_parameters=True, **more)
    event.listen(engine, "handle_error", _call_it_a_lost_connection)
    return engine


def _call_it_a_lost_connection(context: ExceptionContext) -> OperationalError | None:
    """What a process that froze finds when it wakes is nobody's bug: what it was about to do can be done again."""
    lost = context.original_exception
    if getattr(lost, "sqlstate", None) != _IDLE_FOR_TOO_LONG:
        return None
    return OperationalError(context.statement, None, lost, hide_parameters=True, connection_invalidated=True)


def _listed(found: str | tuple[str, ...]) -> tuple[str, ...]:
    return (found,) if isinstance(found, str) else found


def _open_sqlite(parsed: URL) -> Engine:
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    # What an exception tells of a statement goes into the log, where no values belong.
    engine = create_engine(parsed, pool_size=CONNECTIONS, hide_parameters=True)
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


def _take_turn(_session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    """Wait until nobody else writes. Only what is asked after this sees what the others did: hence READ COMMITTED."""
    if not transaction.nested:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({TURN})")


class Database:
    """The engine and the ways to work with it: ``with database.transaction() as session``, or ``reading()``.

    What may write takes turns, in all threads and all processes: on SQLite there is no other way, on PostgreSQL by a
    lock of ours. So every use case sees all that was done before it, and none of them can lose another's update.
    What is added to the history is linked to it; ``keys`` seal where that ends.
    """

    def __init__(self, url: str, *, keys: Keys = ()) -> None:
        self.url = url
        self.keys = tuple(keys)
        self.engine = open_engine(url)
        self.shared = self.engine.dialect.name == "postgresql"
        """Several processes may work on it at once."""
        self.sessions = sessionmaker(self.engine, expire_on_commit=False)
        self._readers = sessionmaker(self.engine.execution_options(**self._looking), expire_on_commit=False)
        # For whoever brings the engine along by himself, as the durable engine does.
        self.unbound_sessions = sessionmaker(expire_on_commit=False)
        for writers in (self.sessions, self.unbound_sessions):
            event.listen(writers, "before_flush", linking(self.keys))
            if self.shared:
                event.listen(writers, "after_begin", _take_turn)

    @property
    def _looking(self) -> dict[str, Any]:
        """How a look that changes nothing is begun, so that it sees one moment."""
        if self.shared:
            return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        return {_READING: True}

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
