"""What stands around the chat: themes, keys, and room for everything from a phone to a desk."""

import pytest
from playwright.sync_api import Page, expect

from bot.simulator import Simulator
from bot.simulator.server import RunningServer
from tests.browser.cards import FORM
from tests.browser.conftest import Chat, OpenWindow, Window
from tests.browser.playground import PHONE

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=alert(1)>|/%"
LIGHT, DARK = "rgb(255, 255, 255)", "rgb(20, 21, 22)"
FOCUSED = "document.activeElement.dataset.messageId ?? document.activeElement.dataset.testid"


def background(page: Page, selector: str = "body") -> str:
    return str(page.eval_on_selector(selector, "element => getComputedStyle(element).backgroundColor"))


def choose_theme(page: Page, name: str) -> None:
    page.get_by_role("button", name="Theme").click()
    page.get_by_role("radio", name=name).check()
    page.keyboard.press("Escape")


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_a_chosen_theme_is_applied_and_remembered(window: OpenWindow) -> None:
    ann = window(color_scheme="light")
    assert background(ann.page) == LIGHT

    choose_theme(ann.page, "Dark")

    assert background(ann.page) == DARK
    ann.page.reload()
    expect(ann.page.locator("html")).to_have_attribute("data-theme", "dark")
    assert background(ann.page) == DARK
    expect(ann.page.get_by_role("button", name="Theme")).to_be_visible()


def test_without_a_choice_the_systems_theme_is_followed(window: OpenWindow) -> None:
    ann = window(color_scheme="dark")
    assert background(ann.page) == DARK
    choose_theme(ann.page, "Light")
    assert background(ann.page) == LIGHT

    choose_theme(ann.page, "System")

    assert background(ann.page) == DARK
    ann.page.emulate_media(color_scheme="light")
    assert background(ann.page) == LIGHT


def test_a_part_of_a_page_can_be_held_in_a_theme(window: OpenWindow) -> None:
    ann = window(color_scheme="light")

    ann.page.evaluate("page.querySelector('main').dataset.theme = 'dark'")

    assert background(ann.page, "main") == DARK
    assert background(ann.page) == LIGHT


def test_the_keyboard_goes_through_the_messages_and_into_them(window: OpenWindow, chat: Chat) -> None:
    first = chat.say("bob", "First")
    form = chat.show(FORM)
    last = chat.say("cleo", "Last")
    ann = window()
    expect(ann.messages).to_have_count(3)
    keyboard = ann.page.keyboard

    keyboard.press("/")
    expect(ann.composer).to_be_focused()
    visited = []
    for key in ("Escape", "ArrowUp", "ArrowUp", "ArrowUp", "End", "Home", "ArrowDown"):
        keyboard.press(key)
        visited.append(ann.page.evaluate(FOCUSED))

    assert visited == [last, form, first, first, last, first, form]
    keyboard.press("Enter")
    expect(ann.card(form).get_by_label("Name")).to_be_focused()
    keyboard.press("Escape")
    assert ann.page.evaluate(FOCUSED) == form
    keyboard.press("Escape")
    expect(ann.composer).to_be_focused()


def test_a_message_is_answered_in_its_thread_by_one_key(window: OpenWindow, chat: Chat) -> None:
    root = chat.say("bob", "Who is there?")
    ann = window()
    expect(ann.messages).to_have_count(1)

    ann.page.get_by_role("log", name="Messages").focus()
    ann.page.keyboard.press("ArrowUp")
    ann.page.keyboard.press("r")
    ann.page.keyboard.type("I am")
    ann.page.keyboard.press("Enter")

    expect(ann.messages).to_have_count(2)
    assert [message.root for message in chat.sim.world.messages.values()] == [None, root]


def test_escape_ends_a_reply_before_it_leaves_the_field(window: OpenWindow, chat: Chat) -> None:
    root = chat.say("bob", "Who is there?")
    ann = window()
    ann.page.get_by_role("log", name="Messages").focus()
    ann.page.keyboard.press("End")
    ann.page.keyboard.press("r")
    expect(ann.page.get_by_text("Replying to")).to_be_visible()

    ann.page.keyboard.press("Escape")

    expect(ann.page.get_by_text("Replying to")).to_be_hidden()
    expect(ann.composer).to_be_focused()
    ann.page.keyboard.press("Escape")
    assert ann.page.evaluate(FOCUSED) == root


def test_the_keys_are_listed_and_single_ones_can_be_switched_off(window: OpenWindow) -> None:
    ann = window()
    dialog = ann.page.get_by_role("dialog", name="Keyboard shortcuts")

    ann.page.keyboard.press("?")
    expect(dialog).to_contain_text("Ctrl+K")
    dialog.get_by_role("checkbox").uncheck()
    ann.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    ann.page.keyboard.press("?")
    ann.page.keyboard.press("/")

    expect(dialog).to_be_hidden()
    expect(ann.composer).not_to_be_focused()
    ann.page.keyboard.press("Control+k")
    expect(ann.composer).to_be_focused()
    ann.page.keyboard.type("/?r")
    expect(ann.composer).to_have_value("/?r")


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_sticks_out_in_any_state(window: OpenWindow, chat: Chat, width: int) -> None:
    chat.show(FORM)
    chat.say("bob", "x" * 300)
    ann = window(viewport={"width": width, "height": 740})
    page = ann.page
    expect(ann.messages).to_have_count(2)

    assert fits(page)
    choose_theme(page, "Dark")
    page.get_by_role("button", name="Keyboard shortcuts").click()
    assert fits(page)
    page.keyboard.press("Escape")
    open_all_panels(ann)
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Two people").click()
    expect(page.frame_locator("iframe").first.get_by_test_id("message")).to_have_count(2)
    assert fits(page)
    for pane in page.frames[1:]:
        assert pane.evaluate("document.documentElement.scrollWidth <= innerWidth")
    open_all_panels(ann)


def open_all_panels(window: Window) -> None:
    window.page.get_by_test_id("lab-button").click()
    for tab in window.page.get_by_role("tablist", name="Lab").get_by_role("tab").all():
        tab.click()
        assert fits(window.page)
        panel = window.page.get_by_role("tabpanel")
        assert panel.evaluate("panel => panel.scrollWidth <= panel.clientWidth")


def test_on_a_phone_everybody_and_everything_is_within_reach_of_a_thumb(window: OpenWindow) -> None:
    ann = window(viewport=PHONE, has_touch=True)

    for name in ("person-cleo", "space-support", "two-people", "theme-button", "shortcuts-button", "lab-button"):
        control = ann.page.get_by_test_id(name)
        expect(control).to_be_in_viewport(ratio=1)
        box = control.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 40, name
        control.click(trial=True)


def test_hostile_names_stay_text_and_an_address_can_say_anything(
    window: OpenWindow, server: RunningServer, sim: Simulator
) -> None:
    ann = window()
    ann.page.route("**/play/config", lambda route: route.fulfill(json=with_hostile_names(ann.page, server.url)))

    ann.page.goto(f"{server.url}/?#%/%E0|<b>")
    ann.page.reload()

    expect(ann.page.get_by_test_id("person-ann")).to_have_attribute("title", f"{HOSTILE} · {sim.people['ann'].email}")
    expect(ann.page.get_by_role("heading", level=1)).to_have_text(HOSTILE)
    ann.page.get_by_role("link", name="Two people").click()
    pane = ann.page.frame_locator("[data-testid=pane-left]")
    expect(pane.locator("#space-title")).to_have_text(HOSTILE)
    expect(ann.page.get_by_test_id("pane-left")).to_have_attribute(
        "title", "<img\N{RIGHT SINGLE QUOTATION MARK}s window"
    )
    assert ann.page.locator("[src=x]").count() + pane.locator("[src=x]").count() == 0


def with_hostile_names(page: Page, url: str) -> dict[str, object]:
    config: dict[str, list[dict[str, str]]] = page.request.get(f"{url}/play/config").json()
    for person in config["people"]:
        person["name"] = HOSTILE
    for space in config["spaces"]:
        space["title"] = HOSTILE
    return dict(config)
