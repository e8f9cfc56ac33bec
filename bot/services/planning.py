"""Plan a request: resolve everything, ask what a read asks."""

from dataclasses import replace
from functools import partial

import structlog
from sqlalchemy.orm import Session

from bot.domain.actor import Actor
from bot.domain.desk import Desk, Ruled
from bot.domain.plan import Answer, Plan
from bot.domain.policy import PRODUCTION
from bot.domain.request import Request, State
from bot.services import deliveries, people, requests
from bot.services.context import Context, note
from bot.services.work import Work
from bot.store import queries

log = structlog.get_logger(__name__)


def plan_request(work: Work, number: int) -> None:
    """Make the plan of a request, or its answer if it is a read; do nothing if that was done."""
    with work.database.reading() as session:
        request = queries.request(session, number)
        if request is None or not _awaits_plan(request):
            return
        actor = people.known(session, work.context, request.asked_by, name=request.asker_name)
    work = work.piece()
    operation = work.context.by_name[request.operation]
    desk = _desk_of(work, request, actor)
    ran = work.run(lambda: operation.plan(request.values, desk), request=number)
    made = ran.value or Answer(work.failed(request, ran.exc or RuntimeError("an operation planned nothing")))
    with work.database.transaction() as session:
        _keep(session, work.context, number=number, made=made)
        work.keep_codes(session, request=number)


def _desk_of(work: Work, request: Request, actor: Actor) -> Desk:
    """The desk as the person who asked may use it."""
    rules = work.context.rules
    ruled = Ruled(rules.policy, partial(people.roles_of, rules=rules), rules.environment or PRODUCTION)
    return replace(work.desk, asker=request.asker_name, actor=actor, room_id=request.room_id, ruled=ruled)


def _awaits_plan(request: Request) -> bool:
    return request.state is State.ASKED and request.plan is None


def _keep(session: Session, context: Context, *, number: int, made: Plan | Answer) -> None:
    request = session.get_one(Request, number)
    now = context.now()
    if not _awaits_plan(request):
        # It was withdrawn, or planned by a twin, while the answer was on its way.
        log.info("the plan came too late", request=number)
    elif isinstance(made, Answer):
        note(session, request.answered(made.outcome, at=now))
        requests.announce(session, context, request)
        if made.outcome.file:
            deliveries.send_file(session, context, request=request)
    else:
        note(session, request.planned(made, at=now))
        until = made.made + context.rules.confirmation_life
        context.later(session, requests.EXPIRE, f"{number}.{request.version}", until)
        deliveries.refresh(session, context, request=number)
