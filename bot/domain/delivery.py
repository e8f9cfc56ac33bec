"""A message of the bot in a space, and what it shows."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, BinaryIO


class Shows(StrEnum):
    """What a delivery draws from when it is sent."""

    REQUEST = "request"
    CONVERSATION = "conversation"
    NOTICE = "notice"
    FILE = "file"


class NoticeKind(StrEnum):
    """The short answers that have no row of their own."""

    HELP = "help"
    SUGGESTION = "suggestion"
    REFUSAL = "refusal"
    DECLINED = "declined"
    REQUESTS = "requests"
    CANCELLED = "cancelled"
    CLOSED_FORM = "closed form"
    PROBLEM = "problem"
    DONE = "done"
    STATUS = "status"
    QUESTION = "question"
    FILE = "file"
    LOCKED_OUT = "locked out"
    LET_IN = "let in"


@dataclass(frozen=True)
class Notice:
    """A short answer: its kind and the facts it is drawn from."""

    kind: NoticeKind
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """Where to answer: the space, and the thread in it ("" outside of threads)."""

    room_id: str
    direct: bool
    thread: str = ""


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a message: its name, and its content to be read from the beginning."""

    name: str
    content: BinaryIO
    media_type: str = "application/octet-stream"


@dataclass
class Delivery:
    """One message that shows a request, a form or a notice in one space, or brings a file to one person.

    It is drawn when it is sent, never before, so it cannot be stale: ``wanted`` counts up when what it shows has
    changed, ``shown`` is the count that was last drawn. ``edits`` counts Webex's edits of ``message_id``. Where the
    space of a person with the bot is not known, ``room_id`` is "" until Webex has told it: the message goes to
    ``to_email`` then, or to ``person_id``.
    """

    room_id: str
    shows: Shows
    made_at: datetime
    direct: bool = False
    person_id: str = ""
    parent_id: str | None = None
    request: int | None = None
    conversation: int | None = None
    notice: Notice | None = None
    message_id: str | None = None
    wanted: int = 1
    shown: int = 0
    edits: int = 0
    failures: int = 0
    parked: bool = False
    to_email: str = ""
    id: int | None = None

    @property
    def place(self) -> Place:
        """Where an answer to a press on this message belongs."""
        if self.direct:
            return Place(self.room_id, self.direct, self.parent_id or "")
        return Place(self.room_id, self.direct, self.parent_id or self.message_id or "")
