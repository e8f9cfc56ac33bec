"""What becomes of a write that was answered: it has ended, or Webex goes on working on it and is watched."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.domain.delivery import Notice, NoticeKind
from bot.domain.plan import Outcome, Step, Watched
from bot.domain.request import Request, State
from bot.services import deliveries
from bot.services.context import Context, note
from bot.services.requests import announce, remember

WATCH, NUDGE = "watch", "nudge"

_SOON, _LATEST = timedelta(seconds=5), timedelta(seconds=30)
"""The shortest pause between two looks at what Webex works on, and the longest."""

_GOLDEN = (5**0.5 - 1) / 2
"""Its multiples, without their whole part, lie as far from each other as any can, however many there are."""

_NOW_AND_THEN = timedelta(minutes=15)
"""The pause where a person must do something first, or where it takes far too long."""


def conclude(session: Session, context: Context, request: Request, outcome: Outcome) -> None:
    """Take what a write, or a look at what it began, has told; people are told what is new to them."""
    if outcome.watched is None:
        _finish(session, context, request, outcome)
    elif request.watched is None or _is_news(outcome.watched, request.watched):
        _watch(session, context, request, outcome)
    else:
        look_later(session, context, request, looked_at=context.now())


def look_later(session: Session, context: Context, request: Request, *, looked_at: datetime | None = None) -> None:
    """Look again after a pause; ``looked_at`` is when the bot has just seen that nothing is new."""
    at = context.now() + _pause(context, request)
    request.look_again(at=at, looked_at=looked_at)
    # Every look has a key of its own, for what was asked for once under a key is not asked for again.
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


def _is_news(seen: Watched, before: Watched) -> bool:
    """Another status, and none that was left already: what a server is late to tell is no change back."""
    return seen.status != before.status and Step(seen.status, seen.since) not in before.past


def _pause(context: Context, request: Request) -> timedelta:
    """Longer each time, and never the same for two requests, so that they do not ask all at once."""
    if _takes_its_time(context, request):
        return _NOW_AND_THEN
    share = ((request.number or 0) + request.looks) * _GOLDEN % 1
    longest = min(2 * _SOON * (1 << min(request.looks, 10)), _LATEST)
    return longest / 2 * (1 + share)


def _takes_its_time(context: Context, request: Request) -> bool:
    """A person must do something first, or has been told that it takes long, or wants to hear of it tomorrow."""
    put_off = request.nudge_at is not None and request.nudge_at > context.now() + context.rules.stuck_after
    patient = request.watched is not None and request.watched.patient
    return patient or put_off or request.state is State.STUCK
