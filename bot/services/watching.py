"""Watch what Webex works on to its end: looks, alone or many at once, and nudges for what takes too long."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy.orm import Session

from bot.domain.actor import Actor
from bot.domain.plan import Outcome
from bot.domain.request import WATCHED, Request, State
from bot.services import deliveries, ending
from bot.services.context import Context, note
from bot.services.requests import announce
from bot.services.work import Ran, Work
from bot.store import queries

MANY = 8
"""Looks that are due together before one list is asked for instead of each by itself."""

TOGETHER = timedelta(seconds=2)
"""What is due so soon is due now."""

LEASE = timedelta(minutes=2)
"""How long nobody else looks at what is being looked at: longer than any call takes."""

TOMORROW = timedelta(days=1)


def watch(work: Work, number: int) -> None:
    """Look how far Webex is with a request, and with all others that are due if they are many."""
    with work.database.transaction() as session:
        due = _claim(session, work.context, number)
    if not due:
        return
    work = work.piece()
    follow = work.context.by_name[due[0].operation].follow
    ran = work.run(lambda: follow(due, work.desk) if follow else {}, request=number)
    failed: list[Exception] = []
    for each in due:
        try:
            _keep(work, each.number or 0, ran, alone=len(due) == 1)
        except Exception as exc:  # noqa: BLE001 - one that cannot be kept must not keep all others waiting.
            failed.append(exc)
    if failed:
        raise failed[0]


def _keep(work: Work, number: int, ran: Ran[Mapping[int, Outcome]], *, alone: bool) -> None:
    with work.database.transaction() as session:
        request = queries.request(session, number)
        outcome = (ran.value or {}).get(number)
        if request is None or request.state not in WATCHED:
            return
        if outcome is not None:
            version = request.version
            ending.conclude(session, work.context, request, outcome)
            if request.version != version:
                # Of many that were looked at together, each counts what was said of it.
                work.keep_codes(session, request=number, only=None if alone else _codes_of(outcome))
        else:
            # Nothing is new, or Webex did not say: neither is worth a word yet.
            ending.look_later(session, work.context, request, looked_at=work.context.now() if not ran.exc else None)


def _codes_of(outcome: Outcome) -> set[str]:
    reasons = outcome.problem.reasons if outcome.problem else ()
    return {each.explanation.code for each in reasons if each.explanation}


def nudge(session: Session, context: Context, number: int) -> None:
    """Tell the asker that it takes long, with what can be done; do nothing if it has moved on."""
    request = queries.request(session, number)
    if request is None or request.state is not State.WATCHING or request.nudge_at is None:
        return
    if request.nudge_at > context.now():
        return
    note(session, request.stick(at=context.now()))
    announce(session, context, request, call=True)


def put_off(session: Session, context: Context, *, request: Request, actor: Actor) -> None:
    """The asker wants to be reminded tomorrow."""
    tomorrow = context.now() + TOMORROW
    note(session, request.put_off(tomorrow, by=actor.person_id, at=context.now()))
    ending.nudge_later(session, context, request, at=tomorrow)
    deliveries.refresh(session, context, request=request.number)


def stop(session: Session, context: Context, *, request: Request, actor: Actor) -> None:
    """The asker does not want to hear of it any more."""
    note(session, request.stop_watching(by=actor.person_id, at=context.now()))
    deliveries.refresh(session, context, request=request.number)


def _claim(session: Session, context: Context, number: int) -> list[Request]:
    """What is to be looked at now, and by nobody else meanwhile.

    What is stuck is looked at by itself: a list of changes never tells that something was removed.
    """
    now = context.now()
    due = queries.watched_requests(session, due=now + TOGETHER)
    request = next((each for each in due if each.number == number), None)
    if request is None:
        return []
    together = [each for each in due if _goes_with(each, request, context)]
    claimed = together if len(together) >= MANY and request in together else [request]
    for each in claimed:
        each.take_look(until=now + LEASE)
    return claimed


def _goes_with(each: Request, request: Request, context: Context) -> bool:
    same = context.by_name[each.operation].follow == context.by_name[request.operation].follow
    return same and each.state is State.WATCHING
