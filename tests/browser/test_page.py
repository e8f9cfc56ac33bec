"""The playground's page in a real browser, against the real simulator."""

import pytest
from playwright.sync_api import expect

from bot.simulator import Simulator
from bot.simulator.server import RunningServer, serve
from tests.browser.cards import FORM, RESULT
from tests.browser.conftest import Chat, OpenWindow

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>"


def test_what_is_typed_appears_and_is_sent_as_text(window: OpenWindow, sim: Simulator) -> None:
    ann = window("ann/support")
    bob = window("bob/support")

    ann.composer.fill("two\nlines & *stars*")
    ann.composer.press("Enter")

    expect(ann.messages.first).to_contain_text("two\nlines & *stars*")
    expect(ann.messages.first).to_have_attribute("data-person", "ann")
    expect(bob.messages.first).to_contain_text("lines & *stars*")
    expect(ann.composer).to_have_value("")
    expect(ann.composer).to_be_focused()
    (message,) = sim.world.messages.values()
    assert (message.text, message.markdown) == ("two\nlines & *stars*", None)


def test_shift_and_enter_begin_a_new_line(window: OpenWindow) -> None:
    ann = window()

    ann.composer.press_sequentially("one")
    ann.composer.press("Shift+Enter")
    ann.composer.press_sequentially("two")

    expect(ann.composer).to_have_value("one\ntwo")
    expect(ann.messages).to_have_count(0)


@pytest.mark.parametrize(
    "typed",
    [
        "precheck *a* _b_ `c` ~d~ [e](http://f.example) <g> &amp; h|i",
        "# no heading",
        "1. no list",
        "- no list",
        "back\\slash",
        "first_name=Zoé last=O'Neill",
        "mail ann@example.com",
        "<@all> and <@personId:x|Cleo>",
    ],
)
def test_a_mention_leaves_the_rest_as_it_was_typed(window: OpenWindow, sim: Simulator, typed: str) -> None:
    ann = window()

    ann.page.get_by_test_id("mention-bot").click()
    ann.composer.press_sequentially(typed)
    ann.composer.press("Enter")

    expect(ann.messages).to_have_count(1)
    (message,) = sim.world.messages.values()
    assert message.text == f"{sim.bot.display_name} {typed}"
    assert message.mentioned_people == (sim.bot.id,)
    assert message.mentioned_groups == ()
    expect(ann.messages.first).to_contain_text(f"@{sim.bot.display_name} {typed}")


def test_an_at_sign_offers_names(window: OpenWindow, sim: Simulator) -> None:
    ann = window()

    ann.composer.press_sequentially("@")
    expect(ann.page.get_by_role("option")).to_contain_text([sim.bot.display_name, "Bob", "Cleo"])
    ann.composer.press_sequentially("bo")
    ann.composer.press("Enter")
    ann.composer.press_sequentially("look")
    ann.composer.press("Enter")

    expect(ann.messages.locator(".mention")).to_have_text("@Bob Baker")
    (message,) = sim.world.messages.values()
    assert message.mentioned_people == (sim.people["bob"].id,)


def test_an_idea_fills_the_field_and_addresses_the_bot_where_needed(window: OpenWindow, sim: Simulator) -> None:
    ann = window("ann/support")

    ann.page.get_by_test_id("suggestion").first.click()

    expect(ann.composer).to_have_value(f"@{sim.bot.display_name} help")
    ann.page.get_by_test_id("space-ann").click()
    expect(ann.composer).to_have_value("")
    ann.page.get_by_test_id("suggestion").first.click()
    expect(ann.composer).to_have_value("help")
    expect(ann.page.get_by_test_id("mention-bot")).to_be_hidden()


def test_what_was_typed_comes_back_after_the_idea_that_took_its_place(window: OpenWindow, sim: Simulator) -> None:
    ann = window("ann/ann")
    ideas = ann.page.get_by_test_id("suggestion")
    ann.composer.press_sequentially("half a thought")

    ideas.nth(1).click()
    ideas.first.click()
    expect(ann.composer).to_have_value("help")
    ann.page.get_by_test_id("person-bob").click()
    ann.page.get_by_test_id("person-ann").click()
    expect(ann.composer).to_have_value("help")
    ann.composer.press("Enter")

    expect(ann.composer).to_have_value("half a thought")
    expect(ann.messages).to_have_count(1)
    ann.composer.press("Enter")
    expect(ann.composer).to_have_value("")
    assert [message.text for message in sim.world.messages.values()] == ["help", "half a thought"]


def test_an_idea_that_could_not_be_sent_is_there_again_before_what_waits_for_it(window: OpenWindow) -> None:
    ann = window("ann/ann")
    ann.composer.press_sequentially("half a thought")
    ann.page.get_by_test_id("suggestion").first.click()

    ann.page.route("**/v1/messages", lambda route: route.fulfill(status=400, json={"message": "No."}))
    ann.composer.press("Enter")
    expect(ann.page.get_by_text("Not sent: No.")).to_be_visible()
    expect(ann.composer).to_have_value("help")
    ann.page.unroute("**/v1/messages")
    ann.composer.press("Enter")

    expect(ann.composer).to_have_value("half a thought")
    ann.complaints.clear()


def test_a_playground_that_is_gone_is_said_in_words_and_keeps_what_was_typed(window: OpenWindow) -> None:
    ann = window("ann/ann")
    ann.page.route("**/v1/messages", lambda route: route.abort())

    ann.composer.fill("hello")
    ann.composer.press("Enter")

    expect(ann.page.get_by_text("Not sent: The playground does not answer. Is it still running?")).to_be_visible()
    expect(ann.composer).to_have_value("hello")


def test_hostile_words_are_shown_as_words(window: OpenWindow, chat: Chat) -> None:
    ann = window()

    chat.say("bob", HOSTILE)
    chat.say("bot", "", markdown=f"**Hello** {HOSTILE} [x](javascript:alert(3))")
    chat.show({**RESULT, "body": [{"type": "TextBlock", "text": HOSTILE}]})

    expect(ann.messages).to_have_count(3)
    for at in range(3):
        expect(ann.messages.nth(at)).to_contain_text(HOSTILE)
    expect(ann.messages.locator("img, script, a")).to_have_count(0)


def test_replies_stand_under_the_message_that_they_answer(window: OpenWindow, chat: Chat) -> None:
    ann = window()
    root = chat.say("bob", "Who is there?")
    chat.say("cleo", "Something else")
    expect(ann.messages).to_have_count(2)

    ann.messages.first.hover()
    ann.messages.first.locator("xpath=ancestor::li").get_by_role("button", name="Reply in thread").click()
    ann.composer.press_sequentially("I am")
    ann.composer.press("Enter")

    replies = ann.page.get_by_role("group", name="Replies")
    expect(replies.get_by_test_id("message")).to_have_attribute("data-person", "ann")
    expect(ann.messages).to_have_count(3)
    expect(ann.messages.nth(1)).to_contain_text("I am")
    assert [message.root for message in chat.sim.world.messages.values()] == [None, None, root]
    expect(ann.page.get_by_text("Replying to")).to_be_hidden()


def test_a_deleted_message_goes(window: OpenWindow, chat: Chat) -> None:
    ann = window()
    message_id = chat.say("bot", "Soon gone")
    expect(ann.messages).to_have_count(1)

    chat.delete(message_id)

    expect(ann.messages).to_have_count(0)


def test_a_message_that_is_not_found_at_first_appears(window: OpenWindow, chat: Chat) -> None:
    ann = window()
    chat.sim.switches.late_404 = 1

    chat.say("bob", "Here I am")

    expect(ann.messages).to_have_count(1)
    ann.complaints.clear()


def test_people_switch_and_the_address_remembers_them(window: OpenWindow) -> None:
    ann = window("ann/ann")

    ann.page.get_by_test_id("person-bob").focus()
    ann.page.keyboard.press("Enter")

    expect(ann.page.get_by_test_id("person-bob")).to_have_attribute("aria-pressed", "true")
    expect(ann.page.get_by_test_id("person-bob")).to_be_focused()
    # Each has a direct chat of their own with the bot.
    expect(ann.page).to_have_url(f"{ann.page.url.partition('#')[0]}#bob/bob")
    expect(ann.page.get_by_test_id("space-bob")).to_have_attribute("aria-current", "page")


def test_a_space_that_is_not_open_counts_what_is_new(window: OpenWindow, chat: Chat) -> None:
    ann = window("ann/support")

    chat.say("bot", "Psst", roomId=chat.sim.spaces["ann"])
    chat.say("bot", "Psst", roomId=chat.sim.spaces["bob"])

    expect(ann.page.get_by_test_id("space-ann")).to_contain_text("1 unread")
    ann.page.get_by_test_id("space-ann").click()
    expect(ann.page.get_by_test_id("space-ann")).not_to_contain_text("unread")
    ann.page.get_by_test_id("person-bob").click()
    ann.page.get_by_test_id("space-support").click()
    expect(ann.page.get_by_test_id("space-bob")).not_to_contain_text("unread")


def test_what_happened_while_somebody_else_looked_is_marked(window: OpenWindow, chat: Chat) -> None:
    ann = window("ann/support")

    chat.say("bot", "Psst", roomId=chat.sim.spaces["bob"])
    ann.page.get_by_test_id("person-bob").click()

    expect(ann.page.get_by_test_id("space-bob")).to_contain_text("1 unread")


def test_long_conversations_begin_at_their_end_and_can_be_read_back(window: OpenWindow, chat: Chat) -> None:
    for number in range(105):
        chat.say("bob", f"Number {number}")

    ann = window()
    expect(ann.messages.last).to_be_in_viewport()
    expect(ann.messages).to_have_count(50)
    ann.page.evaluate("scroller.scrollTop = 0")

    expect(ann.messages).to_have_count(105)
    expect(ann.messages.first).to_contain_text("Number 0")
    chat.say("cleo", "Down here")
    ann.page.get_by_role("button", name="New messages").click()
    expect(ann.messages.last).to_contain_text("Down here")
    expect(ann.messages.last).to_be_in_viewport()


def test_a_lost_connection_is_said_and_made_up_for(window: OpenWindow, server: RunningServer, chat: Chat) -> None:
    ann = window()
    connection = ann.page.get_by_test_id("connection")

    server.close()
    expect(connection).to_have_text("Connection lost. Trying again…")
    chat.say("bob", "Did you miss me?")
    with serve(chat.sim, port=server.port):
        expect(connection).to_have_attribute("data-state", "restored")
        expect(ann.messages.first).to_contain_text("Did you miss me?")
        ann.page.close()


@pytest.mark.parametrize("width", [360, 720, 1280])
def test_nothing_sticks_out_at_any_width(window: OpenWindow, chat: Chat, width: int) -> None:
    chat.show(FORM)
    chat.say("bob", "x" * 300)

    ann = window(viewport={"width": width, "height": 740})

    expect(ann.messages).to_have_count(2)
    assert ann.page.evaluate("document.documentElement.scrollWidth") == width
    assert ann.page.evaluate("scroller.scrollWidth <= scroller.clientWidth")
    for name in ("person-cleo", "space-support", "composer", "send"):
        expect(ann.page.get_by_test_id(name)).to_be_in_viewport()


def test_new_messages_are_read_out(window: OpenWindow, chat: Chat) -> None:
    ann = window()

    chat.say("bob", "Listen")

    expect(ann.page.locator("[aria-live=polite]")).to_have_text("Bob Baker: Listen")
