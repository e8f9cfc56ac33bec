"""Things that are done some seconds from now."""

from threading import Event, RLock, Thread

from bot.simulator.control.timers import Timers
from tests.simulator.kit import Ticks


def test_what_is_due_is_done_once() -> None:
    ticks, done = Ticks(), list[str]()
    timers = Timers(ticks, lock=RLock())
    timers.plan("a", lambda: done.append("a"), seconds=5)
    timers.plan("b", lambda: done.append("b"), seconds=6)

    ticks.now = 5.0
    timers.look()
    timers.look()

    assert (done, timers.left("a"), timers.left("b")) == (["a"], None, 1.0)
    timers.close()


def test_a_later_plan_replaces_the_earlier_one_and_what_is_forgotten_is_not_done() -> None:
    ticks, done = Ticks(), list[str]()
    timers = Timers(ticks, lock=RLock())
    timers.plan("a", lambda: done.append("first"), seconds=1)
    timers.plan("a", lambda: done.append("second"), seconds=2)
    timers.plan("b", lambda: done.append("b"), seconds=1)
    timers.forget("b")

    ticks.now = 9.0
    timers.look()

    assert done == ["second"]
    timers.close()


def test_nobody_needs_to_look() -> None:
    done, timers = Event(), Timers(lock=RLock())

    timers.plan("a", done.set, seconds=0.01)

    assert done.wait(10)
    timers.close()


def test_whoever_looks_finds_done_what_another_thread_has_begun() -> None:
    seen, timers = list[str](), Timers(lock=RLock())

    def look() -> None:
        timers.look()
        seen.append("looked")

    def then() -> None:
        looking.start()
        # That a thread waits cannot be seen; one that does not wait would be through by then.
        looking.join(0.1)
        seen.append("done")
        ended.set()

    looking, ended = Thread(target=look), Event()
    timers.plan("a", then, seconds=0.01)
    assert ended.wait(10)
    looking.join(10)

    assert seen == ["done", "looked"]
    timers.close()


def test_what_is_done_may_look_again() -> None:
    ticks, done = Ticks(), list[str]()
    timers = Timers(ticks, lock=RLock())

    def then() -> None:
        timers.look()
        done.append("a")

    timers.plan("a", then, seconds=1)

    ticks.now = 1.0
    timers.look()

    assert done == ["a"]
    timers.close()


def test_what_is_due_is_done_with_the_lock_held_so_that_its_holder_may_look_too() -> None:
    lock, done = RLock(), Event()
    timers = Timers(lock=lock)

    with lock:
        timers.plan("a", done.set, seconds=0.01)
        assert not done.wait(0.1)
        timers.look()
        assert done.is_set()
    timers.close()


def test_after_closing_nothing_is_done() -> None:
    ticks, done = Ticks(), list[str]()
    timers = Timers(ticks, lock=RLock())
    timers.plan("a", lambda: done.append("a"), seconds=1)

    timers.close()
    ticks.now = 9.0
    timers.look()

    assert done == []
