"""One whole dialogue at a desk with the keyboard alone, from the opened page to a provisioned workspace."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from bot.simulator.provisioning.records import PROVISIONING_ID
from tests.browser.conftest import OpenWindow
from tests.browser.playground import Agent, Playground, button, choice, field, play

pytestmark = pytest.mark.browser


@pytest.fixture
def playground(renderer_folder: Path) -> Iterator[Playground]:
    with play(renderer_folder) as running:
        yield running


class Typist(Agent):
    """Somebody without a mouse."""

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def fill_in(self, form: Locator, label: str, words: str) -> None:
        """Go on to the field of that label, and write over what it holds."""
        self.tab_to(field(form, label))
        self.press("ControlOrMeta+a")
        self.page.keyboard.type(words)

    def enter_newest(self, message: Locator) -> None:
        """From the field for writing to the first control of the newest message."""
        self.press("/")
        expect(self.window.composer).to_be_focused()
        self.press("Escape")
        expect(message).to_be_focused()
        self.press("Enter")


def ask_for_the_form(ann: Typist) -> Locator:
    ann.press("/")
    expect(ann.window.composer).to_be_focused()
    ann.page.keyboard.type("provision workspace")
    return ann.answer(lambda: ann.press("Enter"), "Display name")


def fill_it_in_with_a_mistake(ann: Typist, form: Locator) -> None:
    ann.press("Escape")
    expect(form).to_be_focused()
    ann.press("Enter")
    expect(field(form, "Display name")).to_be_focused()
    ann.page.keyboard.type("Quiet Room")
    ann.fill_in(form, "User ID", "95547777@example.com")
    ann.tab_to(choice(form, "Enterprise"))
    ann.page.keyboard.type("Reseller1+acme")
    expect(choice(form, "Enterprise")).to_have_value("Reseller1+acme")
    ann.fill_in(form, "Provisioning ID", PROVISIONING_ID)
    ann.fill_in(form, "Phone number", "12x")
    ann.tab_to(button(form, "Review"))
    ann.press("Enter")
    expect(form).to_contain_text("to put right")
    expect(field(form, "Display name")).to_have_value("Quiet Room")
    expect(button(form, "Review")).to_be_focused()


def put_it_right(ann: Typist, form: Locator) -> None:
    ann.tab_to(field(form, "Phone number"), back=True)
    ann.press("ControlOrMeta+a", "Delete")
    ann.fill_in(form, "Extension", "53777")
    ann.tab_to(button(form, "Review"))
    ann.press("Enter")
    expect(form).to_contain_text("Nothing has been sent yet")


def switch_a_fault_on_and_off(ann: Typist) -> None:
    page = ann.page
    lab, panel = page.get_by_test_id("lab-button"), page.get_by_role("tabpanel", name="Faults")
    ann.tab_to(lab, back=True)
    ann.press("Enter")
    expect(page.get_by_role("tab", name="Tour")).to_be_focused()
    ann.press("ArrowRight")
    expect(page.get_by_role("tab", name="Faults")).to_be_focused()
    ann.tab_to(panel.get_by_test_id("faults-group-BroadWorks").locator("summary"))
    ann.press("Enter")
    slow = panel.get_by_role("switch", name="BroadWorks answers slowly (3 s)")
    ann.tab_to(slow)
    ann.press("Space")
    expect(slow).to_be_checked()
    expect(page.get_by_test_id("faults-banner")).to_contain_text("BroadWorks answers slowly (3 s) · 1 left")
    ann.press("Space")
    expect(slow).not_to_be_checked()
    expect(slow).to_be_focused()
    expect(page.get_by_test_id("faults-banner")).to_be_hidden()
    ann.press("Escape")
    expect(panel).to_be_hidden()
    expect(lab).to_be_focused()


def test_a_whole_dialogue_needs_no_mouse(open_window: OpenWindow) -> None:
    ann = Typist(open_window("ann/ann", viewport={"width": 1280, "height": 800}))
    form = ask_for_the_form(ann)

    fill_it_in_with_a_mistake(ann, form)
    put_it_right(ann, form)
    switch_a_fault_on_and_off(ann)
    ann.enter_newest(form)
    expect(button(form, "Provision")).to_be_focused()
    ann.shot("keyboard-confirmation")
    ann.press("Enter")

    expect(form).to_contain_text("Workspace provisioned")
    expect(form.get_by_text("Workspace provisioned")).to_be_in_viewport()
    assert form.evaluate("message => message.contains(document.activeElement)"), "The keyboard has lost its place."
    ann.shot("keyboard-result")
