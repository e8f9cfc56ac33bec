"""Hours of a week, as people write them on a door: days, from, until, and where."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY = 24 * 60
"""Minutes."""

WEEK = 7 * DAY
WHOLE_WEEK = (1 << WEEK) - 1
"""A bit for each of its minutes."""

_TITLES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_FEWEST = 3
"""Days in a row that are told by the first and the last."""


@dataclass(frozen=True)
class Hours:
    """A part of each week by the clocks of a zone, or all but that part if ``outside``.

    ``days`` are 0 for Monday to 6; ``start`` and ``end`` are minutes since midnight, ``end`` is not a part of it. Where
    it ends before it starts it goes on into the next day, and belongs to the day on which it began.
    """

    days: frozenset[int]
    zone: tzinfo
    start: int = 0
    end: int = DAY
    outside: bool = False

    def include(self, at: datetime) -> bool:
        """Whether a moment, which is aware, is in it."""
        here = _there(at, self.zone)
        return self.has(here.weekday(), here.hour * 60 + here.minute)

    def has(self, day: int, minute: int) -> bool:
        """Whether that minute of that day is in it."""
        if self.start < self.end:
            inside = day in self.days and self.start <= minute < self.end
        else:
            inside = (day in self.days and minute >= self.start) or ((day - 1) % 7 in self.days and minute < self.end)
        return inside is not self.outside

    @property
    def minutes(self) -> int:
        """Every minute of a week that is in it, as the bits of one number, which are quickly compared."""
        length = (self.end - self.start) % DAY or DAY
        bits = 0
        for day in self.days:
            bits |= ((1 << length) - 1) << (day * DAY + self.start)
        inside = (bits | bits >> WEEK) & WHOLE_WEEK
        return inside ^ WHOLE_WEEK if self.outside else inside

    @property
    def words(self) -> str:
        """Monday to Friday, 08:00 to 18:00 (Europe/Paris)."""
        day_long = "" if (self.start, self.end) == (0, DAY) else f", {_clock(self.start)} to {_clock(self.end)}"
        return f"{_days(self.days)}{day_long} ({self.zone})"

    def told(self, at: datetime) -> str:
        """How a moment lies to it, in words."""
        here = _there(at, self.zone)
        return f"{_TITLES[here.weekday()]} {here:%H:%M} is {'outside' if self.outside else 'within'} {self.words}"


def _there(at: datetime, zone: tzinfo) -> datetime:
    try:
        return at.astimezone(zone)
    except OverflowError:
        # At the ends of the calendar there is no other zone.
        return at


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _days(days: frozenset[int]) -> str:
    listed = sorted(days)
    if len(listed) == len(DAYS):
        return "every day"
    if len(listed) >= _FEWEST and listed[-1] - listed[0] == len(listed) - 1:
        return f"{_TITLES[listed[0]]} to {_TITLES[listed[-1]]}"
    return ", ".join(_TITLES[day] for day in listed)
