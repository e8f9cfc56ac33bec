"""The life of a request as people steer it: ask, confirm, withdraw, check, close, send again, show."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from bot.domain.actor import Actor
from bot.domain.audit import AuditEvent, Happening
from bot.domain.delivery import Delivery, Notice, NoticeKind, Place
from bot.domain.desk import Amended
from bot.domain.form import Checked, Complaint
from bot.domain.operation import Operation
from bot.domain.plan import Outcome
from bot.domain.request import Request, State, may_see
from bot.errors import Declined, WrongState
from bot.services import deliveries, people
from bot.services.context import Context, note
from bot.store import queries, registry
from bot.tracking import current

PLAN, FULFIL, LOOK, EXPIRE = "plan", "fulfil", "look", "expire"
LATEST = 10


def ask(
    session: Session,
    context: Context,
    *,
    operation: Operation,
    actor: Actor,
    place: Place,
    checked: Checked,
    showing: Sequence[Delivery] = (),
) -> Request:
    """Somebody asks for something, completely; ``showing`` are the messages of the form that it was, if any.

    Nothing is shown until there is an answer, unless that takes longer than people wait. Raises NotAllowed.
    """
    people.demand_role(actor, operation)
    now = context.now()
    request = Request(
        operation=operation.name,
        asked_by=actor.person_id,
        asker_name=actor.name,
        room_id=place.room_id,
        values=checked.values,
        asked_at=now,
        tracking_id=current(),
        warnings=tuple(_told(operation, warning) for warning in checked.warnings),
    )
    session.add(request)
    session.flush()
    number = demand_number(request)
    detail = {"operation": operation.words, "room": place.room_id}
    enterprise = request.enterprise
    note(session, AuditEvent(now, Happening.ASKED, actor.person_id, number, detail, enterprise=enterprise))
    context.later(session, PLAN, f"{number}.{request.version}")
    for delivery in showing:
        deliveries.turn_into_request(
            session, context, delivery=delivery, request=request, at=now + context.rules.patience
        )
    if not showing:
        deliveries.show_request(session, context, request=request, place=place, at=now + context.rules.patience)
    return request


def confirm(
    session: Session, context: Context, *, request: Request, actor: Actor, plan_hash: str, typed: str = ""
) -> None:
    """The asker wants sent what the card showed, unless that has become too old."""
    request.demand_asker(actor.person_id)
    people.demand_role(actor, context.by_name[request.operation])
    if request.state is State.ASKED and _too_old(context, request):
        raise WrongState(f"Request {request.number} has expired: nobody confirmed it in time. Press Edit to ask again.")
    note(session, request.confirm(by=actor.person_id, plan_hash=plan_hash, typed=typed, at=context.now()))
    context.later(session, FULFIL, f"{request.number}.{request.version}")
    deliveries.refresh(session, context, request=request.number)


def withdraw(session: Session, context: Context, *, request: Request, actor: Actor) -> None:
    """The asker does not want it any more."""
    note(session, request.withdraw(by=actor.person_id, at=context.now()))
    deliveries.refresh(session, context, request=request.number)


def check(session: Session, context: Context, *, request: Request, actor: Actor) -> None:
    """The asker wants the bot to look how a write ended; refused while the write may still be under way."""
    request.demand_asker(actor.person_id)
    if request.state is not State.UNKNOWN:
        raise WrongState(f"Request {request.number} is {request.state}: there is nothing left to check.")
    _demand_quiet(session, context, request)
    # An earlier press at the same state may have come to nothing, and must not stand in the way of this one.
    context.later(session, LOOK, f"{request.number}.{context.now():%Y%m%d%H%M%S%f}")


def close(session: Session, context: Context, *, request: Request, actor: Actor, ended: str, comment: str) -> None:
    """The asker has looked in Webex and says how the write ended: ``done`` or ``failed``."""
    done, not_done = context.by_name[request.operation].ends
    if ended not in {State.DONE, State.FAILED}:
        raise WrongState(f"Choose whether it {done} in Webex or not, then press Close.")
    request.demand_asker(actor.person_id)
    _demand_quiet(session, context, request)
    blind = bool(context.by_name[request.operation].blind)
    who = f"Closed by {actor.name}" if blind else f"Closed by {actor.name}, who looked"
    said = (done if ended == State.DONE else not_done) + ("" if blind else " in Webex")
    remark = f" Comment: {comment}" if comment else ""
    data = request.outcome.data if request.outcome else {}
    outcome = Outcome(ok=ended == State.DONE, data=data, note=f"{who}: it {said}.{remark}")
    note(session, request.settle(outcome, by=actor.person_id, at=context.now()))
    remember(session, context, request)
    deliveries.refresh(session, context, request=request.number)


def send_again(session: Session, context: Context, *, request: Request, actor: Actor) -> None:
    """The asker wants a write sent once more of which a look has found no trace."""
    _demand_quiet(session, context, request)
    if not request.local and _too_old(context, request):
        raise WrongState(
            f"Request {request.number} was checked too long ago to be sent as it is. Press Close, then ask again."
        )
    note(session, request.send_again(by=actor.person_id, at=context.now()))
    context.later(session, FULFIL, f"{request.number}.{request.version}")
    deliveries.refresh(session, context, request=request.number)


def show(session: Session, context: Context, *, number: int, actor: Actor, place: Place) -> None:
    """Draw the card of a request again; raises Declined if there is none that this person may see."""
    request = visible(session, number, actor=actor, place=place)
    deliveries.show_request(session, context, request=request, place=place)


def visible(session: Session, number: int, *, actor: Actor, place: Place) -> Request:
    """The request of that number; raises Declined if there is none that this person may see in that place."""
    request = queries.request(session, number)
    if request is None or not may_see(request, actor=actor, room_id=place.room_id):
        # The same answer for both: a number must not tell what exists.
        raise Declined(f"There is no request {number} that you can see here.")
    return request


def show_latest(session: Session, context: Context, *, actor: Actor, place: Place) -> None:
    """List the last requests of a person."""
    notice = Notice(NoticeKind.REQUESTS, {"limit": LATEST})
    deliveries.tell(session, context, notice=notice, place=place, person_id=actor.person_id)


def expire(session: Session, context: Context, number: int) -> None:
    """End a request that nobody confirmed in time; do nothing if somebody did."""
    request = queries.request(session, number)
    if request is None or request.state is not State.ASKED or request.plan is None:
        return
    if not _too_old(context, request):
        return
    note(session, request.expire(at=context.now()))
    deliveries.refresh(session, context, request=number)


def announce(session: Session, context: Context, request: Request, *, call: bool = False) -> None:
    """Draw the request again, and call the asker if nobody can be expected to be looking any more.

    An edit of a card notifies nobody, so after a while, or where it is asked for, a line with a mention does.
    """
    shown = [each for each in deliveries.refresh(session, context, request=request.number) if each.message_id]
    waited = context.now() - (request.confirmed_at or request.asked_at)
    if not shown or (waited < context.rules.notice_after and not call):
        return
    facts = {
        "request": request.number,
        "title": context.by_name[request.operation].words,
        "state": request.state.value,
        "mention": request.asked_by,
    }
    notice = Notice(NoticeKind.DONE, facts)
    deliveries.tell(session, context, notice=notice, place=shown[0].place, person_id=request.asked_by)


def remember(session: Session, context: Context, request: Request) -> None:
    """Put what was provisioned, or has become of it, into the bot's own registry."""
    operation = context.by_name[request.operation]
    if request.state is not State.DONE or operation.record is None or request.plan is None:
        return
    noted = operation.record(request, request.plan)
    if isinstance(noted, Amended):
        registry.amend(session, noted)
    else:
        session.add(noted)


def demand_number(request: Request) -> int:
    """The number that the database gave it."""
    if request.number is None:
        raise ValueError("the request has not been stored yet")
    return request.number


def _demand_quiet(session: Session, context: Context, request: Request) -> None:
    """Nothing can be told of a write while a process that froze might still send it."""
    attempt = queries.last_attempt(session, demand_number(request))
    if attempt is not None and attempt.may_be_under_way(context.now(), limit=context.rules.call_limit):
        until = attempt.deadline + context.rules.call_limit
        raise WrongState(f"It may still be under way. Press again after {until:%H:%M:%S} UTC.")


def _too_old(context: Context, request: Request) -> bool:
    """What was checked long ago may not be true any more."""
    return request.plan is not None and context.now() >= request.plan.made + context.rules.confirmation_life


def _told(operation: Operation, warning: Complaint) -> str:
    """A warning as a sentence: about one input, or about the whole."""
    return f"{operation.form[warning.input].label} {warning.text}" if warning.input else warning.text
