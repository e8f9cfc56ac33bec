"""Finds subscribers by what a search may ask for, without looking at all of them."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from heapq import merge
from typing import TypeVar

from bot.simulator.provisioning.compare import key_of
from bot.simulator.provisioning.subscriber import Subscriber
from bot.simulator.provisioning.subscriber_search import Search

_CLAIMED = ("userId", "email", "primaryPhoneNumber", "extension")
_NOBODY: list[int] = []

Moments = list[tuple[datetime, int]]
T = TypeVar("T", int, tuple[datetime, int])


class Index:
    """The numbers of subscribers, in order, under each of their values and by the moments they have.

    What an update has asked for is indexed as well: it is taken from then on.
    """

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self._of: dict[tuple[str, str], list[int]] = {}
        self._created: Moments = []
        self._changed: Moments = []

    def put(self, subscriber: Subscriber) -> None:
        insort(self.numbers, subscriber.number)
        insort(self._created, (subscriber.created, subscriber.number))
        insort(self._changed, (subscriber.changed, subscriber.number))
        for key in _keys(subscriber):
            insort(self._of.setdefault(key, []), subscriber.number)

    def drop(self, subscriber: Subscriber) -> None:
        _take(self.numbers, subscriber.number)
        _take(self._created, (subscriber.created, subscriber.number))
        _take(self._changed, (subscriber.changed, subscriber.number))
        for key in _keys(subscriber):
            held = self._of[key]
            _take(held, subscriber.number)
            if not held:
                del self._of[key]

    @contextmanager
    def moved(self, subscriber: Subscriber) -> Iterator[None]:
        """Whatever of the subscriber is changed inside is found under its new value afterwards."""
        self.drop(subscriber)
        try:
            yield
        finally:
            self.put(subscriber)

    def having(self, field: str, value: str) -> list[int]:
        """Those with a value, as `key_of` makes it."""
        return self._of.get((field, value), _NOBODY)

    def candidates(self, search: Search, *, behind: int) -> Iterable[int]:
        """In order, from the first after `behind`: all that the search finds, and perhaps more.

        They are looked up by the filter that leaves the fewest.
        """
        _, look_up = min(self._choices(search), key=lambda choice: choice[0])
        return look_up(behind)

    def _choices(self, search: Search) -> Iterator[tuple[int, Callable[[int], Iterable[int]]]]:
        """For each filter, how many it leaves, and how to look them up."""
        yield len(self.numbers), partial(_merged, [self.numbers])
        for field, value in search.values.items():
            held = self.having(field, value)
            yield len(held), partial(_merged, [held])
        if search.statuses:
            lists = [self.having("status", status) for status in search.statuses]
            yield sum(map(len, lists)), partial(_merged, lists)
        for moments, after in ((self._created, search.created_after), (self._changed, search.changed_after)):
            if after is not None:
                start = bisect_right(moments, after, key=lambda entry: entry[0])
                yield len(moments) - start, partial(_since, moments, start)


def _merged(lists: list[list[int]], behind: int) -> Iterable[int]:
    return merge(*(_rest(numbers, behind) for numbers in lists))


def _rest(numbers: list[int], behind: int) -> Iterator[int]:
    return (numbers[at] for at in range(bisect_right(numbers, behind), len(numbers)))


def _since(moments: Moments, start: int, behind: int) -> Iterable[int]:
    return sorted(number for _, number in moments[start:] if number > behind)


def _keys(subscriber: Subscriber) -> set[tuple[str, str]]:
    facts = subscriber.facts
    keys = {
        ("spEnterpriseId", facts["spEnterpriseId"]),
        ("provisioningId", facts["provisioningId"]),
        ("status", subscriber.status),
        ("selfActivated", str(subscriber.self_activated)),
        *_claims(facts),
        *_claims(subscriber.wanted),
    }
    if subscriber.person_id:
        keys.add(("personId", subscriber.person_id))
    return keys


def _claims(facts: dict[str, str]) -> Iterable[tuple[str, str]]:
    for field in _CLAIMED:
        if key := key_of(field, facts.get(field, "")):
            yield field, key


def _take(held: list[T], value: T) -> None:
    del held[bisect_left(held, value)]
