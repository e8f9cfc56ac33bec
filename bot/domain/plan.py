"""What will be sent, and what came of it."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.domain.problem import Problem

Json = Any
"""What JSON can carry."""


class Level(StrEnum):
    """How much a finding matters; none of them stops a person from going on."""

    GOOD = "good"
    WARNING = "warning"


class Source(StrEnum):
    """Who found it: a person must know whose word it is."""

    BOT = "checked by the bot, not by Webex"
    WEBEX = "checked by Webex"


@dataclass(frozen=True)
class Finding:
    """One result of the checks that a plan went through."""

    level: Level
    text: str
    source: Source = Source.BOT


@dataclass(frozen=True)
class Call:
    """One HTTP request to the provisioning API, exactly as it will be sent."""

    method: str
    path: str
    body: dict[str, Json]
    base_url: str


@dataclass(frozen=True)
class Plan:
    """Everything resolved, nothing written: the one call, the state before, and what the checks found."""

    operation: str
    call: Call
    made: datetime
    before: dict[str, Json] | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def hash(self) -> str:
        """Sha256 over operation, endpoint, base URL, canonical body and state before."""
        bound = [
            self.operation,
            self.call.method,
            self.call.path,
            self.call.base_url,
            self.call.body,
            self.before,
        ]
        canonical = json.dumps(bound, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True)
class Outcome:
    """What came of a request: the API's data when it went well, else the problem.

    ``tries`` counts the calls that it took, ``waited`` the seconds spent waiting between them.
    """

    ok: bool
    data: dict[str, Json] = field(default_factory=dict)
    problem: Problem | None = None
    tracking_id: str | None = None
    tries: int = 1
    waited: float = 0.0
    note: str = ""


@dataclass(frozen=True)
class Answer:
    """What a pure read returns instead of a plan."""

    outcome: Outcome
