"""Everything that a card is drawn from, gathered when it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.domain.conversation import Conversation
from bot.domain.delivery import Notice
from bot.domain.operation import Operation
from bot.domain.press import Sign
from bot.domain.request import Request
from bot.domain.template import Template


@dataclass(frozen=True)
class Frame:
    """What every card shares: the environment's name (empty in production), the time, and how buttons are signed."""

    environment: str
    now: datetime
    sign: Sign
    person_id: str = ""


@dataclass(frozen=True)
class RequestView:
    """A request in its present state; ``writes`` is False while the kill switch is on.

    ``names`` are what people call provisioning IDs.
    """

    frame: Frame
    request: Request
    operation: Operation
    writes: bool = True
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class FormView:
    """A form that somebody is filling in.

    ``templates`` are those to choose from, ``usual`` the one used last; ``enterprises`` are the names of those to
    choose from, those used last first.
    """

    frame: Frame
    conversation: Conversation
    operation: Operation
    templates: tuple[Template, ...] = ()
    usual: str = ""
    enterprises: tuple[str, ...] = ()


@dataclass(frozen=True)
class NoticeView:
    """A short answer; ``operations`` are those that this person may ask for."""

    frame: Frame
    notice: Notice
    operations: tuple[Operation, ...] = ()
    requests: tuple[tuple[Request, Operation], ...] = ()


View = RequestView | FormView | NoticeView


@dataclass(frozen=True)
class Drawn:
    """A message ready to be sent: ``markdown`` stands for the card where cards do not show."""

    markdown: str
    card: dict[str, Any] | None = None
