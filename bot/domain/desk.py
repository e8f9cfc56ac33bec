"""What operations may use, and what the use cases are handed: typed by protocols, built in ``app.py``."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.domain.actor import Actor, Role
from bot.domain.api import BroadWorks
from bot.domain.policy import NO_POLICY, PRODUCTION, Policy
from bot.domain.problem import Explanation
from bot.domain.request import Request
from bot.domain.template import Template

Clock = Callable[[], datetime]
"""Returns the time, aware and in UTC."""


NOBODY = Actor("", "", "")


class Registry(Protocol):
    """What this bot has provisioned itself: its own memory, not Webex's."""

    def find(self, *, user_id: str = "", number: str = "", webex_id: str = "") -> list["Provisioned"]:
        """Everything provisioned here under that user id, number (E.164) or id of Webex."""


@dataclass
class Provisioned:
    """One thing that this bot has provisioned."""

    kind: str
    webex_id: str
    user_id: str
    enterprise: str
    name: str
    number: str
    extension: str
    request: int
    made_at: datetime
    id: int | None = None


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


class Requests(Protocol):
    """What was asked of this bot before."""

    def about(self, *, user_id: str = "", webex_id: str = "", limit: int = 10) -> list[Request]:
        """The last requests that would have changed something about that user ID or id of Webex, newest first."""


class Codes(Protocol):
    """What the API's codes mean, as data."""

    def explain(self, code: str, *, words: str = "") -> Explanation:
        """What is known of a code; an unknown one keeps the API's own words."""


class Later(Protocol):
    """What must happen later commits together with the rows that ask for it."""

    def __call__(self, session: Any, kind: str, key: str, at: datetime | None = None) -> None:
        """Run ``kind`` for ``key`` (``row`` or ``row.version``) once the session commits, not before ``at``."""


@dataclass(frozen=True)
class Ruled:
    """What this installation rules: its policy, who asks now and which roles others have, and what it is called."""

    policy: Policy = NO_POLICY
    actor: Actor = NOBODY
    roles_of: Callable[[str], frozenset[Role]] = lambda _email: frozenset({Role.AGENT})
    environment: str = PRODUCTION


@dataclass(frozen=True)
class Desk:
    """One bundle of everything that an operation may use; ``asker`` is the name of the person for whom it is used."""

    broadworks: BroadWorks
    registry: Registry
    templates: Templates
    requests: Requests
    codes: Codes
    clock: Clock
    region: str | None = None
    asker: str = ""
    ruled: Ruled = Ruled()
