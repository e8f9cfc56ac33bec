"""Lets a bot that runs in a process of its own come to rest, as people do who read before they go on."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from bot.played import read_seconds

if TYPE_CHECKING:
    from bot.playing import Playground

PAUSE = 2.0
"""Seconds: what takes longer is meant to, such as a call that was made to hang."""

_LOOK_EVERY = 0.02
_FOLLOW_WITHIN = 5.0

_WORK = {
    "bot.sqlite": "SELECT 1 FROM workflow_status WHERE status IN ('ENQUEUED', 'PENDING') LIMIT 1",
    "bot.inbox.sqlite": "SELECT 1 FROM inbox WHERE state = 'new' LIMIT 1",
}


def rest(ground: "Playground", *, within: float = PAUSE) -> bool:
    """Return when the bot has nothing to do, or after a while; tells whether it has nothing to do."""
    end = time.monotonic() + within
    with suppress(TimeoutError):
        ground.simulator.wait_idle(within)
    return _until(lambda: not ground.bot.running or not has_work(ground.log.parent), end=end)


def follow(ground: "Playground") -> None:
    """Return when the bot has noticed that the clock was put forward, unless it does not run."""
    followed = ground.log.with_name("clock.followed")
    ahead = ground.simulator.clock.ahead
    end = time.monotonic() + _FOLLOW_WITHIN
    # The file keeps thousandths.
    _until(lambda: not ground.bot.running or read_seconds(followed) >= ahead - 0.001, end=end)


def has_work(folder: Path) -> bool:
    """Something is in the inbox, or due or under way in a queue, of the bot whose files are in this folder."""
    return any(_found(folder / name, question) for name, question in _WORK.items())


def _found(file: Path, question: str) -> bool:
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as database:
            return database.execute(question).fetchone() is not None
    except sqlite3.Error:
        # It is being made just now.
        return True


def _until(so: Callable[[], bool], *, end: float) -> bool:
    while not so():
        if time.monotonic() > end:
            return False
        time.sleep(_LOOK_EVERY)
    return True
