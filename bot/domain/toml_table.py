"""Tables of a TOML text as somebody reads them who must tell everything that is wrong, each with its line."""

import difflib
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from bot.domain.toml_lines import Path, line_of, lines_of

T = TypeVar("T")

_KINDS = {str: "a text", bool: "true or false", int: "a whole number", float: "a number", list: "a list"}
_SHOWN = 60


class Wrong(ValueError):
    """What a value is not, completing a sentence that begins with its key."""


class Complaints:
    """What is wrong with a text, in the order of its lines."""

    def __init__(self, lines: Mapping[Path, int]) -> None:
        self._lines = lines
        self._found: list[tuple[int, str]] = []

    def add(self, path: Path, words: str) -> None:
        """Something is wrong with what is at that path."""
        self._found.append((self.line(path), words))

    def line(self, path: Path) -> int:
        """The line on which that begins."""
        return line_of(self._lines, path)

    @property
    def listed(self) -> list[str]:
        """Each with its line."""
        return [f"line {line}: {words}" for line, words in sorted(self._found, key=lambda each: each[0])]


def load(text: str) -> tuple[dict[str, Any], Complaints]:
    """What a text says, and where complaints of it go; Wrong if it is not TOML."""
    try:
        return tomllib.loads(text), Complaints(lines_of(text))
    except tomllib.TOMLDecodeError as exc:
        words, _, place = str(exc).rpartition(" (at ")
        at = place.rstrip(")").partition(",")[0]
        line = at if at.startswith("line ") else f"line {text.count(chr(10)) + 1}"
        raise Wrong(f"{line}: this is not TOML. {words}.") from exc
    except (ValueError, RecursionError) as exc:
        raise Wrong(f"line 1: this cannot be read as TOML. {exc}.") from exc


class Table:
    """One table; whatever is asked for and is not as it should be is complained of, and left out.

    ``name`` is what complaints call it. A key that nobody has asked for until ``close`` is a mistake.
    """

    def __init__(self, values: Mapping[str, Any], complaints: Complaints, *, path: Path = (), name: str = "") -> None:
        self._values = values
        self._complaints = complaints
        self._asked: list[str] = []
        self.path = path
        self.name = name

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def wrong(self, words: str, *, key: str = "") -> None:
        """Complain of one key or of the whole."""
        path = (*self.path, key) if key else self.path
        self._complaints.add(path, f"{self.name}: {words}" if self.name else words)

    @property
    def line(self) -> int:
        """Where it begins."""
        return self._complaints.line(self.path)

    def get(self, key: str) -> Any:
        """The value as it is; None if there is none."""
        self._asked.append(key)
        return self._values.get(key)

    def read(self, key: str, reader: Callable[[Any], T]) -> T | None:
        """The value as the reader takes it; None if there is none, or a wrong one."""
        value = self.get(key)
        return None if value is None else self._taken(key, value, reader)

    def texts(self, key: str, reader: Callable[[str], T]) -> tuple[T, ...]:
        """A text or several in a list, each as the reader takes it; empty if there are none."""
        value = self.get(key)
        if value is None:
            return ()
        listed = value if isinstance(value, list) else [value]
        if not listed:
            self.wrong(f"{key} is an empty list. Name something, or leave {key} out.", key=key)
        found: list[T] = []
        for each in listed:
            taken = self._taken(key, each, lambda value: reader(text(value)))
            if taken in found:
                self.wrong(f"{key} says “{cut(str(each))}” twice.", key=key)
            elif taken is not None:
                found.append(taken)
        return tuple(found)

    def flag(self, key: str) -> bool:
        """True or false; false if there is nothing."""
        return bool(self.read(key, lambda found: _of_kind(found, bool)))

    def table(self, key: str) -> "Table | None":
        """A table within; None if there is none."""
        value = self.get(key)
        if value is None:
            return None
        if not isinstance(value, Mapping):
            self.wrong(f"{key} must be a table, such as {key} = {{ … }}, not {_named(value)}.", key=key)
            return None
        return Table(value, self._complaints, path=(*self.path, key), name=f"{self.name}: {key}" if self.name else key)

    def tables(self, key: str, *, name: Callable[[int], str]) -> Iterator["Table"]:
        """Tables within, in a list, called by their positions from 1; a single one is a list of one."""
        value = self.get(key)
        listed = value if isinstance(value, list) else [] if value is None else [value]
        for position, each in enumerate(listed):
            path = (*self.path, key, position) if isinstance(value, list) else (*self.path, key)
            called = name(position + 1)
            if isinstance(each, Mapping):
                yield Table(each, self._complaints, path=path, name=called)
            else:
                self._complaints.add(path, f"{called} must be a table, not {_named(each)}.")

    def close(self) -> None:
        """Complain of whatever nobody has asked for."""
        known = list(dict.fromkeys(self._asked))
        for key in self._values:
            if key not in known:
                self.wrong(f"there is no “{cut(key)}” here. {did_you_mean(key, known)}", key=key)

    def _taken(self, key: str, value: Any, reader: Callable[[Any], T]) -> T | None:
        try:
            return reader(value)
        except Wrong as exc:
            self.wrong(f"{key} {exc}", key=key)
            return None


def text(value: Any) -> str:
    """A text with something in it."""
    found = _of_kind(value, str).strip()
    if not found or not found.isprintable():
        raise Wrong("must be a text of one line that can be seen.")
    return found


def whole(least: int, most: int) -> Callable[[Any], int]:
    """A whole number within bounds."""

    def read(value: Any) -> int:
        found = _of_kind(value, int)
        if not least <= found <= most:
            # What was written may have more digits than Python is willing to print.
            raise Wrong(f"must be from {least} to {most}.")
        return found

    return read


def one_of(known: Iterable[str]) -> Callable[[str], str]:
    """One of these texts, in any case."""
    by_folded = {each.casefold(): each for each in known}

    def read(value: str) -> str:
        found = by_folded.get(value.casefold())
        if found is None:
            raise Wrong(f"cannot be “{cut(value)}”. {did_you_mean(value, by_folded.values())}")
        return found

    return read


def did_you_mean(said: str, known: Iterable[str]) -> str:
    """The nearest, or all that there are."""
    listed = list(known)
    near = difflib.get_close_matches(said.casefold(), [each.casefold() for each in listed], n=1)
    if near:
        meant = next(each for each in listed if each.casefold() == near[0])
        return f"Did you mean “{meant}”?"
    return f"It takes {', '.join(listed)}."


def cut(words: str) -> str:
    """So much of what was written as a complaint has room for."""
    seen = "".join(char if char.isprintable() else "�" for char in words)
    return seen if len(seen) <= _SHOWN else f"{seen[: _SHOWN - 1]}…"


def _of_kind(value: Any, kind: type[T]) -> T:
    # To Python true is a number as well.
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise Wrong(f"must be {_KINDS[kind]}, not {_named(value)}.")
    return value


def _named(value: Any) -> str:
    if isinstance(value, Mapping):
        return "a table"
    return _KINDS.get(type(value), "a date or a time")
