"""What becomes of a write that was answered: it has ended, or Webex goes on working on it and is watched."""

from datetime import datetime, timedelta
from zlib import crc32

from sqlalchemy.orm import Session

from bot.domain.delivery import Notice, NoticeKind
from bot.domain.plan import Outcome
from bot.domain.request import Request, State
from bot.services import deliveries
from bot.services.context import Context, note
from bot.services.requests import announce, remember

WATCH, NUDGE = "watch", "nudge"

_SOON, _LATEST = timedelta(seconds=5), timedelta(seconds=30)
"""The first pause between two looks at what Webex works on, and the longest."""

_NOW_AND_THEN = timedelta(minutes=15)
"""The pause where a person must do something first, or where it takes far too long."""


def conclude(session: Session, context: Context, request: Request, outcome: Outcome) -> None:
    """Take what a write, or a look at what it began, has told; people are told what is new to them."""
    if outcome.watched is None:
        _finish(session, context, request, outcome)
    elif request.watched is None or request.watched.status != outcome.watched.status:
        _watch(session, context, request, outcome)
    else:
        look_later(session, context, request, looked_at=context.now())


def look_later(session: Session, context: Context, request: Request, *, looked_at: datetime | None = None) -> None:
    """Look again after a pause; ``looked_at`` counts the look that has just told nothing new."""
    request.look_again(at=context.now() + _pause(request), looked_at=looked_at)
    look_in_time(session, context, request)


def look_in_time(session: Session, context: Context, request: Request) -> None:
    """Look when it is time to, whoever has asked for it already: the engine never does twice what has one key."""
    at = request.look_at or context.now()
    context.later(session, WATCH, f"{request.number}.{at:%Y%m%d%H%M%S%f}", at)


def _finish(session: Session, context: Context, request: Request, outcome: Outcome) -> None:
    """It has ended one way or the other; whoever was told that it had not, or that nobody knew, is told how."""
    was_open = request.state is State.UNKNOWN or request.watched is not None
    note(session, request.finish(outcome, at=context.now()))
    remember(session, context, request)
    announce(session, context, request, call=was_open)


def _watch(session: Session, context: Context, request: Request, outcome: Outcome) -> None:
    """Webex has accepted it, or has come one status further."""
    is_new = request.watched is None
    was_unknown = request.state is State.UNKNOWN
    note(session, request.watch(outcome, at=context.now()))
    look_later(session, context, request)
    nudge_later(session, context, request)
    if is_new:
        announce(session, context, request, call=was_unknown)
    else:
        _tell_status(session, context, request)


def nudge_later(session: Session, context: Context, request: Request, *, at: datetime | None = None) -> None:
    """Tell people at that time, or when it will have taken too long, that it has not ended yet."""
    patient = request.watched is not None and request.watched.patient
    request.nudge_at = at or context.now() + (context.rules.remind_after if patient else context.rules.stuck_after)
    context.later(session, NUDGE, f"{request.number}.{request.version}", request.nudge_at)


def _tell_status(session: Session, context: Context, request: Request) -> None:
    """One line with a mention, because the edit of a card notifies nobody."""
    shown = [each for each in deliveries.refresh(session, context, request=request.number) if each.message_id]
    if not shown or request.watched is None:
        return
    facts = {
        "request": request.number,
        "title": context.by_name[request.operation].words,
        "status": request.watched.status,
        "mention": request.asked_by,
    }
    notice = Notice(NoticeKind.STATUS, facts)
    deliveries.tell(session, context, notice=notice, place=shown[0].place, person_id=request.asked_by)


def _pause(request: Request) -> timedelta:
    """Longer each time, and never the same for two requests, so that they do not ask all at once."""
    if request.state is State.STUCK or (request.watched is not None and request.watched.patient):
        return _NOW_AND_THEN
    share = crc32(f"{request.number}.{request.looks}".encode()) / 2**32
    longer = min(_SOON * (1 << min(request.looks, 10)), _LATEST)
    return longer * (0.8 + 0.4 * share)
