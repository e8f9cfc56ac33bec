"""What is written down, once and for good."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Happening(StrEnum):
    """The kinds of audit events, as they stand in the table."""

    ASKED = "request asked"
    PLANNED = "request planned"
    CONFIRMED = "request confirmed"
    APPROVED = "request approved"
    HELD = "request held: writes are off"
    HELD_OUTSIDE = "request held: the bot is locked out"
    ATTEMPTED = "write attempted"
    ANSWERED = "read answered"
    DONE = "request done"
    FAILED = "request failed"
    UNKNOWN = "outcome unknown"
    POSTPONED = "request postponed"
    CHECKED = "outcome looked for"
    SETTLED = "outcome settled by a person"
    SENT_AGAIN = "request to be sent again"
    WATCHED = "status seen"
    STUCK = "request stuck"
    PUT_OFF = "reminder put off"
    UNWATCHED = "watching stopped"
    WITHDRAWN = "request withdrawn"
    EXPIRED = "request expired"
    REFUSED_ENTRY = "entry refused"
    REFUSED_PRESS = "press refused"
    JOINED = "membership created"
    LEFT = "membership deleted"
    MOVED = "space migrated"
    LOCKED_OUT = "token dead"
    LET_IN = "token works again"


@dataclass
class AuditEvent:
    """One row of the history; ``at`` is UTC, ``detail`` holds neither secrets nor personal data beyond ids."""

    at: datetime
    what: Happening
    actor: str
    request: int | None = None
    detail: dict[str, str] = field(default_factory=dict)
    tracking_id: str | None = None
    id: int | None = None
