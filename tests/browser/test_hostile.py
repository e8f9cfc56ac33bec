"""What others have written is text, whatever it looks like, and what other pages say is not believed."""

import pytest
from playwright.sync_api import expect

from bot.simulator import Simulator
from tests.browser.cards import RESULT
from tests.browser.conftest import Chat, OpenWindow
from tests.browser.test_files import post

pytestmark = pytest.mark.browser

MARKUP = '"><img src=x onerror="alert(1)"><script>alert(1)</script>'
LONG = "W" * 400


def test_names_and_titles_are_text_and_stay_in_their_places(window: OpenWindow, sim: Simulator, chat: Chat) -> None:
    eve = sim.world.add_person(f"{LONG} {MARKUP}", key="eve", email="eve@example.com")
    room = sim.world.add_room(f"{MARKUP}{LONG}", members=[eve, sim.people["ann"], sim.bot])
    chat.say("bot", MARKUP, roomId=room.id, markdown=f"{MARKUP} [x](javascript:alert(1)) {LONG}")

    ann = window(f"ann/{room.id}")
    expect(ann.messages).to_contain_text(MARKUP)

    assert ann.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert ann.page.locator("img[src=x], a[href^=javascript]").count() == 0
    side = ann.page.locator(".segment", has_text=LONG)
    name = side.locator(".segment-name")
    assert name.evaluate("(it) => it.getBoundingClientRect().right <= it.parentElement.getBoundingClientRect().right")


def test_no_link_of_a_card_leads_to_a_script_by_whatever_button_of_the_mouse(window: OpenWindow, chat: Chat) -> None:
    action = {"type": "Action.OpenUrl", "title": "Go", "url": "javascript:alert(1)"}
    run = {"type": "TextRun", "text": "Go", "selectAction": action}
    ann = window()

    card = ann.card(chat.show({**RESULT, "body": [{"type": "RichTextBlock", "inlines": [run]}]}))

    expect(card).to_contain_text("Go")
    assert card.locator("a[href]").count() == 0


def test_the_name_of_a_file_hides_no_signs_that_turn_it_around(window: OpenWindow, sim: Simulator) -> None:
    post(sim, "bob", "\u202egpj.exe", b"x", "image/png")
    post(sim, "bob", "a;filename*=UTF-8''%ZZ", b"x", "text/plain")

    ann = window()

    expect(ann.messages.nth(0)).to_contain_text("gpj.exe")
    assert "\u202e" not in ann.messages.nth(0).inner_text()
    expect(ann.messages.nth(1)).to_contain_text("%ZZ")


def test_what_others_tell_the_page_is_not_believed(window: OpenWindow) -> None:
    ann = window()

    ann.page.evaluate("""() => {
      for (const data of [null, 1, {playground: "fill"}, {playground: "fill", data: {text: "bad"}}]) {
        window.postMessage(data, "*");
      }
      const channel = new BroadcastChannel("playground-seen");
      for (const data of [null, 1, {}, {person: {}}, {person: "ann", moment: {}}]) channel.postMessage(data);
    }""")
    ann.composer.fill("good")

    expect(ann.composer).to_have_value("good")
    ann.page.reload()
    expect(ann.composer).to_have_value("")
