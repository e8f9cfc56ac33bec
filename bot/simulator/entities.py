"""The things that exist in the simulated Webex, as plain records."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Kind = Literal["person", "bot", "appuser"]
RoomType = Literal["group", "direct"]


@dataclass(frozen=True)
class Person:
    """`kind` is what the API calls `type`; `role` is only a hint for the playground's page."""

    key: str
    id: str
    email: str
    display_name: str
    token: str
    kind: Kind
    org_id: str
    created: datetime
    role: str | None = None

    @property
    def is_bot(self) -> bool:
        return self.kind == "bot"


@dataclass(eq=False)
class Room:
    id: str
    title: str
    kind: RoomType
    creator: Person
    created: datetime
    last_activity: datetime
    key: str | None = None
    is_locked: bool = False
    is_announcement_only: bool = False


@dataclass(eq=False)
class Membership:
    id: str
    room: Room
    person: Person
    created: datetime
    is_moderator: bool = False
    is_room_hidden: bool = False


@dataclass(frozen=True)
class Content:
    """One file, which belongs to one message."""

    id: str
    name: str
    media_type: str
    data: bytes


@dataclass(eq=False)
class Message:
    """`number` orders messages even where the clock stands still; `root` is the thread's first message."""

    id: str
    number: int
    room: Room
    author: Person
    created: datetime
    text: str
    markdown: str | None = None
    html: str | None = None
    root: str | None = None
    mentioned_people: tuple[str, ...] = ()
    mentioned_groups: tuple[str, ...] = ()
    attachments: list[dict[str, Any]] = field(default_factory=list)
    content: Content | None = None
    files: tuple[str, ...] = ()
    updated: datetime | None = None
    edits: int = 0


@dataclass(frozen=True)
class Action:
    """What somebody sent from a card."""

    id: str
    message: Message
    person: Person
    inputs: dict[str, Any]
    created: datetime


@dataclass(eq=False)
class Webhook:
    """`fragile` is one that came back within five minutes of being switched off for its failures."""

    id: str
    owner: Person
    name: str
    target_url: str
    resource: str
    event: str
    created: datetime
    filter: str | None = None
    secret: str | None = None
    active: bool = True
    fragile: bool = False
    disabled_at: datetime | None = None
    failures: deque[datetime] = field(default_factory=deque)


@dataclass(frozen=True)
class Change:
    """Something that happened in a space.

    `data` is what a webhook carries of it, `traits` what a webhook's filter is compared with, `audience` the ids of
    the people who may be told.
    """

    resource: str
    event: str
    actor: Person
    room: Room
    data: Mapping[str, Any]
    traits: Mapping[str, frozenset[str]]
    audience: frozenset[str]
