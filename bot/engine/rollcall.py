"""Each process tells that it lives, and whoever notices that another does not takes up what that one left.

The engine itself takes up only what a process of the same name left. What it does then is private to the pinned
version, and a contract test stands guard over it. Nobody compares clocks: a process is gone when its count has stood
still while this one counted on. It may only have been frozen: then the engine does not let it finish what it had, and
an attempt to write lapses by itself.
"""

from collections.abc import Callable
from datetime import timedelta

import structlog
from dbos import DBOS

from bot.engine.housekeeping import Housekeeper
from bot.store import processes
from bot.store.processes import Process
from bot.store.session import Database

log = structlog.get_logger(__name__)

EVERY = timedelta(seconds=2)
SILENT_FOR = 6
"""So many calls of ours without a sign of life, and a process is gone."""


class RollCall:
    """The roll call of one process; ``release`` gives back what another has taken from the inbox."""

    def __init__(
        self, database: Database, *, name: str, release: Callable[[str], object], then: Callable[[], None]
    ) -> None:
        self._engine = database.engine
        self._name = name
        self._release = release
        self._then = then
        self._calls = 0
        self._heard: dict[str, tuple[int, int]] = {}
        self._rounds = Housekeeper(self.call, every=EVERY)

    def arrive(self) -> None:
        """Be at work from now on; call this before anything is taken up."""
        with self._engine.begin() as connection:
            processes.beat(connection, self._name)

    def start(self) -> None:
        """Take up at once what was left by those who ended in order, and call again and again."""
        self.call()
        self._rounds.start()

    def call(self) -> None:
        """Tell that this process lives, and look who else does."""
        with self._engine.begin() as connection:
            processes.beat(connection, self._name)
            others = processes.others(connection, self._name)
        self._calls += 1
        known = self._heard
        self._heard = {each.name: self._last_heard(each, known.get(each.name)) for each in others}
        for each in others:
            if each.gone or self._declared_gone(each):
                self._take_up(each)

    def stop(self) -> None:
        """Call no more."""
        self._rounds.stop()

    def leave(self) -> None:
        """Nothing is under way here any more that this process could finish."""
        with self._engine.begin() as connection:
            processes.leave(connection, self._name)

    def _last_heard(self, process: Process, before: tuple[int, int] | None) -> tuple[int, int]:
        """The count of a process, and at which call of ours it was new."""
        return before if before is not None and before[0] == process.beats else (process.beats, self._calls)

    def _declared_gone(self, process: Process) -> bool:
        _, heard_at = self._heard[process.name]
        if self._calls - heard_at < SILENT_FOR:
            return False
        with self._engine.begin() as connection:
            return processes.declare_gone(connection, process)

    def _take_up(self, process: Process) -> None:
        """Each step is harmless if it is done twice, by two processes at once or after one has died in between."""
        # Should it come back, it begins to count anew.
        self._heard.pop(process.name, None)
        self._release(process.name)
        found = DBOS._recover_pending_workflows([process.name])  # noqa: SLF001 - nothing public keeps their queues.
        with self._engine.begin() as connection:
            processes.forget(connection, process.name)
        log.warning("a process is gone", process=process.name, in_order=process.gone, taken_up=len(found))
        self._then()
