"""How long and how often a read is tried before the failure is told."""

from collections.abc import Callable
from types import TracebackType
from typing import Self, TypeVar

import httpx
import stamina

from bot.errors import BroadWorksError, Busy, NeverSent, TokenDead, Unconfirmed

ATTEMPTS = 4
SECONDS = 45.0
"""The bound of one read, all its tries and waits together."""

_RETRIED = frozenset({None, 408, 500, 502, 503, 504})
_SHORTEST = 0.5
_LONGEST = 4.0
_FOR_A_TRY = 1.0

T = TypeVar("T")


class Patience:
    """Counts the tries of one read and decides, as a hook of stamina, whether there is another.

    Entered for each try. ``within`` bounds all of them together, ``waited`` counts from the end of a try to the start
    of the next; both in seconds, by the clock.
    """

    def __init__(self, *, clock: Callable[[], float], within: float = SECONDS) -> None:
        self._clock = clock
        self._deadline = clock() + within
        self._failed_at: float | None = None
        self.tries = 0
        self.waited = 0.0

    def run(self, send: Callable[[], T]) -> T:
        """Call until it answers or patience ends; the last failure goes out with its number of tries."""
        self.tries = 0
        self._failed_at = None
        caller = stamina.RetryingCaller(
            attempts=ATTEMPTS, timeout=None, wait_initial=_SHORTEST, wait_max=_LONGEST, wait_jitter=1.0
        )
        return caller(self.verdict, self._once, send)

    def verdict(self, exc: Exception) -> bool | float:
        """Seconds to wait if Webex said how many, True for the usual back-off, False to give up."""
        if not _worth_retrying(exc):
            return False
        told = exc.retry_after if isinstance(exc, Busy) else None
        # Waiting less than the usual back-off would only be refused again.
        wait = told if told is not None and told >= _SHORTEST else None
        if (wait or _LONGEST) + _FOR_A_TRY > self._left:
            return False
        return True if wait is None else wait

    def bounded(self, timeout: httpx.Timeout) -> httpx.Timeout:
        """The usual timeouts, none of them longer than what is left."""
        left = max(self._left, _FOR_A_TRY)
        return httpx.Timeout(
            connect=_least(timeout.connect, left),
            read=_least(timeout.read, left),
            write=_least(timeout.write, left),
            pool=_least(timeout.pool, left),
        )

    def __enter__(self) -> Self:
        self.tries += 1
        if self._failed_at is not None:
            self.waited += self._clock() - self._failed_at
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._failed_at = self._clock()
        if isinstance(exc, BroadWorksError):
            exc.tries = self.tries

    def _once(self, send: Callable[[], T]) -> T:
        with self:
            return send()

    @property
    def _left(self) -> float:
        return self._deadline - self._clock()


def _worth_retrying(exc: Exception) -> bool:
    if isinstance(exc, Unconfirmed):
        # With a status of 2xx the answer was unreadable, and the next one may not be.
        return exc.status in _RETRIED or 200 <= (exc.status or 0) <= 299
    return isinstance(exc, Busy | NeverSent) and not isinstance(exc, TokenDead)


def _least(usual: float | None, left: float) -> float:
    return left if usual is None else min(usual, left)
