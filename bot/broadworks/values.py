"""Reads single values in whatever type they came: texts, yes and no, times, counts."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.broadworks.text import words

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECONDS = re.compile(r"\d{11,}", re.ASCII)
_COUNT = re.compile(r"\d{1,15}", re.ASCII)
_YES_OR_NO = {"true": True, "false": False}


def text(value: Any) -> str:
    """What is text or number, as text; "" for anything else."""
    # Some serialisers know only one kind of number.
    return words(int(value) if isinstance(value, float) and value.is_integer() else value)


def flag(value: Any) -> bool | None:
    """Yes or no, as a boolean or as a text; None for anything else."""
    return value if isinstance(value, bool) else _YES_OR_NO.get(words(value).casefold())


def moment(value: Any) -> datetime | None:
    """A time in UTC out of ISO 8601 or milliseconds since 1970; None for anything else."""
    told = text(value)
    try:
        if _MILLISECONDS.fullmatch(told):
            return _EPOCH + timedelta(milliseconds=int(told))
        found = datetime.fromisoformat(told)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def count(value: Any) -> int | None:
    """How many, as a number or as a text; None for anything else."""
    told = text(value)
    return int(told) if _COUNT.fullmatch(told) else None
