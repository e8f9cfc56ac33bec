"""The simulator's time: a clock from outside, which can be put forward but never back."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class Clock:
    """Reads the clock it was given, plus whatever it was put forward."""

    def __init__(self, source: Callable[[], datetime]) -> None:
        self._source = source
        self._ahead = timedelta(0)

    @property
    def ahead(self) -> float:
        """Seconds by which this clock leads the one it reads."""
        return self._ahead.total_seconds()

    def now(self) -> datetime:
        return (self._source() + self._ahead).astimezone(UTC)

    def forward(self, seconds: float) -> None:
        if seconds < 0:
            raise ValueError("The clock only goes forward.")
        self._ahead += timedelta(seconds=seconds)


def stamp(moment: datetime) -> str:
    """`2026-07-09T14:12:03.000Z`: clients of the real platform insist on the milliseconds and the Z."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"
