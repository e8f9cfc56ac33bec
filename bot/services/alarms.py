"""What admins must hear of at once: that Webex gives the bot no token any more, and that it does so again."""

import structlog
from sqlalchemy.orm import Session

from bot.domain.audit import AuditEvent, Happening
from bot.domain.delivery import Notice, NoticeKind
from bot.services import deliveries
from bot.services.context import Context, note
from bot.services.requests import FULFIL
from bot.store import queries, tokens

log = structlog.get_logger(__name__)


def locked_out(session: Session, context: Context) -> str:
    """Why Webex does not let the bot in until somebody logs in; "" where it does."""
    found = tokens.health(session) if context.rules.renews else None
    return found.why if found is not None and found.dead else ""


def is_due(session: Session) -> bool:
    """Whether there is anything to tell, or anything that can go on: a look that waits for nobody."""
    found = tokens.health(session)
    if found is None:
        return False
    if found.dead:
        return not found.alarmed
    return found.proven and (found.alarmed or bool(queries.locked_out_requests(session)))


def tell(session: Session, context: Context) -> None:
    """Tell all admins once of each death and of each return, and let go on what waited for it.

    Whoever does this has his turn, on whatever machine, so nothing is told twice.
    """
    found = tokens.health(session)
    if found is None:
        return
    if found.dead and not found.alarmed:
        log.error("Webex gives the bot no token any more", why=found.why)
        _tell_admins(session, context, NoticeKind.LOCKED_OUT, Happening.LOCKED_OUT, why=found.why)
        tokens.alarmed(session, so=True)
    elif found.proven and not found.dead:
        if found.alarmed:
            _tell_admins(session, context, NoticeKind.LET_IN, Happening.LET_IN)
            tokens.alarmed(session, so=False)
        _let_go_on(session, context, version=found.version)


def problem(session: Session) -> str:
    """What is wrong with the token, for whoever watches over the bot; "" if nothing is."""
    found = tokens.health(session)
    if found is None or not found.dead:
        return ""
    return f"the token is dead: {found.why}. An admin must run: python -m bot login"


def _tell_admins(session: Session, context: Context, kind: NoticeKind, what: Happening, **facts: str) -> None:
    note(session, AuditEvent(context.now(), what, "bot", detail=facts))
    for email in sorted(context.rules.admins):
        deliveries.tell_by_email(session, context, notice=Notice(kind, dict(facts)), email=email)


def _let_go_on(session: Session, context: Context, *, version: int) -> None:
    """Asked for once for each hold under each set of tokens, however often this is looked at."""
    for request in queries.locked_out_requests(session):
        context.later(session, FULFIL, f"{request.number}.{request.version}-{version}")
