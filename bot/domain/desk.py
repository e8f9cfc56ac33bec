"""What operations may use, and what the use cases are handed: typed by protocols, built in ``app.py``."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from bot.domain.actor import Actor, Person, Role
from bot.domain.api import BroadWorks
from bot.domain.audit import AuditEvent
from bot.domain.codes import Meaning, UnknownCode
from bot.domain.enterprise import Enterprise
from bot.domain.history import Wanted
from bot.domain.policy import NO_POLICY, PRODUCTION, Policy
from bot.domain.problem import Explanation
from bot.domain.request import Request
from bot.domain.template import Template

Clock = Callable[[], datetime]
"""Returns the time, aware and in UTC."""


NOBODY = Actor("", "", "")


class Registry(Protocol):
    """What this bot has provisioned itself, or was told in a file: its own memory, not Webex's."""

    def find(
        self, *, user_id: str = "", number: str = "", webex_id: str = "", removed: bool = False
    ) -> list["Provisioned"]:
        """Everything under that user id, number (E.164) or id of Webex; what was ``removed`` only if that is wanted."""

    def search(self, wanted: "RegistryFilter", *, before: int | None = None, limit: int = 10) -> list["Provisioned"]:
        """The last ones that fit, newest first, of those that were noted down ``before`` the one of that id."""


@dataclass
class Provisioned:
    """One thing that this bot knows of: provisioned in a request, or imported from a ``source``.

    ``made_at`` is when it was provisioned or imported, ``seen_at`` when the bot last learned how it is, and
    ``removed_at`` when it learned that it is there no more.
    """

    kind: str
    webex_id: str
    user_id: str
    enterprise: str
    name: str
    number: str
    extension: str
    request: int | None
    made_at: datetime
    provisioning_id: str = ""
    source: str = ""
    seen_at: datetime | None = None
    removed_at: datetime | None = None
    id: int | None = None

    @property
    def as_of(self) -> datetime:
        """How old this is."""
        return self.removed_at or self.seen_at or self.made_at


@dataclass(frozen=True)
class Amended:
    """What a request has changed of one thing: ``facts`` are by the names of Provisioned.

    One that was not known is noted down if the facts tell enough.
    """

    kind: str
    webex_id: str
    at: datetime
    request: int | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    removed: bool = False


@dataclass(frozen=True)
class RegistryFilter:
    """What is looked for in the registry; everything that is given must be true, of a name a part is enough."""

    kind: str = ""
    name: str = ""
    user_id: str = ""
    number: str = ""
    enterprise: str = ""
    removed: bool = False


class Templates(Protocol):
    """The short names for provisioning IDs; a change is one transaction of its own."""

    def all(self) -> list[Template]:
        """Every template, by name."""

    def keep(self, template: Template, *, instead_of: str = "") -> None:
        """Keep a template under its name, or instead of the one that had another name."""

    def drop(self, name: str) -> None:
        """Forget the template of that name, if there is one."""

    def until(self, moment: datetime) -> "Templates":
        """The same templates, of which nothing is changed from that moment on: TooLate is raised instead."""


class Enterprises(Protocol):
    """The names of the enterprises that Webex has told of: what forms offer, and never the last word."""

    def names(self) -> tuple[str, ...]:
        """Every one that is known, in their order."""

    def remember(self, found: Iterable[Enterprise]) -> None:
        """Webex has told of these."""


class Requests(Protocol):
    """What was asked of this bot before."""

    def about(self, *, user_id: str = "", webex_id: str = "", limit: int = 10) -> list[Request]:
        """The last requests that would have changed something about that user ID or id of Webex, newest first."""

    def numbered(self, number: int) -> Request | None:
        """The request of that number, whoever may see it."""


class History(Protocol):
    """What was written down: it is for the operation to see who may read it."""

    def events(self, wanted: Wanted, *, beyond: int | None = None, limit: int) -> list[AuditEvent]:
        """Some events, the newest first, or in order where that is wanted; those ``beyond`` an id."""

    def person(self, said: str) -> Person | None:
        """Somebody whom the bot has met, by the id of Webex or the e-mail address."""

    def names(self, ids: Collection[str]) -> dict[str, str]:
        """What those people are called whom the bot has met, by id."""


class Codes(Protocol):
    """What codes mean, as data."""

    def explain(self, code: str, *, words: str = "") -> Explanation:
        """What is known of a code in an answer of the API; an unknown one keeps the API's own words."""

    def everywhere(self, code: str) -> tuple[Meaning, ...]:
        """What a code means on every surface that has it, the API's own first."""


class UnknownCodes(Protocol):
    """The codes that the API gave and that have no explanation yet."""

    def all(self) -> list[UnknownCode]:
        """Every one of them, the one that was met last first."""

    def find(self, code: str) -> UnknownCode | None:
        """What was seen of one of them, whether it has an explanation by now or not."""


class Later(Protocol):
    """What must happen later commits together with the rows that ask for it."""

    def __call__(self, session: Any, kind: str, key: str, at: datetime | None = None) -> None:
        """Run ``kind`` for ``key`` (``row`` or ``row.version``) once the session commits, not before ``at``."""


@dataclass(frozen=True)
class Ruled:
    """What this installation rules: its policy, which roles people have, and what it is called."""

    policy: Policy = NO_POLICY
    roles_of: Callable[[str], frozenset[Role]] = lambda _email: frozenset({Role.AGENT})
    environment: str = PRODUCTION


@dataclass(frozen=True)
class Desk:
    """One bundle of everything that an operation may use.

    ``asker`` is the name of the person for whom it is used, ``actor`` who that is, ``room_id`` where it was asked.
    """

    broadworks: BroadWorks
    registry: Registry
    templates: Templates
    enterprises: Enterprises
    requests: Requests
    history: History
    codes: Codes
    unknown_codes: UnknownCodes
    clock: Clock
    region: str | None = None
    asker: str = ""
    actor: Actor = NOBODY
    room_id: str = ""
    ruled: Ruled = Ruled()
