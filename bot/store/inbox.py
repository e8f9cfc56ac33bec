"""The inbox: what Webex delivered, kept until it has been handed over, and its keys for long after."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from bot.domain.event import Envelope
from bot.errors import StoreUnavailable
from bot.store import sharing
from bot.store.session import open_postgres

KEPT_FOR = timedelta(days=30)
"""How long the keys are remembered, and so for how long a repeated delivery is known as one."""

PARK_AFTER = 5
_BUSY_MILLISECONDS = 30_000
_ERROR_CHARS = 500


class InboxState(StrEnum):
    """Where a row is."""

    NEW = "new"
    DONE = "done"
    PARKED = "parked"


_metadata = sa.MetaData()
_inbox = sa.Table(
    "inbox",
    _metadata,
    sa.Column("sequence", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("envelope", sa.Text, nullable=False),
    sa.Column("tracking_id", sa.Text, nullable=False),
    # Moments are UTC in ISO form with microseconds, so that they compare as text.
    sa.Column("received_at", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False, server_default=InboxState.NEW),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
    sa.Column("try_at", sa.Text),
    sa.Column("error", sa.Text),
    sa.Index("inbox_state", "state", "sequence"),
    sqlite_autoincrement=True,
)
_shared_inbox = sharing.shared(_inbox)


@dataclass(frozen=True)
class InboxRow:
    """One delivery as it was kept; ``attempts`` are its failures, ``tries`` count what was put off as well."""

    sequence: int
    envelope: Envelope
    tracking_id: str
    received_at: datetime
    state: InboxState = InboxState.NEW
    attempts: int = 0
    tries: int = 0
    try_at: datetime | None = None
    error: str | None = None


class Inbox:
    """A table in a database of its own (SQLite) or beside the others (PostgreSQL).

    Every method commits by itself; each raises StoreUnavailable if the database does not do it. ``owner`` is who takes
    rows where several processes share them: this very inbox, and no other, ever.
    """

    def __init__(self, url: str) -> None:
        self.owner = uuid4().hex
        self._engine = _open(sa.make_url(url))
        self._lite = self._engine.dialect.name == "sqlite"
        self._table = _inbox if self._lite else _shared_inbox
        # Threads queue fairly on a lock of ours; on SQLite's own they would poll, and some would wait for long.
        self._turn: Any = threading.Lock() if self._lite else nullcontext()
        # SQLAlchemy keeps the count of new rows only if told to, and would ask for their numbers unless inline.
        insert = sqlite.insert(self._table) if self._lite else postgresql.insert(self._table)
        self._insert = insert.inline().execution_options(preserve_rowcount=True)
        if self._lite:
            sa.event.listen(self._engine, "connect", _prepare)

    def __repr__(self) -> str:
        return f"Inbox({self._engine.url!r})"

    def create(self) -> None:
        """Make the file and the table where they are missing."""
        with self._reported():
            if self._lite and self._engine.url.database:
                Path(self._engine.url.database).parent.mkdir(parents=True, exist_ok=True)
            with self._connected(alone=not self._lite) as connection:
                self._table.create(connection, checkfirst=True)

    def put(self, envelope: Envelope, *, tracking_id: str, at: datetime) -> bool:
        """Keep a delivery; False if one with its key is there already."""
        row = {
            "key": envelope.key,
            "envelope": json.dumps({**asdict(envelope), "data": dict(envelope.data)}, ensure_ascii=False),
            "tracking_id": tracking_id,
            "received_at": _text(at),
        }
        if not self._lite:
            row["lane"] = sharing.lane(envelope)
        return self._write(self._insert.on_conflict_do_nothing(index_elements=["key"]), row) == 1

    def waiting(self, limit: int, *, now: datetime, after: int = 0) -> list[InboxRow]:
        """What is to be handed over, in the order of arrival; ``after`` leaves out what was seen already.

        On PostgreSQL it is what this inbox has taken, of each lane the first event, also what was seen already.
        """
        if self._lite:
            return self._rows(_due(limit, now=now, after=after))
        self._write(sharing.take(self._table, limit, owner=self.owner, now=_text(now)), alone=True)
        return self._rows(sharing.taken(self._table, owner=self.owner))

    def done(self, sequence: int) -> None:
        """It was handed over; the key stays."""
        self._write(_one(sequence, state=InboxState.NEW).values(state=InboxState.DONE, try_at=None, error=None))

    def failed(self, sequence: int, *, error: str, try_at: datetime, park_after: int = PARK_AFTER) -> bool:
        """It could not be handed over; True if that was once too often and it is parked now.

        Attempts are counted for good, also past a replay, which gives as many again.
        """
        attempts = _inbox.c.attempts + 1
        parked = sa.case((attempts % park_after == 0, InboxState.PARKED), else_=InboxState.NEW)
        change = _one(sequence, state=InboxState.NEW).values(
            attempts=attempts,
            tries=_inbox.c.tries + 1,
            state=parked,
            try_at=_text(try_at),
            error=error.strip()[:_ERROR_CHARS],
        )
        with self._turn:
            found = self._fetch(change.returning(_inbox.c.state))
        return [each["state"] for each in found] == [InboxState.PARKED]

    def postponed(self, sequence: int, *, try_at: datetime) -> None:
        """It must wait through no fault of its own; that does not count as an attempt."""
        self._write(_one(sequence, state=InboxState.NEW).values(try_at=_text(try_at), tries=_inbox.c.tries + 1))

    def parked(self) -> list[InboxRow]:
        """What failed too often, in the order of arrival."""
        return self._rows(sa.select(_inbox).where(_inbox.c.state == InboxState.PARKED).order_by(_inbox.c.sequence))

    def replay(self, sequence: int) -> bool:
        """Give a parked row as many attempts again; False if there is none of that number."""
        change = _one(sequence, state=InboxState.PARKED, table=self._table)
        free = {} if self._lite else {"taken_by": None}
        return self._write(change.values(state=InboxState.NEW, try_at=None, **free)) == 1

    def release(self, owner: str) -> int:
        """Let others take what somebody has taken who works no more (PostgreSQL only); returns how many rows."""
        return 0 if self._lite else self._write(sharing.release(self._table, owner=owner))

    def discard(self) -> int:
        """Set all parked rows aside for good, also those that cannot be read; returns how many."""
        parked = sa.update(_inbox).where(_inbox.c.state == InboxState.PARKED)
        return self._write(parked.values(state=InboxState.DONE))

    def counts(self) -> dict[str, int]:
        """How many rows there are in each state."""
        query = sa.select(_inbox.c.state, sa.func.count().label("count")).group_by(_inbox.c.state)
        found = {each["state"]: int(each["count"]) for each in self._fetch(query)}
        return {state.value: found.get(state, 0) for state in InboxState}

    def forget(self, older_than: datetime) -> int:
        """Delete what was handed over and had been received before; returns how many rows."""
        old = sa.and_(_inbox.c.state == InboxState.DONE, _inbox.c.received_at < _text(older_than))
        return self._write(sa.delete(_inbox).where(old))

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()

    def _write(self, statement: sa.Executable, row: dict[str, Any] | None = None, *, alone: bool = False) -> int:
        with self._reported(), self._turn, self._connected(alone=alone) as connection:
            return connection.execute(statement, row).rowcount

    @contextmanager
    def _connected(self, *, alone: bool) -> Iterator[sa.Connection]:
        """A connection, on which each statement is committed, or all of them in the end if this must be ``alone``."""
        with self._engine.connect() as connection:
            if alone:
                connection.execution_options(isolation_level="READ COMMITTED")
                sharing.wait_for_others(connection)
            yield connection
            if alone:
                connection.commit()

    def _fetch(self, statement: sa.Executable) -> list[Any]:
        with self._reported(), self._engine.connect() as connection:
            return list(connection.execute(statement).mappings())

    def _rows(self, statement: sa.Executable) -> list[InboxRow]:
        found = self._fetch(statement)
        rows = [(each, _row(each)) for each in found]
        for each, row in rows:
            if row is None:
                # Of another release, or damaged: it must not stand in the way of all others.
                wrong = _one(each["sequence"], state=InboxState.NEW)
                self._write(wrong.values(state=InboxState.PARKED, error="the event cannot be read"))
        return [row for _, row in rows if row is not None]

    @contextmanager
    def _reported(self) -> Iterator[None]:
        try:
            yield
        except (SQLAlchemyError, OSError) as exc:
            raise StoreUnavailable(f"The inbox cannot be used: {getattr(exc, 'orig', None) or exc}") from exc


def _open(url: sa.URL) -> sa.Engine:
    if url.get_backend_name() != "sqlite":
        return open_postgres(url, isolation_level="AUTOCOMMIT", pool_size=4, max_overflow=8)
    return sa.create_engine(url, isolation_level="AUTOCOMMIT", pool_size=8, max_overflow=24, hide_parameters=True)


def _prepare(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    # An acknowledged delivery must survive the loss of power, hence FULL.
    for pragma in (f"busy_timeout={_BUSY_MILLISECONDS}", "journal_mode=WAL", "synchronous=FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _due(limit: int, *, now: datetime, after: int) -> sa.Select[Any]:
    due = sa.or_(_inbox.c.try_at.is_(None), _inbox.c.try_at <= _text(now))
    wanted = sa.and_(_inbox.c.state == InboxState.NEW, _inbox.c.sequence > after, due)
    return sa.select(_inbox).where(wanted).order_by(_inbox.c.sequence).limit(limit)


def _one(sequence: int, *, state: InboxState, table: sa.Table = _inbox) -> sa.Update:
    return sa.update(table).where(table.c.sequence == sequence, table.c.state == state)


def _row(found: Any) -> InboxRow | None:
    try:
        envelope = Envelope(**json.loads(found["envelope"]))
    except (TypeError, ValueError):
        return None
    return InboxRow(
        sequence=found["sequence"],
        envelope=envelope,
        tracking_id=found["tracking_id"],
        received_at=datetime.fromisoformat(found["received_at"]),
        state=InboxState(found["state"]),
        attempts=found["attempts"],
        tries=found["tries"],
        try_at=datetime.fromisoformat(found["try_at"]) if found["try_at"] else None,
        error=found["error"],
    )


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
