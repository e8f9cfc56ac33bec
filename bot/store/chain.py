"""Links new events to the chain that the history is, in the transaction in which they are kept."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, inspect, select, update
from sqlalchemy.orm import Session

from bot.domain.audit import AuditEvent
from bot.domain.chain import FIELDS, START, VERSION, Head, Segment, Value, hashed
from bot.store.tables import audit_events, audit_head, audit_segments
from bot.store.types import Cut, Stored

Keys = Sequence[str]
"""Keys that seal the head of the chain, newest first; without any it is not sealed."""

_CUT = {column.name: column.type for column in audit_events.c if isinstance(column.type, Cut)}
_DETAIL = Stored(dict[str, str])


def linking(keys: Keys) -> Callable[..., None]:
    """What is to be done before a session is flushed.

    Whoever writes has the turn by then, on either database, so the order of the links is that of the commits. The row
    of the head is locked all the same, after everything else: the chain does not depend on a lock that has another
    purpose.
    """

    def link(session: Session, *_: Any) -> None:
        pending = [each for each in session.new if isinstance(each, AuditEvent)]
        if pending:
            connection = session.connection()
            before = head(connection, lock=True)
            if before is None:
                raise LookupError("The head of the history is missing: see “python -m bot audit verify”.")
            after = _linked(sorted(pending, key=_order), before)
            _keep(connection, advanced(before, after, keys=keys))

    return link


def head(connection: Connection, *, lock: bool = False) -> Head | None:
    """Where the chain ends."""
    row = audit_head.c
    found = select(row.length, row.hash, row.segments, row.seal).where(row.id == 1)
    kept = connection.execute(found.with_for_update() if lock else found).first()
    return Head(*kept) if kept else None


def advanced(before: Head, after: Head, *, keys: Keys) -> Head:
    """The head to be kept instead of the one before: sealed if that one was.

    What was not sealed, or not by one of the keys, stays so: an append must not vouch for what somebody else has done.
    """
    return sealed(after, keys=keys) if before.is_sealed(keys) else replace(after, seal="")


def sealed(head: Head, *, keys: Keys) -> Head:
    """The same head under the newest key."""
    return replace(head, seal=head.sealed_with(keys[0]) if keys else "")


def vouch(connection: Connection, *, keys: Keys) -> None:
    """Seal the head as it stands, whatever seal it had."""
    found = head(connection, lock=True)
    if found is not None:
        _keep(connection, sealed(found, keys=keys))


def renew(connection: Connection, *, keys: Keys) -> None:
    """Seal the head under the newest key if an older one of these has sealed it."""
    found = head(connection, lock=True)
    if found is not None and found.is_sealed(keys[1:]):
        _keep(connection, sealed(found, keys=keys))


def segments(connection: Connection) -> list[Segment]:
    """What was sealed, in order."""
    row = audit_segments.c
    found = select(*(row[name] for name in Segment.__dataclass_fields__)).order_by(row.last)
    return [Segment(*each) for each in connection.execute(found)]


def add_segment(connection: Connection, segment: Segment, *, keys: Keys) -> Segment:
    """Keep a segment, and its digest with the head; returns it with that."""
    made = replace(segment, digest=segment.computed)
    connection.execute(insert(audit_segments).values(asdict(made)))
    before = head(connection, lock=True) or Head(0, START)
    _keep(connection, advanced(before, replace(before, segments=made.digest), keys=keys))
    return made


def written(at: datetime) -> str:
    """A moment as it is hashed."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", timespec="microseconds")


def _linked(events: list[AuditEvent], head: Head) -> Head:
    for each in events:
        for name, kind in _CUT.items():
            setattr(each, name, kind.fitting(getattr(each, name)))
        each.version, each.id, each.previous = VERSION, head.length + 1, head.hash
        each.hash = hashed(_values(each))
        head = replace(head, length=each.id, hash=each.hash)
    return head


def _values(event: AuditEvent) -> list[Value]:
    told = {"at": written(event.at), "what": event.what.value, "detail": _DETAIL.text(event.detail)}
    return [told[name] if name in told else getattr(event, name) for name in FIELDS]


def _order(event: AuditEvent) -> Any:
    """In the order in which they were noted."""
    return inspect(event).insert_order


def _keep(connection: Connection, head: Head) -> None:
    connection.execute(update(audit_head).where(audit_head.c.id == 1).values(asdict(head)))
