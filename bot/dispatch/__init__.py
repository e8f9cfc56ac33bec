"""What an event means: a message or a press becomes a use case; nothing else decides that."""

from dataclasses import asdict

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.dispatch.front import Front
from bot.dispatch.line import Line
from bot.dispatch.pressed import Pressed
from bot.domain.actor import Person
from bot.domain.audit import AuditEvent, Happening
from bot.domain.delivery import Delivery, Notice, NoticeKind, Place
from bot.domain.event import Event, Message, Submission
from bot.errors import Declined
from bot.failures import explain
from bot.services import deliveries, people
from bot.services.context import Context, note
from bot.store import queries
from bot.tracking import Source, caused_by, current

log = structlog.get_logger(__name__)


def handle(session: Session, front: Front, *, event: Event, person: Person) -> None:
    """Let an event become a use case; whatever goes wrong, the person gets a plain answer."""
    with caused_by(Source(event.id, event.tracking_id)):
        _handle(session, front, event=event, person=person)


def record_membership(
    session: Session, context: Context, *, joined: bool, room_id: str, person_id: str, by: str
) -> None:
    """Write down that somebody came into a space or left it."""
    what = Happening.JOINED if joined else Happening.LEFT
    note(session, AuditEvent(context.now(), what, by or "unknown", detail={"room": room_id, "person": person_id}))


def greet(session: Session, context: Context, *, room_id: str, inviter: Person) -> None:
    """Say what the bot can do, in a space where somebody has just added it, or why it will not."""
    place = Place(room_id, direct=False)
    admitted = people.admit(session, context, person=inviter, place=place)
    if isinstance(admitted, people.Shut):
        _refuse(session, context, shut=admitted, place=place, person_id=inviter.id)
        return
    notice = Notice(NoticeKind.HELP, {"words": ""})
    deliveries.tell(session, context, notice=notice, place=place, person_id=inviter.id)


def _handle(session: Session, front: Front, *, event: Event, person: Person) -> None:
    try:
        with session.begin_nested():
            _receive(session, front, event=event, person=person)
    except Declined as exc:
        _decline(session, front, event=event, person=person, why=exc)
    except SQLAlchemyError:
        # The answer could not be kept either: the event is tried again from the inbox.
        raise
    except Exception as exc:
        log.exception("an event was not understood by a bug")
        # What is understood here is only written down: nothing can have been changed in Webex.
        problem = explain(exc, codes=front.codes, doing="your last message or press", ours=current(), changes=False)
        notice = Notice(NoticeKind.PROBLEM, {"problem": asdict(problem)})
        _tell(session, front, event=event, person=person, notice=notice)


def _receive(session: Session, front: Front, *, event: Event, person: Person) -> None:
    shown = _shown(session, event)
    place = _place(session, event, shown)
    admitted = people.admit(session, front.context, person=person, place=place)
    if isinstance(admitted, people.Shut):
        _refuse(session, front.context, shut=admitted, place=place, person_id=person.id)
    elif isinstance(event, Message):
        Line(session, front, actor=admitted, place=place).say(event.text)
    elif shown is None:
        raise Declined("I do not know that card any more. Ask me again, and use the new card.")
    else:
        Pressed(session, front, actor=admitted, delivery=shown).press(event.inputs)


def _refuse(session: Session, context: Context, *, shut: people.Shut, place: Place, person_id: str) -> None:
    if shut.tell:
        notice = Notice(NoticeKind.REFUSAL, {"reason": shut.tell})
        deliveries.tell(session, context, notice=notice, place=place, person_id=person_id)


def _shown(session: Session, event: Event) -> Delivery | None:
    """The message whose button was pressed, if it is one of ours and stands where it was pressed."""
    if not isinstance(event, Submission):
        return None
    found = queries.delivery_of_message(session, event.message_id)
    return found if found is not None and found.room_id == event.room_id else None


def _place(session: Session, event: Event, shown: Delivery | None) -> Place:
    """Answers to a message in a group space go into its thread, so that the space stays readable."""
    if isinstance(event, Message):
        return Place(event.room_id, event.direct, event.thread or ("" if event.direct else event.id))
    return shown.place if shown is not None else Place(event.room_id, direct=queries.is_direct(session, event.room_id))


def _tell(session: Session, front: Front, *, event: Event, person: Person, notice: Notice) -> None:
    place = _place(session, event, _shown(session, event))
    deliveries.tell(session, front.context, notice=notice, place=place, person_id=person.id)


def _decline(session: Session, front: Front, *, event: Event, person: Person, why: Declined) -> None:
    shown = _shown(session, event)
    if isinstance(event, Submission):
        # The words may name people: the history keeps the kind of refusal and the ids.
        detail = {"room": event.room_id, "why": type(why).__name__}
        request = shown.request if shown is not None else None
        note(session, AuditEvent(front.context.now(), Happening.REFUSED_PRESS, person.id, request, detail))
    place = _place(session, event, shown)
    facts = {"text": str(why)} | ({} if place.direct else {"mention": person.id})
    notice = Notice(NoticeKind.DECLINED, facts)
    deliveries.tell(session, front.context, notice=notice, place=place, person_id=person.id)
