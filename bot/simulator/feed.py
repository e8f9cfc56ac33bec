"""Tells open pages, as server-sent events, what changed for the person who looks at them."""

import json
from collections.abc import Callable, Iterator
from queue import Empty, Full, Queue
from threading import Lock
from typing import Any

from bot.simulator.entities import Change

HEARTBEAT = 15.0
KEPT = 256

_END = ""


class Listener:
    """One open page. One that does not keep up is cut off: it comes back and reads everything anew."""

    def __init__(self, person_id: str) -> None:
        self.person_id = person_id
        self._queue: Queue[str] = Queue(KEPT)
        self._hinted: set[str] = set()
        self._cut = False

    def put(self, line: str) -> None:
        try:
            self._queue.put_nowait(line)
        except Full:
            self._cut = True

    def hint(self, line: str) -> None:
        """Put it in only if the one before was read: however often it is hinted, there is at most one to read."""
        if line not in self._hinted and not self._queue.full():
            self._hinted.add(line)
            self.put(line)

    def lines(self, heartbeat: float) -> Iterator[str]:
        while not self._cut:
            try:
                line = self._queue.get(timeout=heartbeat)
            except Empty:
                line = ": still here\n\n"
            if line == _END:
                return
            # Before it is read: what happens from now on must be hinted again.
            self._hinted.discard(line)
            yield line

    def end(self) -> None:
        self._cut = True
        self.put(_END)


class Feed:
    """Everybody who listens."""

    def __init__(self, heartbeat: float = HEARTBEAT) -> None:
        self._heartbeat = heartbeat
        self._lock = Lock()
        self._listeners: set[Listener] = set()
        self._overhearers: list[Callable[[str, dict[str, Any]], None]] = []
        self._closed = False

    @property
    def listeners(self) -> int:
        return len(self._listeners)

    def stream(self, person_id: str) -> Iterator[str]:
        """Listens from now on, not from the first reading of the stream."""
        listener = Listener(person_id)
        with self._lock:
            self._listeners.add(listener)
            if self._closed:
                listener.end()
        return self._read(listener)

    def take(self, change: Change) -> None:
        """A change in a space, told to those who may know."""
        if change.resource == "messages":
            data = {"kind": change.event, "roomId": change.room.id, "messageId": change.data["id"]}
            self._tell("message", data, change.audience)
        elif change.resource in {"rooms", "memberships"}:
            self._tell("room", {"kind": change.event, "roomId": change.room.id}, change.audience)

    def announce(self, event: str, data: dict[str, Any]) -> None:
        """Something about the simulator itself, told to everybody."""
        for overhear in self._overhearers:
            overhear(event, data)
        self._tell(event, data, None)

    def overhear(self, listener: Callable[[str, dict[str, Any]], None]) -> None:
        """The listener is called with whatever is announced, before the pages are told."""
        self._overhearers.append(listener)

    def hint(self, event: str) -> None:
        """There is something new to ask for. A burst of hints is one event for each page that does not keep up."""
        line = f"event: {event}\ndata: {{}}\n\n"
        with self._lock:
            for listener in self._listeners:
                listener.hint(line)

    def disconnect(self) -> None:
        """Ends the streams there are; pages may come back."""
        with self._lock:
            for listener in self._listeners:
                listener.end()

    def close(self) -> None:
        self._closed = True
        self.disconnect()

    def _read(self, listener: Listener) -> Iterator[str]:
        try:
            yield ": connected\n\n"
            yield from listener.lines(self._heartbeat)
        finally:
            with self._lock:
                self._listeners.discard(listener)

    def _tell(self, event: str, data: dict[str, Any], audience: frozenset[str] | None) -> None:
        line = f"event: {event}\ndata: {json.dumps(data)}\n\n"
        with self._lock:
            for listener in self._listeners:
                if audience is None or listener.person_id in audience:
                    listener.put(line)
