"""Whoever watches the engine is told when it rests."""

from bot.engine.queues import API, POSTS
from bot.testing.talking import Chat
from tests.dialogues.scenes import VALIDATE, form


def test_work_that_was_put_off_is_no_work_and_work_under_way_is(chat: Chat) -> None:
    form(chat, "precheck")
    chat.settle()
    engine = chat.bot.application.engine
    hanging = chat.fault(service="broadworks", kind="hang", path=VALIDATE, times=1, seconds=30)

    assert any(kind == "lapse" for kind, _ in engine.waiting())
    assert engine.resting()
    chat.say("ann", "precheck one@example.com")
    chat.bot.simulator.wait_for(lambda: hanging.waiting)

    assert not engine.resting()
    assert not engine.resting(API)
    chat.until(lambda: engine.resting(POSTS))
    hanging.release()
    chat.settle()
    assert engine.resting(API)


def test_an_event_that_waits_for_another_try_is_no_rest(fresh_chat: Chat) -> None:
    with fresh_chat.held():
        fresh_chat.say("ann", "help")
        fresh_chat.fault(service="webex", kind="status", method="GET", path="/messages/.*", times=1, status=500)
    application = fresh_chat.bot.application
    fresh_chat.bot.simulator.wait_for(lambda: not fresh_chat.bot.simulator.faults.current())

    assert not application.engine.resting()
    fresh_chat.expect("ann", "What I can do")
    fresh_chat.until(application.engine.resting)
