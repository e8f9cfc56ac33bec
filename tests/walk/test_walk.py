"""For every write, at every point where something may fail: it happens at most once, and its request ends truly.

There are some 300 points. The first write is walked through all of them; the others through those that stand for
their kind, because what the client makes of an answer is the same for all: some 800 combinations. What people do
meanwhile and processes that stand still are in modules of their own, with more than 600 combinations more.
"""

import pytest

from bot.domain.request import State
from tests.walk.house import House
from tests.walk.points import POINTS, Ends, Point
from tests.walk.walk import Walk
from tests.walk.writes import WRITES, Write, unknown_to_the_walk

LEAST = 550


def takes_place(write: Write, point: Point) -> bool:
    """Whether a write can come to that point, and is to be walked there."""
    return (
        (point.own or not write.own)
        and (write.told or not point.told)
        and (write.asks or not point.asks)
        and point.status not in write.fine
        and point.queues in (None, write.queues)
        and (write is WRITES[0] or not point.same)
    )


STEPS = [(write, point) for write in WRITES for point in POINTS if takes_place(write, point)]


def test_every_operation_that_writes_is_walked() -> None:
    assert unknown_to_the_walk() == set()


def test_no_two_points_are_called_the_same() -> None:
    names = [point.name for point in POINTS]

    assert len(names) == len(set(names))


def test_the_walk_is_as_long_as_it_says() -> None:
    assert len(STEPS) >= LEAST


@pytest.mark.parametrize(("write", "point"), STEPS, ids=str)
def test_a_write_happens_at_most_once_and_its_request_ends_truly(house: House, write: Write, point: Point) -> None:
    walk = Walk(house, write)

    walk.go(point.traps)

    walk.assert_true()
    assert walk.was_done is point.done
    assert walk.state in ends(write, point)
    walk.assert_ends()
    walk.close()


def ends(write: Write, point: Point) -> set[State]:
    """Where it may rest."""
    if point.ends is not Ends.LOST:
        return {State(point.ends.value)}
    if not point.done:
        return {State.UNKNOWN}
    return {State.DONE} if write.found else {State.DONE, State.UNKNOWN}
