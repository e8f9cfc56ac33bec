"""A process stands still at a moment of its write while others go on, and wakes when it is too late, or almost.

Left out is who wakes between the last look at the time and the first byte, or whose API has not begun after the time
that any call may take: there is nothing left that could be asked whether it is still wanted.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.domain.request import State
from tests.walk.acts import Sleeper
from tests.walk.house import House
from tests.walk.process import Process
from tests.walk.walk import Trap, Walk
from tests.walk.writes import WRITES, Write

LEAST = 150

EARLY = ("claim committed", "connecting", "sending")
LEFT = ("halfway", "sent")
ANSWERED = ("carried out", "record begins")


@dataclass(frozen=True)
class Wake:
    """When it wakes: after some time, or after all that happens by itself, or in the middle of what follows that."""

    name: str
    seconds: int = 0
    closed: bool = False
    again: bool = False
    moment: str = ""


IN_TIME = (Wake("before the deadline", 5), Wake("after the deadline", 60))
AFTER_ALL = (Wake("after all looks"), Wake("after it was closed", closed=True))
AGAIN = (
    Wake("after Send again", again=True),
    *(
        Wake(f"while it is sent again: {moment}", again=True, moment=moment)
        for moment in ("claim committed", "connecting", "sending", "sent", "carried out", "record committed")
    ),
)


@dataclass(frozen=True)
class Step:
    """One write, where its process stands still, when it wakes, and whether it was taken for dead meanwhile."""

    write: Write
    stands: str
    wake: Wake
    reaped: bool

    def __str__(self) -> str:
        reaped = ", taken for dead" if self.reaped else ""
        return f"{self.write.words}: stands still at {self.stands}{reaped}, wakes {self.wake.name}"


def steps() -> Iterator[Step]:
    """The first write at every moment and every time, all others where it may do the most harm."""
    for write in WRITES:
        if write is not WRITES[0]:
            yield from others(write)
            continue
        for stands in (*EARLY, *LEFT, *ANSWERED):
            wakes = IN_TIME if stands in LEFT else (*IN_TIME, *AFTER_ALL)
            # Only what was not done is ever sent again.
            for wake in (*wakes, *(AGAIN if stands in EARLY else ())):
                yield from (Step(write, stands, wake, reaped) for reaped in (False, True))


def others(write: Write) -> Iterator[Step]:
    """Nobody is asked how a change of the bot's own has ended, and it goes over no network."""
    for stands in ("claim committed", "carried out"):
        for wake in (*IN_TIME, *AFTER_ALL, *(AGAIN if write.missed and stands in EARLY else ())):
            if not write.own or not (wake.closed or wake.moment in {"connecting", "sent"}):
                yield Step(write, stands, wake, reaped=not wake.seconds)


STEPS = tuple(steps())


def test_the_walk_is_as_long_as_it_says() -> None:
    assert len(STEPS) >= LEAST


@pytest.mark.parametrize("step", STEPS, ids=str)
def test_who_stood_still_sends_nothing_a_second_time_and_changes_no_true_end(house: House, step: Step) -> None:
    walk, sleeper = Walk(house, step.write), Sleeper()
    walk.ask()
    walk.confirm()
    walk.traps.left.append(Trap(step.stands, sleeper))

    with ThreadPoolExecutor(1) as pool:
        still = asleep(walk, sleeper, pool, reaped=step.reaped)
        try:
            go_on(walk, sleeper, step.wake)
        finally:
            sleeper.wake()
    walk.leave(still)
    walk.rest()

    walk.assert_true()
    walk.assert_ends()
    walk.close()


def asleep(walk: Walk, sleeper: Sleeper, pool: ThreadPoolExecutor, *, reaped: bool) -> Process:
    """The first process works until it stands still, and another one takes over; returns the first."""
    first, job = walk.process, walk.jobs.take()
    assert job
    sleeper.fall_asleep(lambda: first.do(job), pool)
    return walk.take_over(reaped=reaped)


def go_on(walk: Walk, sleeper: Sleeper, wake: Wake) -> None:
    """What the others do, until the time to wake."""
    if wake.seconds:
        until = walk.now + timedelta(seconds=wake.seconds)
        walk.run(until=until)
        walk.pass_to(until)
        return
    walk.rest()
    if wake.closed and walk.state is State.UNKNOWN:
        walk.close_truly()
    if wake.again:
        assert walk.send_again()
    if wake.moment:
        walk.traps.left.append(Trap(wake.moment, sleeper.wake))
        walk.rest()
