"""One subscriber of the simulated BroadWorks: what is known of it, and what becomes of it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, get_args

from bot.simulator.clock import stamp

Status = Literal[
    "pending_email_input",
    "pending_email_validation",
    "pending_user_migration",
    "provisioning",
    "provisioned",
    "updating",
    "error",
]
STATUSES: tuple[Status, ...] = get_args(Status)
# What a caller gives; a language and a time zone are taken, but never shown.
SHOWN = (
    "userId",
    "spEnterpriseId",
    "firstName",
    "lastName",
    "email",
    "primaryPhoneNumber",
    "mobilePhoneNumber",
    "extension",
    "package",
)
_WITH_PERSON = ("provisioned", "updating")


@dataclass(frozen=True)
class End:
    """How a piece of work ends."""

    status: Status
    errors: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Coming:
    """The end of the work that runs, and when it comes."""

    due: datetime
    end: End


@dataclass(eq=False, slots=True)
class Subscriber:
    """`number` counts subscribers in the order of their coming; `passed` has the pauses that its user has ended.

    `person_id` is the Webex user it is mapped to. `coming` is None where nothing runs, and where what runs never ends.
    `wanted` are facts that an update has asked for, empty where one is to go.
    """

    number: int
    id: str
    facts: dict[str, str]
    status: Status
    created: datetime
    changed: datetime
    person_id: str | None = None
    errors: tuple[dict[str, Any], ...] = ()
    self_activated: bool = False
    consent_mails: int = 0
    coming: Coming | None = None
    wanted: dict[str, str] = field(default_factory=dict)
    passed: frozenset[str] = frozenset()

    @property
    def email(self) -> str:
        return self.facts.get("email", "")

    def become(self, status: Status, at: datetime, *, errors: tuple[dict[str, Any], ...] = ()) -> None:
        self.status, self.changed, self.errors = status, at, errors

    def shown(self) -> dict[str, Any]:
        """As the API shows it. Documented as a boolean, `selfActivated` is a string in every example: both come."""
        told = str(self.self_activated).lower()
        answer: dict[str, Any] = {"id": self.id}
        if self.person_id and self.status in _WITH_PERSON:
            answer["personId"] = self.person_id
        answer |= {name: self.facts[name] for name in SHOWN if name in self.facts}
        answer["status"] = self.status
        if self.errors:
            answer["errors"] = list(self.errors)
        return answer | {
            "created": stamp(self.created),
            "lastStatusChange": stamp(self.changed),
            "provisioningId": self.facts["provisioningId"],
            "selfActivated": told if self.number % 2 else self.self_activated,
        }
