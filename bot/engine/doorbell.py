"""Wake a queue's poller at once, so that it may poll rarely and still start work without delay."""

import threading
from collections.abc import Callable

from dbos import DBOS, Queue
from dbos._dbos import _get_dbos_instance
from dbos._queue import queue_worker_thread

AGAIN = 0.05
"""Seconds to the next look after a ring: what was rung for may have had to wait for work that was just ending."""


class _Bell(threading.Event):
    """A stop event whose wait ends early when it is rung; ``wait`` still tells only whether to stop."""

    def __init__(self, *, again: float) -> None:
        super().__init__()
        self._rung = threading.Event()
        self._again = self._pause = again

    def ring(self) -> None:
        self._rung.set()

    def set(self) -> None:
        super().set()
        self._rung.set()

    def wait(self, timeout: float | None = None) -> bool:
        rung = self._rung.wait(self._pause if timeout is None else min(timeout, self._pause))
        self._rung.clear()
        # After a ring the looks come fast, then ever more slowly, down to what the engine wants.
        self._pause = self._again if rung else 2 * self._pause
        return self.is_set()


class Doorbell:
    """One poller per queue, run by the engine's own loop on a stop event that can be rung.

    The engine offers no way to wake its pollers, so it is told to listen to no queue and its loop is started here.
    That loop is private to the pinned version: a contract test stands guard over it.
    """

    def __init__(self, *, again: float = AGAIN) -> None:
        self._again = again
        self._bells: dict[str, _Bell] = {}
        self._threads: list[threading.Thread] = []

    @staticmethod
    def silence_own_pollers() -> None:
        """Call this between creating and launching the engine."""
        DBOS.listen_queues([])

    def serve(self, queue: Queue) -> None:
        """Start the poller of a queue; the engine has been launched."""
        bell = self._bells[queue.name] = _Bell(again=self._again)
        run: Callable[..., None] = queue_worker_thread
        thread = threading.Thread(
            target=run, args=(bell, _get_dbos_instance(), queue), name=f"queue-{queue.name}", daemon=True
        )
        self._threads.append(thread)
        thread.start()

    def ring(self, queue: str) -> None:
        """There is something to do in that queue."""
        if bell := self._bells.get(queue):
            bell.ring()

    def ring_all(self) -> None:
        """There may be something to do in any queue."""
        for bell in self._bells.values():
            bell.ring()

    def stop(self) -> None:
        """Start nothing new."""
        for bell in self._bells.values():
            bell.set()
        for thread in self._threads:
            thread.join(timeout=5)
