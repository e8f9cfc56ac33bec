"""Throw away what is finished, so that the files stop growing."""

import threading
from collections.abc import Callable
from datetime import timedelta

import structlog
from dbos import DBOS

from bot.domain.desk import Clock
from bot.store.inbox import KEPT_FOR, Inbox

log = structlog.get_logger(__name__)

EVERY = timedelta(hours=1)
FINISHED_FOR = timedelta(days=1)
"""Longer than any event can take to be marked in the inbox: its workflow must outlive the mark."""

_CHUNK = 500
_ENDED = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]


def tidy(inbox: Inbox, *, clock: Clock) -> int:
    """Delete finished workflows and forgotten inbox keys; returns how many of both."""
    before = (clock() - FINISHED_FOR).isoformat()
    deleted = 0
    while True:
        found = DBOS.list_workflows(
            status=_ENDED, completed_before=before, limit=_CHUNK, load_input=False, load_output=False
        )
        if not found:
            break
        DBOS.delete_workflows([each.workflow_id for each in found])
        deleted += len(found)
    return deleted + inbox.forget(clock() - KEPT_FOR)


class Housekeeper:
    """Does some work again and again, in a thread of its own."""

    def __init__(self, work: Callable[[], object], *, every: timedelta = EVERY, at_once: bool = False) -> None:
        self._work = work
        self._every = every
        self._at_once = at_once
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="housekeeper", daemon=True)

    def start(self) -> None:
        """Begin; the first round comes after one pause, or ``at_once``."""
        self._thread.start()

    def stop(self) -> None:
        """Stop, and wait for a round that is under way."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def _run(self) -> None:
        if self._at_once:
            self._round()
        while not self._stop.wait(self._every.total_seconds()):
            self._round()

    def _round(self) -> None:
        try:
            self._work()
        except Exception:
            # The next round may do better, and nothing is lost meanwhile but space.
            log.exception("housekeeping failed")
