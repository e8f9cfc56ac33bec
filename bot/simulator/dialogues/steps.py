"""The steps of a dialogue: what people do, what the bot shows, and what is made to go wrong meanwhile.

Each has an `entry`: what stands in a file, by name and in order.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True)
class Says:
    """`where` is a space's key, or a person's for their chat with the bot; @bot and @bob in the words are mentions.

    Messages, of people and of the bot, are numbered in the order in which they were first seen; `thread` is the number
    of the message that is answered.
    """

    who: str
    says: str
    where: str
    message: int
    thread: int | None = None

    def entry(self) -> dict[str, Any]:
        return {"who": self.who, "says": self.says, "where": self.where, "message": self.message} | _in(self.thread)


@dataclass(frozen=True)
class Presses:
    """`on` is the number of the message; `typed` are the inputs that are not what stood in the card."""

    who: str
    presses: str
    on: int
    typed: Mapping[str, str] = field(default_factory=dict)

    def entry(self) -> dict[str, Any]:
        typed = {"with": dict(self.typed)} if self.typed else {}
        return {"who": self.who, "presses": self.presses, "on": self.on} | typed


@dataclass(frozen=True)
class Shows:
    """A message of the bot as it stands before anybody does anything else.

    The same number comes again after an edit, even if all that can be read is as it was: the edit is to be waited for.
    """

    shown: int
    where: str
    reads: str
    buttons: tuple[str, ...] = ()
    inputs: Mapping[str, str] = field(default_factory=dict)
    thread: int | None = None

    def entry(self) -> dict[str, Any]:
        buttons = {"buttons": list(self.buttons)} if self.buttons else {}
        inputs = {"inputs": dict(self.inputs)} if self.inputs else {}
        return {"shown": self.shown, "where": self.where, "reads": self.reads} | buttons | inputs | _in(self.thread)


@dataclass(frozen=True)
class Gone:
    """A message that the bot has deleted."""

    shown: int

    def entry(self) -> dict[str, Any]:
        return {"shown": self.shown, "gone": True}


@dataclass(frozen=True)
class Breaks:
    """A fault of coming API calls, by the fields of `Fault`."""

    fault: Mapping[str, Any]

    def entry(self) -> dict[str, Any]:
        return {"fault": dict(self.fault)}


@dataclass(frozen=True)
class Webhooks:
    """What is changed about the way of webhooks, by the fields of `WebhookFaults`."""

    values: Mapping[str, Any]

    def entry(self) -> dict[str, Any]:
        return {"webhooks": dict(self.values)}


@dataclass(frozen=True)
class Sets:
    """What is changed of the `Switches`, by their names."""

    values: Mapping[str, Any]

    def entry(self) -> dict[str, Any]:
        return {"switches": dict(self.values)}


@dataclass(frozen=True)
class Heals:
    """No fault is left, webhooks go their way, and all switches are as they were at first."""

    def entry(self) -> dict[str, Any]:
        return {"heal": True}


@dataclass(frozen=True)
class Forwards:
    """The clock is put forward by so many seconds."""

    seconds: float

    def entry(self) -> dict[str, Any]:
        return {"forward": int(self.seconds) if float(self.seconds).is_integer() else self.seconds}


@dataclass(frozen=True)
class Orders:
    """The bot is killed, or started again."""

    bot: Literal["kill", "start"]

    def entry(self) -> dict[str, Any]:
        return {"bot": self.bot}


Step = Says | Presses | Shows | Gone | Breaks | Webhooks | Sets | Heals | Forwards | Orders


@dataclass(frozen=True)
class Dialogue:
    """A title in one line, and what happened in its order."""

    title: str
    steps: tuple[Step, ...]


def _in(thread: int | None) -> dict[str, int]:
    return {} if thread is None else {"thread": thread}
