"""What an operation asks for: a form, its inputs, and the answer to what was filled in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property

Values = Mapping[str, str]
"""Input name -> text; an absent or empty entry means that nothing was said."""


class Kind(StrEnum):
    """How an input is checked and drawn.

    TEMPLATE becomes the provisioning ID that a template stands for, TEMPLATE_NAME stays the name of one; NAME is a
    short name that somebody gives; CODES are one code of an API or several. A REPORT is named by its month or its id.
    ENTERPRISE is the service provider's own name for one, of which those that are known are offered; BEGINNING is how
    such a name begins. LINE takes whatever follows the words of a command.
    """

    TEXT = "text"
    EMAIL = "email"
    USER_ID = "user id"
    NUMBER = "number"
    EXTENSION = "extension"
    TEMPLATE = "template"
    TEMPLATE_NAME = "template name"
    NAME = "name"
    ENTERPRISE = "enterprise"
    BEGINNING = "beginning"
    COUNTRY = "country"
    CHOICE = "choice"
    LANGUAGE = "language"
    TIMEZONE = "time zone"
    SINCE = "since"
    CODES = "codes"
    MONTH = "month"
    REPORT = "report"
    LINE = "line"


NAMES = frozenset({Kind.NAME, Kind.TEMPLATE_NAME, Kind.ENTERPRISE, Kind.BEGINNING, Kind.MONTH, Kind.REPORT})
"""What is one short word, so that it can be said without the name of its input."""

CLEARED = "-"
"""Said of an input that can be cleared: what is there is to go."""


@dataclass(frozen=True)
class Choice:
    """One value of a choice input, with the words that people read."""

    value: str
    title: str


@dataclass(frozen=True)
class Input:
    """One thing that is asked for.

    ``name`` is the API's own parameter name and the id on the card; ``short`` are names that people type.
    ``bare`` marks the input that takes a lone ``user@domain`` in a typed command, the first word if it is a name, or
    all of the line if that is nothing but codes, or all words up to the first field if it is a text;
    ``clearable`` one that takes CLEARED for what is to be removed; ``several`` one that takes more than one of its
    choices, with commas between them. ``usual`` gives what stands in a new form, by the time; ``unless`` names the
    input that brings the value of this one, so that it is required only where that one is left out.
    """

    name: str
    label: str
    kind: Kind = Kind.TEXT
    required: bool = False
    short: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    hint: str = ""
    bare: bool = False
    advanced: bool = False
    clearable: bool = False
    several: bool = False
    usual: Callable[[datetime], str] | None = None
    unless: str = ""
    max_length: int = 256


@dataclass(frozen=True)
class Complaint:
    """What is wrong with one input and what would be right; ``input`` is None when it is about the whole."""

    input: str | None
    text: str


@dataclass(frozen=True)
class Checked:
    """The verdict on what was filled in.

    ``values`` are clean and ready to send (numbers in E.164); ``said`` is what was typed, kept for asking again;
    ``complaints`` stop, ``warnings`` do not.
    """

    values: dict[str, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    complaints: tuple[Complaint, ...] = ()
    warnings: tuple[Complaint, ...] = ()


@dataclass(frozen=True)
class Draft:
    """What a form opens with; ``guesses`` say why values stand in it that nobody has typed."""

    values: Values = field(default_factory=dict)
    complaints: tuple[Complaint, ...] = ()
    guesses: Mapping[str, str] = field(default_factory=dict)


Rule = Callable[[Values], list[Complaint]]
"""A check over several inputs at once; gets the clean values."""


@dataclass(frozen=True)
class Form:
    """The inputs of an operation in the order in which they are drawn, and the rules between them.

    ``rules`` stop; ``remarks`` only warn: what we merely infer of the API must never refuse anything. ``untaken`` are
    names that people try although nothing is taken under them, and why.
    """

    inputs: tuple[Input, ...]
    rules: tuple[Rule, ...] = ()
    remarks: tuple[Rule, ...] = ()
    untaken: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Input:
        return next(each for each in self.inputs if each.name == name)

    def find(self, name: str) -> Input | None:
        """The input of that name or short name, in any case, hyphens and underscores set aside."""
        return self._by_name.get(folded(name))

    def why_untaken(self, name: str) -> str:
        """Why nothing is taken under a name; "" for one of which there is nothing to say."""
        return next((why for each, why in self.untaken.items() if folded(each) == folded(name)), "")

    @cached_property
    def _by_name(self) -> dict[str, Input]:
        # Backwards, so that of two inputs with the same name the first is found.
        inputs = reversed(self.inputs)
        return {folded(name): each for each in inputs for name in (each.name, each.label, *each.short)}

    def usual(self, now: datetime) -> dict[str, str]:
        """What stands in a new form of which nothing was said yet."""
        return {each.name: each.usual(now) for each in self.inputs if each.usual is not None}

    @property
    def bare(self) -> Input | None:
        """The input that takes a lone ``user@domain``, or the first word if it is a name."""
        return next((each for each in self.inputs if each.bare), None)


def folded(name: str) -> str:
    """A name as it is compared: in small letters, without hyphens, underscores and spaces."""
    return "".join(c for c in name.casefold() if c.isalnum())
