"""Who gets in: one gate for every entry, default deny."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from bot.domain.actor import Actor, Person, PersonType, Role
from bot.domain.audit import AuditEvent, Happening
from bot.domain.delivery import Place
from bot.domain.operation import Operation
from bot.errors import NotAllowed
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


def known(session: Session, context: Context, person_id: str, *, name: str = "") -> Actor:
    """Somebody who was let in before, with what they may be now."""
    person = queries.person_called(session, person_id) or Person(person_id, "", name)
    return Actor(person.id, person.email, person.name, roles_of(person.email, context.rules))


def demand_role(actor: Actor, operation: Operation) -> None:
    """Not everybody may ask for everything; raises NotAllowed."""
    if not operation.is_for(actor):
        whom = "admins" if operation.role is Role.ADMIN else f"{operation.role}s and admins"
        raise NotAllowed(f"“{operation.words}” is for {whom}. Ask one of them.")


def roles_of(email: str, rules: Rules) -> frozenset[Role]:
    """What a person of that address may be, once the gate has let them in."""
    address = email.casefold()
    named = ((Role.ADMIN, rules.admins), (Role.AUDITOR, rules.auditors))
    return frozenset({Role.AGENT, *(role for role, addresses in named if address in addresses)})


def _objection(person: Person, place: Place, rules: Rules) -> str | None:
    if person.type != PersonType.PERSON:
        return "I work for people of the support desk only, not for bots or guests."
    if person.email.rpartition("@")[2].casefold() not in rules.domains:
        return "I work for the support desk only, and your e-mail domain is not on its list."
    if rules.spaces and not place.direct and place.room_id not in rules.spaces:
        return "I do not work in this space. Ask your admin to allow it, or write to me directly."
    return None
