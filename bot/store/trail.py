"""Reads the history: as events for people, and raw, row by row, for whoever checks or exports it."""

from collections.abc import Generator, Iterator
from contextlib import closing
from typing import Any

from sqlalchemy import ColumnElement, Select, String, func, select, type_coerce
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from bot.domain.audit import AuditEvent
from bot.domain.chain import FIELDS, Head, Walk
from bot.domain.history import Wanted
from bot.store import chain
from bot.store.tables import audit_events, requests

AT_A_TIME = 1000
"""Rows that are held in memory at once, however many there are."""

_c = audit_events.c


def verify(session: Session, *, keys: chain.Keys = (), noted: str = "") -> Iterator[str]:
    """Everything that is wrong with the history, while it is read; nothing if all is well.

    ``keys`` are those that must have sealed the head; ``noted`` is a hash that somebody has written down elsewhere,
    which must still be in the chain.
    """
    connection = session.connection()
    head, walk = chain.head(connection), Walk()
    met = not noted or noted == head_hash(head)
    sealed = chain.segments(connection)
    yield from walk.over(sealed)
    met = met or noted in {each.hash for each in sealed}
    if head is not None and head.segments != (sealed[-1].digest if sealed else ""):
        yield "The seals over removed events are not those that the head of the history knows."
    try:
        with closing(raw(session)) as rows:
            for row in rows:
                yield from walk.step(row)
                met = met or row[-1] == noted
    except DBAPIError:
        yield f"What stands behind event {walk.length} cannot be read at all."
        return
    yield from walk.end(head)
    if keys and head is not None and not head.is_sealed(keys):
        yield "The head of the history is not sealed by any of the keys: somebody may have made another chain."
    if not met:
        yield "The hash that was noted is nowhere in the history: it was cut off, or made anew."


def head_hash(head: Head | None) -> str:
    """The hash to be noted elsewhere."""
    return head.hash if head else ""


def raw(session: Session, wanted: Wanted | None = None, *, to: int | None = None) -> Generator[Any, None, None]:
    """Every event as it stands there, its FIELDS and then its hash, in order; never many in memory."""
    found = select(*_columns(session), type_coerce(_c.hash, String).label("hash")).order_by(_c.id)
    if wanted is not None:
        found = _narrowed(found, wanted)
    if to is not None:
        found = found.where(_c.id <= to)
    with session.execute(found, execution_options={"yield_per": AT_A_TIME}) as rows:
        yield from rows


def events(session: Session, wanted: Wanted, *, beyond: int | None = None, limit: int) -> list[AuditEvent]:
    """Some events, the newest first, or in order where that is wanted; those ``beyond`` an id."""
    found = _narrowed(select(AuditEvent), wanted)
    if beyond is not None:
        found = found.where(_c.id < beyond if wanted.newest_first else _c.id > beyond)
    return list(session.scalars(found.order_by(_c.id.desc() if wanted.newest_first else _c.id).limit(limit)))


def _columns(session: Session) -> Iterator[ColumnElement[Any]]:
    """Nothing is read as what it should be: what somebody has put there need not be that."""
    for name in FIELDS:
        if name == "at" and session.connection().dialect.name == "postgresql":
            yield func.to_char(func.timezone("UTC", _c.at), "YYYY-MM-DD HH24:MI:SS.US").label(name)
        else:
            yield type_coerce(_c[name], String).label(name)


def _narrowed(found: Select[Any], wanted: Wanted) -> Select[Any]:
    asked = requests.c
    if wanted.since is not None:
        found = found.where(_c.at >= wanted.since)
    if wanted.until is not None:
        found = found.where(_c.at < wanted.until)
    if wanted.enterprise:
        found = found.where(func.lower(_c.enterprise) == wanted.enterprise.lower())
    if wanted.requests is not None:
        found = found.where(_c.request.in_(wanted.requests))
    if wanted.person:
        theirs = select(asked.number).where(asked.asked_by == wanted.person)
        found = found.where((_c.actor == wanted.person) | _c.request.in_(theirs))
    return found
