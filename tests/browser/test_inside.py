"""The lab's panel "Inside": what the bot does, as it comes and by request."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from bot.simulator import Simulator
from bot.simulator.inside.trace import KEPT, Entry
from tests.browser.conftest import Chat, OpenWindow
from tests.browser.playground import PHONE, Agent, Playground, button

pytestmark = pytest.mark.browser

LINE = "provision workspace, all in one line"
LATE = datetime(2030, 1, 1, tzinfo=UTC)


def look_inside(page: Page) -> None:
    page.get_by_test_id("lab-button").click()
    page.get_by_test_id("lab-tab-inside").click()
    expect(page.get_by_test_id("inside-counters")).to_contain_text("Webhooks sent")


def entry(page: Page, words: str, *, within: str = "inside-list") -> Locator:
    """The newest entry that says this."""
    return page.get_by_test_id(within).get_by_test_id("inside-entry").filter(has_text=words).last


def fill(sim: Simulator, count: int, *, kind: str = "call") -> None:
    """So many things happen, in a second."""
    for number in range(count):
        at = LATE + timedelta(seconds=number / count)
        words = f"Thing {sim.trace.last + 1}"
        sim.trace.add(Entry(at, "card" if kind == "card" else "call", words, tracking_id=f"BOT_{number}"))


def test_a_provisioned_workspace_is_seen_from_the_webhook_to_the_card(open_window: OpenWindow) -> None:
    ann = Agent(open_window("ann/ann"))
    look_inside(ann.page)

    ann.page.get_by_test_id("suggestion").filter(has_text=LINE).click()
    request = ann.answer(lambda: ann.window.composer.press("Enter"), "Nothing has been sent yet")
    button(request, "Provision").click()
    expect(request).to_contain_text("Workspace provisioned")

    number = re.findall(r"Request (\d+)", request.inner_text())[0]
    for words in (
        "Webhook messages/created",
        "Webhook attachmentActions/created",
        "Inbox: taken in",
        "Event handled",
        f"Request {number}: asked",
        f"Request {number}: plan and check",
        f"Request {number}: confirmed",
        f"Request {number}: done",
        "Card posted in the 1:1 space with Ann Archer",
        "Card edited in the 1:1 space with Ann Archer",
    ):
        expect(entry(ann.page, words)).to_be_attached()
    call = entry(ann.page, "BroadWorks: POST /broadworks/workspaces")
    expect(call.locator(".inside-status")).to_have_text("200")
    call.locator(".inside-row").click()
    expect(call).to_contain_text(re.compile(r"Tracking ID\s*BOT_[0-9a-f]{32}"))
    ann.shot("inside-list")

    call.get_by_role("button", name="Only this").click()
    entries = ann.page.get_by_test_id("inside-list").get_by_test_id("inside-entry")
    expect(entries.filter(has_text="Webhook attachmentActions/created")).to_have_count(1)
    expect(entries.filter(has_text="Webhook messages/created")).to_have_count(0)
    ann.page.get_by_role("button", name=f"Timeline of request {number}").first.click()

    timeline = ann.page.get_by_test_id("inside-timeline")
    expect(ann.page.get_by_role("heading", name=f"Request {number}: done")).to_be_focused()
    expect(timeline.get_by_test_id("inside-entry").first).to_contain_text("Ann Archer wrote in the 1:1 space")
    expect(timeline.get_by_test_id("inside-entry").first).to_contain_text("+0.000 s")
    fulfil = entry(ann.page, f"Request {number}: carry out", within="inside-timeline")
    sent = entry(ann.page, "BroadWorks: POST /broadworks/workspaces", within="inside-timeline")
    outer, inner = (each.locator(".inside-fill").bounding_box() for each in (fulfil, sent))
    assert outer
    assert inner
    assert outer["x"] <= inner["x"]
    assert inner["x"] + inner["width"] <= outer["x"] + outer["width"] + 4
    ann.shot("inside-timeline")
    ann.page.get_by_role("button", name="Back to the list").click()
    expect(ann.page.get_by_test_id("inside-request")).to_be_focused()
    expect(entry(ann.page, "Webhook messages/created")).to_be_attached()


def test_a_killed_bot_and_its_start_are_shown(open_window: OpenWindow, playground: Playground) -> None:
    window = open_window("bob/bob")
    look_inside(window.page)

    playground.control("bot/kill")
    expect(entry(window.page, "The bot was stopped")).to_be_visible()
    playground.control("bot/start")
    expect(entry(window.page, "The bot was started")).to_be_visible()
    expect(entry(window.page, "The bot is ready")).to_be_attached()


def test_kinds_and_words_choose_what_is_listed(window: OpenWindow, chat: Chat) -> None:
    page = window().page
    look_inside(page)
    chat.say("ann", "hello")
    chat.say("bot", "hello")
    entries = page.get_by_test_id("inside-entry")
    expect(entries).to_have_count(3)

    page.get_by_role("button", name="Calls", exact=True).click()
    expect(entries).to_have_count(2)
    page.get_by_role("button", name="World", exact=True).click()
    expect(entries).to_have_count(1)
    expect(entries).to_contain_text("Message posted in “BroadWorks support”")
    page.get_by_role("button", name="Calls", exact=True).click()
    page.get_by_test_id("inside-find").fill("post 200 WEBEX")
    expect(entries).to_have_count(1)
    expect(entries).to_contain_text("Webex: POST /messages")
    page.get_by_test_id("inside-find").fill("hello")
    expect(page.get_by_text("Nothing here fits your choice.")).to_be_visible()


def test_what_belongs_together_is_shown_whole_though_one_part_was_searched_for(
    window: OpenWindow, sim: Simulator
) -> None:
    for words in ("Webhook in", "Card out"):
        sim.trace.add(Entry(LATE, "call", words, tracking_id="BOT_pair"))
    fill(sim, 3)
    page = window().page
    look_inside(page)
    entries, find = page.get_by_test_id("inside-entry"), page.get_by_test_id("inside-find")
    find.fill("card out")
    expect(entries).to_have_count(1)

    entries.locator(".inside-row").click()
    entries.get_by_role("button", name="Only this").click()
    expect(entries).to_have_count(2)
    expect(find).to_have_value("")
    page.get_by_role("button", name="Show everything").click()
    expect(find).to_have_value("card out")
    expect(entries).to_have_count(1)


def test_paused_nothing_moves_and_cleared_nothing_is_left(window: OpenWindow, sim: Simulator) -> None:
    page = window().page
    look_inside(page)
    fill(sim, 2)
    entries = page.get_by_test_id("inside-entry")
    expect(entries).to_have_count(2)

    page.get_by_role("button", name="Pause").click()
    with page.expect_event("console", lambda said: said.text == "later"):
        fill(sim, 3)
        page.evaluate("setTimeout(() => console.log('later'), 700)")
    expect(entries).to_have_count(2)
    page.get_by_role("button", name="Go on").click()
    expect(entries).to_have_count(5)

    page.get_by_role("button", name="Clear").click()
    expect(entries).to_have_count(0)
    assert sim.trace.entries() == []
    fill(sim, 1)
    expect(entries).to_have_count(1)


def test_thousands_of_entries_are_a_window_that_grows_on_demand(window: OpenWindow, sim: Simulator) -> None:
    fill(sim, KEPT)
    page = window().page
    look_inside(page)
    entries = page.get_by_test_id("inside-entry")
    expect(entries.last).to_contain_text(f"Thing {KEPT}")
    expect(entries.last).to_be_in_viewport()
    expect(entries).to_have_count(150)

    fill(sim, 500, kind="card")
    expect(entries.filter(has_text="Thing 5500")).to_be_in_viewport()
    took = page.evaluate(
        """() => {
            const began = performance.now();
            const field = document.querySelector('[data-testid="inside-find"]');
            for (const text of ["5", "54", ""]) {
                field.value = text;
                field.dispatchEvent(new Event("input"));
            }
            return performance.now() - began;
        }"""
    )
    assert took < 3000

    first = entries.first.inner_text()
    page.get_by_role("button", name="Show earlier").click()
    expect(entries).to_have_count(300)
    expect(entries.nth(150)).to_have_text(re.compile(re.escape(first.splitlines()[0])))
    expect(entries.nth(150)).to_be_in_viewport()


def test_who_reads_further_up_is_not_pulled_down(window: OpenWindow, sim: Simulator) -> None:
    fill(sim, 100)
    page = window().page
    look_inside(page)
    entries = page.get_by_test_id("inside-entry")
    expect(entries).to_have_count(100)

    page.locator(".inside-scroller").first.evaluate("scroller => { scroller.scrollTop = 0; }")
    expect(page.get_by_role("button", name="Newest")).to_be_visible()
    fill(sim, 10)
    expect(entries).to_have_count(110)
    expect(entries.first).to_be_in_viewport()

    page.get_by_role("button", name="Newest").click()
    expect(entries.last).to_be_in_viewport()
    expect(page.get_by_role("button", name="Newest")).to_be_hidden()


def test_on_a_phone_the_keyboard_alone_opens_an_entry(window: OpenWindow, sim: Simulator) -> None:
    fill(sim, 30)
    opened = window(viewport=PHONE)
    page = opened.page
    look_inside(page)
    entries = page.get_by_test_id("inside-entry")
    expect(entries).to_have_count(30)

    page.get_by_role("button", name="World", exact=True).focus()
    page.keyboard.press("Tab")
    while not page.evaluate("document.activeElement.matches('.inside-row')"):
        page.keyboard.press("Tab")
    expect(entries.last.locator(".inside-row")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(entries.nth(28).locator(".inside-row")).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    expect(entries.nth(28).get_by_role("button", name="Only this")).to_be_focused()
    page.keyboard.press("Enter")
    expect(entries).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for control in page.locator(".inside button:visible, .inside select:visible, .inside input:visible").all():
        box = control.bounding_box()
        assert box
        assert box["height"] >= 40
