"""What the bot shows and where: messages that follow the rows they are drawn from."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy.orm import Session

from bot.domain.conversation import Conversation
from bot.domain.delivery import Delivery, Notice, NoticeKind, Place, Shows
from bot.domain.problem import Problem
from bot.domain.request import Request
from bot.services.context import Context
from bot.store import queries

DELIVER = "deliver"


def show_request(
    session: Session, context: Context, *, request: Request, place: Place, at: datetime | None = None
) -> Delivery:
    """Show a request in a place, at once or not before ``at`` (if nothing has happened to it until then)."""
    delivery = _new(context, place, Shows.REQUEST, person_id=request.asked_by)
    delivery.request = request.number
    return _send(session, context, delivery, at=at)


def show_form(session: Session, context: Context, *, conversation: Conversation, place: Place) -> Delivery:
    """Show a form in a place."""
    delivery = _new(context, place, Shows.CONVERSATION, person_id=conversation.person_id)
    delivery.conversation = conversation.id
    return _send(session, context, delivery)


def tell(session: Session, context: Context, *, notice: Notice, place: Place, person_id: str) -> Delivery:
    """Say something short in a place, to a person."""
    delivery = _new(context, place, Shows.NOTICE, person_id=person_id)
    delivery.notice = notice
    return _send(session, context, delivery)


def send_file(session: Session, context: Context, *, request: Request) -> Delivery:
    """Bring the file that the answer to a request promises to who asked, and to nobody else."""
    delivery = _new(context, Place("", direct=True), Shows.FILE, person_id=request.asked_by)
    delivery.request = request.number
    return _send(session, context, delivery)


def tell_instead(delivery: Delivery, problem: Problem) -> None:
    """The file of a message cannot be had, so the message says why."""
    delivery.shows, delivery.notice = Shows.NOTICE, Notice(NoticeKind.PROBLEM, {"problem": asdict(problem)})


def tell_by_email(session: Session, context: Context, *, notice: Notice, email: str) -> Delivery:
    """Say something short to a person directly, whose space with the bot need not be known nor exist."""
    delivery = _new(context, Place("", direct=True), Shows.NOTICE, person_id="")
    delivery.notice, delivery.to_email = notice, email
    return _send(session, context, delivery)


def refresh(
    session: Session, context: Context, *, request: int | None = None, conversation: int | None = None
) -> list[Delivery]:
    """What they show has changed: draw every message that shows it again."""
    deliveries = queries.deliveries_of(session, request=request, conversation=conversation)
    for delivery in deliveries:
        redraw(session, context, delivery)
    return deliveries


def redraw(session: Session, context: Context, delivery: Delivery, *, at: datetime | None = None) -> None:
    """Draw one message again, once, however many changes there were in the meantime."""
    delivery.wanted += 1
    context.later(session, DELIVER, f"{delivery.id}.{delivery.wanted}", at)


def turn_into_request(
    session: Session, context: Context, *, delivery: Delivery, request: Request, at: datetime
) -> None:
    """A message that showed a form shows the request that the form has become, from ``at`` or its first change on."""
    delivery.shows, delivery.request, delivery.conversation = Shows.REQUEST, request.number, None
    redraw(session, context, delivery, at=at)


def turn_into_form(session: Session, context: Context, *, delivery: Delivery, conversation: Conversation) -> None:
    """A message that showed a request shows the form in which it is edited."""
    delivery.shows, delivery.conversation, delivery.request = Shows.CONVERSATION, conversation.id, None
    redraw(session, context, delivery)


def close_form(session: Session, context: Context, *, conversation: Conversation) -> None:
    """The messages that showed a form say that it is closed, and why."""
    facts = {"operation": conversation.operation, "why": conversation.ending.value}
    for delivery in queries.deliveries_of(session, conversation=conversation.id):
        delivery.shows, delivery.notice = Shows.NOTICE, Notice(NoticeKind.CLOSED_FORM, facts)
        redraw(session, context, delivery)


def _new(context: Context, place: Place, shows: Shows, *, person_id: str) -> Delivery:
    return Delivery(
        room_id=place.room_id,
        shows=shows,
        made_at=context.now(),
        direct=place.direct,
        person_id=person_id,
        parent_id=place.thread or None,
    )


def _send(session: Session, context: Context, delivery: Delivery, *, at: datetime | None = None) -> Delivery:
    session.add(delivery)
    session.flush()
    context.later(session, DELIVER, f"{delivery.id}.{delivery.wanted}", at)
    return delivery
