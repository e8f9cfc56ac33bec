"""What will be sent, and what came of it."""

import hashlib
import json
from dataclasses import dataclass, field, replace
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
    BAD = "bad"


class Source(StrEnum):
    """Who found it: a person must know whose word it is."""

    BOT = "checked by the bot, not by Webex"
    WEBEX = "checked by Webex"
    DOCUMENTED = "as Cisco documents it"


@dataclass(frozen=True)
class Finding:
    """One result of the checks that a plan went through."""

    level: Level
    text: str
    source: Source = Source.BOT


LOCAL = "bot:"
"""The base URL of a call that changes something of the bot's own, and leaves the house for nowhere."""


@dataclass(frozen=True)
class Call:
    """One HTTP request to the provisioning API, exactly as it will be sent."""

    method: str
    path: str
    body: dict[str, Json]
    base_url: str

    @property
    def local(self) -> bool:
        """It changes something of the bot's own: nothing is sent anywhere."""
        return self.base_url == LOCAL


@dataclass(frozen=True)
class Subject:
    """Whom it is about, so that its history can be told: a user ID or enterprise of BroadWorks, an id of Webex.

    ``enterprise`` is whose it is, where nobody has said that.
    """

    user_id: str = ""
    webex_id: str = ""
    enterprise: str = ""


@dataclass(frozen=True)
class Plan:
    """Everything resolved, nothing written: the one call, the state before, and what the checks found.

    ``typed`` is what a person must type before it can be confirmed, or "" where a press is enough.
    """

    operation: str
    call: Call
    made: datetime
    before: dict[str, Json] | None = None
    findings: tuple[Finding, ...] = ()
    subject: Subject = Subject()
    typed: str = ""

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
class Step:
    """A status that something had, in Webex's own word, and since when."""

    status: str
    since: datetime


@dataclass(frozen=True)
class Watched:
    """What Webex has accepted and goes on working on: its id, its status, and those that it had before.

    ``patient`` says that it waits for a person, which may take days.
    """

    id: str
    status: str
    since: datetime
    patient: bool = False
    past: tuple[Step, ...] = ()

    def after(self, before: "Watched | None") -> "Watched":
        """This one with what was before it."""
        past = (*before.past, Step(before.status, before.since)) if before and before.status != self.status else ()
        return replace(self, past=past[-MOST_STEPS:])


MOST_STEPS = 12
"""Statuses that are remembered; nobody reads more on a card."""


@dataclass(frozen=True)
class Outcome:
    """What came of a request: the API's data when it went well, else the problem.

    ``tries`` counts the calls that it took, ``waited`` the seconds spent waiting between them. ``watched`` is there
    while Webex still works on what it has accepted. ``absent`` says of a lost write that a look has found no trace of
    it: it can be sent again, if a person wants that. ``file`` is the name of a file that goes to the asker, and to
    nobody else, in a direct message; it is fetched when that is sent.
    """

    ok: bool
    data: dict[str, Json] = field(default_factory=dict)
    problem: Problem | None = None
    tracking_id: str | None = None
    tries: int = 1
    waited: float = 0.0
    note: str = ""
    watched: Watched | None = None
    absent: bool = False
    file: str = ""


@dataclass(frozen=True)
class Answer:
    """What a pure read returns instead of a plan."""

    outcome: Outcome
