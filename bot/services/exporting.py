"""Gives the history away as a file: CSV for a spreadsheet, or JSON lines, both as a stream of bytes."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from bot.domain.chain import FIELDS
from bot.domain.history import Wanted
from bot.store import trail

COLUMNS = (*FIELDS, "hash")
"""All that is hashed, as it is hashed, and the hash: whoever has the whole file can check the chain himself."""

_FORMULA = tuple("=+-@\t\r\n|%")


class Format(StrEnum):
    """The kinds of files."""

    CSV = "csv"
    JSON_LINES = "jsonl"


def exported(session: Session, wanted: Wanted, *, format: Format) -> Iterator[bytes]:  # noqa: A002 - it is called so.
    """The events that are wanted, line by line, in the order of the chain; only a few are in memory at once."""
    with closing(trail.raw(session, wanted)) as rows:
        yield from _WRITTEN[format](rows)


def _csv(rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    line = io.StringIO()
    writer = csv.writer(line, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    yield _taken(line)
    for row in rows:
        writer.writerow(_harmless(value) for value in row)
        yield _taken(line)


def _taken(line: io.StringIO) -> bytes:
    text = line.getvalue()
    line.seek(0)
    line.truncate()
    return text.encode("utf-8", "replace")


def _harmless(value: Any) -> str:
    """No spreadsheet takes a cell for a formula that begins with an apostrophe."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def _json_lines(rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    for row in rows:
        yield json.dumps(dict(zip(COLUMNS, row, strict=True)), default=str).encode() + b"\n"


_WRITTEN: Mapping[Format, Callable[[Iterable[Sequence[Any]]], Iterator[bytes]]] = {
    Format.CSV: _csv,
    Format.JSON_LINES: _json_lines,
}
