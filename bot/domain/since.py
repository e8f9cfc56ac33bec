"""Points in time as people say them: a date, a day by its name, or how long ago; all in UTC."""

import re
from datetime import UTC, datetime, time, timedelta

_AGO = re.compile(r"([0-9]{1,4}) ?(min|minutes?|h|hours?|d|days?|w|weeks?)(?: ago)?")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ t][0-9:.]{5,15} ?(?:z|utc|[+-][0-9:]{2,5})?)?")
_DAYS = {"today": 0, "yesterday": 1}
_ANY_TIME = datetime(2026, 1, 1, tzinfo=UTC)


class NotATime(ValueError):
    """The text is no time, or none that the bot can read."""


def since(text: str, *, now: datetime) -> datetime:
    """The moment that is meant; a date is the beginning of that day in UTC. Raises NotATime."""
    said = text.strip().casefold()
    if said in _DAYS:
        return datetime.combine(now.astimezone(UTC) - timedelta(days=_DAYS[said]), time(), UTC)
    if ago := _AGO.fullmatch(said):
        return now - int(ago[1]) * _UNITS[ago[2][0]]
    if not _DATE.fullmatch(said):
        raise NotATime(text)
    try:
        found = datetime.fromisoformat(said.removesuffix("utc").strip().upper())
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError) as exc:
        raise NotATime(text) from exc


def demand_time(text: str) -> None:
    """Raises NotATime for what is no time, whatever time it is now."""
    since(text, now=_ANY_TIME)
