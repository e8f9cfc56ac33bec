"""Removes what is too old from the history, and keeps where it stood and how it ended: the chain is never broken."""

from contextlib import closing
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from bot.domain.audit import AuditEvent, Happening
from bot.domain.chain import Segment, Walk
from bot.errors import BotError
from bot.store import chain, trail
from bot.store.tables import audit_events

AT_ONCE = 50_000
"""Events that are removed in one transaction: all others who want to write wait for its end."""

_c = audit_events.c


class BrokenHistory(BotError):
    """What is to be removed is not what it was."""


def seal(
    session: Session,
    *,
    before: datetime,
    at: datetime,
    by: str = "bot",
    keys: chain.Keys = (),
    at_once: int = AT_ONCE,
) -> Segment | None:
    """Remove the events before the first that happened at ``before`` or later, so many ``at_once``; None if none.

    They are checked first, because nobody can do so afterwards; raises BrokenHistory. That they were removed is an
    event itself.
    """
    last = _last(session, before, at_once=at_once)
    if last is None:
        return None
    segment = chain.add_segment(session.connection(), _segment(session, last, at=at), keys=keys)
    # The guard of the table lets go of what a segment covers.
    session.execute(delete(audit_events).where(_c.id <= last))
    told = {"first": str(segment.first), "last": str(segment.last), "hash": segment.hash, "digest": segment.digest}
    session.add(AuditEvent(at, Happening.SEALED, by, detail=told))
    session.flush()
    return segment


def oldest_kept(days: int, *, now: datetime) -> datetime:
    """The beginning of the first day that is kept: whole days go, so that there are few seals."""
    return datetime.combine(now.astimezone(UTC) - timedelta(days=days), time(), UTC)


def _last(session: Session, before: datetime, *, at_once: int) -> int | None:
    """The id of the last event that may go: clocks differ, so one that is newer keeps those behind it."""
    first, last = session.execute(select(func.min(_c.id), func.max(_c.id))).one()
    kept = session.scalar(select(func.min(_c.id)).where(_c.at >= before))
    if first is None or first == kept:
        return None
    return min(last if kept is None else int(kept) - 1, int(first) + at_once - 1)


def _segment(session: Session, last: int, *, at: datetime) -> Segment:
    """What will be kept of the events up to the last that is to go."""
    sealed = chain.segments(session.connection())
    walk = Walk()
    problems = list(walk.over(sealed))
    first, start = walk.length + 1, walk.last
    ends: list[str] = []
    with closing(trail.raw(session, to=last)) as rows:
        for row in rows:
            problems += walk.step(row)
            ends = [*ends[:1], row.at]
            if problems:
                raise BrokenHistory(f"Nothing was removed, because the history is broken. {problems[0]}")
    return Segment(
        last=last,
        first=first,
        start=start,
        hash=walk.last,
        first_at=ends[0],
        last_at=ends[-1],
        sealed_at=chain.written(at),
        before=sealed[-1].digest if sealed else "",
    )
