"""What can happen at a moment of a walk."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from datetime import timedelta
from threading import Event

import httpx
import pytest
from sqlalchemy.exc import OperationalError

from bot.errors import WrongState
from bot.services import requests
from tests.walk.jobs import Job
from tests.walk.process import Killed
from tests.walk.walk import Walk

_LONG = 20.0
"""Seconds after which a test that hangs is given up."""

Act = Callable[[Walk], httpx.Response | None]


def die(_walk: Walk) -> None:
    """The process is killed."""
    raise Killed


def locked(_walk: Walk) -> None:
    """The database does not answer in time."""
    raise OperationalError("made up", {}, sqlite3.OperationalError("database is locked"))


def raises(kind: type[Exception], cause: Exception | None = None) -> Act:
    """The network fails in that way."""

    def fail(_walk: Walk) -> None:
        raise kind("made up") from cause

    return fail


def answers(status: int, content: bytes | Iterator[bytes] = b"", **headers: str) -> Act:
    """The API, or what stands before it, answers so."""

    def answer(_walk: Walk) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        stream = None if isinstance(content, bytes) else _Stream(content)
        return httpx.Response(status, headers=named, content=None if stream else content, stream=stream)

    return answer


def stands_still(seconds: float) -> Act:
    """The process, or the whole machine, stands still for so long."""

    def freeze(walk: Walk) -> None:
        walk.pass_to(walk.now + timedelta(seconds=seconds))

    return freeze


def arrives_late(seconds: float) -> Act:
    """The connection breaks; what was sent waits somewhere on the way, and is done after so many seconds."""

    def keep(walk: Walk) -> None:
        walk.keep_back(seconds)
        raise httpx.ReadTimeout("made up")

    return keep


class Sleeper:
    """A process that stands still at a moment until it is woken, while others go on."""

    def __init__(self) -> None:
        self._stands, self._woken = Event(), Event()
        self._job: Future[None] | None = None

    def __call__(self, _walk: Walk) -> None:
        self._stands.set()
        assert self._woken.wait(_LONG)

    def fall_asleep(self, do: Callable[[], None], pool: Executor) -> None:
        """Let it work, until it stands still."""
        self._job = pool.submit(do)
        assert self._stands.wait(_LONG)

    def wake(self, _walk: Walk | None = None) -> None:
        """Let it go on, and wait until it has done what it was doing."""
        self._woken.set()
        assert self._job
        self._job.result(_LONG)


def switch(*, on: bool) -> Act:
    """The operator has writes on or off from the next job on."""

    def turn(walk: Walk) -> None:
        walk.switch(on=on)

    return turn


def nothing(_walk: Walk) -> None:
    """It goes well this time."""


def confirm(walk: Walk) -> None:
    """Ann presses the button of the confirmation."""
    plan = walk.request.plan
    assert plan
    walk.press(requests.confirm, plan_hash=plan.hash, typed=plan.typed)


def presses(what: Callable[..., None], **inputs: str) -> Act:
    """Ann presses a button."""

    def press(walk: Walk) -> None:
        walk.press(what, **inputs)

    return press


def in_vain(press: Act) -> Act:
    """Ann is told that it is too late, and nothing happens."""

    def refused(walk: Walk) -> None:
        before = (walk.request.version, walk.jobs.unfinished())
        with pytest.raises(WrongState):
            press(walk)
        assert (walk.request.version, walk.jobs.unfinished()) == before

    return refused


def twin(walk: Walk) -> None:
    """The same job is done in the middle of itself, as it was asked for once more."""
    walk.process.do(_again(walk))


def twin_elsewhere(walk: Walk) -> None:
    """The same job is done in the middle of itself by another process, which takes this one for dead."""
    other = walk.born()
    other.do(_again(walk))
    walk.leave(other)


def _again(walk: Walk) -> Job:
    return Job(requests.FULFIL, f"{walk.number}.again", walk.now)


class _Stream(httpx.SyncByteStream):
    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks

    def __iter__(self) -> Iterator[bytes]:
        return self._chunks
