"""Who acts, and in which role."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person may be; everyone whom the gate lets in is an agent."""

    AGENT = "agent"
    APPROVER = "approver"
    ADMIN = "admin"
    AUDITOR = "auditor"


class PersonType(StrEnum):
    """Webex's own words for the kind of an account."""

    PERSON = "person"
    BOT = "bot"
    GUEST = "appuser"


@dataclass(frozen=True)
class Person:
    """A Webex account as GET /people returns it."""

    id: str
    email: str
    name: str
    type: str = PersonType.PERSON


@dataclass(frozen=True)
class Actor:
    """A person whom the gate has let in."""

    person_id: str
    email: str
    name: str
    roles: frozenset[Role] = frozenset({Role.AGENT})
