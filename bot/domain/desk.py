"""What operations may use, and what the use cases are handed: typed by protocols, built in ``app.py``."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.domain.api import BroadWorks
from bot.domain.codes import Meaning, UnknownCode
from bot.domain.problem import Explanation
from bot.domain.request import Request
from bot.domain.template import Template

Clock = Callable[[], datetime]
"""Returns the time, aware and in UTC."""


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
class Desk:
    """One bundle of everything that an operation may use; ``asker`` is the name of the person for whom it is used."""

    broadworks: BroadWorks
    registry: Registry
    templates: Templates
    requests: Requests
    codes: Codes
    unknown_codes: UnknownCodes
    clock: Clock
    region: str | None = None
    asker: str = ""
