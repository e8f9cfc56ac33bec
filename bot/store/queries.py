"""Questions to the database; each is a function that takes a Session."""

from datetime import datetime, timedelta

from sqlalchemy import false, func, or_, select, update
from sqlalchemy.orm import Session

from bot.domain.actor import Person
from bot.domain.attempt import Attempt
from bot.domain.conversation import Conversation, Ending
from bot.domain.delivery import Delivery
from bot.domain.desk import Provisioned
from bot.domain.request import ENDED, WATCHED, Request, State
from bot.domain.template import Template
from bot.store import tables


def request(session: Session, number: int) -> Request | None:
    """The request of that number."""
    return session.get(Request, number)


def latest_requests(session: Session, *, asked_by: str, limit: int) -> list[Request]:
    """The last requests of a person, newest first."""
    found = select(Request).where(tables.requests.c.asked_by == asked_by)
    return list(session.scalars(found.order_by(tables.requests.c.number.desc()).limit(limit)))


def unfinished_requests(session: Session) -> list[Request]:
    """Every request that has not ended, oldest first."""
    found = select(Request).where(tables.requests.c.state.not_in(ENDED))
    return list(session.scalars(found.order_by(tables.requests.c.number)))


def requests_about(session: Session, *, user_id: str, webex_id: str, limit: int) -> list[Request]:
    """The last requests about that user ID (any case) or id of Webex, newest first."""
    c = tables.requests.c
    conditions = ((user_id, func.lower(c.user_id) == user_id.lower()), (webex_id, c.webex_id == webex_id))
    wanted = [condition for value, condition in conditions if value]
    return list(session.scalars(select(Request).where(or_(false(), *wanted)).order_by(c.number.desc()).limit(limit)))


def watched_requests(session: Session, *, due: datetime) -> list[Request]:
    """The requests of which Webex is to be asked by then how far they are."""
    c = tables.requests.c
    found = select(Request).where(c.state.in_(WATCHED), c.look_at <= due)
    return list(session.scalars(found.order_by(c.number)))


def templates(session: Session) -> list[Template]:
    """Every template, by name."""
    # A database has its own ideas of the order of letters, and of which are the same in any case.
    return sorted(session.scalars(select(Template)), key=lambda each: (each.name.casefold(), each.name))


def drop_template(session: Session, name: str) -> None:
    """Forget the template of that name, in any case, if there is one."""
    for each in templates(session):
        if each.name.casefold() == name.casefold():
            session.delete(each)
    session.flush()


def open_conversations(session: Session) -> list[Conversation]:
    """Every form that still takes answers."""
    return list(session.scalars(select(Conversation).where(tables.conversations.c.ending == Ending.OPEN)))


def is_posting(session: Session, room_id: str) -> bool:
    """Whether a first message is on its way into that space."""
    c = tables.deliveries.c
    found = select(c.id).where(c.room_id == room_id, c.message_id.is_(None), c.parked.is_(False)).limit(1)
    return session.scalar(found) is not None


def unsent_deliveries(session: Session) -> list[Delivery]:
    """Every message that does not show yet what it should."""
    c = tables.deliveries.c
    found = select(Delivery).where(c.shown < c.wanted, c.parked.is_(False))
    return list(session.scalars(found.order_by(c.id)))


def last_attempt(session: Session, number: int) -> Attempt | None:
    """The newest attempt of a request."""
    found = select(Attempt).where(tables.attempts.c.request == number)
    return session.scalars(found.order_by(tables.attempts.c.number.desc()).limit(1)).first()


def open_conversation(
    session: Session, *, room_id: str, person_id: str, thread: str | None = None
) -> Conversation | None:
    """The open form of a person in a space: the one of that thread, or the newest when ``thread`` is None."""
    c = tables.conversations.c
    found = select(Conversation).where(c.room_id == room_id, c.person_id == person_id, c.ending == Ending.OPEN)
    if thread is not None:
        found = found.where(c.thread == thread)
    return session.scalars(found.order_by(c.id.desc()).limit(1)).first()


def deliveries_of(session: Session, *, request: int | None = None, conversation: int | None = None) -> list[Delivery]:
    """The messages that show a request or a form."""
    found = select(Delivery).where(
        tables.deliveries.c.request == request
        if request is not None
        else tables.deliveries.c.conversation == conversation
    )
    return list(session.scalars(found.order_by(tables.deliveries.c.id)))


def delivery_of_message(session: Session, message_id: str) -> Delivery | None:
    """The delivery that a message of ours is."""
    return session.scalars(select(Delivery).where(tables.deliveries.c.message_id == message_id)).first()


def is_direct(session: Session, room_id: str) -> bool:
    """Whether the bot has written into that space as a direct chat."""
    c = tables.deliveries.c
    return session.scalar(select(c.direct).where(c.room_id == room_id).limit(1)) or False


def twin_conversations(session: Session, *, old: str, new: str) -> list[Conversation]:
    """Open forms of a space that have an open twin, same thread and person, in another."""
    c, twin = tables.conversations.c, tables.conversations.alias()
    same = (twin.c.room_id == new, twin.c.thread == c.thread, twin.c.person_id == c.person_id)
    has_twin = select(twin.c.id).where(*same, twin.c.ending == Ending.OPEN).exists()
    return list(session.scalars(select(Conversation).where(c.room_id == old, c.ending == Ending.OPEN, has_twin)))


def move_space(session: Session, *, old: str, new: str) -> None:
    """Everything that names a space by its id names it by another."""
    for table in (tables.requests, tables.conversations, tables.deliveries):
        session.execute(update(table).where(table.c.room_id == old).values(room_id=new))


def provisioned(session: Session, *, user_id: str, number: str, webex_id: str) -> list[Provisioned]:
    """What this bot has provisioned under that user id (any case), number or id of Webex; empty ones match nothing."""
    c = tables.provisioned.c
    conditions = (
        (user_id, func.lower(c.user_id) == user_id.lower()),
        (number, c.number == number),
        (webex_id, c.webex_id == webex_id),
    )
    wanted = [condition for value, condition in conditions if value]
    return list(session.scalars(select(Provisioned).where(or_(false(), *wanted)).order_by(c.id)))


def waiting_request(session: Session, *, asked_by: str, room_id: str) -> Request | None:
    """The newest request of a person in a space that waits for a confirmation."""
    c = tables.requests.c
    found = select(Request).where(c.asked_by == asked_by, c.room_id == room_id, c.state == State.ASKED)
    return session.scalars(found.where(c.plan.is_not(None)).order_by(c.number.desc()).limit(1)).first()


def cached_person(session: Session, person_id: str, *, since: datetime) -> Person | None:
    """The person as Webex described them, unless that is older than ``since``."""
    c = tables.people.c
    row = session.execute(select(c.id, c.email, c.name, c.type).where(c.id == person_id, c.seen_at >= since)).first()
    return Person(*row) if row else None


def known_person(session: Session, person_id: str) -> Person | None:
    """The person as Webex described them last, however long ago."""
    c = tables.people.c
    row = session.execute(select(c.id, c.email, c.name, c.type).where(c.id == person_id)).first()
    return Person(*row) if row else None


def keep_person(session: Session, person: Person, *, at: datetime) -> None:
    """Remember how Webex described a person."""
    known = {"email": person.email, "name": person.name, "type": person.type, "seen_at": at}
    c = tables.people.c
    if session.execute(update(tables.people).where(c.id == person.id).values(**known)).rowcount == 0:  # type: ignore[attr-defined]  # An update's result has a row count; the stub of execute does not say so.
        session.execute(tables.people.insert().values(id=person.id, **known))


def count_refusal(session: Session, person_id: str, *, at: datetime, quiet: timedelta) -> bool:
    """Count one refused entry; true if the person may be told, which is once per ``quiet``."""
    c = tables.refusals.c
    row = session.execute(select(c.told_at, c["count"]).where(c.person_id == person_id)).first()
    if row is None:
        session.execute(tables.refusals.insert().values(person_id=person_id, told_at=at, count=1))
        return True
    tell = at - row.told_at >= quiet
    told_at = at if tell else row.told_at
    times = {"told_at": told_at, "count": c["count"] + 1}
    session.execute(update(tables.refusals).where(c.person_id == person_id).values(times))
    return bool(tell)


def record_failure(session: Session, *, kind: str, key: str, at: datetime, error: str, tracking_id: str) -> None:
    """Write down work that has failed for good."""
    session.execute(
        tables.failures.insert().values(kind=kind, key=key, at=at, error=error[:500], tracking_id=tracking_id)
    )


def forget_failures(session: Session) -> None:
    """Whoever watches has seen what has failed for good."""
    session.execute(tables.failures.delete())


def count_failures(session: Session) -> int:
    """How much work has failed for good."""
    return session.scalar(select(func.count()).select_from(tables.failures)) or 0
