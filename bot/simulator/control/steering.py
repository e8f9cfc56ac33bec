"""The playground's hand on the bot's process: kills it, starts it, and says how it is."""

import time
from collections.abc import Callable
from threading import Lock
from typing import Any, Literal, Protocol

from bot.simulator.problems import Problem

State = Literal["none", "stopped", "starting", "running"]

NO_BOT = "There is no bot here that could be killed or started."


class BotProcess(Protocol):
    """A bot that the playground can kill and start again."""

    @property
    def running(self) -> bool:
        """It has been started and has not ended."""

    def kill(self) -> None: ...

    def start(self) -> None:
        """Returns when it answers; does nothing if it does."""


class Steering:
    """`find` gives the process, if there is one. Every step is announced as soon as it is taken."""

    def __init__(
        self,
        find: Callable[[], BotProcess | None],
        announce: Callable[[dict[str, Any]], None],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._find = find
        self._announce = announce
        self._clock = clock
        self._lock = Lock()
        self._starts = 0
        self._took: float | None = None

    @property
    def state(self) -> State:
        process = self._find()
        if process is None:
            return "none"
        if self._starts:
            return "starting"
        return "running" if process.running else "stopped"

    def shown(self) -> dict[str, Any]:
        """`seconds` is what the last start took."""
        state = self.state
        return {
            "process": state != "none",
            "running": state == "running",
            "state": state,
            "seconds": self._took,
        }

    def kill(self) -> None:
        self._existing().kill()
        self._announce({"kind": "kill", "state": "stopped"})

    def died(self) -> None:
        """The process ended though nobody asked it to; whoever waits for it to come up tells of that instead."""
        if not self._starts:
            self._announce({"kind": "died", "state": self.state})

    def start(self) -> float:
        """Returns how many seconds it took; Problem, with the bot's own words, if it does not come up."""
        process = self._existing()
        began = self._clock()
        self._count(1)
        self._announce({"kind": "starting", "state": "starting"})
        try:
            # It takes a second or more, in which nobody else must be kept waiting: no lock is held.
            process.start()
        except Exception as exc:
            self._count(-1)
            self._announce({"kind": "failed", "state": self.state, "words": str(exc)})
            raise Problem(500, str(exc)) from exc
        self._count(-1)
        self._took = round(self._clock() - began, 2)
        self._announce({"kind": "start", "state": self.state, "seconds": self._took})
        return self._took

    def restart(self) -> float:
        """As after a power cut; returns how many seconds the start took."""
        self.kill()
        return self.start()

    def _existing(self) -> BotProcess:
        process = self._find()
        if process is None:
            raise Problem(409, NO_BOT)
        return process

    def _count(self, by: int) -> None:
        with self._lock:
            self._starts += by
