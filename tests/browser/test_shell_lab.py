"""The lab beside the chat: a drawer for the keyboard as for the mouse, and a sheet on a phone."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from bot.simulator import Simulator
from bot.simulator.server import RunningServer
from tests.browser.conftest import OpenWindow
from tests.browser.playground import PHONE

pytestmark = pytest.mark.browser

FOCUSED = "document.activeElement.dataset.testid"


def width(page: Page) -> float:
    box = page.get_by_role("complementary", name="Lab").bounding_box()
    assert box is not None
    return box["width"]


def test_the_lab_is_used_with_the_keyboard_alone(window: OpenWindow) -> None:
    ann = window()
    keyboard = ann.page.keyboard
    tabs = ann.page.get_by_role("tablist", name="Lab").get_by_role("tab")

    ann.page.get_by_test_id("lab-button").focus()
    keyboard.press("Enter")
    visited = [ann.page.evaluate(FOCUSED)]
    for key in ("ArrowRight", "ArrowRight", "Home", "ArrowLeft", "End"):
        keyboard.press(key)
        visited.append(ann.page.evaluate(FOCUSED))

    assert visited == [f"lab-tab-{key}" for key in ("tour", "faults", "inside", "tour", "recording", "recording")]
    expect(tabs.last).to_have_attribute("aria-selected", "true")
    expect(ann.page.get_by_role("tabpanel", name="Record")).to_be_visible()
    expect(ann.page.get_by_role("tabpanel")).to_have_count(1)
    keyboard.press("Escape")
    expect(ann.page.get_by_role("tabpanel")).to_have_count(0)
    assert ann.page.evaluate(FOCUSED) == "lab-button"


def test_the_lab_is_remembered_as_it_was_left(window: OpenWindow) -> None:
    ann = window()
    ann.page.get_by_test_id("lab-button").click()
    ann.page.get_by_test_id("lab-tab-faults").click()
    separator = ann.page.get_by_role("separator", name="Width of the lab")
    before = width(ann.page)

    separator.focus()
    ann.page.keyboard.press("ArrowLeft")
    ann.page.keyboard.press("ArrowLeft")

    wider = width(ann.page)
    assert wider == before + 48
    expect(separator).to_have_attribute("aria-valuenow", f"{wider:.0f}")
    ann.page.reload()
    expect(ann.page.get_by_role("tabpanel", name="Faults")).to_be_visible()
    assert width(ann.page) == wider
    expect(ann.page.get_by_test_id("lab-button")).to_have_attribute("aria-expanded", "true")


def test_the_mouse_draws_the_lab_wider_but_leaves_the_chat_its_room(window: OpenWindow) -> None:
    ann = window(viewport={"width": 1000, "height": 700})
    ann.page.get_by_test_id("lab-button").click()
    box = ann.page.get_by_role("separator", name="Width of the lab").bounding_box()
    assert box is not None

    ann.page.mouse.move(box["x"] + 5, 300)
    ann.page.mouse.down()
    ann.page.mouse.move(500, 300)
    drawn = width(ann.page)
    ann.page.mouse.move(20, 300)
    ann.page.mouse.up()

    assert drawn == 500
    assert width(ann.page) == 640
    expect(ann.composer).to_be_in_viewport(ratio=1)


def test_on_a_phone_the_lab_is_a_sheet_that_makes_way_for_what_it_writes(window: OpenWindow) -> None:
    ann = window(viewport=PHONE)

    ann.page.get_by_test_id("lab-button").click()

    assert width(ann.page) == PHONE["width"]
    expect(ann.page.locator("#page")).to_have_attribute("inert", "")
    ann.page.keyboard.press("Escape")
    expect(ann.page.locator("#page")).not_to_have_attribute("inert", "")
    assert ann.page.evaluate(FOCUSED) == "lab-button"
    ann.page.reload()
    expect(ann.page.get_by_test_id("lab-button")).to_have_attribute("aria-expanded", "false")


def test_on_a_phone_all_tabs_are_in_view_with_the_marks_that_they_have(window: OpenWindow, sim: Simulator) -> None:
    for _ in range(10):
        sim.faults.add(service="broadworks", kind="status", status=429)
    ann = window(viewport=PHONE)

    ann.page.get_by_test_id("lab-button").click()

    tabs = ann.page.get_by_role("tablist", name="Lab")
    expect(tabs).to_contain_text("10 on")
    assert tabs.evaluate("tabs => tabs.scrollWidth <= tabs.clientWidth")
    expect(tabs.get_by_role("tab", name="Record")).to_be_in_viewport(ratio=1)


def test_the_lab_and_the_chat_share_one_connection(window: OpenWindow, sim: Simulator) -> None:
    ann = window()

    ann.page.get_by_test_id("lab-button").click()
    ann.page.get_by_role("tabpanel").wait_for()

    assert sim.feed.listeners == 1


@pytest.mark.parametrize("place", ["/", "/split"])
def test_the_lab_can_be_pressed_once_it_is_there(window: OpenWindow, server: RunningServer, place: str) -> None:
    page = window().page
    button = page.get_by_test_id("lab-button")
    while_it_loads: list[bool] = []

    def look(route: Route) -> None:
        while_it_loads.append(button.is_enabled())
        route.continue_()

    page.route("**/lab/tour.js", look)
    page.goto(f"{server.url}{place}?")
    button.click()

    expect(page.get_by_role("tabpanel")).to_be_visible()
    assert while_it_loads == [False]


def test_a_server_that_is_gone_is_not_reported_as_a_panel_that_fails(window: OpenWindow) -> None:
    page = window().page
    page.route("**/control", lambda route: route.abort())

    with page.expect_event("requestfailed", lambda asked: asked.url.endswith("/control")):
        page.reload()

    # Whatever is complained of fails the test.
    page.get_by_test_id("lab-button").click()
    expect(page.get_by_role("tabpanel")).to_be_visible()


def test_a_panel_that_cannot_be_loaded_leaves_the_others_and_the_chat(window: OpenWindow) -> None:
    ann = window()
    ann.page.route("**/lab/faults.js", lambda route: route.abort())

    ann.page.reload()
    ann.page.get_by_test_id("lab-button").click()

    expect(ann.page.get_by_role("tablist", name="Lab").get_by_role("tab")).to_have_text(
        [re.compile(name) for name in ("Tour", "Inside", "Record")]
    )
    expect(ann.page.get_by_role("tabpanel")).to_be_visible()
    expect(ann.composer).to_be_visible()
    assert [complaint for complaint in ann.complaints if "could not be loaded" not in complaint] == []
    ann.complaints.clear()
