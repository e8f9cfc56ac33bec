"""Whole dialogues with the real bot, as a support agent has them in the browser."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from bot.simulator.provisioning.records import PROVISIONING_ID
from tests.browser.conftest import OpenWindow, windows
from tests.browser.playground import PHONE, Agent, Playground, button, choice, field, play

pytestmark = pytest.mark.browser

LINE = "provision workspace, all in one line"


def agent(open_window: OpenWindow, place: str, **options: Any) -> Agent:
    return Agent(open_window(place, **options))


def test_a_mistake_in_a_form_is_said_at_its_field_and_the_rest_is_kept(open_window: OpenWindow) -> None:
    ann = agent(open_window, "ann/ann")
    form = ann.ask("precheck", "E-mail")
    ann.shot("1a-form")

    button(form, "Check").click()
    expect(form).to_contain_text("E-mail is missing")
    ann.shot("1b-missing")
    field(form, "E-mail").fill("new.hire@")
    field(form, "User ID").fill("95547321@example.com")
    button(form, "More fields").click()
    field(form, "Phone number").fill("12")
    ann.shot("1c-more-fields")
    button(form, "Check").click()
    expect(form).to_contain_text("2 things to put right")
    ann.shot("1d-complaints")
    expect(field(form, "E-mail")).to_have_value("new.hire@")
    expect(field(form, "User ID")).to_have_value("95547321@example.com")
    expect(field(form, "Phone number")).to_have_value("12")
    field(form, "E-mail").fill("new.hire@example.com")
    field(form, "Phone number").fill("+1-240-555-1212")
    button(form, "Check").click()

    expect(form).to_contain_text("Webex expects this to work")
    expect(form).to_contain_text("new.hire@example.com")
    expect(form).to_contain_text("Edited")
    ann.shot("1e-result")


def test_a_line_in_a_space_is_answered_in_its_thread(open_window: OpenWindow) -> None:
    ann = agent(open_window, "ann/support")

    ann.page.get_by_test_id("mention-bot").click()
    ann.window.composer.press_sequentially("precheck new.hire@example.com package=standard")
    ann.window.composer.press("Enter")

    replies = ann.page.get_by_role("group", name="Replies")
    expect(replies.get_by_test_id("message")).to_contain_text("Webex expects this to work")
    ann.shot("2-thread")


def test_a_workspace_is_provisioned_after_its_confirmation_and_only_once(
    open_window: OpenWindow, playground: Playground
) -> None:
    ann = agent(open_window, "ann/ann")
    ann.page.get_by_test_id("suggestion").filter(has_text=LINE).click()
    ann.shot("3a-line")
    request = ann.answer(lambda: ann.window.composer.press("Enter"), "Nothing has been sent yet")
    message_id = request.get_attribute("data-message-id") or ""
    provision = playground.card(message_id)["actions"][0]
    ann.shot("3b-confirmation")

    button(request, "Provision").click()
    expect(request).to_contain_text("Workspace provisioned")
    expect(request).to_contain_text("Workspace ID")
    ann.shot("3c-result")
    expect(button(request, "Provision")).to_have_count(0)

    ann.answer(
        lambda: playground.press(message_id, provision["data"]), "is done already", "Nothing was sent a second time"
    )
    ann.shot("3d-old-button")


def test_a_taken_number_is_explained(open_window: OpenWindow, playground: Playground) -> None:
    ann = agent(open_window, "ann/ann")
    form = ann.ask("provision workspace", "Display name")
    ann.shot("4a-form")

    field(form, "Display name").fill("Board Room")
    field(form, "User ID").fill("95547399@example.com")
    choice(form, "Enterprise").select_option("Reseller1+acme")
    field(form, "Provisioning ID").fill(PROVISIONING_ID)
    field(form, "Phone number").fill("+1-240-555-0100")
    button(form, "Review").click()
    expect(form).to_contain_text("Nothing has been sent yet")
    ann.shot("4b-confirmation")
    button(form, "Provision").click()

    expect(form).to_contain_text("The primaryPhoneNumber is already in use.")
    expect(form).to_contain_text("What to do")
    ann.shot("4c-refused")


def test_a_form_outlives_the_bot(open_window: OpenWindow, playground: Playground) -> None:
    ann = agent(open_window, "ann/ann")
    form = ann.ask("precheck", "E-mail")
    field(form, "E-mail").press_sequentially("late.hire@example.com")

    playground.rest()
    playground.control("bot/kill")
    expect(ann.page.get_by_text("Provisioning: stopped")).to_be_visible()
    ann.shot("5a-stopped")
    playground.control("bot/start")
    expect(ann.page.get_by_text("Provisioning: stopped")).to_be_hidden()
    button(form, "Check").click()

    expect(form).to_contain_text("Webex expects this to work")
    ann.shot("5b-result")


def test_a_busy_webex_is_waited_for_and_the_card_says_so(open_window: OpenWindow, playground: Playground) -> None:
    busy = {"service": "broadworks", "kind": "status", "status": 429, "retry_after": 2, "times": 1}
    playground.control("faults", **busy, path="/broadworks/subscribers/validate")
    ann = agent(open_window, "ann/ann")

    result = ann.ask("precheck patient@example.com", "Webex expects this to work")

    expect(result).to_contain_text(re.compile(r"Webex was busy: asked 2 times, waited [23] s"))
    ann.shot("6-busy")


def test_a_lost_answer_is_settled_by_a_person_who_has_looked(open_window: OpenWindow, playground: Playground) -> None:
    lost = {"service": "broadworks", "kind": "drop_after", "method": "POST", "times": 1}
    playground.control("faults", **lost, path="/broadworks/workspaces")
    playground.control("switches", workspaces_scope=False)
    ann = agent(open_window, "ann/ann")
    request = ann.ask(
        f"provision workspace name=Annex user=95547400@example.com enterprise=Reseller1+acme ext=51400"
        f" pid={PROVISIONING_ID}",
        "Nothing has been sent yet",
    )

    button(request, "Provision").click()
    expect(request).to_contain_text("Nobody knows yet whether it was done")
    ann.shot("7a-unknown")
    # The bot looks once by itself; an edit that comes later would shut the drawer again.
    expect(request).to_contain_text("The bot may not look")
    ann.redraw(request, button(request, "Check").click)
    expect(request).to_contain_text("The bot may not look")
    ann.shot("7b-checked")
    button(request, "Close").click()
    ann.shot("7c-close")
    request.get_by_label("It exists in Webex").check()
    button(request, "Close").last.click()

    expect(request).to_contain_text("Workspace provisioned")
    ann.shot("7d-closed")


def test_only_who_asked_can_press(open_window: OpenWindow) -> None:
    ann = agent(open_window, "ann/support")
    bob = agent(open_window, "bob/support")
    ann.page.get_by_test_id("suggestion").filter(has_text=LINE).click()
    request = bob.answer(lambda: ann.window.composer.press("Enter"), "Nothing has been sent yet")

    bob.answer(button(request, "Provision").click, "Only Ann Archer, who asked, can press the buttons of request")

    expect(request).to_contain_text("Nothing has been sent yet")
    bob.shot("8-not-yours")


def test_a_form_can_be_filled_in_at_night_on_a_phone_with_the_keyboard_alone(open_window: OpenWindow) -> None:
    ann = agent(open_window, "ann/ann", viewport=PHONE, color_scheme="dark")
    keyboard = ann.page.keyboard
    form = ann.ask("precheck", "E-mail")

    ann.tab_to(button(form, "Check"), back=True)
    keyboard.press("Enter")
    expect(form).to_contain_text("E-mail is missing")
    expect(field(form, "E-mail")).to_be_focused()
    keyboard.type("night.shift@")
    ann.tab_to(button(form, "More fields"))
    keyboard.press("Space")
    ann.tab_to(field(form, "Phone number"))
    keyboard.type("12")
    ann.shot("9a-form")
    ann.tab_to(button(form, "Check"))
    keyboard.press("Enter")
    expect(form).to_contain_text("2 things to put right")
    ann.shot("9b-complaints")
    expect(button(form, "Check")).to_be_focused()
    ann.tab_to(field(form, "Phone number"), back=True)
    keyboard.press("ControlOrMeta+a")
    keyboard.type("+1-240-555-1213")
    ann.tab_to(field(form, "E-mail"), back=True)
    keyboard.press("End")
    keyboard.type("example.com")
    ann.tab_to(button(form, "Check"))
    keyboard.press("Enter")

    expect(form.get_by_text("Webex expects this to work")).to_be_in_viewport()
    assert ann.page.evaluate("scroller.scrollWidth <= scroller.clientWidth")
    ann.shot("9c-result")


def test_the_playground_ends_in_silence_while_a_page_listens(browser: Browser, renderer_folder: Path) -> None:
    with play(renderer_folder) as playground, windows(browser, playground.page) as open_window:
        agent(open_window, "ann/ann").ask("help", "What I can do")

        assert playground.interrupt() == (0, "")
