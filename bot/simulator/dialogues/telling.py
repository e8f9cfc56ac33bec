"""Tells the steps of a dialogue in words, for people who look at a recording while it grows."""

from collections.abc import Mapping
from typing import Any

from bot.simulator.control.faults import Fault
from bot.simulator.control.scenarios import SCENARIOS
from bot.simulator.control.stage import words_of
from bot.simulator.dialogues.steps import (
    Breaks,
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

# A line that cards have beside their heading, if not above it.
_ENVIRONMENT = " environment"
_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second"))


class Teller:
    """`people` and `spaces` are names by key; a key without one is told as it is."""

    def __init__(self, *, people: Mapping[str, str], spaces: Mapping[str, str], bot: str) -> None:
        self._people = people
        self._spaces = spaces
        self._bot = bot

    def tell(self, step: Step, *, before: Shows | None = None) -> dict[str, Any]:
        """`kind` is says, presses, shown or world; `who` does what and where; `words` one line, `lines` the rest.

        `before` is how the same message looked before.
        """
        match step:
            case Says():
                first, *rest = step.says.split("\n")
                return _told("says", f"{self._name(step.who)} says, {self._place(step)}", words=first, lines=rest)
            case Presses():
                typed = [f"{name}: {value or '(emptied)'}" for name, value in step.typed.items()]
                return _told("presses", f"{self._name(step.who)} presses", words=step.presses, lines=typed)
            case Shows():
                return self._shown(step, before)
            case Gone():
                return _told("shown", self._bot, words=f"Takes message {step.shown} back")
            case _:
                return _told("world", "The playground", words=_of_world(step))

    def _shown(self, step: Shows, before: Shows | None) -> dict[str, Any]:
        rest = step.reads.split("\n")
        words, does = next((line for line in rest if not line.endswith(_ENVIRONMENT)), rest[0]), "shows"
        rest.remove(words)
        if before is not None:
            known = set(before.reads.split("\n"))
            new = [line for line in rest if line not in known] if words in known else []
            words = ": ".join([words, *new[:1]])
            does = f"changes message {step.shown}"
        filled = [f"{name}: {value}" for name, value in step.inputs.items() if value]
        told = _told("shown", f"{self._bot} {does}, {self._place(step)}", words=words, lines=[*rest, *filled])
        return told | {"buttons": list(step.buttons)}

    def _name(self, key: str) -> str:
        return self._people.get(key, key)

    def _place(self, step: Says | Shows) -> str:
        if step.where not in self._people:
            return f"in {self._spaces.get(step.where, step.where)}"
        own = isinstance(step, Says) and step.who == step.where
        return f"to {self._bot}" if own else f"to {self._name(step.where)}"


def _told(kind: str, who: str, *, words: str, lines: list[str] | None = None) -> dict[str, Any]:
    return {"kind": kind, "who": who, "words": words, "lines": lines or [], "buttons": []}


def _of_world(step: Breaks | Webhooks | Sets | Heals | Forwards | Orders) -> str:
    match step:
        case Breaks():
            return _fault(step.fault)
        case Webhooks():
            return _scenario("webhooks", step.values) or f"Webhooks change: {_listed(step.values)}"
        case Sets():
            return _scenario("switches", step.values) or f"Switches change: {_listed(step.values)}"
        case Heals():
            return "Everything is well again"
        case Forwards():
            return f"The clock goes forward by {_span(step.seconds)}"
        case Orders():
            return "The bot is killed" if step.bot == "kill" else "The bot is started"


def _fault(facts: Mapping[str, Any]) -> str:
    fault = Fault(**facts)
    if fault.times is not None:
        return f"{words_of(fault)}, {fault.times} times" if fault.times > 1 else f"{words_of(fault)}, once"
    return f"{words_of(fault)}, for {_span(fault.lasts)}" if fault.lasts else words_of(fault)


def _scenario(target: str, values: Mapping[str, Any]) -> str | None:
    """As the list of what can go wrong has it, unless something else is set as well."""
    return next((each.words for each in SCENARIOS if each.target == target and each.body == values), None)


def _listed(values: Mapping[str, Any]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {_value(value)}" for name, value in values.items())


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return "without end" if value is None else str(value)


def _span(seconds: float) -> str:
    for size, name in _UNITS:
        if seconds >= size and seconds % size == 0:
            count = int(seconds // size)
            return f"{count} {name}" if count == 1 else f"{count} {name}s"
    return f"{seconds:g} seconds"
