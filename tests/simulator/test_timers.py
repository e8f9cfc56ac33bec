"""Things that are done some seconds from now."""

from threading import Event

from bot.simulator.control.timers import Timers
from tests.simulator.kit import Ticks


def test_what_is_due_is_done_once() -> None:
    ticks, done = Ticks(), list[str]()
    timers = Timers(ticks)
    timers.plan("a", lambda: done.append("a"), seconds=5)
    timers.plan("b", lambda: done.append("b"), seconds=6)

    ticks.now = 5.0
    timers.look()
    timers.look()

    assert (done, timers.left("a"), timers.left("b")) == (["a"], None, 1.0)
    timers.close()


def test_a_later_plan_replaces_the_earlier_one_and_what_is_forgotten_is_not_done() -> None:
    ticks, done = Ticks(), list[str]()
    timers = Timers(ticks)
    timers.plan("a", lambda: done.append("first"), seconds=1)
    timers.plan("a", lambda: done.append("second"), seconds=2)
    timers.plan("b", lambda: done.append("b"), seconds=1)
    timers.forget("b")

    ticks.now = 9.0
    timers.look()

    assert done == ["second"]
    timers.close()


def test_nobody_needs_to_look() -> None:
    done, timers = Event(), Timers()

    timers.plan("a", done.set, seconds=0.01)

    assert done.wait(10)
    timers.close()


def test_after_closing_nothing_is_done() -> None:
    ticks, done = Ticks(), list[str]()
    timers = Timers(ticks)
    timers.plan("a", lambda: done.append("a"), seconds=1)

    timers.close()
    ticks.now = 9.0
    timers.look()

    assert done == []
