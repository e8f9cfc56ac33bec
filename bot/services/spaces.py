"""Spaces that Webex moves: the id changes, everything else stays."""

from sqlalchemy.orm import Session

from bot.domain.audit import AuditEvent, Happening
from bot.domain.conversation import Ending
from bot.services.context import Context, note
from bot.store import queries


def move(session: Session, context: Context, *, old: str, new: str) -> None:
    """Whatever belongs to a space goes with it to its new id."""
    for twin in queries.twin_conversations(session, old=old, new=new):
        # Somebody has opened a form in the moved space already: that one counts.
        twin.end(Ending.REPLACED)
    session.flush()
    queries.move_space(session, old=old, new=new)
    note(session, AuditEvent(context.now(), Happening.MOVED, "Webex", detail={"from": old, "to": new}))
