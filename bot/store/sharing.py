"""How several processes share the inbox: whoever takes the first event of a lane has that lane until it is done.

A lane is one person in one space. What was taken stays so until its owner is done with it, or is known to be gone.
"""

import sqlalchemy as sa

from bot.domain.event import Envelope

TAKING = 0x626F7403
"""The advisory lock under which rows are taken, so that everybody sees what everybody else has taken."""

_NEW = "new"


def shared(table: sa.Table) -> sa.Table:
    """The same table, in which rows can be taken."""
    found = table.to_metadata(sa.MetaData())
    found.append_column(sa.Column("lane", sa.Text, nullable=False))
    found.append_column(sa.Column("taken_by", sa.Text))
    sa.Index("inbox_lane", found.c.lane, found.c.sequence, postgresql_where=sa.text(f"state = '{_NEW}'"))
    return found


def lane(envelope: Envelope) -> str:
    """Whose events must be worked on one after the other."""
    return f"{envelope.room_id} {envelope.person_id}"


def wait_for_others(connection: sa.Connection) -> None:
    """Hold the lock until the transaction ends."""
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(TAKING)))


def take(table: sa.Table, limit: int, *, owner: str, now: str) -> sa.Update:
    """Take the first event of each lane in which nothing is taken; the lock must be held."""
    row, other = table.c, table.alias("other").c
    before = sa.or_(other.sequence < row.sequence, other.taken_by.is_not(None))
    must_wait = sa.exists().where(other.lane == row.lane, other.state == _NEW, other.sequence != row.sequence, before)
    due = sa.or_(row.try_at.is_(None), row.try_at <= now)
    free = sa.select(row.sequence).where(row.state == _NEW, row.taken_by.is_(None), due, ~must_wait)
    # Whoever is writing a row at this moment is not waited for: it is looked at again soon.
    first = free.order_by(row.sequence).limit(limit).with_for_update(skip_locked=True, of=table).cte("free")
    return sa.update(table).where(row.sequence.in_(sa.select(first.c.sequence))).values(taken_by=owner)


def taken(table: sa.Table, *, owner: str) -> sa.Select[tuple[object, ...]]:
    """What somebody has taken and is not done with, in the order of arrival."""
    mine = sa.select(table).where(table.c.state == _NEW, table.c.taken_by == owner)
    return mine.order_by(table.c.sequence)


def release(table: sa.Table, *, owner: str) -> sa.Update:
    """Nobody has taken what this owner had."""
    return sa.update(table).where(table.c.state == _NEW, table.c.taken_by == owner).values(taken_by=None)
