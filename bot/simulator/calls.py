"""Remembers the API calls that arrived, the last few thousand of them."""

from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from threading import Lock
from typing import Any

_KEPT = 10_000


@dataclass(frozen=True)
class SeenCall:
    """`status` is None where the connection was closed with no answer; `fault` names the kind that met the call.

    `person` is the key of whose token it was ("broadworks" for the provisioning API's). `body` is the JSON that was
    sent, for Python only.
    """

    n: int
    at: str
    service: str
    method: str
    path: str
    query: str
    status: int | None
    person: str | None
    tracking_id: str
    seconds: float
    fault: str | None = None
    body: Any = None

    def as_json(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if name != "body"}


class Calls:
    """The calls seen, oldest first, as a sequence; each is told to `tell` when it comes."""

    def __init__(self, changed: Callable[[], None], *, tell: Callable[[SeenCall], None] = lambda _: None) -> None:
        self._changed = changed
        self._tell = tell
        self._lock = Lock()
        self._seen: deque[SeenCall] = deque(maxlen=_KEPT)
        self._counts: Counter[str] = Counter()

    def __iter__(self) -> Iterator[SeenCall]:
        with self._lock:
            return iter(list(self._seen))

    def __len__(self) -> int:
        return len(self._seen)

    def __getitem__(self, index: int) -> SeenCall:
        return self._seen[index]

    def add(self, **facts: Any) -> None:
        with self._lock:
            self._counts["n"] += 1
            self._counts[facts["service"]] += 1
            seen = SeenCall(n=self._counts["n"], **facts)
            self._seen.append(seen)
        self._tell(seen)
        self._changed()

    def to(self, service: str | None = None, method: str | None = None, path: str | None = None) -> list[SeenCall]:
        """The calls, oldest first, that were made to a service, with a method, on a path (without /v1)."""
        wanted = {"service": service, "method": method, "path": path}
        asked = {name: value for name, value in wanted.items() if value is not None}
        return [call for call in self if all(getattr(call, name) == value for name, value in asked.items())]

    def counts(self) -> dict[str, int]:
        """Since the start, whatever was cleared."""
        return {service: self._counts[service] for service in ("webex", "broadworks")}

    def clear(self) -> None:
        with self._lock:
            self._seen.clear()
        self._changed()
