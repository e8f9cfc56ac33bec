"""No page of the playground has a serious fault for people who see, hear or use their hands differently."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from bot.simulator import Simulator
from bot.simulator.renderer import RendererMissing
from bot.simulator.server import RunningServer
from tests.browser import axe
from tests.browser.axe import Axe
from tests.browser.conftest import Chat, OpenWindow, missing
from tests.browser.patience import PATIENCE_MS
from tests.browser.playground import PHONE
from tests.browser.test_users import facts as waiting

pytestmark = pytest.mark.browser

GOLDEN = Path(__file__).parents[1] / "cards" / "golden"
CARDS = (
    "notice_help",
    "precheck_subscriber_form",
    "precheck_subscriber_form_wrong",
    "precheck_subscriber",
    "precheck_subscriber_refused",
    "provision_workspace_confirmation_warned",
    "provision_workspace_running",
    "provision_workspace_unknown",
    "provision_workspace",
    "precheck_subscriber_form_pasted",
    "provision_subscriber_confirmation",
    "provision_subscriber_stuck",
    "find_subscribers",
    "show_subscriber",
    "update_subscriber_confirmation",
    "remove_subscriber_confirmation",
)
LOOKS = [
    # The judge measures with styles of its own, which the page's policy would refuse, loudly.
    pytest.param(
        {"color_scheme": scheme, "viewport": size, "reduced_motion": "reduce", "bypass_csp": True},
        id=f"{scheme}-{name}",
    )
    for scheme in ("light", "dark")
    for name, size in (("desk", {"width": 1280, "height": 800}), ("phone", PHONE))
]
THUMB_PX = 40
PANELS = ("Tour", "Faults", "Inside", "Record")


@pytest.fixture(scope="module")
def judge() -> Axe:
    try:
        return axe.fetch()
    except RendererMissing as exc:
        missing(f"axe-core is missing. {exc.reason}")


@pytest.fixture
def sim() -> Iterator[Simulator]:
    with Simulator(goldens=GOLDEN) as simulator:
        yield simulator


@pytest.fixture(params=LOOKS)
def look(request: pytest.FixtureRequest) -> dict[str, Any]:
    options: dict[str, Any] = request.param
    return options


def golden(name: str) -> dict[str, Any]:
    card: dict[str, Any] = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    return card


def converse(chat: Chat) -> None:
    """A support space with all that can stand in one: words, cards of every kind, and a thread."""
    root = chat.say("bob", "Who has seen *request 12*?")
    chat.say("ann", "I have.", parentId=root)
    for name in CARDS:
        chat.show(golden(name), parentId=root if name == "precheck_subscriber" else None)
    chat.say("bot", "", markdown="A **list**:\n\n- one\n- `two` and [three](https://example.com)")


def box(control: Locator) -> tuple[float, float]:
    found = control.bounding_box()
    assert found is not None
    return found["width"], found["height"]


def assert_accessible(judge: Axe, page: Page) -> None:
    grave = judge.grave(page)
    assert not grave, "\n".join(grave)


def open_lab(page: Page, panel: str) -> None:
    lab = page.locator("#lab")
    if lab.is_hidden():
        page.get_by_test_id("lab-button").click()
    lab.get_by_role("tab", name=panel).click()
    lab.evaluate("lab => lab.querySelectorAll('details').forEach(drawer => { drawer.open = true; })")


def test_the_judge_finds_what_is_wrong(window: OpenWindow, judge: Axe) -> None:
    ann = window(bypass_csp=True)
    ann.page.evaluate("document.body.append(document.createElement('button'))")

    (found,) = judge.grave(ann.page)

    assert found.startswith("critical button-name at ")


def test_a_conversation_with_cards(window: OpenWindow, chat: Chat, judge: Axe, look: dict[str, Any]) -> None:
    converse(chat)

    ann = window(**look)

    expect(ann.messages).to_have_count(len(CARDS) + 3)
    assert_accessible(judge, ann.page)
    ann.page.get_by_role("button", name="Card JSON").last.click()
    expect(ann.page.get_by_role("dialog", name="Card JSON")).to_be_visible()
    assert_accessible(judge, ann.page)


def test_a_file_on_its_way_and_one_that_arrived(
    window: OpenWindow, chat: Chat, judge: Axe, look: dict[str, Any]
) -> None:
    ann = window("ann/ann", **look)
    file: FilePayload = {"name": "rooms.csv", "mimeType": "text/csv", "buffer": b"name,user\n"}

    for _ in range(2):
        ann.page.get_by_test_id("file").set_input_files([file])
        expect(ann.page.get_by_test_id("attached")).to_contain_text("rooms.csv")
        ann.composer.press("Enter")
        expect(ann.page.get_by_test_id("attached")).to_be_hidden()
    ann.page.get_by_test_id("file").set_input_files([file])
    ann.page.get_by_test_id("theme-button").click()

    expect(ann.page.get_by_test_id("message-file")).to_have_count(2)
    expect(ann.page.get_by_test_id("theme-dark")).to_be_visible()
    assert_accessible(judge, ann.page)


def test_a_first_visit_and_the_keys_it_can_have_shown(window: OpenWindow, judge: Axe, look: dict[str, Any]) -> None:
    ann = window("ann/ann", **look)

    expect(ann.page.get_by_role("button", name="Take the tour")).to_be_visible()
    assert_accessible(judge, ann.page)
    ann.page.get_by_test_id("shortcuts-button").click()
    expect(ann.page.get_by_test_id("shortcuts")).to_be_visible()
    assert_accessible(judge, ann.page)


def test_a_thumb_hits_everything_in_the_chat(window: OpenWindow, chat: Chat) -> None:
    root = chat.show(golden("precheck_subscriber_form"))
    chat.say("ann", "A reply.", parentId=root)
    page = window(viewport=PHONE, has_touch=True).page
    page.get_by_test_id("composer").fill("no mention")

    controls = page.locator("button:visible, input:visible:not([type=file]), select:visible, textarea:visible").all()

    small = {control.evaluate("it => it.outerHTML.slice(0, 200)"): box(control) for control in controls}
    assert {what: size for what, size in small.items() if min(size) < THUMB_PX} == {}


def test_every_panel_of_the_lab(window: OpenWindow, chat: Chat, judge: Axe, look: dict[str, Any]) -> None:
    chat.sim.faults.add(service="broadworks", kind="status", status=429, times=2)
    chat.sim.switches.provisioning_seconds = 0
    chat.sim.broadworks.create_subscriber(waiting(1, "carla.consent@example.com"))
    chat.say("bob", "hello")
    chat.show(golden("precheck_subscriber_form"))
    page = window(**look).page

    for panel in PANELS:
        open_lab(page, panel)
        expect(page.get_by_role("tabpanel", name=panel).locator("h2, button").first).to_be_visible()
        assert_accessible(judge, page)


def test_two_people_side_by_side(
    window: OpenWindow, server: RunningServer, chat: Chat, judge: Axe, look: dict[str, Any]
) -> None:
    converse(chat)
    page = window(**look).page

    page.goto(f"{server.url}/split")

    first = page.frame_locator("iframe").first
    expect(first.get_by_test_id("connection")).to_have_attribute("data-state", "online")
    first.get_by_test_id("message").last.wait_for()
    assert_accessible(judge, page)


def test_the_gallery(window: OpenWindow, server: RunningServer, judge: Axe, look: dict[str, Any]) -> None:
    page = window(**look).page

    page.goto(f"{server.url}/gallery")

    # Hundreds of cards are laid out first, which takes a busy machine a while.
    expect(page.get_by_test_id("card").first).to_be_visible(timeout=4 * PATIENCE_MS)
    assert_accessible(judge, page)
