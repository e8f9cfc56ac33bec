"""The enterprises of the simulated BroadWorks: its customers, each with a directory.

What becomes of a single BroadWorks user without Webex is decided by the beginning of the user ID, so that a person
can have each of it on purpose:

    nobody      refused: BroadWorks has no such user
    changed     UPDATE, each time
    gone        DELETE, once: then BroadWorks has no such user
    otherwise   ADD, and from then on NO_OPERATION
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import RLock
from typing import Any

from bot.simulator import ids
from bot.simulator.clock import Clock
from bot.simulator.control.switches import Switches
from bot.simulator.problems import Problem
from bot.simulator.provisioning.directory import Directory, Running

BUSY = "A directory sync is already in progress on the BroadWorks cluster of this customer."
DISABLED = "Directory sync is not enabled for this customer."
UNDER_WAY = "Directory sync cannot be disabled while a sync is in progress."
NEVER_SYNCED = "A single user can only be synced once a sync of the enterprise has completed."
NO_USER = "No matching user was found in BroadWorks."
HAS_WEBEX = "The user already exists in this organization."
BUSY_FOR = 30.0

USER_FIELDS = ("userId", "firstName", "lastName", "extension", "number", "mobile")


class Directories:
    """By enterprise, each made when somebody looks at it first.

    `cluster_of` tells to which BroadWorks cluster an enterprise belongs: one synchronisation that somebody asked for
    runs on each at a time, beside those that come by themselves.
    """

    def __init__(self, clock: Clock, switches: Switches, *, cluster_of: Callable[[str], str]) -> None:
        self._clock = clock
        self._switches = switches
        self._cluster_of = cluster_of
        self._lock = RLock()
        self._by_name: dict[str, Directory] = {}

    def of(self, enterprise: str) -> Directory:
        """As it is by now."""
        with self._lock:
            directory = self._by_name.setdefault(enterprise, Directory(enterprise))
            self._settle(directory)
            return directory

    def enable(self, enterprise: str) -> Directory:
        """For those that were enabled long ago: it is as if somebody had just done it."""
        directory = self.of(enterprise)
        directory.switch(on=True, at=self._clock.now())
        return directory

    def switch(self, enterprise: str, *, on: bool) -> dict[str, Any]:
        with self._lock:
            directory = self.of(enterprise)
            if not on and directory.running:
                raise Problem(409, UNDER_WAY)
            directory.switch(on=on, at=self._clock.now())
            return directory.brief()

    def sync(self, enterprise: str) -> dict[str, Any]:
        """Somebody wants it now."""
        with self._lock:
            directory = self.of(enterprise)
            if not directory.enabled:
                raise Problem(409, DISABLED)
            self._demand_free(directory)
            directory.begin(self._running(self._clock.now(), on_demand=True))
            return directory.brief()

    def sync_user(self, enterprise: str, user_id: str, *, has_webex: bool) -> dict[str, Any]:
        with self._lock:
            directory = self.of(enterprise)
            if not directory.enabled:
                raise Problem(409, DISABLED)
            if directory.succeeded is None:
                raise Problem(409, NEVER_SYNCED)
            if has_webex:
                raise Problem(409, HAS_WEBEX)
            return {"userResponse": _user(user_id), "status": _became(directory, user_id.lower())}

    def _demand_free(self, directory: Directory) -> None:
        """429: with a time to wait, or without one if the switch says so."""
        switched = self._switches.cluster
        cluster = self._cluster_of(directory.name)
        busy = [each for each in self._asked_for() if self._cluster_of(each.name) == cluster]
        if switched == "free" and not busy and not directory.running:
            return
        raise Problem(429, BUSY, retry_after=None if switched == "busy_silent" else BUSY_FOR)

    def _asked_for(self) -> list[Directory]:
        """Those that run because somebody asked for it."""
        for each in self._by_name.values():
            self._settle(each)
        return [each for each in self._by_name.values() if each.running and each.running.on_demand]

    def _settle(self, directory: Directory) -> None:
        """Everything that was due by now, one after the other."""
        now = self._clock.now()
        while True:
            running, scheduled = directory.running, directory.scheduled
            if running and running.due <= now:
                directory.end(running)
            elif not running and scheduled and scheduled <= now:
                directory.scheduled = None
                directory.begin(self._running(scheduled, on_demand=False))
            else:
                return

    def _running(self, started: datetime, *, on_demand: bool) -> Running:
        fails = self._switches.directory_failures > 0
        if fails:
            self._switches.directory_failures -= 1
        due = started + timedelta(seconds=self._switches.directory_seconds)
        return Running(started, due, f"NA_{ids.fresh('SYNC')[-36:]}", on_demand=on_demand, fails=fails)


def _became(directory: Directory, user_id: str) -> str:
    there = user_id in directory.entries
    if user_id.startswith("nobody") or (user_id.startswith("gone") and there):
        raise Problem(404, NO_USER)
    directory.entries.add(user_id)
    if user_id.startswith("changed"):
        return "UPDATE"
    if user_id.startswith("gone"):
        return "DELETE"
    return "NO_OPERATION" if there else "ADD"


def _user(user_id: str) -> dict[str, str]:
    """Somebody made up, the same one each time."""
    first, _, last = user_id.partition("@")[0].partition(".")
    digits = f"{sum(map(ord, user_id)) % 10_000:04d}"
    facts = (user_id, first.capitalize(), last.capitalize() or "External", digits, f"+1240555{digits}", "")
    return {name: value for name, value in zip(USER_FIELDS, facts, strict=True) if value}
