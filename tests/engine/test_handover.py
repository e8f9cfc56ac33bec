"""Events become workflows: in order for a person in a space, at once for everybody else, and never lost."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.event import Envelope
from bot.engine.handover import GIVE_UP_AFTER, EventFailed, Handover
from bot.errors import StoreUnavailable, WebexBusy, WebexUnreachable
from bot.store.inbox import Inbox, InboxRow

NOW = datetime(2026, 11, 21, 18, 36, tzinfo=UTC)


class Forgetful(Inbox):
    """An inbox that cannot be written, or read, for the next few times."""

    failing = 0
    blind = 0

    def done(self, sequence: int) -> None:
        if self.failing:
            self.failing -= 1
            raise StoreUnavailable("the disk is full")
        super().done(sequence)

    def waiting(self, limit: int, *, now: datetime, after: int = 0) -> list[InboxRow]:
        if self.blind:
            self.blind -= 1
            raise StoreUnavailable("the disk is gone")
        return super().waiting(limit, now=now, after=after)


class Office:
    """An inbox, a clock that a test moves, and workflows that are one function."""

    def __init__(self, inbox: Forgetful) -> None:
        self.inbox = inbox
        self.now = NOW
        self.started: list[str] = []
        self.work: Callable[[str], Any] = lambda _: None
        self._changed = threading.Condition()
        self._handover: Handover | None = None

    def open(self) -> None:
        """A process begins to hand over."""
        self._handover = Handover(self.inbox, start=self._start, clock=lambda: self.now)
        self._handover.start()

    def close(self) -> None:
        """The process ends."""
        if self._handover is not None:
            self._handover.stop(timeout=5)
            self._handover = None

    def arrives(self, event: str, *, who: str = "ann", room: str = "room") -> None:
        """Webex delivers an event."""
        self.inbox.put(Envelope("messages", "created", event, room, who, who), tracking_id="BOT_1", at=self.now)
        self.wake()

    def move(self, seconds: float) -> None:
        """Time passes."""
        self.now += timedelta(seconds=seconds)
        self.wake()

    def tried_again(self, name: str) -> bool:
        """Let a second pass; tells whether that was long enough for a workflow to be started once more."""
        self.move(1)
        return self.started.count(name) > 1

    def wake(self) -> None:
        if self._handover is not None:
            self._handover.wake()

    def expect(self, *started: str) -> None:
        """Wait until exactly these workflows have been started, in this order."""
        with self._changed:
            self._changed.wait_for(lambda: len(self.started) >= len(started), 5)
        assert self.started == list(started)

    def put_off(self, attempts: int) -> None:
        """Wait until the first event has been put off after so many failures."""

        def so() -> bool:
            [first, *_] = self.inbox.waiting(1, now=self.now + timedelta(days=1))
            return first.try_at is not None and first.try_at > self.now and first.attempts == attempts

        self.wait(so)

    def rest(self) -> None:
        """Wait until nothing is loaded any more."""
        self.wait(lambda: self._handover is not None and self._handover.idle)

    def wait(self, done: Callable[[], Any]) -> None:
        """Wait until something is so."""
        pause = threading.Event()
        for _ in range(1000):
            if done():
                return
            pause.wait(0.005)
        raise AssertionError("It did not come to that.")

    def _start(self, workflow_id: str, _row: InboxRow) -> None:
        name = workflow_id.removeprefix("messages/created/")
        with self._changed:
            self.started.append(name)
            self._changed.notify_all()
        self.work(name)


def failing(*names: str, error: Exception) -> Callable[[str], None]:
    """Workflows of which some fail."""

    def work(name: str) -> None:
        if name in names:
            raise error

    return work


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    inbox = Forgetful(f"sqlite:///{tmp_path}/inbox.sqlite")
    inbox.create()
    found = Office(inbox)
    found.open()
    yield found
    found.close()
    inbox.close()


def test_one_person_in_one_space_is_served_in_order(office: Office) -> None:
    first_may_end = threading.Event()
    office.work = lambda name: first_may_end.wait(5) if name == "1#0" else None
    office.arrives("1")
    office.arrives("2")
    office.expect("1#0")

    first_may_end.set()

    office.expect("1#0", "2#0")


@pytest.mark.parametrize(("who", "room"), [("bob", "room"), ("ann", "another")])
def test_nobody_waits_for_somebody_else_or_for_another_space(office: Office, who: str, room: str) -> None:
    first_may_end = threading.Event()
    office.work = lambda name: first_may_end.wait(5) if name == "1#0" else None
    office.arrives("1")
    office.expect("1#0")

    office.arrives("2", who=who, room=room)

    office.expect("1#0", "2#0")
    first_may_end.set()


def test_what_failed_is_tried_again_later_under_a_new_id_before_what_came_after_it(office: Office) -> None:
    office.work = failing("1#0", "1#1", error=EventFailed("Webex answered 500"))
    office.arrives("1")
    office.arrives("2")
    office.expect("1#0")

    office.put_off(1)
    office.move(1)
    office.expect("1#0", "1#1")
    office.put_off(2)
    office.move(5)

    office.expect("1#0", "1#1", "1#2", "2#0")
    office.rest()
    assert office.inbox.counts() == {"new": 0, "done": 2, "parked": 0}


@pytest.mark.parametrize(
    ("error", "kept"),
    [(EventFailed("Webex answered 500"), "Webex answered 500"), (ValueError("a secret"), "ValueError")],
)
def test_what_fails_five_times_is_parked_with_its_reason_and_holds_up_nothing(
    office: Office, error: Exception, kept: str
) -> None:
    office.work = failing(*(f"1#{turn}" for turn in range(5)), error=error)
    office.arrives("1")
    office.arrives("2")

    for turn in range(4):
        office.expect(*(f"1#{done}" for done in range(turn + 1)))
        office.put_off(turn + 1)
        office.move(600)

    office.expect("1#0", "1#1", "1#2", "1#3", "1#4", "2#0")
    office.rest()
    assert [(row.envelope.id, row.error) for row in office.inbox.parked()] == [("1", kept)]


def test_a_busy_webex_is_waited_for_without_counting_it_as_a_failure(office: Office) -> None:
    office.work = failing("1#0", error=WebexBusy(7))
    office.arrives("1")
    office.put_off(0)

    office.move(6.9)
    office.expect("1#0")
    office.move(0.1)

    office.expect("1#0", "1#1")


def test_what_was_put_off_before_a_restart_is_tried_at_once_and_not_overtaken(office: Office) -> None:
    office.work = failing("1#0", error=EventFailed("Webex answered 500"))
    office.arrives("1")
    office.put_off(1)
    office.close()
    office.arrives("2")

    office.open()

    office.expect("1#0", "1#1", "2#0")
    office.rest()
    assert office.inbox.counts()["new"] == 0


def test_what_cannot_be_marked_is_asked_for_again_under_the_same_id(office: Office) -> None:
    office.inbox.failing = 1
    office.arrives("1")
    office.arrives("2")
    office.wait(lambda: not office.inbox.failing)

    office.wait(lambda: office.tried_again("1#0"))

    office.expect("1#0", "1#0", "2#0")


def test_an_inbox_that_cannot_be_read_for_a_while_is_read_again(office: Office) -> None:
    office.inbox.blind = 1

    office.wake()
    office.wait(lambda: not office.inbox.blind)
    office.arrives("1")

    office.expect("1#0")


def test_an_event_waits_for_a_webex_that_is_away_without_having_failed_and_not_for_ever(office: Office) -> None:
    office.work = failing(*(f"m1#{turn}" for turn in range(9)), error=WebexUnreachable("away"))
    office.arrives("m1")
    office.put_off(0)

    office.move(2)
    office.expect("m1#0", "m1#1")
    office.put_off(0)
    office.now += GIVE_UP_AFTER
    office.wake()

    office.put_off(1)
    office.expect("m1#0", "m1#1", "m1#2")
