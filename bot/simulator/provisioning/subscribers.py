"""All subscribers of the simulated BroadWorks, and what happens to them as time passes.

Work that was accepted ends by the clock: whoever looks sees everything that was due by then, stamped with the moment
at which it was due.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import wraps
from heapq import heappop, heappush
from itertools import islice
from threading import RLock
from typing import Concatenate, ParamSpec, TypeVar

from bot.simulator import ids
from bot.simulator.clock import Clock
from bot.simulator.control.switches import Switches
from bot.simulator.problems import Problem
from bot.simulator.provisioning.compare import key_of
from bot.simulator.provisioning.subscriber import Coming, End, Status, Subscriber
from bot.simulator.provisioning.subscriber_index import Index
from bot.simulator.provisioning.subscriber_outcomes import (
    DONE,
    EMAIL_INPUT,
    EMAIL_VALIDATION,
    PAUSES,
    USER_MIGRATION,
    end_of_provisioning,
    end_of_update,
)
from bot.simulator.provisioning.subscriber_search import Search

Expect = Callable[[str, float], object]
P = ParamSpec("P")
R = TypeVar("R")


def _alone(method: "Callable[Concatenate[Subscribers, P], R]") -> "Callable[Concatenate[Subscribers, P], R]":
    """One call at a time: even whoever only looks moves those on whose time has come."""

    @wraps(method)
    def call(self: "Subscribers", /, *args: P.args, **kwargs: P.kwargs) -> R:
        with self._lock:
            return method(self, *args, **kwargs)

    return call


class Subscribers:
    """By number, in the order of their coming; a number is never used again.

    `expect` is told whose work will end, and in how many seconds, whenever some begins.
    """

    def __init__(self, clock: Clock, switches: Switches, *, expect: Expect) -> None:
        self._clock = clock
        self._switches = switches
        self._expect = expect
        self._lock = RLock()
        self._by_number: dict[int, Subscriber] = {}
        self._by_id: dict[str, Subscriber] = {}
        self._index = Index()
        self._due: list[tuple[datetime, int]] = []
        self._last = 0

    def __len__(self) -> int:
        return len(self._by_number)

    @_alone
    def __iter__(self) -> Iterator[Subscriber]:
        self._settle()
        return iter(list(self._by_number.values()))

    @_alone
    def get(self, subscriber_id: str) -> Subscriber | None:
        self._settle()
        return self._by_id.get(subscriber_id)

    @_alone
    def counts(self) -> dict[str, int]:
        """How many there are in each status that somebody is in."""
        self._settle()
        return dict(Counter(subscriber.status for subscriber in self._by_number.values()))

    @_alone
    def search(self, wanted: Search, *, behind: int = 0, most: int) -> list[Subscriber]:
        """In the order of their coming, from the first one whose number is greater than `behind`."""
        self._settle()
        found = (self._by_number[number] for number in self._index.candidates(wanted, behind=behind))
        return list(islice(filter(wanted.finds, found), most))

    @_alone
    def newest(self, statuses: Iterable[Status], *, most: int) -> list[Subscriber]:
        """The last to come first."""
        self._settle()
        numbers = sorted((n for status in statuses for n in self._index.having("status", status)), reverse=True)
        return [self._by_number[number] for number in numbers[:most]]

    @_alone
    def taken(self, field: str, value: str, *, enterprise: str | None = None, but: Subscriber | None = None) -> bool:
        """Whether one of them has it, or is about to have it; `but` does not count."""
        self._settle()
        key = key_of(field, value)
        holders = (self._by_number[number] for number in self._index.having(field, key)) if key else ()
        return any(
            holder is not but and (enterprise is None or holder.facts["spEnterpriseId"] == enterprise)
            for holder in holders
        )

    # What the API does.

    @_alone
    def accept(self, facts: dict[str, str], *, not_before: datetime) -> Subscriber:
        """A new one; its provisioning begins at `not_before`, if that is to come."""
        now = self.now()
        subscriber = self._new(ids.fresh("SUBSCRIBER"), facts, status="provisioning", at=now)
        self._provision(subscriber, begins=max(now, not_before))
        self._add(subscriber)
        return subscriber

    @_alone
    def add(
        self, facts: dict[str, str], *, end: End = DONE, at: datetime | None = None, self_activated: bool = False
    ) -> Subscriber:
        """Somebody whose provisioning ended at `at`, in whatever way."""
        subscriber_id = ids.steady("SUBSCRIBER", facts["userId"])
        subscriber = self._new(subscriber_id, facts, status=end.status, at=at or self.now())
        subscriber.errors, subscriber.self_activated = end.errors, self_activated
        if end == DONE:
            subscriber.person_id = _person_of(subscriber)
        self._add(subscriber)
        return subscriber

    @_alone
    def update(self, subscriber: Subscriber, facts: dict[str, str]) -> None:
        """The new facts, empty where one goes, show when the update is done."""
        now = self.now()
        end = end_of_update(subscriber.email, wanted=self._switches.subscriber_outcome)
        with self._index.moved(subscriber):
            subscriber.become("updating", now)
            subscriber.wanted = facts
            self._plan(subscriber, end, due=now + self._takes())

    @_alone
    def remove(self, subscriber: Subscriber) -> None:
        self._index.drop(subscriber)
        del self._by_number[subscriber.number], self._by_id[subscriber.id]

    @_alone
    def send_consent_mail(self, subscriber: Subscriber) -> None:
        """409 for whoever is not waited for."""
        self._must_be(subscriber, USER_MIGRATION)
        subscriber.consent_mails += 1

    # What the user does.

    @_alone
    def consented(self, subscriber: Subscriber) -> None:
        self._pass(subscriber, USER_MIGRATION)

    @_alone
    def email_validated(self, subscriber: Subscriber) -> None:
        self._pass(subscriber, EMAIL_VALIDATION)

    @_alone
    def email_given(self, subscriber: Subscriber, email: str) -> None:
        """It must still be validated."""
        self._must_be(subscriber, EMAIL_INPUT)
        if self.taken("email", email, but=subscriber):
            raise Problem(409, "The email is already used by another subscriber.")
        with self._index.moved(subscriber):
            subscriber.facts = {**subscriber.facts, "email": email}
            subscriber.passed |= {EMAIL_INPUT}
            subscriber.become(EMAIL_VALIDATION, self.now())

    # Time.

    def now(self) -> datetime:
        """To the millisecond, as it is shown: whoever asks for what is later than a shown stamp must not find it."""
        now = self._clock.now()
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    def _settle(self) -> None:
        now = self.now()
        while self._due and self._due[0][0] <= now:
            due, number = heappop(self._due)
            subscriber = self._by_number.get(number)
            if subscriber and subscriber.coming and subscriber.coming.due == due:
                with self._index.moved(subscriber):
                    self._end(subscriber, subscriber.coming)

    def _end(self, subscriber: Subscriber, coming: Coming) -> None:
        if coming.end == DONE:
            kept = {**subscriber.facts, **subscriber.wanted}
            subscriber.facts = {name: value for name, value in kept.items() if value}
            subscriber.person_id = subscriber.person_id or _person_of(subscriber)
        subscriber.wanted = {}
        subscriber.coming = None
        subscriber.become(coming.end.status, coming.due, errors=coming.end.errors)

    def _pass(self, subscriber: Subscriber, pause: Status) -> None:
        """The user did what was waited for, and the provisioning goes on."""
        self._must_be(subscriber, pause)
        now = self.now()
        with self._index.moved(subscriber):
            # Whoever has validated an e-mail has given one.
            subscriber.passed |= set(PAUSES[: PAUSES.index(pause) + 1])
            subscriber.become("provisioning", now)
            self._provision(subscriber, begins=now)

    def _provision(self, subscriber: Subscriber, *, begins: datetime) -> None:
        wanted = self._switches.subscriber_outcome
        end = end_of_provisioning(subscriber.email, wanted=wanted, passed=subscriber.passed)
        self._plan(subscriber, end, due=begins + self._takes())

    def _plan(self, subscriber: Subscriber, end: End | None, *, due: datetime) -> None:
        subscriber.coming = Coming(due, end) if end else None
        if end:
            heappush(self._due, (due, subscriber.number))
            self._expect(subscriber.id, (due - self.now()).total_seconds())

    def _takes(self) -> timedelta:
        return timedelta(seconds=self._switches.provisioning_seconds)

    def _new(self, subscriber_id: str, facts: dict[str, str], *, status: Status, at: datetime) -> Subscriber:
        self._last += 1
        return Subscriber(self._last, subscriber_id, facts, status, created=at, changed=at)

    def _add(self, subscriber: Subscriber) -> None:
        self._by_number[subscriber.number] = self._by_id[subscriber.id] = subscriber
        self._index.put(subscriber)

    def _must_be(self, subscriber: Subscriber, status: Status) -> None:
        self._settle()
        if subscriber.status != status:
            raise Problem(409, f"This is for subscribers in {status} only, and this one is {subscriber.status}.")


def _person_of(subscriber: Subscriber) -> str:
    """The Webex user with that e-mail, new or existing: the id is the same as everywhere."""
    return ids.steady("PEOPLE", (subscriber.email or subscriber.facts["userId"]).lower())
