"""What people do with their own words on the playground's page: write them, edit them, take them back."""

import pytest
from playwright.sync_api import Locator, expect

from bot.simulator import Simulator
from tests.browser.cards import FORM
from tests.browser.conftest import Chat, OpenWindow, Window, attachment

pytestmark = pytest.mark.browser

MOST = 7439


def act(window: Window, message: Locator, what: str) -> None:
    message.hover()
    message.get_by_test_id("own").click()
    window.page.get_by_role("menuitem", name=what).click()


def test_only_ones_own_messages_can_be_changed(window: OpenWindow, chat: Chat) -> None:
    chat.say("ann", "Mine")
    chat.say("bob", "Yours")

    ann = window("ann/support")

    expect(ann.messages.first.get_by_test_id("own")).to_have_count(1)
    expect(ann.messages.last.get_by_test_id("own")).to_have_count(0)


def test_an_edit_is_seen_by_everybody_and_marked(window: OpenWindow, chat: Chat) -> None:
    chat.say("ann", "Tomorow")
    ann, bob = window("ann/support"), window("bob/support")
    ann.composer.fill("Half a thought")

    act(ann, ann.messages.first, "Edit")
    expect(ann.composer).to_have_value("Tomorow")
    expect(ann.composer).to_be_focused()
    expect(ann.page.get_by_role("button", name="Attach a file")).to_be_hidden()
    ann.composer.fill("Tomorrow")
    ann.composer.press("Enter")

    for one in (ann, bob):
        expect(one.messages).to_contain_text("Tomorrow")
        expect(one.messages).to_contain_text("Edited")
    # What was being written is there again.
    expect(ann.composer).to_have_value("Half a thought")


def test_an_edit_can_be_given_up(window: OpenWindow, sim: Simulator, chat: Chat) -> None:
    chat.say("ann", "As it was")
    ann = window("ann/support")

    act(ann, ann.messages.first, "Edit")
    ann.composer.fill("Otherwise")
    ann.composer.press("Escape")

    expect(ann.composer).to_have_value("")
    expect(ann.page.get_by_text("Editing your message")).to_be_hidden()
    (message,) = sim.world.messages.values()
    assert (message.text, message.edits) == ("As it was", 0)


def test_the_up_arrow_edits_the_last_own_message_with_its_mention(window: OpenWindow, sim: Simulator) -> None:
    ann = window("ann/support")
    name = sim.bot.display_name
    ann.composer.fill(f"@{name} precheck *a*")
    ann.composer.press("Enter")
    expect(ann.messages).to_have_count(1)

    ann.composer.press("ArrowUp")
    expect(ann.composer).to_have_value(f"@{name} precheck *a*")
    ann.composer.press_sequentially("_b")
    ann.composer.press("Enter")

    expect(ann.messages).to_contain_text(f"@{name} precheck *a*_b")
    (message,) = sim.world.messages.values()
    assert (message.text, message.mentioned_people) == (f"{name} precheck *a*_b", (sim.bot.id,))
    assert ann.page.get_by_test_id("typing").text_content() != ""


def test_markdown_of_ones_own_is_edited_as_it_was_written(window: OpenWindow, sim: Simulator, chat: Chat) -> None:
    chat.say("ann", "", markdown="**bold** words")
    ann = window("ann/support")

    ann.composer.press("ArrowUp")
    expect(ann.composer).to_have_value("**bold** words")
    ann.composer.press_sequentially(" more")
    ann.composer.press("Enter")

    expect(ann.messages).to_contain_text("bold words more")
    (message,) = sim.world.messages.values()
    assert message.markdown == "**bold** words more"


def test_an_edit_that_webex_refuses_comes_back(window: OpenWindow, sim: Simulator, chat: Chat) -> None:
    message_id = chat.say("ann", "Once")
    sim.world.messages[message_id].edits = 10
    ann = window("ann/support")

    ann.composer.press("ArrowUp")
    ann.composer.fill("Twice")
    ann.composer.press("Enter")

    expect(ann.page.get_by_role("alert").filter(has_text="reached its edit limit")).to_be_visible()
    expect(ann.composer).to_have_value("Twice")
    expect(ann.page.get_by_text("Editing your message")).to_be_visible()
    ann.complaints.clear()


def test_a_message_is_deleted_only_when_that_is_said_twice(window: OpenWindow, sim: Simulator, chat: Chat) -> None:
    chat.say("ann", "Oops")
    ann, bob = window("ann/support"), window("bob/support")

    act(ann, ann.messages.first, "Delete")
    keep = ann.page.get_by_role("button", name="Keep it")
    expect(keep).to_be_focused()
    keep.press("Enter")
    expect(keep).to_be_hidden()
    assert len(sim.world.messages) == 1
    act(ann, ann.messages.first, "Delete")
    ann.page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()

    expect(ann.messages).to_have_count(0)
    expect(bob.messages).to_have_count(0)


def test_the_menu_works_with_the_keyboard_alone(window: OpenWindow, chat: Chat) -> None:
    chat.say("ann", "Mine")
    ann = window("ann/support")
    button = ann.messages.first.get_by_test_id("own")

    button.focus()
    button.press("Enter")
    expect(ann.page.get_by_role("menuitem", name="Edit")).to_be_focused()
    ann.page.keyboard.press("ArrowDown")
    expect(ann.page.get_by_role("menuitem", name="Delete")).to_be_focused()
    ann.page.keyboard.press("Escape")

    expect(button).to_be_focused()
    expect(ann.page.get_by_role("menuitem")).to_have_count(0)


def test_the_size_is_counted_in_the_bytes_that_are_sent(window: OpenWindow, sim: Simulator) -> None:
    ann = window("ann/support")
    counter, send = ann.page.get_by_test_id("counter"), ann.page.get_by_test_id("send")

    ann.composer.fill("x" * 6000)
    expect(counter).to_be_empty()
    ann.composer.fill("é" * 3506)
    expect(counter).to_have_text("7,012 of 7,439 bytes")
    expect(ann.page.get_by_role("status").filter(has_text="Nearly as long as Webex takes")).to_be_attached()
    ann.composer.fill("é" * 3720)
    expect(counter).to_have_text("7,440 of 7,439 bytes")
    expect(send).to_have_attribute("aria-disabled", "true")
    ann.composer.press("Enter")

    expect(ann.page.get_by_role("alert").filter(has_text="too long")).to_be_visible()
    assert len(sim.world.messages) == 0
    # The markup of a mention is sent too.
    markup = len(f"<@personId:{sim.bot.id}|{sim.bot.display_name}> ")
    ann.composer.fill(f"@{sim.bot.display_name} " + "x" * (MOST - markup + 1))
    expect(counter).to_have_text("7,440 of 7,439 bytes")
    ann.composer.press("Backspace")
    expect(counter).to_have_text("7,439 of 7,439 bytes")
    ann.composer.press("Enter")
    expect(ann.messages).to_have_count(1)


def test_what_one_says_in_a_row_stands_under_one_name(window: OpenWindow, chat: Chat) -> None:
    for who, words in (("bob", "One"), ("bob", "Two"), ("cleo", "Three"), ("bob", "Four")):
        chat.say(who, words)

    ann = window("ann/support")

    expect(ann.page.locator(".follows")).to_have_count(1)
    expect(ann.page.locator(".follows")).to_contain_text("Two")
    expect(ann.page.locator(".follows .avatar")).to_be_hidden()


def test_a_half_filled_form_waits_for_its_person(window: OpenWindow, chat: Chat) -> None:
    form_id = chat.show(FORM)
    ann = window("ann/support")
    form = ann.card(form_id)
    form.get_by_label("Name").fill("Zoe")
    form.get_by_role("button", name="Remark").click()
    form.get_by_label("Your words").fill("By the window")

    ann.page.get_by_test_id("person-bob").click()
    expect(form.get_by_label("Name")).to_have_value("")
    form.get_by_label("Name").fill("Bob's")
    ann.page.get_by_test_id("person-ann").click()

    expect(form.get_by_label("Name")).to_have_value("Zoe")
    expect(form.get_by_label("Your words")).to_have_value("By the window")
    form.get_by_role("button", name="Note").click()
    expect(form.get_by_role("status").first).to_have_text("Sent")
    (action,) = chat.sim.world.actions.values()
    assert (action.person.key, action.inputs["name"]) == ("ann", "Zoe")
    ann.page.get_by_test_id("person-bob").click()
    expect(form.get_by_label("Name")).to_have_value("Bob's")


def test_a_form_that_was_changed_meanwhile_is_drawn_anew(window: OpenWindow, chat: Chat) -> None:
    form_id = chat.show(FORM)
    ann = window("ann/support")
    ann.card(form_id).get_by_label("Name").fill("Zoe")

    ann.page.get_by_test_id("person-bob").click()
    chat.edit(form_id, attachments=[attachment({**FORM, "body": FORM["body"][1:]})])
    ann.page.get_by_test_id("person-ann").click()

    expect(ann.card(form_id)).not_to_contain_text("Book a desk")
    expect(ann.card(form_id).get_by_label("Name")).to_have_value("")
