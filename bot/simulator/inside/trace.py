"""Remembers what happened, in plain words and without any content, so that the page can show it."""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Lock
from typing import Any, Literal
from uuid import uuid4

from bot.simulator.inside.ties import Ties

KEPT = 5_000
_TIES_PER_ENTRY = 4

Kind = Literal["webhook", "bot", "history", "call", "card", "world"]
KINDS: tuple[Kind, ...] = ("webhook", "bot", "history", "call", "card", "world")
Simple = str | int | float | bool


@dataclass(frozen=True)
class Entry:
    """One thing that happened: it began `at` and took so many `seconds`, where that is known.

    `ties` are more names beside the tracking id by which it is known; `state` is where its request has got to;
    `counted` are names, beside its kind, under which it is counted.
    """

    at: datetime
    kind: Kind
    words: str
    tracking_id: str | None = None
    request: int | None = None
    status: int | None = None
    seconds: float | None = None
    bad: bool = False
    facts: Mapping[str, Simple] = field(default_factory=dict)
    ties: tuple[str, ...] = ()
    state: str | None = None
    counted: tuple[str, ...] = ()
    n: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        return (self.tracking_id, *self.ties) if self.tracking_id else self.ties

    def as_json(self) -> dict[str, Any]:
        return {
            "n": self.n,
            "at": self.at.isoformat(),
            "kind": self.kind,
            "words": self.words,
            "trackingId": self.tracking_id,
            "request": self.request,
            "status": self.status,
            "seconds": self.seconds,
            "bad": self.bad,
            "facts": dict(self.facts),
        }


@dataclass(frozen=True)
class Asked:
    """A request that was heard of, and what was last heard of it."""

    number: int
    state: str
    at: datetime


class Trace:
    """The last few thousand entries, oldest first. Safe for threads; whoever adds to it is never kept waiting."""

    def __init__(self, changed: Callable[[], None] = lambda: None, *, kept: int = KEPT) -> None:
        self.id = uuid4().hex
        self._changed = changed
        self._lock = Lock()
        self._entries: deque[Entry] = deque(maxlen=kept)
        self._ties = Ties(kept * _TIES_PER_ENTRY)
        self._asked: dict[int, Asked] = {}
        self._counts: Counter[str] = Counter()
        self._last = 0
        self._kept = kept

    def add(self, entry: Entry) -> None:
        """Take note of something, and of what belongs together."""
        with self._lock:
            self._last += 1
            self._entries.append(replace(entry, n=self._last))
            self._ties.add(entry.names, entry.request)
            self._counts.update([entry.kind, *(["bad"] if entry.bad else []), *entry.counted])
            self._note_request(entry)
        self._changed()

    def tie(self, *names: str, request: int | None = None) -> None:
        """These belong together, which is nothing to show by itself."""
        with self._lock:
            self._ties.add(names, request)

    @property
    def last(self) -> int:
        """The number of the newest entry there ever was."""
        return self._last

    @property
    def first(self) -> int:
        """The number of the oldest entry that is kept, or that would be the next."""
        with self._lock:
            return self._entries[0].n if self._entries else self._last + 1

    def counts(self) -> dict[str, int]:
        """How many entries there were since the start: by kind, of trouble ("bad"), and by what they count as."""
        with self._lock:
            return {**dict.fromkeys((*KINDS, "bad"), 0), **self._counts}

    def entries(
        self,
        *,
        after: int = 0,
        limit: int = KEPT,
        tracking_id: str | None = None,
        request: int | None = None,
        kind: str | None = None,
    ) -> list[Entry]:
        """The newest `limit` of those that are asked for, oldest first, which came `after` that number."""
        with self._lock:
            groups = self._ties.groups_of(request) if request is not None else frozenset()
            group = self._ties.group(tracking_id) if tracking_id is not None else None
            asked = tracking_id is not None or request is not None
            found: list[Entry] = []
            for entry in self._newest_first(after):
                if len(found) >= limit:
                    break
                own = self._ties.group(entry.names[0]) if asked and entry.names else None
                if (
                    (kind is None or entry.kind == kind)
                    and (group is None or own == group)
                    and (request is None or entry.request == request or own in groups)
                ):
                    found.append(entry)
        return found[::-1]

    def requests(self) -> list[Asked]:
        """The requests that were heard of, the highest number first."""
        with self._lock:
            return sorted(self._asked.values(), key=lambda asked: -asked.number)

    def clear(self) -> None:
        """Forget everything but how much there was; numbers go on."""
        with self._lock:
            self._entries.clear()
            self._ties.clear()
            self._asked.clear()
        self._changed()

    def _newest_first(self, after: int) -> Iterator[Entry]:
        for entry in reversed(self._entries):
            if entry.n <= after:
                return
            yield entry

    def _note_request(self, entry: Entry) -> None:
        if entry.request is None:
            return
        known = self._asked.get(entry.request)
        state = entry.state or (known.state if known else "")
        self._asked[entry.request] = Asked(entry.request, state, known.at if known else entry.at)
        if len(self._asked) > self._kept:
            del self._asked[min(self._asked)]
