"""Dialogue files: what was said, pressed and shown in a session, as YAML that people can read and write."""

import re
from collections.abc import Callable
from typing import Any

import yaml

from bot.simulator.dialogues.parsing import TAG, BadDialogue, Loader, parse
from bot.simulator.dialogues.sameness import Numbers, matches, normalised
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

__all__ = [
    "MOST",
    "SUFFIX",
    "BadDialogue",
    "Breaks",
    "Dialogue",
    "Forwards",
    "Gone",
    "Heals",
    "Numbers",
    "Orders",
    "Presses",
    "Says",
    "Sets",
    "Shows",
    "Step",
    "Webhooks",
    "dump",
    "load",
    "matches",
    "normalised",
]

SUFFIX = ".dialogue.yaml"

_WIDTH = 110
MOST = 2_000_000
# A step begins a paragraph where somebody does something; what is shown thereupon belongs to it.
_ACT = re.compile(r"^  - (?=(?:who|fault|webhooks|switches|heal|forward|bot):)", re.MULTILINE)


def load(text: str) -> Dialogue:
    """The dialogue in a file; BadDialogue, which names the line and what would be right there, if it is none."""
    if len(text) > MOST:
        raise BadDialogue(1, f"The file is longer than {MOST} characters: record a shorter session.")
    try:
        loader = Loader(text)
        return parse(loader, loader.get_single_node())
    except yaml.MarkedYAMLError as exc:
        line = exc.problem_mark.line + 1 if exc.problem_mark else 1
        raise BadDialogue(line, f"This is no YAML: {exc.problem}.") from exc
    except yaml.YAMLError as exc:
        raise BadDialogue(1, f"This is no YAML: {str(exc).splitlines()[0]}.") from exc
    except RecursionError as exc:
        raise BadDialogue(1, "This is nested too deeply for a dialogue.") from exc


def dump(dialogue: Dialogue) -> str:
    """The file of a dialogue; what `load` makes of it is the same dialogue."""
    content = {"title": dialogue.title, "steps": [_styled(step) for step in dialogue.steps]}
    written = yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH)
    return _ACT.sub(r"\n\g<0>", written).replace("steps:\n\n", "steps:\n", 1)


def _styled(step: Step) -> "_Step":
    return _Step({name: _STYLES.get(name, _plain)(value) for name, value in step.entry().items()})


def _plain(value: Any) -> Any:
    return value


class _Words(str):
    """Text that is written as a block where it has lines."""

    __slots__ = ()


class _Step(dict[str, Any]):
    """One step, a line for each of its parts."""


class _Short(dict[str, Any]):
    """Values that are written side by side."""


class _Row(list[str]):
    """Titles that are written side by side."""


_STYLES: dict[str, Callable[[Any], Any]] = {
    "says": _Words,
    "reads": _Words,
    "buttons": _Row,
    **dict.fromkeys(("inputs", "with", "fault", "webhooks", "switches"), _Short),
}


class _Dumper(yaml.SafeDumper):
    """Writes plainly what cannot be mistaken, indents lists, and folds no line of text."""

    yaml_implicit_resolvers = Loader.yaml_implicit_resolvers

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001, FBT002 - as it is called.
        super().increase_indent(flow, False)  # noqa: FBT003 - so are its arguments.

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def write_plain(self, text: str, split: bool = True) -> None:  # noqa: FBT001, FBT002 - as it is called.
        super().write_plain(text, split=False)

    def write_single_quoted(self, text: str, split: bool = True) -> None:  # noqa: FBT001, FBT002 - as it is called.
        super().write_single_quoted(text, split=False)

    def write_double_quoted(self, text: str, split: bool = True) -> None:  # noqa: FBT001, FBT002 - as it is called.
        super().write_double_quoted(text, split=False)


def _words(dumper: _Dumper, words: _Words) -> yaml.Node:
    lines = words.split("\n")
    # What YAML cannot keep exactly in a block is quoted instead.
    clear = all(line.isprintable() and line == line.rstrip() for line in lines) and lines[0] and lines[0][0] != " "
    if len(lines) > 1 and clear:
        return dumper.represent_scalar(f"{TAG}str", f"{words}\n", style="|")
    return _quoted(dumper, f"{words}\n" if len(lines) > 1 else str(words))


def _quoted(dumper: _Dumper, text: str) -> yaml.Node:
    """Plainly, if every sign of it can be seen."""
    return dumper.represent_scalar(f"{TAG}str", text, style=None if text.isprintable() else '"')


def _side_by_side(dumper: _Dumper, values: _Short) -> yaml.Node:
    return dumper.represent_mapping(f"{TAG}map", values.items(), flow_style=True)


def _line_by_line(dumper: _Dumper, step: _Step) -> yaml.Node:
    return dumper.represent_mapping(f"{TAG}map", step.items(), flow_style=False)


def _in_a_row(dumper: _Dumper, titles: _Row) -> yaml.Node:
    return dumper.represent_sequence(f"{TAG}seq", titles, flow_style=True)


_Dumper.add_representer(str, _quoted)
_Dumper.add_representer(_Words, _words)
_Dumper.add_representer(_Step, _line_by_line)
_Dumper.add_representer(_Short, _side_by_side)
_Dumper.add_representer(_Row, _in_a_row)
