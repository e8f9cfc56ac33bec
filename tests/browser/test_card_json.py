"""What the page says of a card: its flags under it, and its JSON one press away."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.cards import FORM, RESULT
from tests.browser.conftest import Chat, OpenWindow, Window, attachment

pytestmark = pytest.mark.browser

DOUBTFUL: dict[str, Any] = {
    **RESULT,
    "actions": [{"type": "Action.Submit", "title": f"Desk {number}"} for number in range(6)],
}
HOSTILE = "<img src=x onerror=alert(1)> </pre><script>alert(2)</script>"


def frame(window: Window, message_id: str) -> Locator:
    """A card with what is said of it."""
    return window.page.locator(f'[data-message-id="{message_id}"] .card-frame')


def test_five_buttons_are_drawn_and_a_mark_tells_of_the_sixth(window: OpenWindow, chat: Chat) -> None:
    ann = window()
    message_id = chat.show(DOUBTFUL)
    flags = frame(ann, message_id).get_by_test_id("flags")

    expect(ann.card(message_id).get_by_role("button")).to_have_count(5)
    expect(flags.get_by_role("listitem")).to_have_count(0)
    flags.get_by_text("Look at this card").focus()
    ann.page.keyboard.press("Enter")

    expect(flags.get_by_role("listitem")).to_have_text(["6 actions, of which 5 are drawn."])


def test_without_the_renderer_as_few_buttons_are_drawn(
    bare_window: OpenWindow, chat: Chat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAYGROUND_RENDERER_DIR", str(tmp_path))
    message_id = chat.show(DOUBTFUL)

    ann = bare_window()

    expect(ann.card(message_id).get_by_role("button")).to_have_count(5)
    expect(frame(ann, message_id).get_by_test_id("flags")).to_be_visible()


def test_a_good_card_has_no_mark(window: OpenWindow, chat: Chat) -> None:
    ann = window()
    doubtful, good = chat.show(DOUBTFUL), chat.show(RESULT)

    expect(frame(ann, doubtful).get_by_test_id("flags")).to_be_visible()

    expect(ann.card(good)).to_be_visible()
    expect(frame(ann, good).get_by_test_id("flags")).to_have_count(0)


def test_an_edited_card_is_looked_at_again(window: OpenWindow, chat: Chat) -> None:
    ann = window()
    message_id = chat.show(RESULT)
    expect(ann.card(message_id)).to_be_visible()

    chat.edit(message_id, attachments=[attachment(DOUBTFUL)])

    expect(frame(ann, message_id).get_by_test_id("flags")).to_be_visible()


def test_the_json_of_a_card_is_copied_by_keyboard(window: OpenWindow, chat: Chat) -> None:
    ann = window(permissions=["clipboard-read", "clipboard-write"])
    message_id = chat.say("bot", "Booked: D-10442", attachments=[attachment(DOUBTFUL)])
    button = frame(ann, message_id).get_by_role("button", name="Card JSON")
    dialog = ann.page.get_by_role("dialog", name="Card JSON")

    button.focus()
    expect(button).to_have_css("opacity", "1")
    ann.page.keyboard.press("Enter")
    expect(dialog.get_by_role("button", name="Copy for the card designer")).to_be_focused()
    ann.page.keyboard.press("Enter")

    expect(dialog.get_by_role("status")).to_have_text("Copied")
    assert json.loads(ann.page.evaluate("navigator.clipboard.readText()")) == DOUBTFUL
    expect(dialog).to_contain_text("KB of the 80 KB that Webex allows")
    expect(dialog).to_contain_text("6 actions, of which 5 are drawn.")
    expect(dialog).to_contain_text("Booked: D-10442")
    link = dialog.get_by_role("link", name="card designer")
    expect(link).to_have_attribute("href", "https://developer.webex.com/buttons-and-cards-designer")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    ann.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(button).to_be_focused()


def test_the_keyboard_does_not_leave_the_dialog(window: OpenWindow, chat: Chat) -> None:
    ann = window()
    frame(ann, chat.show(RESULT)).get_by_role("button", name="Card JSON").press("Enter")
    dialog = ann.page.get_by_role("dialog", name="Card JSON")
    expect(dialog).to_be_visible()

    reached: list[bool] = []
    for _ in range(8):
        ann.page.keyboard.press("Tab")
        # Between the last place and the first stands the browser's own frame, which counts as the body.
        reached.append(
            ann.page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
        )

    assert reached == [True] * 8


def test_where_the_clipboard_is_closed_the_json_is_selected_instead(window: OpenWindow, chat: Chat) -> None:
    ann = window()
    ann.page.evaluate("() => void (navigator.clipboard.writeText = () => Promise.reject(new Error('closed')))")
    frame(ann, chat.show(RESULT)).get_by_role("button", name="Card JSON").press("Enter")
    dialog = ann.page.get_by_role("dialog", name="Card JSON")

    dialog.get_by_role("button", name="Copy for the card designer").click()

    expect(dialog.get_by_role("status")).to_contain_text("The JSON is selected: press Ctrl+C")
    assert json.loads(ann.page.evaluate("getSelection().toString()")) == RESULT


def test_the_focus_goes_back_to_a_card_that_was_drawn_anew_meanwhile(window: OpenWindow, chat: Chat) -> None:
    ann = window()
    message_id = chat.show(FORM)
    frame(ann, message_id).get_by_role("button", name="Card JSON").press("Enter")
    expect(ann.page.get_by_role("dialog", name="Card JSON")).to_be_visible()

    chat.edit(message_id, attachments=[attachment(RESULT)])
    expect(ann.card(message_id)).to_contain_text("D-10442")
    ann.page.get_by_role("dialog", name="Card JSON").get_by_role("button", name="Close").click()

    expect(frame(ann, message_id).get_by_role("button", name="Card JSON")).to_be_focused()


def test_a_hostile_text_stays_a_text_in_the_card_and_in_its_json(window: OpenWindow, chat: Chat) -> None:
    ann = window()
    body = [
        {"type": "TextBlock", "text": HOSTILE, "wrap": True},
        {"type": "Input.Text", "id": HOSTILE},
        {"type": "Input.Text", "id": HOSTILE, "label": HOSTILE},
    ]
    message_id = chat.say("bot", HOSTILE, attachments=[attachment({**RESULT, "body": body})])

    expect(ann.card(message_id)).to_contain_text(HOSTILE)
    expect(frame(ann, message_id).get_by_test_id("flags")).to_contain_text(HOSTILE)
    frame(ann, message_id).get_by_role("button", name="Card JSON").press("Enter")

    dialog = ann.page.get_by_role("dialog", name="Card JSON")
    expect(dialog.locator("pre")).to_contain_text(json.dumps(HOSTILE))
    expect(ann.page.locator(".card-frame :is(img, script), dialog :is(img, script)")).to_have_count(0)


def test_on_a_touch_screen_the_json_button_is_always_there(window: OpenWindow, chat: Chat) -> None:
    ann = window(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    button = frame(ann, chat.show(RESULT)).get_by_role("button", name="Card JSON")

    expect(button).to_have_css("opacity", "1")
    box = button.bounding_box()
    assert box is not None
    assert box["height"] >= 40
