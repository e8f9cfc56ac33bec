"""Months as people say them, and as the API wants them written: YYYY-MM."""

import re
from datetime import datetime

_YEAR_FIRST = re.compile(r"([0-9]{4})[-/. ]?([0-9]{1,2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{4})")
_BY_NAME = re.compile(r"([a-z]{3,9})[.,]?[-/ ]?([0-9]{4})")
_NAMES = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


class NotAMonth(ValueError):
    """The text is no month, or none that the bot can read."""


def month(text: str) -> str:
    """The month that is meant, as YYYY-MM; raises NotAMonth."""
    said = " ".join(text.casefold().split())
    if found := _YEAR_FIRST.fullmatch(said):
        return _written(found[1], int(found[2]), text)
    if found := _YEAR_LAST.fullmatch(said):
        return _written(found[2], int(found[1]), text)
    if found := _BY_NAME.fullmatch(said):
        # A name may be cut short, but three letters tell it from every other.
        numbers = [number for number, name in enumerate(_NAMES, start=1) if name.startswith(found[1])]
        return _written(found[2], numbers[0] if numbers else 0, text)
    raise NotAMonth(text)


def is_month(text: str) -> bool:
    """Whether a text is a month as the API writes it."""
    try:
        return month(text) == text
    except NotAMonth:
        return False


def last_whole(now: datetime) -> str:
    """The month before this one."""
    year, number = (now.year, now.month - 1) if now.month > 1 else (now.year - 1, 12)
    return f"{year:04d}-{number:02d}"


def _written(year: str, number: int, text: str) -> str:
    if not 1 <= number <= 12:
        raise NotAMonth(text)
    return f"{year}-{number:02d}"
