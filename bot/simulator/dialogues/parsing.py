"""Reads the steps of a dialogue out of YAML, and says at which line something is wrong and what would be right."""

import re
from collections.abc import Callable
from typing import Any

import yaml

from bot.simulator import strict
from bot.simulator.control import switches
from bot.simulator.control.faults import Fault
from bot.simulator.dialogues.steps import (
    Breaks,
    Dialogue,
    Forwards,
    Gone,
    Heals,
    Orders,
    Presses,
    Says,
    Sets,
    Shows,
    Step,
    Webhooks,
)

TAG = "tag:yaml.org,2002:"
_ORDERS = ("kill", "start")
_MOST_VALUES = 100_000
_MOST_FORWARD = 10 * 366 * 86_400
_TOP = "A dialogue has a title and steps."
_KINDS = "says, presses, shown, fault, webhooks, switches, heal, forward or bot"


class BadDialogue(ValueError):
    """A text that is no dialogue: `line` is where, counted from 1, and `why` what would be right."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"Line {line}: {why}")
        self.line = line
        self.why = why


class Loader(yaml.SafeLoader):
    """Takes only true, false, null and decimal numbers for anything but text: `on` and 12:30 are words here."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - the library looks for it on the class.

    _composed = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """No anchors, whose few lines can stand for more than any memory holds; no types but those above."""
        self._composed += 1
        event: yaml.Event = self.peek_event()  # type: ignore[no-untyped-call] # Its stubs forgot it.
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise BadDialogue(line, "& and * do not name anything here: put a text that begins so in quotes.")
        if getattr(event, "tag", None) is not None:
            raise BadDialogue(line, "! does not mark a type here: put a text that begins so in quotes.")
        if self._composed > _MOST_VALUES:
            raise BadDialogue(line, "From here on there is more than a dialogue can hold.")
        return super().compose_node(parent, index)


Loader.add_implicit_resolver(f"{TAG}bool", re.compile(r"^(?:true|false)$"), list("tf"))
Loader.add_implicit_resolver(f"{TAG}null", re.compile(r"^(?:null|~|)$"), ["n", "~", ""])
Loader.add_implicit_resolver(f"{TAG}int", re.compile(r"^[-+]?(?:0|[1-9][0-9]*)$"), list("-+0123456789"))
Loader.add_implicit_resolver(f"{TAG}float", re.compile(r"^[-+]?[0-9]+\.[0-9]+(?:e[-+]?[0-9]+)?$"), list("-+0123456789"))


def parse(loader: Loader, node: yaml.Node | None) -> Dialogue:
    """The dialogue whose document this is; raises BadDialogue."""
    if node is None:
        raise BadDialogue(1, f"There is nothing here. {_TOP}")
    top = _Part(loader, node)
    top.only("title", "steps", otherwise=_TOP)
    listed = top.node_of("steps")
    if not isinstance(listed, yaml.SequenceNode):
        raise BadDialogue(_line(listed), "steps must be a list: each step begins with a dash.")
    seen: set[int] = set()
    shown: set[int] = set()
    steps = tuple(_step(_Part(loader, each), seen, shown) for each in listed.value)
    return Dialogue(top.text("title"), steps)


class _Part:
    """One mapping of the file, whose values are asked for by name."""

    def __init__(self, loader: Loader, node: yaml.Node) -> None:
        self.line = _line(node)
        if not isinstance(node, yaml.MappingNode):
            raise BadDialogue(self.line, f"Here must be names with values, such as {_KINDS}.")
        self._loader = loader
        self._nodes: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise BadDialogue(_line(key), f"Here must be names with values, such as {_KINDS}.")
            name = str(key.value)
            if name in self._nodes:
                raise BadDialogue(_line(key), f"{name} is here twice.")
            self._nodes[name] = value

    def __contains__(self, name: str) -> bool:
        return name in self._nodes

    def only(self, *names: str, otherwise: str = "") -> None:
        """Nothing else may be here."""
        for name, node in self._nodes.items():
            if name not in names:
                words = otherwise or f"Here may be {', '.join(names)}."
                raise BadDialogue(_line(node), f"{name} does not belong here. {words}")

    def node_of(self, name: str) -> yaml.Node:
        if name not in self._nodes:
            raise BadDialogue(self.line, f"{name} is missing.")
        return self._nodes[name]

    def value(self, name: str) -> Any:
        node = self.node_of(name)
        try:
            found = self._loader.construct_object(node, deep=True)
            strict.check(found)
        except ValueError as exc:
            raise self._at(name, f"{name} cannot be used: it is too long a number, or has half a sign in it.") from exc
        return found

    def text(self, name: str) -> str:
        return _text(self.value(name), self._at(name, f"{name} must be text: put it in quotes."))

    def words(self, name: str) -> str:
        """Text in which a block's last line break is not meant."""
        found = self.text(name)
        return found.removesuffix("\n")

    def number(self, name: str) -> int:
        found = self.value(name)
        if type(found) is not int or found < 1:
            raise self._at(name, f"{name} must be the number of a message: 1, 2, 3 and so on.")
        return found

    def number_of(self, name: str, known: set[int]) -> int:
        found = self.number(name)
        if found not in known:
            raise self._at(name, f"Nothing above has the number {found}.")
        return found

    def texts(self, name: str) -> tuple[str, ...]:
        found = self.value(name) if name in self else []
        wrong = self._at(name, f"{name} must be a list of texts, such as [Check, Cancel]; put numbers in quotes.")
        if not isinstance(found, list):
            raise wrong
        return tuple(_text(each, wrong) for each in found)

    def pairs(self, name: str) -> dict[str, str]:
        found = self.value(name) if name in self else {}
        wrong = self._at(name, f'{name} must be texts by name, such as {{email: "new@"}}; put numbers in quotes.')
        if not isinstance(found, dict):
            raise wrong
        return {_text(key, wrong): _text(value, wrong) for key, value in found.items()}

    def facts(self, name: str, *, check: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
        """Values by name that `check` finds no fault with."""
        found = self.value(name)
        if not isinstance(found, dict) or not all(isinstance(key, str) for key in found):
            raise self._at(name, f"{name} must be values by name.")
        try:
            check(found)
        except (TypeError, ValueError) as exc:
            raise self._at(name, f"{name}: {exc}") from exc
        return found

    def yes(self, name: str) -> None:
        if self.value(name) is not True:
            raise self._at(name, f"{name} can only be true.")

    def _at(self, name: str, why: str) -> BadDialogue:
        return BadDialogue(_line(self._nodes.get(name)) or self.line, why)


def _step(part: _Part, seen: set[int], shown: set[int]) -> Step:
    """`seen` are the numbers of all messages so far, `shown` those of the bot's."""
    if "says" in part:
        return _says(part, seen)
    if "presses" in part:
        part.only("who", "presses", "on", "with")
        return Presses(part.text("who"), part.text("presses"), part.number_of("on", shown), part.pairs("with"))
    if "gone" in part:
        part.only("shown", "gone")
        part.yes("gone")
        return Gone(part.number_of("shown", shown))
    if "shown" in part:
        return _shows(part, seen, shown)
    return _control(part)


def _says(part: _Part, seen: set[int]) -> Says:
    part.only("who", "says", "where", "message", "thread")
    number = part.number("message")
    if number in seen:
        raise BadDialogue(part.line, f"There is a message {number} above: each has a number of its own.")
    step = Says(part.text("who"), part.words("says"), part.text("where"), number, _thread(part, seen))
    seen.add(number)
    return step


def _shows(part: _Part, seen: set[int], shown: set[int]) -> Shows:
    part.only("shown", "where", "reads", "buttons", "inputs", "thread")
    number = part.number("shown")
    if number in seen - shown:
        raise BadDialogue(part.line, f"Message {number} is one that a person wrote.")
    step = Shows(
        number,
        part.text("where"),
        part.words("reads"),
        part.texts("buttons"),
        part.pairs("inputs"),
        _thread(part, seen),
    )
    seen.add(number)
    shown.add(number)
    return step


def _thread(part: _Part, seen: set[int]) -> int | None:
    return part.number_of("thread", seen) if "thread" in part else None


def _control(part: _Part) -> Step:
    part.only("fault", "webhooks", "switches", "heal", "forward", "bot", otherwise=f"A step has {_KINDS}.")
    if "fault" in part:
        return Breaks(part.facts("fault", check=lambda facts: Fault(**facts)))
    if "webhooks" in part:
        faults = switches.WebhookFaults()
        return Webhooks(part.facts("webhooks", check=lambda values: switches.change(faults, values)))
    if "switches" in part:
        found = switches.Switches()
        return Sets(part.facts("switches", check=lambda values: switches.change(found, values)))
    if "heal" in part:
        part.yes("heal")
        return Heals()
    if "forward" in part:
        return Forwards(_seconds(part))
    return _order(part)


def _seconds(part: _Part) -> float:
    found = part.value("forward")
    if type(found) not in {int, float} or not 0 <= found <= _MOST_FORWARD:
        raise BadDialogue(part.line, f"forward must be a number of seconds, {_MOST_FORWARD} at most.")
    return float(found)


def _order(part: _Part) -> Orders:
    found = part.value("bot")
    if found not in _ORDERS:
        raise BadDialogue(part.line, "bot can only be kill or start.")
    return Orders(found)


def _text(value: Any, otherwise: BadDialogue) -> str:
    if not isinstance(value, str):
        raise otherwise
    return value


def _line(node: yaml.Node | None) -> int:
    return node.start_mark.line + 1 if node is not None else 0
