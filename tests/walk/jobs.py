"""The engine's queue in memory: what was asked for later, once for each key, in the order of time."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.engine.later import subject


@dataclass(frozen=True)
class Job:
    """One thing to be done: what, for which row, and not before when."""

    kind: str
    key: str
    at: datetime

    @property
    def name(self) -> str:
        """Under this name the engine knows it for ever: asking again for the same is asking for nothing."""
        return f"{self.kind}:{self.key}"

    @property
    def number(self) -> int:
        """The row that it is about."""
        return int(subject(self.key))


@dataclass
class Jobs:
    """What waits, what is being done, and the names of all that there ever was; it outlives every process."""

    waiting: list[Job] = field(default_factory=list)
    running: list[Job] = field(default_factory=list)
    known: set[str] = field(default_factory=set)

    def add(self, jobs: Iterable[Job]) -> None:
        """A transaction that has asked for these was committed."""
        for job in jobs:
            if job.name not in self.known:
                self.known.add(job.name)
                self.waiting.append(job)

    def take(self) -> Job | None:
        """The next one in the order of time; of those of one moment, the one that was asked for first."""
        if not self.waiting:
            return None
        job = min(self.waiting, key=lambda each: each.at)
        self.waiting.remove(job)
        self.running.append(job)
        return job

    def put_back(self, job: Job | None) -> None:
        """It is not time for that one yet."""
        if job is not None:
            self.running.remove(job)
            self.waiting.insert(0, job)

    def done(self, job: Job) -> None:
        """It has ended, well or not; another process may be at it meanwhile."""
        self.running = [each for each in self.running if each is not job]

    def recover(self, now: datetime) -> None:
        """Their process has died: what was being done is done again."""
        self.waiting = [*(replace(job, at=now) for job in self.running), *self.waiting]
        self.running = []

    def unfinished(self) -> set[tuple[str, int]]:
        """What recovery is told of: kind and row of all that is still to be done."""
        return {(job.kind, job.number) for job in (*self.waiting, *self.running)}
