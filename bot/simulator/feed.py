"""Tells open pages, as server-sent events, what changed for the person who looks at them."""

import json
from collections.abc import Iterator
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
        self._cut = False

    def put(self, line: str) -> None:
        try:
            self._queue.put_nowait(line)
        except Full:
            self._cut = True

    def lines(self, heartbeat: float) -> Iterator[str]:
        while not self._cut:
            try:
                line = self._queue.get(timeout=heartbeat)
            except Empty:
                line = ": still here\n\n"
            if line == _END:
                return
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
        self._tell(event, data, None)

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
