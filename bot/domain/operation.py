"""What can be asked for: an operation, declared once."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.domain.actor import Actor, Role
from bot.domain.delivery import Attachment
from bot.domain.desk import Amended, Desk, Provisioned
from bot.domain.form import Form, Values
from bot.domain.plan import Answer, Outcome, Plan
from bot.domain.request import Request
from bot.domain.risk import Risk as Risk  # noqa: PLC0414 - an operation is declared with it, so it is offered here.

Element = Any
"""An element of a card."""


LONGEST_QUEUE = timedelta(hours=6)
"""How long a write waits its turn, from its confirmation on."""


@dataclass(frozen=True)
class FollowUp:
    """What a person may want next, on a button: the form of the operation of these ``words``, with these values in it.

    ``at_once`` asks for it without showing the form first, if the values are complete.
    """

    title: str
    words: str
    values: Mapping[str, str] = field(default_factory=dict)
    at_once: bool = False


@dataclass(frozen=True)
class Operation:
    """One thing that a person can ask for.

    ``words`` are what people type, ``aliases`` do the same; ``plan`` writes nothing; ``run`` is the one write and
    None for a read; ``look`` settles a write whose outcome is unknown, returning None when it cannot tell, and an
    outcome that is ``absent`` when it was certainly not done; ``result`` draws the outcome. Help is the first line of
    ``plan``'s docstring. ``blind`` is for a write that leaves no trace in Webex, so that no look can settle it: what
    people are told to do about a lost one.

    ``follow`` looks how far Webex is with what it has accepted, for several requests at a time: those of which there
    is something to tell, by number, where an outcome that is still ``watched`` has not ended. ``follow_ups`` are what
    people may want next, in the order of their buttons. ``at_once`` is for what needs no values: its words run it.
    ``takes_pasted`` marks the one whose form is filled with an order that somebody pastes without any words, and
    ``looks_back`` what tells of the past only, which is hardly ever meant where somebody was not understood.
    ``attach`` fetches the file that an outcome promises, anew each time; it is gone when the context is left.
    ``ends`` say of a lost write how "it" is in Webex if it was done, and if it was not. ``queues`` is for a write for
    which Webex has room only one after the other: why it may have to wait its turn, for as long as LONGEST_QUEUE.
    """

    words: str
    form: Form
    plan: Callable[[Values, Desk], Plan | Answer]
    result: Callable[[Request, Form], Sequence[Element]]
    risk: Risk = Risk.READ
    role: Role = Role.AGENT
    aliases: tuple[str, ...] = ()
    verb: str = "Check"
    again: str = "Edit and check again"
    examples: tuple[str, ...] = ()
    at_once: bool = False
    takes_pasted: bool = False
    looks_back: bool = False
    ends: tuple[str, str] = ("exists", "does not exist")
    run: Callable[[Plan, Desk], Outcome] | None = None
    look: Callable[[Plan, Desk, datetime], Outcome | None] | None = None
    blind: str = ""
    queues: str = ""
    record: Callable[[Request, Plan], Provisioned | Amended] | None = None
    follow: Callable[[Sequence[Request], Desk], Mapping[int, Outcome]] | None = None
    attach: Callable[[Request, Desk], AbstractContextManager[Attachment]] | None = None
    follow_ups: Callable[[Request], Sequence[FollowUp]] = lambda _request: ()

    @property
    def name(self) -> str:
        """The name under which requests store it: its words, joined."""
        return self.words.replace(" ", "_")

    def is_for(self, actor: Actor) -> bool:
        """Whether somebody may ask for it; admins may ask for everything."""
        return not actor.roles.isdisjoint({self.role, Role.ADMIN})

    @property
    def help(self) -> str:
        """One sentence for the help card."""
        return (self.plan.__doc__ or "").strip().splitlines()[0]

    @property
    def title(self) -> str:
        """The words as a heading."""
        return self.words[:1].upper() + self.words[1:]
