"""Reads what is to be imported into the registry: a file of workspaces, a line each, under the API's own names."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.domain.numbers import NotANumber, read_number
from bot.domain.places import could_be_id
from bot.errors import Declined

NEEDED = ("id", "userId", "spEnterpriseId", "displayName")
POSSIBLE = ("primaryPhoneNumber", "extension", "provisioningId", "created")
SEPARATORS = ",;\t"

_LONGEST = {"id": 256, "primaryPhoneNumber": 40, "extension": 40, "provisioningId": 512}
_LONGEST_OTHERWISE = 256
_BY_COLUMN = {
    "id": "webex_id",
    "userId": "user_id",
    "spEnterpriseId": "enterprise",
    "displayName": "name",
    "primaryPhoneNumber": "number",
    "extension": "extension",
    "provisioningId": "provisioning_id",
}
_LIKE = "id;userId;spEnterpriseId;displayName;primaryPhoneNumber;extension"
_EMPTY_ID = "It may stay empty, but then the workspace cannot be changed or removed through the bot."


@dataclass(frozen=True)
class Row:
    """One workspace of a file: ``facts`` are by the names of Provisioned, those of its columns alone."""

    line: int
    facts: Mapping[str, str]
    created: datetime | None = None


@dataclass(frozen=True)
class Fault:
    """What is wrong in one line, and what would be right."""

    line: int
    text: str


def read(lines: Iterable[str], *, region: str | None = None) -> Iterator[Row | Fault]:
    """Every workspace of a file, one after the other; raises Declined for a file without the header that it needs."""
    source = iter(lines)
    first = next(source, "")
    columns, separator = _header(first)
    seen: dict[tuple[str, str], int] = {}
    table = csv.reader(source, delimiter=separator, strict=True)
    while True:
        # A value in quotes can go on over several lines: what is named is the one on which it begins.
        line = table.line_num + 2
        try:
            cells = next(table)
        except StopIteration:
            return
        except csv.Error as exc:
            # Where a quotation mark is not closed nobody knows where the next workspace begins.
            yield Fault(line, f"cannot be read ({exc}): put every quotation mark inside a value twice.")
            return
        if any(cell.strip() for cell in cells):
            yield _row(line, cells, columns, seen=seen, region=region)


def _header(line: str) -> tuple[list[str], str]:
    """The columns, and what stands between them."""
    readings = [(_columns(line, separator), separator) for separator in SEPARATORS]
    columns, separator = max(readings, key=lambda each: len(set(each[0]) & {*NEEDED, *POSSIBLE}))
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise Declined(f"Line 1 must name the columns, and lacks {', '.join(missing)}. Write it like {_LIKE}.")
    twice = sorted({name for name in columns if name and columns.count(name) > 1})
    if twice:
        raise Declined(f"Line 1 names {', '.join(twice)} more than once.")
    return columns, separator


def _columns(line: str, separator: str) -> list[str]:
    """In the API's own spelling, whatever the case; what is none of its names is left out of account."""
    known = {name.casefold(): name for name in (*NEEDED, *POSSIBLE)}
    cells = next(csv.reader([line], delimiter=separator), [])
    return [known.get(cell.strip().casefold(), "") for cell in cells]


def _row(
    line: int, cells: list[str], columns: list[str], *, seen: dict[tuple[str, str], int], region: str | None
) -> Row | Fault:
    if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
        words = f"has {len(cells)} values for {len(columns)} columns: put a value that contains a separator in quotes."
        return Fault(line, words)
    # What is missing at the end of a line is empty, as spreadsheets write it.
    padded = [*cells, *[""] * (len(columns) - len(cells))]
    values = {name: " ".join(cell.split()) for name, cell in zip(columns, padded, strict=False) if name}
    try:
        _demand(values)
        created = _created(values.pop("created", ""))
        if values.get("primaryPhoneNumber"):
            values["primaryPhoneNumber"] = _number(values["primaryPhoneNumber"], region=region)
        _demand_new(values, line, seen=seen)
    except _Wrong as exc:
        return Fault(line, str(exc))
    return Row(line, {_BY_COLUMN[name]: value for name, value in values.items()}, created)


class _Wrong(Exception):
    """One value is not what its column takes."""


def _demand(values: Mapping[str, str]) -> None:
    for name in NEEDED[1:]:
        if not values[name]:
            raise _Wrong(f"{name} is empty: every workspace needs one.")
    for name, value in values.items():
        longest = _LONGEST.get(name, _LONGEST_OTHERWISE)
        if len(value) > longest:
            raise _Wrong(f"{name} has {len(value)} characters: at most {longest} fit.")
        if not value.isprintable():
            raise _Wrong(f"{name} contains characters that cannot be seen: write it anew.")
    if values["id"] and not could_be_id(values["id"]):
        raise _Wrong(f"id can be no ID of Webex: it is one word, like Y2lzY29zcGFyazov…. {_EMPTY_ID}")
    if " " in values["userId"]:
        raise _Wrong("userId contains a space: it looks like 95547321@example.com.")
    extension = values.get("extension", "")
    if not (extension.isascii() and extension.isdigit()) and extension:
        raise _Wrong("extension takes digits only, like 51212.")


def _created(text: str) -> datetime | None:
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as exc:
        raise _Wrong("created is no time: write it like 2026-11-21T18:36:20Z, or leave it empty.") from exc
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def _number(text: str, *, region: str | None) -> str:
    try:
        return read_number(text, region=region).e164
    except NotANumber as exc:
        raise _Wrong(f"primaryPhoneNumber {exc}.") from exc


def _demand_new(values: Mapping[str, str], line: int, *, seen: dict[tuple[str, str], int]) -> None:
    """The same one twice would leave open which of the lines is right."""
    keys = [(name, key) for name, key in (("id", values["id"]), ("userId", values["userId"].lower())) if key]
    for key in keys:
        if key in seen:
            raise _Wrong(f"{key[0]} is that of line {seen[key]} too: keep one of the two lines.")
    seen.update(dict.fromkeys(keys, line))
