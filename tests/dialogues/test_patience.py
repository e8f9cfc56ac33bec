"""A call that takes long delays nobody else, and whoever asked is kept informed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.engine.queues import POSTS
from bot.services.context import Rules
from bot.testing.talking import Chat
from tests.dialogues.scenes import VALIDATE, form


def hasty(rules: Rules) -> Rules:
    """People wait less than usual."""
    return replace(rules, patience=timedelta(seconds=0.1), notice_after=timedelta(seconds=0.2))


@pytest.fixture
def chat(special_chat: Callable[..., Chat]) -> Chat:
    """A chat with a bot that tells early that it is still working."""
    return special_chat(rules=hasty)


def test_a_call_that_hangs_delays_nobody_else_in_the_space(chat: Chat) -> None:
    chat.space("support")
    hanging = chat.fault(service="broadworks", kind="hang", path=VALIDATE, times=1, seconds=30)
    chat.say("ann", "check ann@example.com", space="support")
    chat.bot.simulator.wait_for(lambda: hanging.waiting)

    chat.say("bob", "check bob@example.com", space="support")

    chat.expect("support", "Webex expects this to work", "bob@example.com")
    assert hanging.waiting == 1
    hanging.release()


def test_a_long_check_shows_that_it_goes_on_and_becomes_the_answer_which_is_announced(chat: Chat) -> None:
    room = chat.space("support")
    hanging = chat.fault(service="broadworks", kind="hang", path=VALIDATE, times=1, seconds=30)
    asked = chat.say("ann", "check ann@example.com", space="support")

    progress = chat.expect("support", "Working on it…", "ann@example.com")
    chat.settle(queue=POSTS)
    hanging.release()

    answer = chat.expect_on(progress, "Webex expects this to work")
    line = chat.expect("support", "precheck subscriber: done.")
    assert answer.parent_id == line.parent_id == asked
    assert line.message["mentionedPeople"] == [chat.people["ann"].id]
    assert line.message["roomId"] == room


def test_a_form_shows_that_its_check_goes_on_and_becomes_the_answer(chat: Chat) -> None:
    hanging = chat.fault(service="broadworks", kind="hang", path=VALIDATE, times=1, seconds=30)
    shown = form(chat, "precheck")
    chat.submit("ann", shown, "Check", email="ann@example.com")

    chat.expect_on(shown, "Working on it…")
    hanging.release()

    chat.expect_on(shown, "Webex expects this to work")


def test_a_restart_during_a_long_check_loses_nothing(chat: Chat) -> None:
    hanging = chat.fault(service="broadworks", kind="hang", path=VALIDATE, times=1, seconds=30)
    chat.say("ann", "check ann@example.com")
    progress = chat.expect("ann", "Working on it…")

    with chat.held():
        hanging.release()
        chat.bot.restart()

    chat.expect_on(progress, "Webex expects this to work")


def test_a_quick_answer_is_one_message_and_no_line_beside_it(chat: Chat) -> None:
    chat.say("ann", "help")

    chat.expect("ann", "What I can do")
    chat.settle()
    assert len(chat.shown("ann")) == 1
