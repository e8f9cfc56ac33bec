"""The directory of one simulated enterprise: whether it is kept in step, and what its synchronisations come to.

A synchronisation that has begun ends by the clock: whoever looks sees everything that was due by then, with the
moments at which it was due. One comes every week, the first within a week of the switching on; a failed one is done
again after a day.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zlib import crc32

WEEK = timedelta(days=7)
AGAIN_AFTER = timedelta(days=1)

NOT_SYNCED, IN_PROGRESS, COMPLETE = "NOT_SYNCED", "IN_PROGRESS", "COMPLETE"
# No list of the words is published, and no example shows how one that failed is called.
FAILED = "FAILED"

# The words of the documentation's own example.
UNREACHABLE: dict[str, Any] = {
    "errorCode": 6003,
    "description": "Broadworks External Directory User Sync failed while trying to connect to Broadworks cluster.",
}
_DONE = ("Added", "Updated", "Deleted")


@dataclass(frozen=True)
class Running:
    """`due` is when it ends; `fails` says how."""

    started: datetime
    due: datetime
    tracking_id: str
    on_demand: bool
    fails: bool = False


@dataclass
class Directory:
    """`entries` are the BroadWorks users without Webex who are in it; `scheduled` is when the next one comes."""

    name: str
    enabled: bool = False
    status: str = NOT_SYNCED
    running: Running | None = None
    ended: datetime | None = None
    succeeded: datetime | None = None
    last: Running | None = None
    counts: dict[str, int] = field(default_factory=dict)
    scheduled: datetime | None = None
    entries: set[str] = field(default_factory=set)

    def switch(self, *, on: bool, at: datetime) -> None:
        """The first synchronisation is not the same time away for all."""
        if on and not self.enabled:
            self.scheduled = at + timedelta(seconds=1 + self.size(WEEK // timedelta(seconds=1) - 1))
        elif not on:
            self.scheduled = None
        self.enabled = on

    def begin(self, running: Running) -> None:
        self.running = self.last = running
        self.status = IN_PROGRESS
        self.counts = {}

    def end(self, running: Running) -> None:
        """It is over, at the moment at which it was due; nobody can have switched it off meanwhile."""
        self.running, self.ended = None, running.due
        if running.fails:
            self.status, self.scheduled = FAILED, running.due + AGAIN_AFTER
            return
        first, self.status, self.succeeded = self.succeeded is None, COMPLETE, running.due
        self.counts = self._counted(first=first)
        if not running.on_demand:
            self.scheduled = running.started + WEEK

    def shown(self) -> dict[str, Any]:
        """As the API shows it."""
        sync: dict[str, Any] = {"syncStatus": self.status}
        if self.last:
            sync |= {"lastSyncStartTime": stamp(self.last.started), "lastSyncTrackingId": self.last.tracking_id}
        if self.ended:
            sync["lastSyncEndTime"] = stamp(self.ended)
        if self.succeeded:
            sync["lastSuccessfulSyncTime"] = stamp(self.succeeded)
        if self.status == FAILED:
            sync["errors"] = [UNREACHABLE]
        return {"enableDirSync": self.enabled, "directorySyncStatus": sync | self.counts}

    def brief(self) -> dict[str, Any]:
        """As it answers whoever changes something."""
        return {"enableDirSync": self.enabled, "directorySyncStatus": {"syncStatus": self.status}}

    def size(self, most: int) -> int:
        """Some number below that, always the same one for an enterprise."""
        return crc32(self.name.encode()) % most

    def _counted(self, *, first: bool) -> dict[str, int]:
        """The first one adds everybody, the others find a few changes."""
        users, machines = 4 + self.size(60), 1 + self.size(9)
        whats = {"users": users, "machines": machines, "userContacts": users // 4, "orgContacts": users // 2}
        counts: dict[str, int] = {}
        for what, number in whats.items():
            changes = (number, 0, 0) if first else (0, number // 3, 0)
            counts |= {f"{what}{done}": count for done, count in zip(_DONE, changes, strict=True)}
        return counts | {
            "totalExternalUsersInCI": users + len(self.entries),
            "totalExternalMachinesInCI": machines,
            "totalUserContactsInContactService": whats["userContacts"],
            "totalOrgContactsInContactService": whats["orgContacts"],
        }


def stamp(moment: datetime) -> str:
    """To the microsecond, which here alone is shown."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"
