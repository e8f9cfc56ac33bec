"""Lets a bot that runs in a process of its own come to rest, as people do who read before they go on."""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from bot.played import has_followed, has_work

if TYPE_CHECKING:
    from bot.playing import Playground

PAUSE = 2.0
"""Seconds: what takes longer is meant to, such as a call that was made to hang."""

_LOOK_EVERY = 0.02
_FOLLOW_WITHIN = 5.0


def rest(ground: "Playground", *, within: float = PAUSE) -> bool:
    """Return when the bot has nothing to do, or after a while; tells whether it has nothing to do."""
    end = time.monotonic() + within
    with suppress(TimeoutError):
        ground.simulator.wait_idle(within)
    return _until(lambda: not ground.bot.running or not has_work(ground.log.parent), end=end)


def at_work(ground: "Playground", *, within: float) -> bool:
    """Something is under way, or due within so many seconds, from which the bot could still show something."""
    return ground.simulator.deliveries.waiting > 0 or (
        ground.bot.running and has_work(ground.log.parent, within=within)
    )


def follow(ground: "Playground") -> None:
    """Return when the bot has noticed that the clock was put forward, unless it does not run."""
    clock, ahead = ground.log.with_name("clock"), ground.simulator.clock.ahead
    end = time.monotonic() + _FOLLOW_WITHIN
    _until(lambda: not ground.bot.running or has_followed(clock, ahead=ahead), end=end)


def _until(so: Callable[[], bool], *, end: float) -> bool:
    while not so():
        if time.monotonic() > end:
            return False
        time.sleep(_LOOK_EVERY)
    return True
