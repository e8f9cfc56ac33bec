"""What a change of a subscriber changes: what is wanted, beside what Webex shows."""

from collections.abc import Mapping
from typing import Any

_UNTOLD = frozenset({"timezone"})
"""Webex takes these, but never shows them."""

_DIGITS = frozenset({"primaryPhoneNumber", "mobilePhoneNumber", "extension"})
_ANY_CASE = frozenset({"userId", "package", "timezone"})


def there(name: str, fields: Mapping[str, Any]) -> str | None:
    """What Webex shows of a field as text, "" where there is nothing; None for what it does not tell."""
    value = fields.get(name)
    if value in (None, ""):
        return None if name in _UNTOLD else ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def same(name: str, one: str, other: str) -> bool:
    """Whether two values of a field mean the same; numbers are shown with hyphens and sent without."""
    return _key(name, one) == _key(name, other)


def to_send(wanted: Mapping[str, str], fields: Mapping[str, Any]) -> dict[str, str]:
    """Of what is wanted, what is not there already; what Webex does not tell may not be."""
    return {name: value for name, value in wanted.items() if not _is_there(name, value, fields)}


def otherwise(wanted: Mapping[str, str], fields: Mapping[str, Any]) -> dict[str, str]:
    """What Webex shows in place of what is wanted, by field; what it does not tell is left out."""
    shown = {name: there(name, fields) for name in wanted if not _is_there(name, wanted[name], fields)}
    return {name: value for name, value in shown.items() if value is not None}


def settled(name: str, sent: str, fields: Mapping[str, Any]) -> str:
    """What holds after a change: what was sent, as it was written there, unless Webex shows something else."""
    shown = there(name, fields) if name in fields else sent
    return sent if shown is None or same(name, shown, sent) else shown


def _is_there(name: str, value: str, fields: Mapping[str, Any]) -> bool:
    shown = there(name, fields)
    return shown is not None and same(name, value, shown)


def _key(name: str, value: str) -> str:
    text = value.strip()
    if name in _DIGITS:
        return "".join(c for c in text if c.isdigit()) or text
    return text.casefold() if name in _ANY_CASE else text
