"""The gallery draws every golden card as phones and desktops show it, in both themes."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.simulator import Simulator
from bot.simulator.server import RunningServer
from tests.browser.conftest import Window
from tests.browser.patience import PATIENCE_MS

pytestmark = pytest.mark.browser

GOLDEN = Path(__file__).parents[1] / "cards" / "golden"
NAMES = sorted(path.stem for path in GOLDEN.glob("*.json"))
STAGES = ["phone-light", "phone-dark", "desktop-light", "desktop-dark"]

# Goes through all sections from the top and takes each away when it has been looked at, because a card is drawn once it
# comes into view, and what lies above would be laid out at each step anew; of each card, by section and stage: whether
# it is drawn once, what of it ends beyond its edge or hides letters, and what text stands out too little from what is
# behind it, by WCAG AA. One call, as hundreds of cards have thousands of elements.
_LOOK_AT_ALL = """
async ({ stages, patience }) => {
  const parse = text => { const [r, g, b, a = 1] = text.match(/[\\d.]+/g).map(Number); return [r, g, b, a]; };
  const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  const behind = element => {
    const colour = parse(getComputedStyle(element).backgroundColor);
    return colour[3] === 1 || !element.parentElement ? colour : over(colour, behind(element.parentElement));
  };
  const linear = value => value <= 10 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b) + 0.05;
  const speaks = element => [...element.childNodes].some(one => one.nodeType === 3 && one.textContent.trim());
  const isFaint = element => {
    const ground = behind(element);
    const ratio = light(over(parse(getComputedStyle(element).color), ground)) / light(ground);
    return Math.max(ratio, 1 / ratio) < 4.5;
  };
  const isCut = edge => element => element.getBoundingClientRect().right > edge
    || (element.tagName !== "INPUT" && element.scrollWidth > element.clientWidth + 1);
  const within = (element, id) => element.querySelector(`[data-testid="${id}"]`);
  const card = async (section, stage) => {
    const end = performance.now() + patience;
    const holder = within(section, stage);
    holder.scrollIntoView();
    for (;;) {
      const found = within(holder, "card");
      if (found?.querySelector(".ac-adaptiveCard")) return found;
      if (performance.now() > end) throw new Error(`${section.id} ${stage} was not drawn in time`);
      await new Promise(resolve => setTimeout(resolve, 10));
    }
  };
  const seen = {};
  for (const section of document.querySelectorAll('[data-testid="golden"]')) {
    seen[section.id] = {};
    for (const stage of stages) {
      const shown = await card(section, stage), all = [...shown.querySelectorAll("*")];
      const { right, width, height } = shown.getBoundingClientRect();
      seen[section.id][stage] = {
        once: shown.querySelectorAll(".ac-adaptiveCard").length === 1 && width > 0 && height > 0,
        cut: [shown, ...all].filter(isCut(right + 0.5)).map(one => `${one.className}: ${one.textContent}`),
        faint: all.filter(speaks).filter(isFaint).map(one => one.textContent),
      };
    }
    section.remove();
  }
  return seen;
}
"""

OpenGallery = Callable[..., Page]


@pytest.fixture
def sim() -> Iterator[Simulator]:
    with Simulator(goldens=GOLDEN) as simulator:
        yield simulator


@pytest.fixture
def bare_gallery(browser: Browser, server: RunningServer) -> Iterator[OpenGallery]:
    """A gallery that draws with whatever it finds; at the end no page may have complained of anything."""
    opened: list[Window] = []

    def open_gallery(place: str = "", **options: Any) -> Page:
        window = Window(browser.new_context(**options).new_page(), server.url)
        opened.append(window)
        window.page.goto(f"{server.url}/gallery{place}")
        return window.page

    yield open_gallery
    for window in opened:
        window.page.context.close()
    assert [complaint for window in opened for complaint in window.complaints] == []


@pytest.fixture
def gallery(bare_gallery: OpenGallery, renderer_folder: Path, monkeypatch: pytest.MonkeyPatch) -> OpenGallery:
    monkeypatch.setenv("PLAYGROUND_RENDERER_DIR", str(renderer_folder))

    def open_gallery(place: str = "", **options: Any) -> Page:
        page = bare_gallery(place, **options)
        page.locator("body[data-gallery=ready]").wait_for()
        return page

    return open_gallery


def golden(page: Page, name: str) -> Locator:
    return page.locator(f"#{name}")


def cards_of(section: Locator) -> list[Locator]:
    """Its card as often as it is drawn, once it is."""
    section.scroll_into_view_if_needed()
    found = [section.get_by_test_id(stage).get_by_test_id("card") for stage in STAGES]
    for card in found:
        card.wait_for()
    return found


def test_every_card_is_drawn_in_both_themes_and_widths_with_nothing_cut_off_or_faint(gallery: OpenGallery) -> None:
    page = gallery()

    seen = page.evaluate(_LOOK_AT_ALL, {"stages": STAGES, "patience": PATIENCE_MS})

    well = {"once": True, "cut": [], "faint": []}
    assert sorted(seen) == NAMES
    assert {
        f"{name} {stage}": found for name, stages in seen.items() for stage, found in stages.items() if found != well
    } == {}
    expect(page.get_by_role("status").first).to_have_text(f"{len(NAMES)} cards")


def test_phone_and_desktop_have_their_widths(gallery: OpenGallery) -> None:
    cards = cards_of(golden(gallery(), NAMES[0]))

    assert [card.evaluate("card => card.getBoundingClientRect().width") for card in cards] == [320, 320, 600, 600]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_card_has_the_colours_of_its_own_theme(gallery: OpenGallery, scheme: str) -> None:
    page = gallery("?words=confirmation", color_scheme=scheme)
    light, dark, *_ = cards_of(golden(page, "provision_workspace_confirmation"))

    def colour(card: Locator, inside: str, which: str) -> str:
        return str(card.locator(inside).first.evaluate(f"one => getComputedStyle(one).{which}"))

    assert colour(light, ".ac-adaptiveCard", "backgroundColor") == "rgb(255, 255, 255)"
    assert colour(dark, ".ac-adaptiveCard", "backgroundColor") == "rgb(26, 26, 26)"
    assert colour(light, ".ac-container .ac-container", "backgroundColor") == "rgb(219, 240, 255)"
    assert colour(dark, ".ac-container .ac-container", "backgroundColor") == "rgb(6, 58, 117)"
    assert colour(light, ".ac-textBlock", "color") == "rgba(0, 0, 0, 0.95)"
    assert colour(dark, ".ac-textBlock", "color") == "rgba(255, 255, 255, 0.95)"
    assert colour(light, ".ac-pushButton >> nth=1", "color") == "rgba(0, 0, 0, 0.92)"
    assert colour(dark, ".ac-pushButton >> nth=1", "color") == "rgba(255, 255, 255, 0.93)"


def test_only_what_is_near_is_drawn_so_that_the_page_comes_at_once(gallery: OpenGallery) -> None:
    page = gallery()
    last = page.get_by_test_id("golden").last

    expect(last.get_by_test_id("card")).to_have_count(0)
    last.scroll_into_view_if_needed()

    expect(last.get_by_test_id("card")).to_have_count(4)


def test_a_card_is_found_by_its_words_and_by_its_anchor(gallery: OpenGallery) -> None:
    page = gallery("#provision_workspace_unknown")
    expect(golden(page, "provision_workspace_unknown").get_by_test_id("card").first).to_be_in_viewport()
    expect(golden(page, NAMES[0])).not_to_be_in_viewport()

    page.get_by_label("Show cards about").fill("FORM precheck")

    forms = len([name for name in NAMES if "form" in name and "precheck" in name])
    expect(page.get_by_test_id("golden").and_(page.locator(":visible"))).to_have_count(forms)
    expect(page.get_by_role("status").first).to_have_text(f"{forms} of {len(NAMES)} cards")
    expect(page.get_by_role("heading", level=2).and_(page.locator(":visible"))).to_have_text(["Precheck subscriber"])
    page.reload()
    expect(page.get_by_test_id("golden").and_(page.locator(":visible"))).to_have_count(forms)
    page.get_by_label("Show cards about").fill("provision_workspace_form.json")
    expect(page.get_by_role("status").first).to_have_text(f"1 of {len(NAMES)} cards")


def test_theme_and_width_are_chosen_by_keyboard_and_stay_chosen(gallery: OpenGallery) -> None:
    page = gallery("?words=requests")
    section = golden(page, "notice_requests")

    page.get_by_role("group", name="Theme").get_by_role("radio", name="Both").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.get_by_role("group", name="Width").get_by_text("Phone").click()

    expect(section.locator("figure:visible")).to_have_count(1)
    expect(section.get_by_test_id("phone-dark")).to_be_visible()
    assert page.url.endswith("/gallery?words=requests&theme=dark&width=phone")
    page.reload()
    expect(section.locator("figure:visible")).to_have_count(1)
    expect(section.get_by_test_id("phone-dark").get_by_test_id("card")).to_be_visible()


def test_a_press_in_the_gallery_says_what_would_be_sent_and_sends_nothing(gallery: OpenGallery, sim: Simulator) -> None:
    page = gallery("?words=provision+form")
    form, *_ = cards_of(golden(page, "provision_workspace_form"))

    form.get_by_role("button", name="Cancel").click()

    said = form.get_by_role("status")
    expect(said).to_contain_text("Nothing is sent from here. This would be: ")
    assert "close form" in said.inner_text()
    assert sim.world.actions == {}


def test_the_json_of_a_golden_card_and_its_words_are_one_press_away(gallery: OpenGallery) -> None:
    page = gallery("?words=help+one")
    section = golden(page, "notice_help_one")

    section.get_by_text("Show in words").click()
    expect(section.locator(".gallery-words strong").first).to_have_text("Provision workspace")
    section.get_by_role("button", name="Card JSON").click()

    shown = page.get_by_test_id("card-json").locator("pre").inner_text()
    assert json.loads(shown) == json.loads((GOLDEN / "notice_help_one.json").read_text("utf-8"))


def test_on_a_phone_the_gallery_itself_fits(gallery: OpenGallery) -> None:
    page = gallery("?width=phone", viewport={"width": 360, "height": 740}, has_touch=True)
    cards_of_phone = golden(page, NAMES[0]).get_by_test_id("phone-light").get_by_test_id("card")

    expect(cards_of_phone).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    expect(golden(page, NAMES[0]).get_by_test_id("phone-dark").get_by_test_id("card")).to_be_attached()


def test_without_the_renderer_the_cards_are_plain(
    bare_gallery: OpenGallery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAYGROUND_RENDERER_DIR", str(tmp_path))

    page = bare_gallery("?words=requests")

    expect(page.locator("#notice")).to_contain_text("python -m bot.simulator.renderer")
    expect(golden(page, "notice_requests").locator(".plain-card").first).to_contain_text("Provision workspace")


class TestWithoutGoldens:
    """An installed playground has no checkout."""

    @pytest.fixture
    def sim(self) -> Iterator[Simulator]:
        with Simulator() as simulator:
            yield simulator

    def test_the_gallery_says_what_it_is_made_from(self, bare_gallery: OpenGallery) -> None:
        page = bare_gallery()

        expect(page.get_by_role("main")).to_contain_text(re.compile("made from the golden cards of a checkout"))
