"""Pasted text as a table: one row of CSV with or without its head, or two columns of labels and values."""

import csv
from collections.abc import Iterator
from dataclasses import replace

from bot.domain.paste_lines import value
from bot.domain.paste_names import one_name, person
from bot.domain.paste_tokens import FINDERS, NUMBER, TAKEN, Context, Found, find
from bot.domain.paste_words import FAX, FILLERS, SENDER, SKIP, SKIP_WORD, Label, label_of, pieces

_ORDINALS = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
)
_NOBODYS = {FAX, SKIP, SKIP_WORD, SENDER}
_MOST_WORDS = 5
_MOST_CELLS = 40
_DELIMITERS = "\t;,|"

Row = list[str]


def read_table(lines: list[str], context: Context) -> list[Found] | None:
    """What the one row of a table says; nothing at all of a table of several, and None where there is no table."""
    filled = [line for line in lines if line]
    for delimiter in _DELIMITERS:
        rows = [_cells(line, delimiter) for line in filled]
        for at, row in enumerate(rows[:3]):
            if _is_head(row) and len(rows) > at + 1 and len(rows[at + 1]) > 1:
                below = [each for each in rows[at + 1 :] if len(each) > 1]
                return list(_under(row, below[0], context)) if len(below) == 1 else []
        if len(persons := [row for row in rows if _bare([row], context)]) > 1:
            return []
        if persons and (found := _bare(rows, context)):
            return found
    return None


def as_labels(lines: list[str]) -> list[str]:
    """Two columns of labels and values as labelled lines; what is no such pair stays as it is."""
    for delimiter in _DELIMITERS:
        rows = [_cells(line, delimiter) if line else [] for line in lines]
        pairs = [len(row) == 2 and label_of(row[0]) is not None and label_of(row[1]) is None for row in rows]
        if sum(pairs) >= 2:
            return [f"{row[0]}: {row[1]}" if pair else line for line, row, pair in zip(lines, rows, pairs, strict=True)]
    return _stacked(lines)


def _stacked(lines: list[str]) -> list[str]:
    """A label alone on its line names the next line, as web pages are copied."""
    joined: list[str] = []
    waiting = ""
    for line in lines:
        named = line.rstrip(": ")
        if not line and waiting:
            continue
        if waiting and label_of(named) is None:
            joined.append(f"{waiting}: {line}")
            waiting = ""
        elif label_of(named) is not None and len(named) > 1:
            waiting = named
        else:
            joined.append(line)
            waiting = ""
    return joined


def _cells(line: str, delimiter: str) -> Row:
    if delimiter not in line:
        return [line]
    (row,) = csv.reader([line], delimiter=delimiter, skipinitialspace=True)
    return [cell.strip() for cell in row]


def _is_head(row: Row) -> bool:
    known = [label_of(cell) for cell in row]
    return len(row) > 1 and sum(each is not None for each in known) > len(row) / 2


def _under(head: Row, row: Row, context: Context) -> Iterator[Found]:
    for column, cell in zip(head, row, strict=False):
        named = label_of(column)
        if cell and named and named not in _NOBODYS:
            found, _ = value(Label(named, column, hard=True), cell, context)
            yield from (replace(each, why=f"under “{column}”") for each in found)


def _bare(rows: list[Row], context: Context) -> list[Found]:
    """A row without its head; only where nearly every cell is something that can be known by itself."""
    wide = [row for row in rows if sum(map(bool, row)) >= 3]
    if len(wide) != 1 or rows[-1] is not wide[0] or len(rows) > 2:
        return []
    cells = wide[0]
    if len(cells) > _MOST_CELLS or any(
        len(cell.split()) > _MOST_WORDS or any(piece.label for piece in pieces(cell)) for cell in cells
    ):
        return []
    found = {at: _alone(cell, _nth(at), context) for at, cell in enumerate(cells) if cell}
    _names(cells, found)
    strange = [cells[at] for at, each in found.items() if not each]
    prose = any(word.casefold() in FILLERS for cell in strange for word in cell.split())
    if prose or len(strange) * 3 > len(found):
        return []
    return [each for at in sorted(found) for each in found[at]]


def _alone(cell: str, why: str, context: Context) -> list[Found]:
    """What a whole cell is by itself, names of one word set aside."""
    found, left = find(cell, context, finders=FINDERS)
    if len(found) == 1 and not left.strip(f"{TAKEN}<>() "):
        return [Found(found[0].input, found[0].text, why, found[0].rank)]
    if cell.isascii() and cell.isdigit():
        named = "extension" if 2 <= len(cell) <= 6 else NUMBER if 10 <= len(cell) <= 15 else ""
        return [Found(named, cell, why)] if named else []
    names = person(cell)
    return [Found("firstName", names[0], why), Found("lastName", names[1], why)] if names else []


def _names(cells: Row, found: dict[int, list[Found]]) -> None:
    """Two neighbours of one or two words each are first and last name; the e-mail address may say which is which."""
    if any(each.input == "firstName" for held in found.values() for each in held):
        return
    locals_ = [f.text.partition("@")[0].casefold() for held in found.values() for f in held if f.input == "email"]
    for at in range(len(cells) - 1):
        first, last = (one_name(cells[i], cased=True) if found.get(i) == [] else None for i in (at, at + 1))
        if first and last:
            swap = any(_begins(local, last) and not _begins(local, first) for local in locals_)
            here, there = ("lastName", "firstName") if swap else ("firstName", "lastName")
            found[at] = [Found(here, first, _nth(at))]
            found[at + 1] = [Found(there, last, _nth(at + 1))]
            return


def _begins(local: str, name: str) -> bool:
    return local.startswith(name.casefold().split()[0])


def _nth(at: int) -> str:
    return f"{_ORDINALS[at]} column" if at < len(_ORDINALS) else f"column {at + 1}"
