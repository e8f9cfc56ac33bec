"""The life of a subscriber with the real bot in the browser: pasted, confirmed, watched, shown, changed and removed."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from bot.simulator.provisioning.records import PROVISIONING_ID
from tests.browser.conftest import OpenWindow
from tests.browser.playground import Agent, Playground, button, field

pytestmark = pytest.mark.browser

ORDER = "paste an order"
WHO = "95540077@example.com"


def agent(open_window: OpenWindow, place: str, **options: Any) -> Agent:
    return Agent(open_window(place, **options))


def shown(ann: Agent, result: Locator, title: str, *words: str) -> Locator:
    """What comes after a button that leads on from a result."""
    return ann.answer(lambda: button(result, title).click(), *words)


def test_a_pasted_order_becomes_a_subscriber_who_is_watched_shown_changed_and_removed(
    open_window: OpenWindow, playground: Playground
) -> None:
    playground.control("switches", provisioning_seconds=0.5)
    ann = agent(open_window, "ann/ann")
    ann.page.get_by_test_id("suggestion").filter(has_text="template add").click()
    template = ann.answer(lambda: ann.window.composer.press("Enter"), "Nothing has been changed yet", PROVISIONING_ID)
    ann.shot("s1-template")
    button(template, "Save").click()
    expect(template).to_contain_text("Template saved")

    ann.page.get_by_test_id("suggestion").filter(has_text=ORDER).click()
    form = ann.answer(lambda: ann.window.composer.press("Enter"), "Filled in from what you pasted", "Guessed")
    expect(field(form, "User ID")).to_have_value(WHO)
    ann.shot("s2-pasted")
    form.get_by_role("combobox", name=re.compile("Template")).select_option("acme")
    button(form, "Review").click()
    expect(form).to_contain_text("Nothing has been sent yet")
    expect(form).to_contain_text("Webex expects this to work")
    ann.shot("s3-confirmation")

    button(form, "Provision").click()
    expect(form).to_contain_text("waiting for the user's consent", timeout=30_000)
    ann.shot("s4-waiting")
    ann.page.get_by_test_id("lab-button").click()
    ann.page.get_by_test_id("lab-tab-faults").click()
    ann.page.get_by_role("button", name="Agree: Carla Consent").click()
    ann.page.get_by_test_id("lab-button").click()
    playground.control("clock", forward=900)
    expect(form).to_contain_text("Subscriber provisioned", timeout=30_000)
    # It comes after the card, and would be taken for the answer to what is pressed next.
    expect(ann.page.locator("#messages").get_by_text("provision subscriber: done.")).to_be_visible()
    ann.shot("s5-provisioned")

    card = shown(ann, form, "Show subscriber", "What was asked of this bot", "provision subscriber")
    ann.shot("s6-shown")
    change = shown(ann, card, "Update", "Update subscriber")
    expect(field(change, "Last name")).to_have_value("Consent")
    field(change, "Last name").fill("Consenting")
    ann.shot("s7-update")
    button(change, "Review").click()
    expect(change).to_contain_text("Consent → Consenting")
    ann.shot("s8-before-and-after")
    button(change, "Update").click()
    expect(change).to_contain_text("Subscriber updated", timeout=30_000)

    removal = ann.ask(f"remove subscriber {WHO}", "Nothing has been sent yet", "Consenting")
    ann.shot("s9-removal")
    field(removal, f"Type {WHO}").fill(WHO)
    button(removal, "Remove").click()
    expect(removal).to_contain_text("Subscriber removed")
    ann.shot("s10-removed")


def test_subscribers_are_found_page_by_page(open_window: OpenWindow, playground: Playground) -> None:
    playground.control("subscribers", fill=40)
    ann = agent(open_window, "ann/ann")
    found = ann.ask("find subscribers status=provisioned", "The first 8 subscribers")
    ann.shot("s11-found")

    ann.redraw(found, lambda: button(found, "Next").click())

    expect(found).to_contain_text("The next 8 subscribers")
    ann.shot("s12-next")
    shown(ann, found, "Show 1", "Show subscriber")
