"""What people have not seen yet: counted for each of them, in the list and in the title, and once for all pages."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Chat, OpenWindow, Window

pytestmark = pytest.mark.browser

SHOW = """(state) => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => state === "hidden" });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def beside(window: Window, place: str) -> Page:
    """A second page of the same browser."""
    page = window.page.context.new_page()
    page.goto(f"{window.page.url.partition('#')[0]}#{place}")
    page.locator("body[data-renderer=ready]").wait_for()
    return page


def test_the_title_says_how_much_is_new_in_all_spaces(window: OpenWindow, chat: Chat) -> None:
    ann = window("ann/support")
    title = ann.page.title()

    first = chat.say("bot", "One", roomId=chat.sim.spaces["ann"])
    chat.say("bot", "Two", roomId=chat.sim.spaces["ann"])

    expect(ann.page).to_have_title(f"(2) {title}")
    chat.delete(first)
    expect(ann.page).to_have_title(f"(1) {title}")
    expect(ann.page.get_by_test_id("space-ann")).to_contain_text("1 unread")
    ann.page.get_by_test_id("space-ann").click()
    expect(ann.page).not_to_have_title(re.compile(r"^\("))


def test_ones_own_words_are_not_new(window: OpenWindow, chat: Chat) -> None:
    ann = window("ann/support")

    chat.say("ann", "help", roomId=chat.sim.spaces["ann"])
    chat.say("bot", "What I can do", roomId=chat.sim.spaces["ann"])

    expect(ann.page.get_by_test_id("space-ann")).to_contain_text("1 unread")


def test_what_came_while_somebody_else_was_looking_is_counted(window: OpenWindow, chat: Chat) -> None:
    ann = window("ann/support")

    for words in ("One", "Two", "Three"):
        chat.say("bot", words, roomId=chat.sim.spaces["bob"])
    ann.page.get_by_test_id("person-bob").click()

    expect(ann.page.get_by_test_id("space-bob")).to_contain_text("3 unread")
    assert ann.page.title().startswith("(3) ")


def test_what_is_seen_on_one_page_is_seen_on_all(window: OpenWindow, chat: Chat) -> None:
    ann = window("ann/support")
    other = beside(ann, "ann/ann")

    chat.say("bob", "Listen")
    chat.say("bot", "Psst", roomId=chat.sim.spaces["ann"])

    expect(other.get_by_test_id("message")).to_contain_text("Psst")
    expect(ann.messages).to_contain_text("Listen")
    for page in (ann.page, other):
        expect(page.get_by_text("unread")).to_have_count(0)


def test_each_person_has_marks_of_their_own(window: OpenWindow, chat: Chat) -> None:
    ann = window("ann/ann")
    other = beside(ann, "bob/support")

    chat.say("cleo", "Listen")

    expect(other.get_by_test_id("message")).to_contain_text("Listen")
    expect(ann.page.get_by_test_id("space-support")).to_contain_text("1 unread")
    expect(other.get_by_text("unread")).to_have_count(0)


def test_nobody_has_seen_what_came_while_the_page_was_hidden(window: OpenWindow, chat: Chat) -> None:
    ann = window("ann/support")
    ann.page.evaluate(SHOW, "hidden")

    chat.say("bob", "Listen")

    expect(ann.page.get_by_test_id("space-support")).to_contain_text("1 unread")
    assert ann.page.title().startswith("(1) ")
    ann.page.evaluate(SHOW, "visible")
    expect(ann.page.get_by_text("unread")).to_have_count(0)
    expect(ann.page).not_to_have_title(re.compile(r"^\("))
