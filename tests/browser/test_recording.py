"""A session in the playground becomes a file, and the file a test that passes."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.simulator import Simulator
from bot.simulator.dialogues.dialogue import Presses, Says, Shows, load
from bot.testing.replay import read, replay
from tests.browser.cards import FORM, RESULT
from tests.browser.conftest import Chat, OpenWindow, attachment, windows
from tests.browser.playground import PHONE, Agent, Playground, button, field

pytestmark = pytest.mark.browser


def open_panel(page: Page) -> None:
    page.locator("#lab-button").click()
    page.get_by_role("tab", name="Record").click()


def test_a_session_is_saved_as_a_file_which_runs_as_a_test(
    browser: Browser, playground: Playground, tmp_path: Path
) -> None:
    with windows(browser, playground.page) as open_window:
        ann = Agent(open_window("ann/ann"))
        form = ann.ask("precheck", "E-mail")
        field(form, "E-mail").fill("new.hire@")
        button(form, "Check").click()
        expect(form).to_contain_text("1 thing to put right")
        field(form, "E-mail").fill("new.hire@example.com")
        button(form, "Check").click()
        expect(form).to_contain_text("Webex expects this to work")

        open_panel(ann.page)
        steps = ann.page.get_by_test_id("recording-steps").get_by_role("listitem")
        expect(steps).to_have_count(6)
        expect(steps.nth(3)).to_contain_text("1 thing to put right")
        ann.page.get_by_label("Title").fill("A form with a mistake")
        expect(ann.page.get_by_text("pytest --dialogue=a-form-with-a-mistake.dialogue.yaml")).to_be_visible()
        with ann.page.expect_download() as download:
            ann.page.get_by_test_id("recording-save").click()
        ann.shot("10-recorded")
        file = tmp_path / download.value.suggested_filename
        download.value.save_as(file)

    assert file.name == "a-form-with-a-mistake.dialogue.yaml"
    script = read(file)
    assert script.dialogue.title == "A form with a mistake"
    pressed = [step for step in script.dialogue.steps if isinstance(step, Presses)]
    assert pressed == [
        Presses("ann", "Check", 2, {"email": "new.hire@"}),
        Presses("ann", "Check", 2, {"email": "new.hire@example.com"}),
    ]
    replay(script)


def test_the_panel_follows_what_happens_and_keeps_what_is_unfolded(window: OpenWindow, chat: Chat) -> None:
    ann = window("ann/support")
    open_panel(ann.page)
    steps = ann.page.get_by_test_id("recording-steps").get_by_role("listitem")
    expect(ann.page.get_by_text("Nothing has happened yet")).to_be_visible()
    expect(ann.page.get_by_test_id("recording-save")).to_have_attribute("aria-disabled", "true")

    card = chat.show(FORM)
    expect(ann.page.get_by_text("1 step so far")).to_be_visible()
    steps.first.locator("summary").click()
    expect(steps.first.get_by_text("Remark", exact=True)).to_be_visible()
    chat.say("bob", "hello")
    chat.edit(card, attachments=[attachment(RESULT)])

    expect(steps).to_have_count(3)
    expect(steps.nth(1)).to_contain_text("Bob Baker says, in BroadWorks support")
    expect(steps.nth(2)).to_contain_text("Provisioning changes message 1")
    expect(steps.first.get_by_text("Remark", exact=True)).to_be_visible()


def test_a_new_recording_begins_only_when_it_was_asked_for_twice(
    window: OpenWindow, chat: Chat, sim: Simulator
) -> None:
    ann = window("ann/support", viewport=PHONE)
    chat.say("bob", "hello")
    open_panel(ann.page)
    expect(ann.page.get_by_text("1 step so far")).to_be_visible()

    ann.page.get_by_role("button", name="Begin anew here").click()
    expect(ann.page.get_by_role("button", name="Keep them")).to_be_focused()
    ann.page.keyboard.press("Enter")
    expect(ann.page.get_by_role("button", name="Begin anew here")).to_be_focused()
    assert sim.recorder.dialogue("kept").steps == (Says("bob", "hello", "support", 1),)
    ann.page.keyboard.press("Enter")
    ann.page.get_by_role("button", name="Forget them").click()

    expect(ann.page.get_by_text("Nothing has happened yet")).to_be_visible()
    chat.say("bob", "again")
    expect(ann.page.get_by_text("1 step so far")).to_be_visible()
    assert sim.recorder.dialogue("new").steps == (Says("bob", "again", "support", 1),)


def test_the_file_can_be_copied(window: OpenWindow, chat: Chat) -> None:
    ann = window("ann/support", permissions=["clipboard-read", "clipboard-write"])
    chat.say("bot", "hello")
    open_panel(ann.page)
    ann.page.get_by_label("Title").fill("Copied")

    ann.page.get_by_role("button", name="Copy").click()

    expect(ann.page.get_by_text("Copied.", exact=True)).to_be_visible()
    copied = load(ann.page.evaluate("navigator.clipboard.readText()"))
    assert (copied.title, copied.steps) == ("Copied", (Shows(1, "support", "hello"),))


def test_what_cannot_be_replayed_is_said(window: OpenWindow, chat: Chat, sim: Simulator) -> None:
    zoe = sim.world.add_person("Zoe Zimmer", email="zoe@elsewhere.example")
    sim.world.add_member(sim.spaces["support"], zoe)
    chat.say("zoe", "hello")
    ann = window("ann/support")

    open_panel(ann.page)

    expect(ann.page.get_by_text("Zoe Zimmer is not of this playground")).to_be_visible()
    expect(ann.page.get_by_text(re.compile("^Nothing has happened"))).to_be_visible()
