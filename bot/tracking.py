"""The one id that follows an event from the webhook to every API call that it causes."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import uuid4

HEADER = "TrackingID"
"""The header under which Webex takes it, logs it, and answers with it."""

_current: ContextVar[str] = ContextVar("tracking_id", default="")


def new() -> str:
    """Make an id that was never used before."""
    return f"BOT_{uuid4().hex}"


def current() -> str:
    """The id of what is being worked on, or "" outside of anything."""
    return _current.get()


@contextmanager
def tracked(tracking_id: str) -> Iterator[str]:
    """Work on something under this id; whatever is logged or called meanwhile carries it."""
    token = _current.set(tracking_id)
    try:
        yield tracking_id
    finally:
        _current.reset(token)
