"""Who gets in: one gate for every entry, default deny."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from bot.domain.actor import Actor, Person, PersonType, Role
from bot.domain.audit import AuditEvent, Happening
from bot.domain.delivery import Place
from bot.domain.request import Request
from bot.services.context import Context, Rules, note
from bot.store import queries

QUIET = timedelta(hours=1)


@dataclass(frozen=True)
class Shut:
    """The gate stays shut; ``tell`` is what the person may hear, if anything."""

    reason: str
    tell: str | None = None


def admit(session: Session, context: Context, *, person: Person, place: Place) -> Actor | Shut:
    """Let a person in as an actor, or say why not; a refusal is told once per person and hour, and audited then."""
    reason = _objection(person, place, context.rules)
    if reason is None:
        return Actor(person.id, person.email, person.name, roles_of(person.email, context.rules))
    if person.type == PersonType.BOT:
        # Bots are not answered: two polite bots would talk for ever.
        return Shut(reason)
    if not queries.count_refusal(session, person.id, at=context.now(), quiet=QUIET):
        return Shut(reason)
    detail = {"reason": reason, "room": place.room_id}
    note(session, AuditEvent(context.now(), Happening.REFUSED_ENTRY, person.id, detail=detail))
    return Shut(reason, tell=reason)


def roles_of(email: str, rules: Rules) -> frozenset[Role]:
    """What a person of that address may be, once the gate has let them in."""
    return frozenset({Role.AGENT} | ({Role.ADMIN} if email.casefold() in rules.admins else set()))


def asker_of(session: Session, context: Context, request: Request) -> Actor:
    """Who asked, as far as the bot knows them."""
    person = queries.known_person(session, request.asked_by)
    email = person.email if person else ""
    return Actor(request.asked_by, email, request.asker_name, roles_of(email, context.rules))


def _objection(person: Person, place: Place, rules: Rules) -> str | None:
    if person.type != PersonType.PERSON:
        return "I work for people of the support desk only, not for bots or guests."
    if person.email.rpartition("@")[2].casefold() not in rules.domains:
        return "I work for the support desk only, and your e-mail domain is not on its list."
    if rules.spaces and not place.direct and place.room_id not in rules.spaces:
        return "I do not work in this space. Ask your admin to allow it, or write to me directly."
    return None
