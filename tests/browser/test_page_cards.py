"""Cards on the playground's page, against the real simulator."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from bot.simulator import Simulator
from bot.simulator.server import RunningServer
from tests.browser.cards import FORM, RESULT
from tests.browser.conftest import Chat, OpenWindow, attachment

pytestmark = pytest.mark.browser


def test_a_form_checks_then_sends_what_was_filled_in(window: OpenWindow, chat: Chat) -> None:
    ann = window()
    form = ann.card(chat.show(FORM))
    book = form.get_by_role("button", name="Book")

    book.click()
    expect(form).to_contain_text("A name with a capital letter.")
    form.get_by_label("Name").fill("zoe")
    book.click()
    expect(form).to_contain_text("A name with a capital letter.")
    assert chat.inputs() == []
    form.get_by_label("Name").fill("Zoe")
    form.get_by_label("Floor").select_option("Second")
    book.focus()
    book.press("Enter")

    expect(form.get_by_role("status")).to_have_text("Sent")
    expect(book).to_have_attribute("aria-disabled", "true")
    expect(book).to_be_focused()
    assert chat.inputs() == [{"action": "book", "name": "Zoe", "floor": "2", "remind": "false"}]
    chat.say("bot", "Noted.")
    expect(form.get_by_role("status")).to_be_empty()
    expect(book).not_to_have_attribute("aria-disabled", "true")
    expect(book).to_be_focused()


def test_cancel_sends_nothing_of_the_form(window: OpenWindow, chat: Chat) -> None:
    ann = window()
    form = ann.card(chat.show(FORM))

    form.get_by_role("button", name="Cancel").click()

    expect(form.get_by_role("status")).to_have_text("Sent")
    assert chat.inputs() == [{"action": "cancel"}]


def test_choices_in_one_card_leave_those_of_another_alone(window: OpenWindow, chat: Chat) -> None:
    ann = window()
    choices = {**FORM["body"][2], "style": "expanded", "value": "1"}
    first, second = (ann.card(chat.show({**RESULT, "body": [choices]})) for _ in range(2))

    second.get_by_label("Second").check()

    expect(first.get_by_label("First")).to_be_checked()
    expect(second.get_by_label("First")).not_to_be_checked()


def test_enter_in_a_field_neither_sends_a_form_nor_leaves_the_page(window: OpenWindow, chat: Chat) -> None:
    ann = window()
    form = ann.card(chat.show(FORM))
    form.get_by_label("Name").fill("Zoe")

    form.get_by_label("Name").press("Enter")

    expect(form.get_by_label("Name")).to_have_value("Zoe")
    assert ann.page.url.endswith("/#ann/support")
    assert chat.inputs() == []


def test_an_action_that_webex_refuses_says_so(window: OpenWindow, sim: Simulator, chat: Chat) -> None:
    ann = window()
    form = ann.card(chat.show(FORM))
    expect(form).to_be_visible()
    sim.faults.add(service="webex", kind="status", status=503, path="/attachment/actions")

    form.get_by_role("button", name="Cancel").click()

    expect(form.get_by_role("status")).to_contain_text("Not sent")
    expect(form.get_by_role("button", name="Cancel")).to_be_enabled()
    ann.complaints.clear()


def test_an_edited_card_is_drawn_anew_with_a_mark(window: OpenWindow, chat: Chat) -> None:
    ann = window()
    message_id = chat.show(FORM)
    ann.card(message_id).get_by_role("button", name="Book").focus()

    chat.edit(message_id, attachments=[attachment(RESULT)])

    expect(ann.card(message_id)).to_contain_text("D-10442")
    expect(ann.messages.first).to_contain_text("Edited")
    # The button is gone, so the keyboard goes on from its message.
    expect(ann.messages.first).to_be_focused()


def test_the_keyboard_stays_on_the_button_of_a_card_drawn_anew(window: OpenWindow, chat: Chat) -> None:
    ann = window()
    message_id = chat.show(FORM)
    cancel = ann.card(message_id).get_by_role("button", name="Cancel")
    cancel.focus()

    chat.edit(message_id, attachments=[attachment({**FORM, "body": FORM["body"][1:]})])

    expect(ann.card(message_id)).not_to_contain_text("Book a desk")
    expect(cancel).to_be_focused()


def test_a_form_keeps_what_was_typed_while_others_change(window: OpenWindow, chat: Chat) -> None:
    ann = window()
    other = chat.show(RESULT)
    form = ann.card(chat.show(FORM))
    name = form.get_by_label("Name")
    name.press_sequentially("Zo")

    chat.say("bob", "Meanwhile")
    chat.edit(other, text="Booked twice", attachments=[attachment({**RESULT, "body": RESULT["body"][:1]})])
    expect(ann.card(other)).not_to_contain_text("D-10442")
    ann.page.keyboard.type("e")

    expect(name).to_be_focused()
    expect(name).to_have_value("Zoe")
    expect(ann.messages).to_have_count(3)


def test_links_of_cards_open_only_web_addresses_and_know_no_opener(
    window: OpenWindow, server: RunningServer, chat: Chat
) -> None:
    actions = [
        {"type": "Action.OpenUrl", "title": "Good", "url": f"{server.url}/static/icon.svg"},
        {"type": "Action.OpenUrl", "title": "Bad", "url": "javascript:alert(1)"},
    ]
    ann = window()
    card = ann.card(chat.show({**RESULT, "actions": actions}))

    with ann.page.context.expect_page() as opened:
        card.get_by_role("link", name="Good").click()
    card.get_by_role("link", name="Bad").click()

    assert opened.value.evaluate("window.opener") is None
    expect(card.get_by_role("status")).to_have_text("This link was not opened: only web addresses are.")
    assert len(ann.page.context.pages) == 2


def test_without_the_renderer_cards_are_plain_but_work(
    bare_window: OpenWindow, chat: Chat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAYGROUND_RENDERER_DIR", str(tmp_path))
    message_id = chat.show(FORM)

    ann = bare_window()
    form = ann.card(message_id)
    expect(ann.page.locator("#notice")).to_contain_text("python -m bot.simulator.renderer")
    expect(ann.page.locator("#notice")).to_contain_text(f"names {tmp_path}, which lacks adaptivecards.min.js")
    form.get_by_role("button", name="Book").click()
    expect(form).to_contain_text("A name with a capital letter.")
    form.get_by_label("Name").fill("Zoe")
    form.get_by_label("Floor").select_option("First")
    form.get_by_role("button", name="Remark").click()
    form.get_by_label("Your words").fill("By the window")
    form.get_by_role("button", name="Note").click()

    expect(form.get_by_role("status")).to_have_text("Sent")
    filled = {"name": "Zoe", "floor": "1", "remind": "false", "remark": "By the window"}
    assert chat.inputs() == [{"action": "note", **filled}]


def test_the_renderer_is_noticed_when_it_comes(
    bare_window: OpenWindow, chat: Chat, renderer_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAYGROUND_RENDERER_DIR", str(tmp_path))
    chat.show(RESULT)
    ann = bare_window()
    expect(ann.page.locator("#notice")).to_be_visible()

    monkeypatch.setenv("PLAYGROUND_RENDERER_DIR", str(renderer_folder))

    expect(ann.page.locator(".ac-adaptiveCard")).to_be_visible()
    expect(ann.page.locator("#notice")).to_be_hidden()
