"""Two people side by side: what one says is with the other at once, and each has a window of their own."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, Request, expect

from tests.browser.conftest import Chat, OpenWindow, windows
from tests.browser.playground import PHONE, play

pytestmark = pytest.mark.browser

DARK = "rgb(20, 21, 22)"


APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"


def panes(page: Page) -> tuple[FrameLocator, FrameLocator]:
    """The left and the right window, once both hear of what happens."""
    page.get_by_role("link", name="Two people").click()
    both = page.frame_locator("[data-testid=pane-left]"), page.frame_locator("[data-testid=pane-right]")
    for pane in both:
        pane.locator('[data-testid=connection][data-state="online"]').wait_for(state="attached")
    return both


def test_what_ann_asks_is_seen_and_answered_in_both_windows(browser: Browser, renderer_folder: Path) -> None:
    with play(renderer_folder) as playground, windows(browser, playground.page) as open_window:
        page = open_window("ann/support").page
        left, right = panes(page)

        left.get_by_test_id("mention-bot").click()
        left.get_by_test_id("composer").press_sequentially("precheck new.hire@example.com package=standard")
        left.get_by_test_id("composer").press("Enter")

        expect(right.locator('[data-person="ann"]')).to_contain_text("precheck new.hire@example.com")
        for pane in (left, right):
            expect(pane.locator('[data-person="bot"]')).to_contain_text("Webex expects this to work")
        expect(page.get_by_title(f"Ann{APOSTROPHE}s window")).to_be_visible()
        expect(page.get_by_title(f"Bob{APOSTROPHE}s window")).to_be_visible()


def test_two_windows_lead_back_to_one(window: OpenWindow) -> None:
    bob = window("bob/bob")

    left, right = panes(bob.page)

    expect(bob.page).to_have_url(re.compile(r"/split#bob/bob\|cleo/cleo$"))
    expect(left.get_by_test_id("person-bob")).to_have_attribute("aria-pressed", "true")
    expect(right.get_by_test_id("person-cleo")).to_have_attribute("aria-pressed", "true")
    bob.page.get_by_role("link", name="One person").click()
    expect(bob.page).to_have_url(re.compile(r"/#bob/bob$"))
    expect(bob.composer).to_be_visible()


def test_the_address_says_who_and_where(window: OpenWindow) -> None:
    ann = window("ann/support")
    left, right = panes(ann.page)

    right.get_by_test_id("person-cleo").click()
    left.get_by_test_id("space-ann").click()

    expect(ann.page).to_have_url(re.compile(r"/split#ann/ann\|cleo/support$"))
    expect(ann.page).to_have_title("Ann and Cleo · Playground")
    ann.page.evaluate("location.hash = '#bob/support|ann/ann'")
    expect(left.get_by_test_id("person-bob")).to_have_attribute("aria-pressed", "true")
    expect(right.get_by_test_id("space-ann")).to_have_attribute("aria-current", "page")
    ann.page.reload()
    expect(left.get_by_test_id("person-bob")).to_have_attribute("aria-pressed", "true")


def test_each_window_marks_what_its_own_person_has_not_read(window: OpenWindow, chat: Chat) -> None:
    left, right = panes(window("ann/support").page)

    chat.say("bot", "Psst", roomId=chat.sim.spaces["bob"])

    expect(right.get_by_test_id("space-bob")).to_contain_text("1 unread")
    expect(left.locator(".badge")).to_have_count(0)


def test_a_window_shows_the_chat_and_nothing_around_it(window: OpenWindow) -> None:
    ann = window("ann/support")
    streams: list[Request] = []
    ann.page.on("request", lambda request: streams.append(request) if "/play/events" in request.url else None)

    left, _ = panes(ann.page)

    for hidden in ("suggestion", "lab-button"):
        expect(left.get_by_test_id(hidden).first).to_be_hidden()
    expect(left.get_by_role("link", name="Two people")).to_have_count(0)
    # The lab on the outer page hears through the left window.
    ann.page.get_by_test_id("lab-button").click()
    ann.page.get_by_role("tabpanel").wait_for()
    assert len(streams) == 2


def test_a_theme_holds_in_both_windows(window: OpenWindow) -> None:
    ann = window("ann/support", color_scheme="light")
    both = panes(ann.page)

    ann.page.get_by_role("button", name="Theme").click()
    ann.page.get_by_role("radio", name="Dark").check()

    for pane in both:
        expect(pane.locator("body")).to_have_css("background-color", DARK)
    expect(ann.page.locator("body")).to_have_css("background-color", DARK)


def test_a_key_goes_from_one_window_to_the_other(window: OpenWindow) -> None:
    ann = window("ann/support")
    left, right = panes(ann.page)

    ann.page.keyboard.press("F6")
    expect(left.get_by_test_id("composer")).to_be_focused()
    ann.page.keyboard.type("left")
    ann.page.keyboard.press("F6")
    expect(right.get_by_test_id("composer")).to_be_focused()
    ann.page.keyboard.type("right")
    ann.page.keyboard.press("F6")

    expect(left.get_by_test_id("composer")).to_be_focused()
    expect(left.get_by_test_id("composer")).to_have_value("left")
    expect(right.get_by_test_id("composer")).to_have_value("right")


def test_on_a_phone_one_window_is_in_front_and_the_other_says_when_there_is_news(
    window: OpenWindow, chat: Chat
) -> None:
    ann = window("ann/support", viewport=PHONE)
    left, right = panes(ann.page)
    expect(left.get_by_test_id("composer")).to_be_visible()
    expect(right.get_by_test_id("composer")).to_be_hidden()

    chat.say("bot", "Psst", roomId=chat.sim.spaces["bob"])
    expect(ann.page.get_by_test_id("pane-tab-right")).to_contain_text("new")
    ann.page.get_by_role("button", name="Bob").click()

    expect(right.get_by_test_id("composer")).to_be_visible()
    expect(left.get_by_test_id("composer")).to_be_hidden()
    expect(ann.page.get_by_test_id("pane-tab-right").locator(".badge")).to_be_hidden()
