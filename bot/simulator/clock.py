"""The simulator's time: a clock from outside, which can be put forward but never back."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Lock


class Clock:
    """Reads the clock it was given, plus whatever it was put forward."""

    def __init__(self, source: Callable[[], datetime]) -> None:
        self._source = source
        self._ahead = timedelta(0)
        self._moving = Lock()
        self._listeners: list[Callable[[float], object]] = []

    def listen(self, listener: Callable[[float], object]) -> None:
        """The listener is told, in seconds, how far ahead the clock is, whenever it was put forward."""
        self._listeners.append(listener)

    @property
    def ahead(self) -> float:
        """Seconds by which this clock leads the one it reads."""
        return self._ahead.total_seconds()

    def now(self) -> datetime:
        return (self._source() + self._ahead).astimezone(UTC)

    def forward(self, seconds: float) -> None:
        if seconds < 0:
            raise ValueError("The clock only goes forward.")
        # One after the other, or a listener could be told of the earlier of two moments last.
        with self._moving:
            self._ahead += timedelta(seconds=seconds)
            for listener in self._listeners:
                listener(self.ahead)


def stamp(moment: datetime) -> str:
    """`2026-07-09T14:12:03.000Z`: clients of the real platform insist on the milliseconds and the Z."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"
