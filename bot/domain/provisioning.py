"""Webex for BroadWorks in its own terms: packages, prechecks, subscribers, workspaces."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.domain.problem import Explanation


class Package(StrEnum):
    """The packages that a subscriber can have."""

    SOFTPHONE = "softphone"
    BASIC = "basic"
    STANDARD = "standard"
    PREMIUM = "premium"


@dataclass(frozen=True)
class Info:
    """One numbered remark of Webex: an info entry of a precheck, or an error of a subscriber."""

    code: str
    description: str
    explanation: Explanation | None = None


@dataclass(frozen=True)
class Precheck:
    """A precheck that Webex answered: ``passed`` only if Webex said success.

    ``tries`` and ``waited`` (seconds) tell what it took to get the answer.
    """

    passed: bool
    message: str
    infos: tuple[Info, ...] = ()
    tracking_id: str | None = None
    tries: int = 1
    waited: float = 0.0


class SubscriberStatus(StrEnum):
    """How far the provisioning of a subscriber has come; each is moving, waiting for a person, or ended."""

    PENDING_EMAIL_INPUT = "pending_email_input"
    PENDING_EMAIL_VALIDATION = "pending_email_validation"
    PENDING_USER_MIGRATION = "pending_user_migration"
    PROVISIONING = "provisioning"
    PROVISIONED = "provisioned"
    UPDATING = "updating"
    ERROR = "error"

    @property
    def moving(self) -> bool:
        """Webex is at work: it will be another one soon."""
        return self in MOVING

    @property
    def waiting(self) -> bool:
        """A person must do something first, which may take days."""
        return self in WAITING

    @property
    def ended(self) -> bool:
        """Nothing more will come of the last attempt."""
        return self in ENDED


MOVING = frozenset({SubscriberStatus.PROVISIONING, SubscriberStatus.UPDATING})
WAITING = frozenset(
    {
        SubscriberStatus.PENDING_EMAIL_INPUT,
        SubscriberStatus.PENDING_EMAIL_VALIDATION,
        SubscriberStatus.PENDING_USER_MIGRATION,
    }
)
ENDED = frozenset({SubscriberStatus.PROVISIONED, SubscriberStatus.ERROR})


@dataclass(frozen=True)
class Subscriber:
    """A subscriber as Webex told it; what it did not tell is "", None or empty.

    ``package`` and ``status`` are in Webex's own words, known to us or not; ``fields`` is the whole answer.
    The times are aware.
    """

    id: str
    person_id: str = ""
    user_id: str = ""
    enterprise: str = ""
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    primary_number: str = ""
    mobile_number: str = ""
    extension: str = ""
    package: str = ""
    status: str = ""
    errors: tuple[Info, ...] = ()
    created: datetime | None = None
    last_status_change: datetime | None = None
    provisioning_id: str = ""
    self_activated: bool | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    tracking_id: str | None = None

    @property
    def known_status(self) -> SubscriberStatus | None:
        """The status, if it is one of those that are documented."""
        try:
            return SubscriberStatus(self.status.casefold())
        except ValueError:
            return None

    @property
    def moving(self) -> bool:
        """Webex is at work on it; an unknown status is neither moving nor waiting nor ended."""
        return self.known_status in MOVING

    @property
    def waiting(self) -> bool:
        """It waits for a person."""
        return self.known_status in WAITING

    @property
    def ended(self) -> bool:
        """Its last attempt is over, well or not."""
        return self.known_status in ENDED


@dataclass(frozen=True)
class SubscriberFilter:
    """Which subscribers are looked for; everything that is given must be true of them.

    ``status`` is any of these; ``last_status_change`` and ``after`` (of the creation) take only what came later.
    ``max`` is the number of subscribers on a page.
    """

    user_id: str = ""
    person_id: str = ""
    email: str = ""
    provisioning_id: str = ""
    enterprise: str = ""
    last_status_change: datetime | None = None
    status: tuple[str, ...] = ()
    after: datetime | None = None
    self_activated: bool | None = None
    max: int | None = None

    def __post_init__(self) -> None:
        for moment in (self.last_status_change, self.after):
            if moment is not None and moment.utcoffset() is None:
                raise ValueError("A time without a time zone could be any of many.")
        if self.max is not None and not 1 <= self.max <= LARGEST_PAGE:
            raise ValueError(f"A page has 1 to {LARGEST_PAGE} subscribers.")


LARGEST_PAGE = 100
"""Subscribers that Webex puts on one page at most."""


@dataclass(frozen=True)
class SubscriberPage:
    """Some of the subscribers that were looked for; ``next`` leads to more, and is None where the list ends.

    A page can be empty and still have a next one. ``next`` is to be handed back as it is.
    """

    items: tuple[Subscriber, ...]
    next: str | None = None
    tracking_id: str | None = None


@dataclass(frozen=True)
class Done:
    """A write that Webex answered with a bare yes; ``path`` is where it was sent, ``tries`` counts the calls."""

    path: str
    tracking_id: str | None = None
    tries: int = 1


@dataclass(frozen=True)
class Workspace:
    """A provisioned workspace with everything that the API echoed, unknown fields included."""

    id: str
    fields: dict[str, Any] = field(default_factory=dict)
    tracking_id: str | None = None
