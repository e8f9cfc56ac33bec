"""The guided tour, taken by a newcomer with the real bot from the invitation to the congratulation."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import OpenWindow, Window
from tests.browser.playground import PHONE, Agent, Playground, button, field, play

pytestmark = pytest.mark.browser

EMAIL = "new.hire@example.com"


@pytest.fixture
def playground(renderer_folder: Path) -> Iterator[Playground]:
    with play(renderer_folder) as running:
        yield running


class Visitor(Agent):
    """Somebody who takes the tour."""

    def __init__(self, window: Window, playground: Playground) -> None:
        super().__init__(window)
        self.playground = playground

    @property
    def tour(self) -> Locator:
        return self.page.get_by_role("tabpanel", name="Tour")

    def step(self, key: str) -> Locator:
        return self.tour.get_by_test_id(f"tour-{key}")

    def choose(self, key: str, title: str) -> None:
        """Press one of the buttons of a step."""
        self.step(key).get_by_role("button", name=title, exact=True).click()

    def write(self, key: str, title: str = "Write it for me") -> Locator:
        """Have the step's line written, send it, and the bot's answer to it."""
        self.choose(key, title)
        expect(self.window.composer).not_to_have_value("")
        expect(self.window.composer).to_be_focused()
        return self.answer(lambda: self.window.composer.press("Enter"))

    def has_done(self, key: str, *ticks: str) -> None:
        expect(self.step(key).locator(".tour-ticked")).to_have_text([f"Done: {tick}" for tick in ticks])


def precheck(ann: Visitor) -> None:
    ann.has_done("precheck")
    ann.write("precheck")
    ann.has_done("precheck", "Asked", "Answered with yes")
    expect(ann.step("precheck")).to_contain_text("Done")
    expect(ann.tour).to_contain_text("1 of 5 done")


def mistake(ann: Visitor) -> None:
    form = ann.write("mistake", "Ask for the form")
    field(form, "E-mail").fill("new.hire@")
    button(form, "Check").click()
    ann.has_done("mistake", "Form shown", "Mistake told")
    expect(ann.step("mistake")).to_contain_text("2 of 3")
    field(form, "E-mail").fill(EMAIL)
    button(form, "Check").click()
    ann.has_done("mistake", "Form shown", "Mistake told", "Put right")


def workspace(ann: Visitor) -> None:
    review = ann.write("workspace")
    ann.has_done("workspace", "Review shown")
    button(review, "Provision").click()
    ann.has_done("workspace", "Review shown", "Workspace made", "Result shown")


def restart(ann: Visitor) -> None:
    form = ann.write("restart", "Ask for the form")
    # A bot that dies between posting and writing it down posts again, and knows of the second message alone.
    ann.playground.rest()
    ann.choose("restart", "Stop the bot")
    ann.has_done("restart", "Form open", "Bot stopped")
    ann.choose("restart", "Start the bot")
    ann.has_done("restart", "Form open", "Bot stopped", "Bot started")
    field(form, "E-mail").fill(EMAIL)
    button(form, "Check").click()
    ann.has_done("restart", "Form open", "Bot stopped", "Bot started", "That form answered")


def lose_an_answer(ann: Visitor) -> None:
    ann.choose("lost", "Lose the next answer")
    review = ann.write("lost")
    button(review, "Provision").click()
    ann.has_done("lost", "Answer lost", "Said to be unknown", "Settled, sent once")


def test_a_newcomer_takes_the_whole_tour(open_window: OpenWindow, playground: Playground) -> None:
    ann = Visitor(open_window("ann/ann", viewport={"width": 1280, "height": 900}), playground)
    ann.page.get_by_role("button", name="Take the tour").click()
    expect(ann.page.get_by_role("button", name="Take the tour")).to_have_count(0)

    for take in (precheck, mistake, workspace, restart, lose_an_answer):
        take(ann)

    expect(ann.tour).to_contain_text("5 of 5 done")
    expect(ann.tour.get_by_role("heading", name="Well done")).to_be_in_viewport()
    ann.shot("tour-done")
    ann.page.reload()
    expect(ann.tour).to_contain_text("5 of 5 done")
    ann.tour.get_by_role("button", name="Begin anew").click()
    expect(ann.tour).to_contain_text("0 of 5 done")
    expect(ann.tour.get_by_role("heading", name="Well done")).to_be_hidden()
    expect(ann.tour.locator(".tour-ticked")).to_have_count(0)


def test_what_was_done_in_one_window_is_ticked_off_in_another(open_window: OpenWindow, playground: Playground) -> None:
    bob = Visitor(open_window("bob/bob"), playground)
    bob.page.get_by_role("button", name="Take the tour").click()
    expect(bob.tour).to_contain_text("0 of 5 done")

    Agent(open_window("ann/support")).say(f"@Provisioning precheck {EMAIL}")

    bob.has_done("precheck", "Asked", "Answered with yes")


def test_whoever_wants_no_tour_is_not_asked_again(open_window: OpenWindow) -> None:
    ann = Agent(open_window("ann/ann", viewport=PHONE))
    expect(ann.page.get_by_test_id("lab-button")).to_have_accessible_name("Lab, Tour: new")

    ann.page.get_by_role("button", name="No tour").click()

    expect(ann.page.get_by_test_id("lab-button")).to_have_accessible_name("Lab")
    ann.page.reload()
    expect(ann.page.get_by_test_id("lab-button")).to_be_visible()
    ann.page.locator("body[data-renderer=ready]").wait_for()
    expect(ann.page.get_by_role("button", name="Take the tour")).to_have_count(0)


def test_on_a_phone_a_line_of_the_tour_can_be_sent_at_once(open_window: OpenWindow, playground: Playground) -> None:
    ann = Visitor(open_window("ann/ann", viewport=PHONE), playground)
    ann.page.get_by_role("button", name="Take the tour").click()

    ann.choose("precheck", "Write it for me")

    expect(ann.window.composer).to_be_in_viewport()
    expect(ann.window.composer).to_be_focused()
    expect(ann.tour).to_be_hidden()
