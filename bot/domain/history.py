"""What is wanted of the history, and how it is told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Wanted:
    """Which events: all of those of which everything is true that is given.

    ``person`` is an id of Webex: what somebody did, and what became of what they asked for. ``until`` is not included.
    """

    since: datetime | None = None
    until: datetime | None = None
    person: str = ""
    enterprise: str = ""
    requests: Collection[int] | None = None
    newest_first: bool = False
