"""One write, written down before it is sent."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Fate(StrEnum):
    """What is known of a write that was written down."""

    OPEN = "open"
    ANSWERED = "answered"
    NEVER_SENT = "never sent"
    LOST = "lost"


@dataclass
class Attempt:
    """The right of the process ``owner`` to send one write once, before ``deadline``.

    Unique per request and number. Only an attempt that never left may be used again.
    """

    request: int
    number: int
    plan_hash: str
    made_at: datetime
    deadline: datetime
    owner: str
    fate: Fate = Fate.OPEN
    uses: int = 1
    id: int | None = None

    def may_be_under_way(self, now: datetime, *, limit: timedelta) -> bool:
        """Whether a process that froze after writing this down might still be sending or reading."""
        return self.fate is Fate.OPEN and now < self.deadline + limit

    def would_show(self, now: datetime, *, limit: timedelta) -> bool:
        """Whether it would be seen by now, had it arrived: what broke off here may go on over there for a while."""
        return now >= self.deadline + limit

    def use_again(self, *, at: datetime, deadline: datetime, owner: str) -> None:
        """It never left, so the same right to send is used once more."""
        self.fate, self.made_at, self.deadline, self.owner = Fate.OPEN, at, deadline, owner
        self.uses += 1
