"""The line at the end of a conversation that says whether the bot is at work there, or hears anything at all."""

import pytest
from playwright.sync_api import Locator, expect

from bot.simulator import Simulator
from tests.browser.cards import FORM
from tests.browser.conftest import Chat, OpenWindow, Window, attachment

pytestmark = pytest.mark.browser


class Process:
    """A bot that can be killed and started, and does nothing."""

    def __init__(self) -> None:
        self.running = True

    def kill(self) -> None:
        self.running = False

    def start(self) -> None:
        self.running = True


def hint(window: Window) -> Locator:
    return window.page.get_by_test_id("typing")


def mention(chat: Chat, who: str, **more: str) -> str:
    return chat.say(who, "", markdown=f"<@personId:{chat.sim.bot.id}|Provisioning> help", **more)


def test_a_question_is_worked_on_until_it_is_answered(window: OpenWindow, chat: Chat) -> None:
    ann = window("ann/ann")
    expect(hint(ann)).to_be_empty()

    ann.composer.fill("help")
    ann.composer.press("Enter")

    expect(hint(ann)).to_have_text("Provisioning is working")
    expect(hint(ann)).to_have_role("status")
    expect(hint(ann)).to_be_in_viewport()
    chat.say("bot", "What I can do", roomId=chat.sim.spaces["ann"])
    expect(hint(ann)).to_be_empty()


def test_everybody_in_the_space_sees_it_and_nobody_elsewhere(window: OpenWindow, chat: Chat) -> None:
    ann, bob, cleo = window("ann/support"), window("bob/support"), window("cleo/cleo")

    mention(chat, "ann")

    expect(hint(ann)).to_contain_text("Provisioning is working")
    expect(hint(bob)).to_contain_text("Provisioning is working")
    expect(hint(cleo)).to_be_empty()
    cleo.page.get_by_test_id("space-support").click()
    expect(hint(cleo)).to_contain_text("Provisioning is working")


def test_words_that_the_bot_does_not_hear_are_not_worked_on(window: OpenWindow, chat: Chat) -> None:
    ann = window("ann/support")

    ann.composer.fill("among us")
    ann.composer.press("Enter")

    expect(ann.messages).to_have_count(1)
    expect(hint(ann)).to_be_empty()


def test_a_press_is_worked_on_until_the_card_changes(window: OpenWindow, chat: Chat) -> None:
    ann = window("ann/support")
    message_id = chat.show(FORM)

    ann.card(message_id).get_by_role("button", name="Cancel").click()

    expect(hint(ann)).to_contain_text("Provisioning is working")
    chat.edit(message_id, attachments=[attachment({**FORM, "body": FORM["body"][:1]})])
    expect(hint(ann)).to_be_empty()


def test_a_long_wait_is_said_and_then_given_up(window: OpenWindow, chat: Chat) -> None:
    ann = window("ann/support")
    ann.page.clock.install()

    mention(chat, "ann")
    expect(hint(ann)).to_have_text("Provisioning is working")
    ann.page.clock.fast_forward(16_000)

    expect(hint(ann)).to_have_text("Provisioning is still working")
    ann.page.clock.fast_forward(45_000)
    expect(hint(ann)).to_be_empty()


def test_a_bot_that_is_not_running_is_said_to_hear_nothing(window: OpenWindow, chat: Chat) -> None:
    chat.sim.bot_process = Process()
    ann = window("ann/support")
    mention(chat, "ann")
    expect(hint(ann)).to_contain_text("Provisioning is working")

    chat.sim.steering.kill()

    expect(hint(ann)).to_contain_text("Provisioning is not running. It does not hear what you say now")
    bob = window("bob/support")
    expect(hint(bob)).to_contain_text("Provisioning is not running")
    chat.sim.steering.start()
    expect(hint(ann)).to_be_empty()
    expect(hint(bob)).to_be_empty()


def test_nothing_moves_for_whoever_wants_it_still(window: OpenWindow, sim: Simulator, chat: Chat) -> None:
    ann = window("ann/support", reduced_motion="reduce")

    mention(chat, "ann")

    expect(hint(ann).locator("i").first).to_have_css("animation-name", "none")
