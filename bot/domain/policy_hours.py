"""How hours are written in a policy: days, from, until, zone."""

import re
from collections.abc import Iterator
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.checks import timezones
from bot.domain.hours import DAY, DAYS, Hours
from bot.domain.toml_table import Table, Wrong, cut, text

_CLOCK = re.compile(r"([01]?[0-9]|2[0-4])[:.]([0-5][0-9])")
_WEEK = frozenset(range(len(DAYS)))


def hours(table: Table) -> Iterator[Hours]:
    """The hours that the conditions of a rule name: those ``during`` which it fits, those ``outside`` of which."""
    for key in ("during", "outside"):
        within = table.table(key)
        if within is not None:
            found = _hours(within, outside=key == "outside")
            within.close()
            if found is not None:
                yield found


def _hours(table: Table, *, outside: bool) -> Hours | None:
    """The hours, or None if something is wrong with them."""
    named = table.texts("days", _days)
    zone = table.read("zone", _zone)
    start, end = table.read("from", _minute), table.read("until", _minute)
    if "zone" not in table:
        table.wrong('zone is missing: whose clocks? Write one such as zone = "Europe/Paris".')
    if "days" not in table and "from" not in table and "until" not in table:
        table.wrong('days, from and until are all missing. Write at least one, such as days = "mon-fri".')
    begin, stop = start or 0, DAY if end is None else end
    if begin in {stop, DAY}:
        table.wrong("from and until are the same. Leave both out for whole days.", key="from")
    if zone is None or begin in {stop, DAY}:
        return None
    return Hours(frozenset().union(*named) or _WEEK, zone, begin, stop, outside)


def _days(said: str) -> frozenset[int]:
    """One day, or all from one to another."""
    first, dash, last = (part.strip().casefold()[:3] for part in said.partition("-"))
    whole_names = all(_is_day(part) for part in said.split("-"))
    if not whole_names or (dash and last not in DAYS):
        raise Wrong(f"cannot be “{cut(said)}”. Write {', '.join(DAYS)}, or from one to another: mon-fri.")
    begin, stop = DAYS.index(first), DAYS.index(last or first)
    return frozenset((begin + ahead) % 7 for ahead in range((stop - begin) % 7 + 1))


def _is_day(said: str) -> bool:
    """Whole names will do as well."""
    word = said.strip().casefold()
    full = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    return word in DAYS or word in full


def _minute(value: Any) -> int:
    """Minutes since midnight: 08:00, as a text or as a time of TOML; 24:00 is the end of the day."""
    said = value.isoformat("minutes") if isinstance(value, time) else text(value)
    found = _CLOCK.fullmatch(said)
    minute = int(found[1]) * 60 + int(found[2]) if found else DAY + 1
    if minute > DAY:
        raise Wrong(f"cannot be “{cut(said)}”. Write a time such as 08:00, up to 24:00.")
    return minute


def _zone(value: Any) -> ZoneInfo:
    said = text(value)
    known = timezones().get(said.casefold().replace(" ", "_"))
    if known is None:
        raise Wrong(f"cannot be “{cut(said)}”. Write an IANA time zone such as Europe/Paris.")
    return ZoneInfo(known)
