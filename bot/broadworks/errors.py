"""Turns answers and transport failures into the exceptions of the product.

The text of these exceptions is ours alone and fit for a log; their words are in ``complaints``.
"""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import responses
from typing import TypeVar

import httpx

from bot.broadworks.answer import Answer
from bot.broadworks.envelope import complaints
from bot.errors import BroadWorksError, Busy, NeverSent, Refused, Unconfirmed

NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)
"""What httpx raises before a byte of the request has left."""

NOBODY_KNOWS = (httpx.HTTPError, httpx.StreamError, httpx.CookieConflict, OSError)
"""Everything else that httpx raises, and what a transport lets through of the system."""

_BUSY = frozenset({423, 429})
_REQUEST_TIMEOUT = 408
_SECONDS = re.compile(r"\d+(\.\d+)?", re.ASCII)

E = TypeVar("E", bound=BroadWorksError)


@contextmanager
def translated() -> Iterator[None]:
    """Let no exception of the transport through: NeverSent if the request did not leave, else Unconfirmed."""
    try:
        yield
    except NEVER_SENT as exc:
        raise NeverSent(f"The request did not leave ({type(exc).__name__})") from exc
    except NOBODY_KNOWS as exc:
        raise Unconfirmed(f"No answer ({type(exc).__name__})") from exc


def failure(answer: Answer, *, now: Callable[[], datetime]) -> BroadWorksError:
    """What an answer outside of 2xx means: Refused, Busy, or that nobody knows."""
    if answer.status in _BUSY:
        busy = _told(Busy, answer)
        busy.retry_after = retry_after(answer.headers, now=now)
        return busy
    if 400 <= answer.status <= 499 and answer.status != _REQUEST_TIMEOUT:
        return _told(Refused, answer)
    return _told(Unconfirmed, answer)


def unreadable(answer: Answer, problem: str) -> Unconfirmed:
    """An answer of 2xx that does not say what it should: it was probably done, but nobody knows."""
    return Unconfirmed(
        f"Webex answered {answer.status}, but {problem}",
        status=answer.status,
        complaints=complaints(answer.data or {}),
        tracking_id=answer.tracking_id,
    )


def retry_after(headers: httpx.Headers, *, now: Callable[[], datetime]) -> float | None:
    """Seconds that Webex asks to wait, as a number or a date; None when it does not say so plainly."""
    text = next(iter(headers.get_list("Retry-After")), "").strip()
    if _SECONDS.fullmatch(text):
        return min(float(text), sys.float_info.max)
    then = _date(text)
    if then is None:
        return None
    # A date is by their clock, so it is compared with their clock wherever they tell it.
    seconds = (then - (_date(headers.get("Date", "")) or now())).total_seconds()
    return seconds if seconds >= 0 else None


def _told(kind: type[E], answer: Answer) -> E:
    return kind(
        f"Webex answered {answer.status} {responses.get(answer.status, '')}".rstrip(),
        status=answer.status,
        complaints=complaints(answer.data or {}),
        tracking_id=answer.tracking_id,
    )


def _date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
