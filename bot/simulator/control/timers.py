"""Does things some seconds from now, by a clock that is handed in."""

import time
from collections.abc import Callable
from threading import Condition, RLock, Thread

_CLOSING = 2.0


class Timers:
    """What is to be done later, by key. A thread sees to it; `look` does what is due without waiting for the thread.

    It is done while `lock` is held: whoever holds it never meets anything that is half done.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, *, lock: RLock) -> None:
        self._clock = clock
        self._changed = Condition()
        self._lock = lock
        self._planned: dict[str, tuple[float, Callable[[], object]]] = {}
        self._thread: Thread | None = None
        self._closed = False

    def plan(self, key: str, then: Callable[[], object], *, seconds: float) -> None:
        """One thing for each key: what was planned for it before is forgotten."""
        with self._changed:
            self._planned[key] = (self._clock() + seconds, then)
            self._changed.notify_all()
            if self._thread is None and not self._closed:
                self._thread = Thread(target=self._run, name="timers", daemon=True)
                self._thread.start()

    def forget(self, key: str) -> None:
        with self._changed:
            self._planned.pop(key, None)

    def left(self, key: str) -> float | None:
        """The seconds until then; None where nothing is planned."""
        with self._changed:
            planned = self._planned.get(key)
            return max(planned[0] - self._clock(), 0.0) if planned else None

    def look(self) -> None:
        """Does what is due. When it returns, that is done, even if it was the thread that had begun with it."""
        with self._lock:
            for then in self._due():
                then()

    def close(self) -> None:
        """Nothing more is done."""
        with self._changed:
            self._closed = True
            self._planned.clear()
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(_CLOSING)

    def _due(self) -> list[Callable[[], object]]:
        with self._changed:
            now = self._clock()
            due = [key for key, (moment, _) in self._planned.items() if moment <= now]
            return [self._planned.pop(key)[1] for key in due]

    def _run(self) -> None:
        while True:
            with self._changed:
                if self._closed:
                    return
                moments = [moment for moment, _ in self._planned.values()]
                pause = max(min(moments) - self._clock(), 0.0) if moments else None
                if pause is None or pause > 0:
                    self._changed.wait(pause)
            self.look()
