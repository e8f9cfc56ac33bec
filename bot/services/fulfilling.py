"""Fulfil a request: one write, at most once, and what came of it."""

from dataclasses import replace
from datetime import timedelta

import stamina
import structlog
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from bot.domain.attempt import Attempt, Fate
from bot.domain.operation import LONGEST_QUEUE
from bot.domain.plan import Outcome, Plan
from bot.domain.request import Request, State
from bot.errors import Busy, Declined, NeverSent, Refused, TokenDead
from bot.services import alarms, deliveries, ending
from bot.services.context import Context, note
from bot.services.requests import FULFIL, announce, demand_number
from bot.services.work import Ran, Work
from bot.store import processes, queries

log = structlog.get_logger(__name__)

SETTLE = "settle"
MAX_ATTEMPTS = 5
MAX_USES = 3
MAX_WAIT = timedelta(minutes=15)
RECORD_WITHIN = timedelta(minutes=10)
FIRST_TURN, LAST_TURN = timedelta(seconds=30), timedelta(minutes=5)
"""The shortest pause of what waits its turn, and the longest that the bot chooses by itself."""

LOOKS = (timedelta(seconds=2), timedelta(seconds=30), timedelta(minutes=5))


def fulfil(work: Work, number: int) -> None:
    """Send the write of an approved request, if it has never been sent."""
    with work.database.transaction() as session:
        claimed = _claim(session, work, number)
    if claimed is None:
        return
    request, plan, attempt = claimed
    work = work.piece()
    ran = work.run(lambda: _send(work, request, plan, attempt), request=number)
    # The answer exists nowhere else, so it is held on to for longer than any lock of the database lasts.
    for turn in stamina.retry_context(on=(OperationalError, PoolTimeout), attempts=None, timeout=RECORD_WITHIN):
        with turn, work.database.transaction() as session:
            _record(session, work, number=number, attempt_id=attempt.id, ran=ran)
            work.keep_codes(session, request=number)


def lose(session: Session, context: Context, request: Request, outcome: Outcome) -> None:
    """Nobody knows how the write ended: say so, and look a few times."""
    if request.state is not State.RUNNING:
        return
    note(session, request.lose(outcome, at=context.now()))
    for turn, pause in enumerate(LOOKS):
        context.later(session, SETTLE, f"{request.number}.{request.version}-{turn}", context.now() + pause)
    announce(session, context, request, call=True)


def _claim(session: Session, work: Work, number: int) -> tuple[Request, Plan, Attempt] | None:
    """Take the right to send, durably; None when there is nothing to send or it may have been sent."""
    context = work.context
    request = queries.request(session, number)
    if request is None or request.plan is None:
        return None
    last = queries.last_attempt(session, number)
    if request.state is State.RUNNING and last is not None and _is_gone(session, work, last):
        # This runs again because the process that sent it died: whether it went out, nobody knows.
        lose(session, context, request, Outcome(ok=False, note="The bot was stopped while it was sending."))
    if request.state is not State.APPROVED:
        return None
    if not context.rules.writes:
        _hold(session, context, request)
        return None
    why = "" if request.local else alarms.locked_out(session, context)
    if why:
        _hold(session, context, request, outcome=work.failed(request, TokenDead(why)))
        return None
    attempt = _attempt(session, work, request, plan=request.plan, last=last)
    note(session, request.start(at=context.now()))
    overdue = attempt.deadline + context.rules.call_limit
    context.later(session, SETTLE, f"{number}.attempt-{attempt.number}-{attempt.uses}", overdue)
    if not _waits_its_turn(context, request):
        deliveries.refresh(session, context, request=number)
    session.flush()
    return request, request.plan, attempt


def _is_gone(session: Session, work: Work, attempt: Attempt) -> bool:
    """Whether the process that was to send it is neither this one nor another that is at work."""
    return attempt.owner != work.owner and not processes.is_at_work(session, attempt.owner)


def _hold(session: Session, context: Context, request: Request, *, outcome: Outcome | None = None) -> None:
    if not request.held or request.locked_out is (outcome is None):
        note(session, request.hold(at=context.now(), outcome=outcome))
        deliveries.refresh(session, context, request=request.number)


def _attempt(session: Session, work: Work, request: Request, *, plan: Plan, last: Attempt | None) -> Attempt:
    now = work.context.now()
    deadline = now + work.context.rules.attempt_life
    if last is not None and last.fate is Fate.NEVER_SENT:
        last.use_again(at=now, deadline=deadline, owner=work.owner)
        return last
    attempt = Attempt(
        request=demand_number(request),
        number=last.number + 1 if last else 1,
        plan_hash=plan.hash,
        made_at=now,
        deadline=deadline,
        owner=work.owner,
    )
    session.add(attempt)
    return attempt


def _send(work: Work, request: Request, plan: Plan, attempt: Attempt) -> Outcome:
    operation = work.context.by_name[request.operation]
    if operation.run is None or plan.hash != attempt.plan_hash:
        raise NeverSent("the plan is not the one that was confirmed")
    if not plan.call.local and plan.call.base_url.rstrip("/") != work.desk.broadworks.base_url.rstrip("/"):
        raise NeverSent("the plan was made for another address of the API")
    # Whoever writes looks at the time when it is at the socket, or has the lock: this process may be frozen until then.
    broadworks, templates = work.desk.broadworks.until(attempt.deadline), work.desk.templates.until(attempt.deadline)
    punctual = replace(work.desk, broadworks=broadworks, templates=templates, asker=request.asker_name)
    return operation.run(plan, punctual)


def _record(session: Session, work: Work, *, number: int, attempt_id: int | None, ran: Ran[Outcome]) -> None:
    context = work.context
    request = session.get_one(Request, number)
    attempt = session.get_one(Attempt, attempt_id)
    if request.ended:
        # A look or a person settled it while this process was frozen: what was told stays true.
        log.warning("an answer came after the request was settled", request=number)
    elif ran.value is not None:
        attempt.fate = Fate.ANSWERED
        ending.conclude(session, context, request, ran.value)
    elif attempt is not queries.last_attempt(session, number):
        # It was sent again meanwhile, and what became of that is not this one's to say.
        log.warning("an answer came after the write was sent again", request=number)
    else:
        exc = ran.exc or RuntimeError("an operation sent nothing")
        _record_failure(session, context, request, attempt=attempt, exc=exc, failed=work.failed(request, exc))


def _record_failure(
    session: Session, context: Context, request: Request, *, attempt: Attempt, exc: Exception, failed: Outcome
) -> None:
    wait: timedelta | None = None
    if isinstance(exc, NeverSent):
        attempt.fate = Fate.NEVER_SENT
        if request.state is State.APPROVED:
            # Somebody has pressed Send again meanwhile: it is on its way.
            return
        if isinstance(exc, TokenDead) and request.state is State.RUNNING:
            _hold(session, context, request, outcome=failed)
            return
        wait = timedelta(seconds=2 * 5 ** (attempt.uses - 1)) if attempt.uses < MAX_USES else None
    elif isinstance(exc, Refused | Declined):
        attempt.fate = Fate.ANSWERED
        wait = _turn(context, request, exc, attempts=attempt.number) if isinstance(exc, Busy) else None
    else:
        attempt.fate = Fate.LOST
        lose(session, context, request, failed)
        return
    if wait is None or request.state is not State.RUNNING:
        ending.conclude(session, context, request, failed)
        return
    # Nothing was changed over there, so it may go again a little later.
    until, queued = context.now() + wait, _waits_its_turn(context, request)
    note(session, request.postpone(until, at=context.now(), outcome=failed))
    context.later(session, FULFIL, f"{request.number}.{request.version}", until)
    if not queued:
        deliveries.refresh(session, context, request=request.number)


def _waits_its_turn(context: Context, request: Request) -> bool:
    """It is in a queue, and its card says so: each try would only edit it for nothing."""
    told = request.outcome.problem if request.outcome else None
    return bool(context.by_name[request.operation].queues) and told is not None and told.busy


def _turn(context: Context, request: Request, exc: Busy, *, attempts: int) -> timedelta | None:
    """How long until it is sent again; None where it has waited long enough."""
    if not context.by_name[request.operation].queues:
        wait = _pause(exc, attempts)
        return wait if attempts < MAX_ATTEMPTS and wait <= MAX_WAIT else None
    asked = timedelta(seconds=min(exc.retry_after or 0.0, 2 * LONGEST_QUEUE.total_seconds()))
    wait = max(asked, min(FIRST_TURN * (1 << min(attempts - 1, 10)), LAST_TURN))
    end = (request.confirmed_at or request.asked_at) + LONGEST_QUEUE
    return wait if context.now() + wait <= end else None


def _pause(exc: Busy, attempts: int) -> timedelta:
    """As long as they ask for, else longer each time; bounded, because an answer may ask for anything."""
    seconds = exc.retry_after if exc.retry_after is not None else 5.0 * 2 ** (attempts - 1)
    return timedelta(seconds=min(seconds, 2 * MAX_WAIT.total_seconds()))
