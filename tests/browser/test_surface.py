"""The rest of the surface with the real bot in the browser: workspaces, enterprises, directories, reports, codes."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import OpenWindow
from tests.browser.playground import Agent, Playground, button, field

pytestmark = pytest.mark.browser

ACME = "Reseller1+acme"
PATIENT_MS = 30_000


def agent(open_window: OpenWindow, place: str, **options: Any) -> Agent:
    return Agent(open_window(place, **options))


def shown(ann: Agent, result: Locator, title: str, *words: str) -> Locator:
    """What comes after a button that leads on from a result."""
    return ann.answer(lambda: button(result, title).click(), *words)


def test_a_workspace_is_made_for_an_enterprise_that_is_chosen_shown_changed_and_removed(
    open_window: OpenWindow, playground: Playground
) -> None:
    ann = agent(open_window, "ann/ann")
    form = ann.ask("provision workspace", "Provision workspace")
    form.get_by_role("combobox", name=re.compile("Enterprise")).select_option(ACME)
    field(form, "Display name").fill("Quiet Corner")
    field(form, "User ID").fill("95540601@example.com")
    field(form, "Extension").fill("50601")
    ann.shot("w1-form")
    button(form, "Review").click()
    expect(form).to_contain_text("Nothing has been sent yet")
    ann.shot("w2-review")
    button(form, "Provision").click()
    expect(form).to_contain_text("Workspace provisioned")

    card = shown(ann, form, "Show workspace", "Quiet Corner", "What this bot remembers")
    ann.shot("w3-shown")
    change = shown(ann, card, "Update", "Update workspace")
    field(change, "Extension").fill("50602")
    button(change, "Review").click()
    expect(change).to_contain_text("50601 → 50602")
    ann.shot("w4-before-and-after")
    button(change, "Update").click()
    expect(change).to_contain_text("Workspace updated")

    ann.ask(f"find workspaces enterprise={ACME}", "Quiet Corner")
    ann.shot("w5-found")
    removal = ann.ask("remove workspace Quiet Corner", "Nothing has been sent yet")
    ann.shot("w6-removal")
    removal.get_by_role("textbox").first.fill("95540601@example.com")
    button(removal, "Remove").click()
    expect(removal).to_contain_text("Workspace removed")
    ann.shot("w7-removed")


def test_a_directory_is_kept_in_step_and_watched_to_its_counts(open_window: OpenWindow, playground: Playground) -> None:
    playground.control("switches", directory_seconds=0.5)
    ann = agent(open_window, "ann/ann")
    ann.ask("find enterprises", ACME)
    ann.shot("e1-found")
    card = ann.ask(f"show enterprise {ACME}", ACME)
    ann.shot("e2-shown")
    switch = ann.ask(f"disable directory sync {ACME}", "Nothing has been sent yet")
    ann.shot("e3-disable")
    button(switch, "Cancel").click()

    sync = shown(ann, card, "Sync directory", "Nothing has been sent yet")
    ann.shot("e4-sync")
    button(sync, "Sync now").click()
    expect(sync).to_contain_text("Directory synchronised", timeout=PATIENT_MS)
    expect(ann.page.locator("#messages").get_by_text("sync directory: done.")).to_be_visible()
    ann.shot("e5-synchronised")
    ann.ask(f"directory status {ACME}", ACME)
    ann.shot("e6-status")


def test_the_file_of_a_report_comes_in_a_direct_message(open_window: OpenWindow, playground: Playground) -> None:
    playground.control("switches", report_seconds=0.5)
    ann = agent(open_window, "ann/ann")
    form = ann.ask("request billing report", "Request billing report")
    ann.shot("r1-form")
    button(form, "Review").click()
    expect(form).to_contain_text("Nothing has been sent yet")
    ann.shot("r2-review")
    button(form, "Request").click()
    expect(button(form, "Get")).to_be_visible(timeout=PATIENT_MS)
    expect(ann.page.locator("#messages").get_by_text("request billing report: done.")).to_be_visible()
    ann.shot("r3-ready")

    button(form, "Get").click()
    file = ann.page.get_by_role("button", name=re.compile(r"^Download billing-report-\d{4}-\d{2}\.csv$"))
    expect(file).to_be_visible(timeout=PATIENT_MS)
    ann.shot("r4-file")
    with ann.page.expect_download() as begun:
        file.click()
    assert re.fullmatch(r"billing-report-\d{4}-\d{2}\.csv", begun.value.suggested_filename)
    ann.ask("list billing reports", "1 billing report")
    ann.shot("r5-list")


def test_codes_are_explained(open_window: OpenWindow) -> None:
    ann = agent(open_window, "ann/ann")
    ann.ask("explain 10022, 200010, 424242", "10022", "424242")
    ann.shot("c1-explained")
    ann.ask("help", "What I can do")
    ann.shot("c2-help")
