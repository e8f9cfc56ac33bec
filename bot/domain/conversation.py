"""A form that somebody is filling in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.form import Complaint, Form, Input, Kind, Values
from bot.domain.template import BROUGHT, Template, meant_by


class Ending(StrEnum):
    """Whether a form still takes answers, and if not, why."""

    OPEN = "open"
    SENT = "sent"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    REPLACED = "replaced"


@dataclass
class Conversation:
    """A half-filled form; at most one is open per space, thread and person.

    ``thread`` is the root message of the thread, or "" outside of threads. ``by_text`` says that the bot asks for
    the missing fields one by one, for a client that does not show cards. ``request`` is what it became. ``guesses``
    say of values that nobody typed into this form why they stand there.
    """

    room_id: str
    thread: str
    person_id: str
    operation: str
    expires_at: datetime
    values: dict[str, str] = field(default_factory=dict)
    complaints: tuple[Complaint, ...] = ()
    guesses: dict[str, str] = field(default_factory=dict)
    by_text: bool = False
    ending: Ending = Ending.OPEN
    version: int = 1
    request: int | None = None
    id: int | None = None

    @property
    def open(self) -> bool:
        """It still takes answers."""
        return self.ending is Ending.OPEN

    def fill(self, values: dict[str, str], complaints: tuple[Complaint, ...], *, until: datetime) -> None:
        """Keep what was said and what is wrong with it, and keep the form open for longer."""
        self.guesses = {name: why for name, why in self.guesses.items() if values.get(name) == self.values.get(name)}
        self.values, self.complaints, self.expires_at = values, complaints, until
        self.version += 1

    def end(self, ending: Ending, *, request: int | None = None) -> None:
        """It takes no more answers."""
        self.ending, self.request = ending, request
        self.version += 1


def missing(form: Form, conversation: Conversation, *, templates: Sequence[Template] = ()) -> Input | None:
    """The input to be asked for next: the first complained about, else the first required one without a value.

    Where there are templates, nobody is asked for what the chosen one brings, nor for what one could bring before one
    has been chosen.
    """
    template = meant_by(conversation.values, templates)
    said = (template.defaults if template else {}) | {k: v for k, v in conversation.values.items() if v.strip()}
    wrong = {complaint.input for complaint in conversation.complaints}
    wanted = [
        asked
        for asked in form.inputs
        if asked.name in wrong or (asked.required and asked.name not in said and not _comes(asked, said, templates))
    ]
    if not wanted:
        return None
    first = wanted[0]
    if templates and first.name in BROUGHT and first.name not in said:
        return next((asked for asked in wanted if asked.kind is Kind.TEMPLATE), first)
    return first


def _comes(asked: Input, said: Values, templates: Sequence[Template]) -> bool:
    """Another input brings it, which is asked for anyway; a template is asked for first, for it brings that one too."""
    return bool(asked.unless) and (asked.unless in said or not templates)
