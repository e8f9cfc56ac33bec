"""Settle a write of which nobody knows how it ended, by looking."""

from dataclasses import replace
from datetime import datetime

from bot.domain.attempt import Attempt
from bot.domain.operation import Operation
from bot.domain.plan import Outcome, Plan
from bot.domain.request import Request, State
from bot.errors import Refused
from bot.services import deliveries, ending
from bot.services.context import note
from bot.services.fulfilling import lose
from bot.services.work import Ran, Work
from bot.store import queries


def settle(work: Work, number: int) -> None:
    """A write should have been answered by now: if it was not, say so, and look how it ended."""
    with work.database.transaction() as session:
        request = session.get_one(Request, number)
        attempt = queries.last_attempt(session, number)
        if request.state is State.RUNNING and attempt is not None and _overdue(work, attempt):
            lose(session, work.context, request, Outcome(ok=False, note="No answer came in time."))
    look(work, number, asked_for=False)


def look(work: Work, number: int, *, asked_for: bool = True) -> None:
    """Look in Webex for what a write of unknown outcome should have made, and settle it if that tells.

    A look that nobody ``asked_for`` and that tells nothing new leaves the card alone: somebody may be filling it in.
    """
    with work.database.reading() as session:
        request = queries.request(session, number)
        attempt = queries.last_attempt(session, number)
    if request is None or request.state is not State.UNKNOWN or request.plan is None or attempt is None:
        return
    # Asked before looking: what arrives while it looks, it may have missed.
    quiet = _overdue(work, attempt)
    operation, plan, since = work.context.by_name[request.operation], request.plan, attempt.made_at
    if operation.blind:
        return
    work = work.piece()
    ran = work.run(lambda: _find(work, operation, plan, since=since), request=number)
    with work.database.transaction() as session:
        request = session.get_one(Request, number)
        if request.state is not State.UNKNOWN:
            return
        if ran.value is not None and not ran.value.absent:
            ending.conclude(session, work.context, request, ran.value)
            work.keep_codes(session, request=number)
            return
        last = queries.last_attempt(session, number)
        if last is None or last.id != attempt.id:
            # It was sent again and lost again meanwhile: of that, this look knows nothing.
            return
        absent = ran.value is not None and quiet
        known = request.outcome is not None and request.outcome.absent
        news = asked_for or request.looked_at is None or absent is not known
        words = ran.value.note if ran.value is not None and absent else _remark(work, ran)
        seen = replace(request.outcome or Outcome(ok=False), note=words, absent=absent)
        note(session, request.looked(seen, at=work.context.now()))
        if news:
            deliveries.refresh(session, work.context, request=number)


def _overdue(work: Work, attempt: Attempt) -> bool:
    return not attempt.may_arrive(work.context.now(), limit=work.context.rules.call_limit)


def _find(work: Work, operation: Operation, plan: Plan, *, since: datetime) -> Outcome | None:
    return operation.look(plan, work.desk, since) if operation.look is not None else None


def _remark(work: Work, ran: Ran[Outcome | None]) -> str:
    at = f"{work.context.now():%H:%M:%S} UTC"
    if isinstance(ran.exc, Refused) and ran.exc.status in {401, 403}:
        return "The bot may not look: its token lacks the right. Look in Control Hub yourself, then press Close."
    if ran.exc is not None:
        return f"The bot tried to look at {at}, but could not. Look in Control Hub, or press Check."
    return (
        f"The bot looked at {at} and did not find it for certain; it looks again by itself for five minutes. "
        "In a hurry, look in Control Hub, then press Close and say what you saw."
    )
