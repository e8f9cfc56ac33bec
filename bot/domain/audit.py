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
    SEALED = "history sealed"
    VOUCHED = "history vouched for"


@dataclass
class AuditEvent:
    """One row of the history; ``at`` is UTC, ``detail`` holds neither secrets nor personal data beyond ids.

    ``message_id`` is the message or the press that it came from, where a person caused it; ``from_state`` and
    ``to_state`` are those of its request. ``tracking_id`` is ours, ``webex_tracking_id`` that under which Webex gave
    the message out, ``api_tracking_id`` that of BroadWorks. What makes it a link of the chain, its ``id`` above all,
    is given when it is kept: ids have no gaps, and their order is that of the commits.
    """

    at: datetime
    what: Happening
    actor: str
    request: int | None = None
    detail: dict[str, str] = field(default_factory=dict)
    tracking_id: str | None = None
    id: int | None = None
    message_id: str | None = None
    from_state: str | None = None
    to_state: str | None = None
    rule: str | None = None
    plan_hash: str | None = None
    enterprise: str | None = None
    webex_tracking_id: str | None = None
    api_tracking_id: str | None = None
    version: int | None = field(default=None, compare=False)
    previous: str | None = field(default=None, compare=False)
    hash: str | None = field(default=None, compare=False)
