"""What happened in a space, after it was verified and fetched."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Envelope:
    """A genuine webhook delivery: who and what, but no content.

    ``key`` is resource, event and id: deliveries have no id of their own, so this is what makes them one.
    """

    resource: str
    event: str
    id: str
    room_id: str
    person_id: str
    actor_id: str
    data: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The same for every delivery of the same event; who comes again keeps the membership's id, so it is dated."""
        created = self.data.get("created") if self.resource == "memberships" else None
        return "/".join(filter(None, (self.resource, self.event, self.id, created)))


@dataclass(frozen=True)
class Message:
    """A message that a person wrote to the bot; ``text`` is without the mention.

    ``thread`` is the root message of its thread, or "" when it started none; ``tracking_id`` that of Webex's answer.
    """

    id: str
    room_id: str
    direct: bool
    person_id: str
    email: str
    text: str
    thread: str = ""
    has_files: bool = False
    tracking_id: str = ""


@dataclass(frozen=True)
class Submission:
    """A press of a button on one of the bot's cards; ``inputs`` are as the client sent them: trust nothing."""

    id: str
    message_id: str
    room_id: str
    person_id: str
    inputs: Mapping[str, Any]
    tracking_id: str = ""


Event = Message | Submission
