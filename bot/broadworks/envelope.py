"""Reads the envelope of the API's answers, tolerant of every shape that was seen or described."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.broadworks.text import words
from bot.errors import ApiComplaint

ENTRIES = 20
"""Complaints that are kept of one answer."""

_CODES = ("errorCode", "infoCode", "code")
_DESCRIPTIONS = ("description", "message")
_FIELDS = ("fieldName", "field")


def complaints(data: Mapping[str, Any]) -> tuple[ApiComplaint, ...]:
    """Everything that an answer complains about, their general message included where it says something more."""
    found = errors(data)
    said = message(data)
    if said and not any(said.casefold() in each.description.casefold() for each in found):
        found = (ApiComplaint(description=said), *found)
    return found[:ENTRIES]


def message(data: Mapping[str, Any]) -> str:
    """Their general words; gateways put them under ``error``."""
    return words(data.get("message")) or words(data.get("error"))


def errors(data: Mapping[str, Any]) -> tuple[ApiComplaint, ...]:
    """The entries of ``errors`` and of a top-level ``errorCode``."""
    found = entries(data.get("errors"))
    code = data.get("errorCode")
    if isinstance(code, Mapping | list):
        return (*found, *entries(code))[:ENTRIES]
    top = _entry({"errorCode": code, "description": data.get("description"), "fieldName": data.get("fieldName")})
    # The same code again at the top says nothing new.
    if top.code and top.code not in {each.code for each in found}:
        found = (*found, top)
    return found[:ENTRIES]


def entries(value: Any) -> tuple[ApiComplaint, ...]:
    """Entries given as a list, as one object, as an object by field, or as bare text or numbers."""
    return tuple(each for each in _read(value) if each != ApiComplaint())[:ENTRIES]


def _read(value: Any) -> Iterator[ApiComplaint]:
    if isinstance(value, list):
        for each in value[:ENTRIES]:
            yield _entry(each) if isinstance(each, Mapping) else _bare(each)
    elif isinstance(value, Mapping) and not set(value).intersection(_CODES + _DESCRIPTIONS):
        for name, each in list(value.items())[:ENTRIES]:
            yield _by_field(name, each)
    elif isinstance(value, Mapping):
        yield _entry(value)
    else:
        yield _bare(value)


def _entry(entry: Mapping[str, Any]) -> ApiComplaint:
    code = next((words(entry[key]) for key in _CODES if words(entry.get(key))), None)
    description = next((words(entry[key]) for key in _DESCRIPTIONS if words(entry.get(key))), "")
    field = next((words(entry[key]) for key in _FIELDS if words(entry.get(key))), None)
    return ApiComplaint(_whole(code), description, field)


def _by_field(name: str, value: Any) -> ApiComplaint:
    found = _entry(value) if isinstance(value, Mapping) else _bare(value)
    if found == ApiComplaint():
        return found
    return ApiComplaint(found.code, found.description, found.field or words(name) or None)


def _bare(value: Any) -> ApiComplaint:
    text = words(value)
    return ApiComplaint(code=text) if text.isdigit() else ApiComplaint(description=text)


def _whole(code: str | None) -> str | None:
    """1001 and 1001.0 are the same code: some serialisers know only one kind of number."""
    return code.removesuffix(".0") if code and code.removesuffix(".0").isdigit() else code
