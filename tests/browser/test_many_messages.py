"""A space in which very much was said: little of it is drawn at a time, and all of it can be reached."""

import pytest
from playwright.sync_api import expect

from bot.simulator import Simulator
from tests.browser.cards import FORM
from tests.browser.conftest import Chat, OpenWindow, Window
from tests.browser.crowd import fill

pytestmark = pytest.mark.browser

MANY = 5000
FEW_NODES = 6000
"""Of the whole page, however much was said: drawn whole, the conversation would have twenty times as many."""

AT_TOP = """() => {
  const edge = scroller.getBoundingClientRect().top;
  const top = [...document.querySelectorAll("#messages .message")].find(
    (message) => message.getBoundingClientRect().bottom > edge,
  );
  return [top.dataset.messageId, Math.round(top.getBoundingClientRect().top - edge)];
}"""

SCROLL_BACK = """async () => {
  const older = document.getElementById("older");
  for (const until = Date.now() + 30000; Date.now() < until; ) {
    scroller.scrollTop = 0;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    if (older.hidden && scroller.scrollTop === 0) return true;
  }
  return false;
}"""
READ_AHEAD = """async () => {
  while (scroller.scrollTop < 3000) await new Promise(requestAnimationFrame);
}"""


def scroll_back(window: Window) -> None:
    """All the way, as somebody does who drags the bar up again and again."""
    assert window.page.evaluate(SCROLL_BACK), "The beginning was never reached."


def nodes(window: Window) -> int:
    return int(window.page.evaluate("document.querySelectorAll('*').length"))


def test_the_newest_of_very_many_are_there_first_and_the_very_first_can_be_reached(
    window: OpenWindow, sim: Simulator, chat: Chat
) -> None:
    fill(sim, MANY)
    ann = window("ann/support")
    expect(ann.messages.last).to_contain_text(f"Number {MANY - 1}")
    expect(ann.messages.last).to_be_in_viewport()
    expect(ann.messages).to_have_count(50)
    ann.composer.fill("A draft")

    scroll_back(ann)
    ann.page.evaluate("scroller.scrollTop = 0")

    expect(ann.page.get_by_text("Number 0", exact=True)).to_be_in_viewport()
    assert nodes(ann) < FEW_NODES
    expect(ann.composer).to_have_value("A draft")
    place = ann.page.evaluate(AT_TOP)
    chat.say("bob", "Just now")
    newest = ann.page.get_by_role("button", name="New messages")
    expect(newest).to_be_visible()
    assert ann.page.evaluate(AT_TOP) == place
    newest.click()
    expect(ann.page.get_by_text("Just now", exact=True)).to_be_in_viewport()
    assert nodes(ann) < FEW_NODES


def test_what_is_read_stays_where_it_is_while_older_ones_come(window: OpenWindow, sim: Simulator) -> None:
    fill(sim, 600)
    ann = window("ann/support")
    expect(ann.messages).to_have_count(50)

    ann.page.evaluate("scroller.scrollTop = 900")
    message, offset = ann.page.evaluate(AT_TOP)
    ann.page.evaluate(READ_AHEAD)

    # A screen scrolls by whole pixels.
    assert ann.page.evaluate(AT_TOP) == [message, pytest.approx(offset, abs=2)]


def test_the_button_for_earlier_messages_works_with_the_keyboard(window: OpenWindow, sim: Simulator) -> None:
    fill(sim, 100)
    ann = window("ann/support")
    expect(ann.messages).to_have_count(50)

    ann.page.locator("#older").evaluate("button => { button.focus({ preventScroll: true }); button.click(); }")

    expect(ann.messages).to_have_count(100)
    expect(ann.page.locator("#announcer")).to_have_text("50 earlier messages are here.")
    expect(ann.page.locator("#scroller")).to_be_focused()


def test_a_form_far_away_keeps_what_was_typed_and_the_keyboard(window: OpenWindow, sim: Simulator, chat: Chat) -> None:
    fill(sim, 900)
    form_id = chat.show(FORM)
    ann = window("ann/support")
    ann.card(form_id).get_by_label("Name").press_sequentially("Zo")

    scroll_back(ann)
    ann.page.keyboard.type("e")

    expect(ann.card(form_id).get_by_label("Name")).to_have_value("Zoe")
    ann.page.locator("#scroller").evaluate("scroller => scroller.focus({ preventScroll: true })")
    ann.page.evaluate("scroller.scrollTop = 100")
    expect(ann.card(form_id)).to_have_count(0)
    ann.page.evaluate("scroller.scrollTop = scroller.scrollHeight")
    expect(ann.card(form_id).get_by_label("Name")).to_have_value("Zoe")


def test_a_sent_message_brings_its_writer_back_to_the_end(window: OpenWindow, sim: Simulator) -> None:
    fill(sim, 900)
    ann = window("ann/support")
    scroll_back(ann)

    ann.composer.fill("Here I am")
    ann.composer.press("Enter")

    expect(ann.page.get_by_text("Here I am", exact=True)).to_be_in_viewport()


def test_a_gap_that_nobody_has_read_is_closed_by_reading_back(window: OpenWindow, sim: Simulator, chat: Chat) -> None:
    chat.say("bob", "Long ago")
    ann = window("ann/support")
    expect(ann.messages).to_have_count(1)

    ann.page.context.set_offline(True)
    sim.feed.disconnect()
    missed = 70
    for number in range(missed):
        chat.say("cleo", f"Meanwhile {number}")
    ann.page.context.set_offline(False)

    expect(ann.page.get_by_text(f"Meanwhile {missed - 1}", exact=True)).to_be_in_viewport()
    expect(ann.messages).to_have_count(50)
    scroll_back(ann)
    expect(ann.messages).to_have_count(missed + 1)
    ann.complaints.clear()
