"""Webex for BroadWorks in its own terms: packages, prechecks, workspaces."""

from dataclasses import dataclass, field
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
    """One info entry of a precheck's answer."""

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


@dataclass(frozen=True)
class Workspace:
    """A provisioned workspace with everything that the API echoed, unknown fields included."""

    id: str
    fields: dict[str, Any] = field(default_factory=dict)
    tracking_id: str | None = None
