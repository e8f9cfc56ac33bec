"""The chain that the history is: each event carries a hash over everything it says and over the hash before it."""

import hashlib
import hmac
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

VERSION = 1
"""How events are written down to be hashed; what was ever kept stays readable, so a version never changes."""

FIELDS = (
    "version",
    "id",
    "previous",
    "at",
    "what",
    "actor",
    "request",
    "detail",
    "tracking_id",
    "message_id",
    "from_state",
    "to_state",
    "rule",
    "plan_hash",
    "enterprise",
    "webex_tracking_id",
    "api_tracking_id",
)
"""What version 1 hashes, in its order; ``at`` as 2026-07-09 14:13:20.123456 in UTC, ``detail`` as it is stored."""

START = "0" * 64
"""What stands before the first event."""

Value = str | int | None
_HASH = -1

# Left unescaped, because a surrogate pair escaped looks like the character that it stands for.
_encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


def canonical(values: Sequence[Value]) -> bytes:
    """The one way to write these values down; two lists that differ anywhere are never written the same."""
    return _encode(values).encode("utf-8", "surrogatepass")


def hashed(values: Sequence[Value]) -> str:
    """Sha256 over what they are written as."""
    return hashlib.sha256(canonical(values)).hexdigest()


@dataclass(frozen=True)
class Segment:
    """What is kept of events that were removed because they were old: where they stood, and the hash they ended in.

    ``before`` is the digest of the segment before it, so that segments are a chain as well; moments are texts in UTC.
    """

    last: int
    first: int
    start: str
    hash: str
    first_at: str
    last_at: str
    sealed_at: str
    before: str
    digest: str = ""

    @property
    def computed(self) -> str:
        """The digest that it should have."""
        about = (self.first, self.last, self.start, self.hash, self.first_at, self.last_at, self.sealed_at)
        return hashed(["segment", *about, self.before])


@dataclass(frozen=True)
class Head:
    """Where the chain ends: so many events, the hash of the last, the digest of the last segment.

    ``seal`` is keyed, so that nobody can make another who has nothing but the database.
    """

    length: int
    hash: str
    segments: str = ""
    seal: str = ""

    def sealed_with(self, key: str) -> str:
        """The seal of this head under a key."""
        # The same keys sign buttons: a key of its own is derived, so that neither can stand for the other.
        own = hmac.new(key.encode(), b"the head of the history", hashlib.sha256).digest()
        return hmac.new(own, canonical([self.length, self.hash, self.segments]), hashlib.sha256).hexdigest()

    def is_sealed(self, keys: Sequence[str]) -> bool:
        """Whether somebody has sealed it who has one of these keys."""
        return any(hmac.compare_digest(self.seal.encode(), self.sealed_with(key).encode()) for key in keys)


class Walk:
    """Follows a chain link by link; ``step`` and ``end`` tell what is wrong, and the walk goes on behind it."""

    def __init__(self, *, length: int = 0, last: str = START) -> None:
        self.length = length
        self.last = last
        self.events = 0

    def over(self, segments: Sequence[Segment]) -> Iterator[str]:
        """Begin behind what was sealed."""
        digest = ""
        for each in segments:
            if each.digest != each.computed:
                yield f"The seal over events {each.first} to {each.last} was changed."
            if (each.first, each.start, each.before) != (self.length + 1, self.last, digest):
                yield f"The seal over events {each.first} to {each.last} does not follow on what was sealed before it."
            self.length, self.last, digest = each.last, each.hash, each.digest

    def step(self, row: Sequence[Any]) -> Iterator[str]:
        """The next event: its FIELDS, then its hash."""
        number, previous = row[1], row[2]
        self.events += 1
        if row[0] != VERSION:
            yield f"Event {number} is written in a way that is not known here (version {row[0]})."
        elif not _holds(row):
            yield f"Event {number} was changed."
        if number <= self.length:
            yield f"Event {number} stands where events were sealed and removed."
            return
        if number > self.length + 1:
            yield f"{_events(self.length + 1, number - 1)} missing."
        elif previous != self.last:
            yield f"Event {number} does not follow on what is before it: something was put in, taken out or replaced."
        self.length, self.last = number, row[_HASH]

    def end(self, head: Head | None) -> Iterator[str]:
        """There are no more events; the head must be about the last of them."""
        if head is None:
            yield "The head of the history is missing."
        elif head.length > self.length:
            yield f"{_events(self.length + 1, head.length)} missing at the end."
        elif head.length < self.length:
            yield f"{_events(head.length + 1, self.length)} not known to the head of the history."
        elif head.hash != self.last:
            yield "The head of the history is not that of its last event."


def _holds(row: Sequence[Any]) -> bool:
    try:
        return hmac.compare_digest(hashed(row[:_HASH]), row[_HASH])
    except TypeError:
        # SQLite keeps anything anywhere, also what cannot be written down.
        return False


def _events(first: int, last: int) -> str:
    return f"Event {first} is" if first == last else f"Events {first} to {last} are"
