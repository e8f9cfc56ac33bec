"""Takes the README's pictures of a real playground: python -m tests.browser.pictures docs/

Short real dialogues, at fixed sizes; the pictures go into the folder's `pictures`.
"""

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect, sync_playwright

from bot.simulator.provisioning.records import PROVISIONING_ID
from bot.simulator.renderer import ensure
from tests.browser.conftest import QUIET, OpenWindow, windows
from tests.browser.patience import PATIENCE_MS
from tests.browser.playground import PHONE, Agent, Playground, button, field, play
from tests.browser.png import shrunk

DESK = {"width": 1280, "height": 800}
MOST_BYTES = 150_000
_DRAWN = "() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(() => drawn(null))))"

_QUIET_ROOM = (
    'provision workspace name="Quiet Room" user=95548002@example.com enterprise=Reseller1+acme ext=53002'
    f" pid={PROVISIONING_ID}"
)


class Photographer:
    """Opens windows on one playground and keeps what they show."""

    def __init__(self, playground: Playground, *, open_window: OpenWindow, folder: Path) -> None:
        self.playground = playground
        self._open_window = open_window
        self._folder = folder

    def sit(self, place: str, **options: Any) -> Agent:
        # The invitation to the tour belongs to the first visit, not to every picture.
        seen = {"name": "playground.tour", "value": "seen"}
        origin = {"origin": self.playground.page, "localStorage": [seen]}
        options = {"viewport": DESK, "reduced_motion": "reduce", "color_scheme": "light", **options}
        return Agent(self._open_window(place, storage_state={"cookies": [], "origins": [origin]}, **options))

    def keep(self, page: Page, name: str) -> None:
        page.mouse.move(0, 0)
        page.evaluate("document.activeElement.blur()")
        page.evaluate(_DRAWN)
        picture = page.screenshot(animations="disabled", caret="hide")
        (self._folder / f"{name}.png").write_bytes(shrunk(picture))


def desk(photographer: Photographer) -> None:
    """The support space with a precheck's result and a workspace that waits for its press."""
    ann = photographer.sit("ann/support", viewport={"width": 1280, "height": 1300})
    ann.ask("@Provisioning precheck new.hire@example.com package=standard", "Webex expects this to work")
    ann.ask(f"@Provisioning {_QUIET_ROOM}", "Nothing has been sent yet")
    photographer.keep(ann.page, "support-space")


def night(photographer: Photographer) -> None:
    """A form on a phone at night, with a mistake told at its field."""
    ann = photographer.sit("ann/ann", viewport={**PHONE, "height": 860}, color_scheme="dark", device_scale_factor=2)
    form = ann.ask("precheck", "E-mail")
    field(form, "E-mail").fill("new.hire@")
    button(form, "Check").click()
    expect(form).to_contain_text("1 thing to put right")
    form.scroll_into_view_if_needed()
    photographer.keep(ann.page, "form-on-a-phone")


def split(photographer: Photographer) -> None:
    """Ann and Bob side by side, when Bob presses what is Ann's to press."""
    page = photographer.sit("ann/support").page
    page.goto(f"{photographer.playground.page}/split")
    ann, bob = (page.frame_locator("iframe").nth(at) for at in range(2))
    provision = bob.get_by_role("button", name="Provision", exact=True)
    provision.click()
    for person in (ann, bob):
        expect(person.get_by_test_id("message").last).to_contain_text("Only Ann Archer, who asked")
    expect(provision).not_to_have_attribute("aria-disabled", "true")
    photographer.keep(page, "two-people")


def tour(photographer: Photographer) -> None:
    """The tour, of which the first step is done."""
    ann = photographer.sit("ann/ann")
    ann.ask("precheck next.hire@example.com", "Webex expects this to work")
    ann.page.get_by_test_id("lab-button").click()
    ann.page.get_by_role("tab", name="Tour").click()
    expect(ann.page.get_by_test_id("tour-precheck")).to_contain_text("Done")
    photographer.keep(ann.page, "lab-tour")


def lab(photographer: Photographer) -> None:
    """The lab, with what goes wrong and with what goes on inside."""
    ann = photographer.sit("ann/ann")
    photographer.playground.control("scenarios/broadworks-write-lost", times=1)
    review = ann.ask(_QUIET_ROOM.replace("2@", "3@").replace("53002", "53003"), "Nothing has been sent yet")
    ann.page.get_by_test_id("lab-button").click()
    ann.page.get_by_role("tab", name="Faults").click()
    photographer.keep(ann.page, "lab-faults")
    button(review, "Provision").click()
    expect(review).to_contain_text("Workspace provisioned")
    ann.page.get_by_role("tab", name="Inside").click()
    photographer.keep(ann.page, "lab-inside")


def gallery(photographer: Photographer) -> None:
    """Every card that the bot has, on a phone and on a desktop, by day and at night."""
    page = photographer.sit("ann/ann", viewport={"width": 1280, "height": 1180}).page
    page.goto(f"{photographer.playground.page}/gallery?words=provision_workspace_confirmation")
    page.locator("body[data-gallery=ready]").wait_for()
    cards = page.get_by_test_id("card").and_(page.locator(":visible"))
    expect(cards.filter(has_text="Nothing has been sent yet").first).to_be_in_viewport()
    photographer.keep(page, "gallery")


PICTURES: tuple[Callable[[Photographer], None], ...] = (desk, night, split, tour, lab, gallery)


@contextmanager
def photographer(folder: Path) -> Iterator[Photographer]:
    """At work in a playground of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=PATIENCE_MS)
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET) as browser,
        play(ensure().folder) as playground,
        windows(browser, playground.page) as open_window,
    ):
        yield Photographer(playground, open_window=open_window, folder=folder)


def main(docs: Path) -> int:
    folder = docs / "pictures"
    with photographer(folder) as at_work:
        for picture in PICTURES:
            picture(at_work)
    sizes = {path.name: path.stat().st_size for path in sorted(folder.glob("*.png"))}
    sys.stdout.writelines(f"{size:>8,} bytes  {name}\n" for name, size in sizes.items())
    return 1 if max(sizes.values()) > MOST_BYTES else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs")))
