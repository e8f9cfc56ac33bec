"""Whatever people press while a write is on its way: it happens at most once, and its request ends truly."""

from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest

from bot.domain.request import State
from bot.services import requests
from tests.walk import acts
from tests.walk.acts import Act, answers, die, in_vain, raises, switch
from tests.walk.house import House
from tests.walk.points import POINTS, Ends, Point, deaths
from tests.walk.test_walk import takes_place
from tests.walk.walk import Trap, Walk
from tests.walk.writes import WRITES, Write

LEAST = 300

# While it is on its way.

MOMENTS = ("claim begins", "claim committed", "connecting", "sending", "sent", "carried out", "record committed")
PRESSES: dict[str, Act] = {
    "its button once more": acts.confirm,
    "Cancel": acts.presses(requests.withdraw),
    "Check": acts.presses(requests.check),
    "Close": acts.presses(requests.close, ended="failed", comment=""),
    "Send again": acts.presses(requests.send_again),
}
TWINS = {"twin": acts.twin, "twin elsewhere": acts.twin_elsewhere}


def interruptions() -> Iterator[tuple[Write, str, str]]:
    """The first write at every moment, all others where they are about to be sent and where they were done."""
    for write in WRITES:
        for moment in MOMENTS if write is WRITES[0] else ("claim committed", "carried out"):
            yield from ((write, moment, name) for name in (*PRESSES, *TWINS))


INTERRUPTIONS = tuple(interruptions())


@pytest.mark.parametrize(("write", "moment", "what"), INTERRUPTIONS, ids=str)
def test_nothing_that_is_pressed_or_done_meanwhile_disturbs_a_write(
    house: House, write: Write, moment: str, what: str
) -> None:
    walk = Walk(house, write)
    act = TWINS.get(what) or in_vain(PRESSES[what])

    walk.go([Trap(moment, act)])

    walk.assert_true()
    assert (walk.state, walk.was_done) == (State.DONE, True)
    walk.close()


# While it waits.


@dataclass(frozen=True)
class Waiting:
    """How it comes to wait: the operator has writes off from the end of the job that meets these traps."""

    name: str
    traps: tuple[Trap, ...]
    own: bool = False

    def __str__(self) -> str:
        return self.name


OFF = Trap("record committed", switch(on=False))
WAITINGS = (
    Waiting("off from the start", (), own=True),
    Waiting("off when it is to go again as Webex was busy", (Trap("sent", answers(429)), OFF)),
    Waiting("off when it is to go again as it never left", (Trap("connecting", raises(httpx.ConnectError)), OFF)),
)
HELD = [(write, each) for write in WRITES for each in WAITINGS if each.own or not write.own]


def held(house: House, write: Write, waiting: Waiting) -> Walk:
    """A write that waits for the operator to switch writes on."""
    walk = Walk(house, write)
    walk.switch(on=bool(waiting.traps))
    walk.go(waiting.traps)
    assert "Writes are switched off." in walk.card.text
    assert (walk.state, walk.was_done, walk.tally.uncertain) == (State.APPROVED, False, 0)
    return walk


@pytest.mark.parametrize(("write", "waiting"), HELD, ids=str)
def test_what_waits_for_the_switch_goes_once_it_is_on(house: House, write: Write, waiting: Waiting) -> None:
    walk = held(house, write, waiting)

    walk.switch(on=True)
    walk.restart()
    walk.rest()

    walk.assert_true()
    assert (walk.state, walk.was_done) == (State.DONE, True)
    walk.close()


@pytest.mark.parametrize(("write", "waiting"), HELD, ids=str)
def test_what_waits_for_the_switch_and_was_cancelled_is_never_sent(
    house: House, write: Write, waiting: Waiting
) -> None:
    walk = held(house, write, waiting)

    walk.press(requests.withdraw)
    walk.switch(on=True)
    walk.restart()
    walk.rest()

    walk.assert_true()
    assert (walk.state, walk.was_done) == (State.WITHDRAWN, False)
    walk.close()


POSTPONED = [
    pytest.param(write, moment, act, id=f"{write}-{moment}")
    for write in WRITES
    if not write.own
    for moment, act in (("sent", answers(429)), ("connecting", raises(httpx.ConnectError)))
]


@pytest.mark.parametrize(("write", "moment", "act"), POSTPONED)
def test_what_was_put_off_and_cancelled_is_never_sent(house: House, write: Write, moment: str, act: Act) -> None:
    walk = Walk(house, write)

    walk.go([Trap(moment, act), Trap("record committed", acts.presses(requests.withdraw))])

    walk.assert_true()
    assert (walk.state, walk.was_done) == (State.WITHDRAWN, False)
    walk.close()


@pytest.mark.parametrize("write", WRITES, ids=str)
@pytest.mark.parametrize("moment", ["claim committed", "sending", "carried out", "record begins"])
def test_what_is_on_its_way_already_is_not_stopped_by_the_switch(house: House, write: Write, moment: str) -> None:
    walk = Walk(house, write)

    walk.go([Trap(moment, switch(on=False))])

    walk.assert_true()
    assert (walk.state, walk.was_done) == (State.DONE, True)
    walk.close()


# As soon as it is offered.

MISSED = [write for write in WRITES if write.missed]
LOST = [point for point in POINTS if point.ends is Ends.LOST and not point.same]
HASTY = [
    (write, point)
    for write in MISSED
    for point in LOST
    if takes_place(write, point) and (write is WRITES[0] or len(point.traps) == 1)
]


@pytest.mark.parametrize(("write", "point"), HASTY, ids=str)
def test_who_presses_send_again_as_soon_as_it_is_there_has_it_done_once(
    house: House, write: Write, point: Point
) -> None:
    walk = Walk(house, write, hasty=True)

    walk.go(point.traps)

    walk.assert_true()
    assert (walk.state, walk.was_done, walk.again) == (State.DONE, True, 0 if point.done else 1)
    walk.close()


@pytest.mark.parametrize("write", [write for write in MISSED if not write.own], ids=str)
@pytest.mark.parametrize("death", [each for each in deaths() if len(each.traps) == 1], ids=str)
def test_what_is_sent_again_may_meet_the_same_fate(house: House, write: Write, death: Point) -> None:
    walk = Walk(house, write, hasty=True)
    lost = [Trap("sent", raises(httpx.ReadError)), Trap("record committed", acts.nothing)]

    walk.go([*lost, Trap(death.traps[0].moment, die)])

    walk.assert_true()
    assert walk.was_done is death.done
    walk.assert_ends()
    walk.close()


def test_the_walk_is_as_long_as_it_says() -> None:
    assert len(INTERRUPTIONS) + 2 * len(HELD) + len(POSTPONED) + len(HASTY) >= LEAST
