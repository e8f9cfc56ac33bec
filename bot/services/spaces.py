"""Spaces that Webex moves: the id changes, everything else stays."""

from sqlalchemy.orm import Session

from bot.domain.audit import AuditEvent, Happening
from bot.services.context import Context, note
from bot.store import queries


def move(session: Session, context: Context, *, old: str, new: str) -> None:
    """Whatever belongs to a space goes with it to its new id."""
    queries.move_space(session, old=old, new=new)
    note(session, AuditEvent(context.now(), Happening.MOVED, "Webex", detail={"from": old, "to": new}))
