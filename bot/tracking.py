"""The one id that follows an event from the webhook to every API call that it causes."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import uuid4

HEADER = "TrackingID"
"""The header under which Webex takes it, logs it, and answers with it."""


@dataclass(frozen=True)
class Source:
    """The message or press that is being worked on, and the tracking id under which Webex gave it out."""

    id: str = ""
    tracking_id: str = ""


_NOTHING = Source()
_current: ContextVar[str] = ContextVar("tracking_id", default="")
_source: ContextVar[Source] = ContextVar("source", default=_NOTHING)


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


def source() -> Source:
    """What a person did that is being worked on; empty where the bot does something by itself."""
    return _source.get()


@contextmanager
def caused_by(source: Source) -> Iterator[None]:
    """Work on what a person did; whatever is written down meanwhile names it."""
    token = _source.set(source)
    try:
        yield
    finally:
        _source.reset(token)
