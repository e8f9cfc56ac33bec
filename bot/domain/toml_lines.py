"""On which line each key of a TOML text stands, which Python's reader does not tell."""

import re
import tomllib
from collections.abc import Mapping
from typing import Any

Path = tuple[str | int, ...]
"""The keys and positions that lead to a value, such as ("rule", 2, "when", "package")."""

_BLANK = re.compile(r"[ \t]*")
_BETWEEN = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"""(?:"{0,2})'
    r"|'''.*?'''(?:'{0,2})"
    r'|"(?:[^"\\]|\\.)*"'
    r"|'[^']*'",
    re.DOTALL,
)
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]}#\n]+")


def lines_of(text: str) -> Mapping[Path, int]:
    """The line, from 1, on which every table, key and entry of an array begins; the text is one that tomllib reads."""
    return _Scan(text.replace("\r\n", "\n")).run()


def line_of(lines: Mapping[Path, int], path: Path) -> int:
    """The line of what is there, else of the nearest thing around it that is."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


class _Scan:
    """Goes through a text from its beginning; because the text is known to be TOML, it need not look for mistakes."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Path, int] = {}
        self.tables: dict[Path, int] = {}
        self._counted, self._line = 0, 1

    def run(self) -> Mapping[Path, int]:
        inside: Path = ()
        while self._next(_BETWEEN):
            if self._takes("[["):
                inside = self._entry(self._keys())
                self.at += 2
            elif self._takes("["):
                inside = self._table(self._keys())
                self.at += 1
            else:
                self._pair(inside)
        return self.lines

    def _next(self, skipped: re.Pattern[str]) -> bool:
        """Go on over what says nothing; false at the end of the text."""
        self.at = self._match(skipped).end()
        return self.at < len(self.text)

    def _takes(self, mark: str) -> bool:
        if not self.text.startswith(mark, self.at):
            return False
        self.at += len(mark)
        return True

    def _keys(self) -> list[str]:
        keys = []
        while True:
            self._next(_BLANK)
            keys.append(self._key())
            self._next(_BLANK)
            if not self._takes("."):
                return keys

    def _key(self) -> str:
        if self.text[self.at] not in "\"'":
            return self._read(_BARE)
        quoted: dict[str, Any] = tomllib.loads(f"key = {self._read(_STRING)}")
        return str(quoted["key"])

    def _table(self, keys: list[str]) -> Path:
        """A heading, which names the last entry wherever it passes an array of tables."""
        *around, last = keys
        path = (*self._within((), around), last)
        self.lines[path] = self._here()
        return self._last_entry(path)

    def _entry(self, keys: list[str]) -> Path:
        """The heading of one more entry of an array of tables."""
        *around, last = keys
        path = (*self._within((), around), last)
        self.lines.setdefault(path, self._here())
        self.tables[path] = self.tables.get(path, 0) + 1
        self.lines[self._last_entry(path)] = self._here()
        return self._last_entry(path)

    def _pair(self, inside: Path) -> None:
        line = self._here()
        *around, last = self._keys()
        path = (*self._within(inside, around, line=line), last)
        self.lines[path] = line
        self.at += 1
        self._value(path)

    def _within(self, inside: Path, keys: list[str], *, line: int | None = None) -> Path:
        for key in keys:
            self.lines.setdefault((*inside, key), line or self._here())
            inside = self._last_entry((*inside, key))
        return inside

    def _last_entry(self, path: Path) -> Path:
        return (*path, self.tables[path] - 1) if path in self.tables else path

    def _value(self, path: Path) -> None:
        self._next(_BLANK)
        if self._takes("["):
            self._array(path)
        elif self._takes("{"):
            self._inline(path)
        else:
            self._read(_STRING if self.text[self.at] in "\"'" else _SCALAR)

    def _array(self, path: Path) -> None:
        position = 0
        while self._next(_BETWEEN) and not self._takes("]"):
            self.lines[(*path, position)] = self._here()
            self._value((*path, position))
            position += 1
            self._next(_BETWEEN)
            self._takes(",")

    def _inline(self, path: Path) -> None:
        while self._next(_BETWEEN) and not self._takes("}"):
            self._pair(path)
            self._next(_BETWEEN)
            self._takes(",")

    def _read(self, pattern: re.Pattern[str]) -> str:
        found = self._match(pattern)
        self.at = found.end()
        return found[0]

    def _match(self, pattern: re.Pattern[str]) -> re.Match[str]:
        found = pattern.match(self.text, self.at)
        if found is None:
            raise ValueError(f"this is not TOML at character {self.at}")
        return found

    def _here(self) -> int:
        """The line where the scan stands; it is counted on from where it was last asked for."""
        self._line += self.text.count("\n", self._counted, self.at)
        self._counted = self.at
        return self._line
