"""The users whom a provisioning waits for are played in the lab, by mouse and by keyboard."""

import pytest
from playwright.sync_api import expect

from bot.simulator import Simulator
from bot.simulator.provisioning.records import PROVISIONING_ID
from tests.browser.conftest import OpenWindow

pytestmark = pytest.mark.browser


def facts(number: int, email: str) -> dict[str, str]:
    return {
        "provisioningId": PROVISIONING_ID,
        "userId": f"9554010{number}@example.com",
        "spEnterpriseId": "Reseller1+acme",
        "firstName": "Carla",
        "lastName": f"Consent <b>{number}</b>",
        "email": email,
        "package": "basic",
        "extension": f"5010{number}",
    }


def test_what_only_a_user_can_do_is_done_in_the_lab(window: OpenWindow, sim: Simulator) -> None:
    sim.switches.provisioning_seconds = 0
    sim.broadworks.create_subscriber(facts(1, "carla.consent@example.com"))
    sim.broadworks.create_subscriber(facts(2, ""))
    ann = window()
    ann.page.get_by_test_id("lab-button").click()
    ann.page.get_by_test_id("lab-tab-faults").click()
    users = ann.page.get_by_test_id("faults-users").get_by_role("listitem")
    expect(users).to_have_count(2)
    expect(users.nth(0)).to_contain_text("Carla Consent <b>2</b>")
    expect(users.nth(0)).to_contain_text("must give an e-mail address")
    expect(users.nth(1)).to_contain_text("must agree to the move of an existing account")

    ann.page.get_by_role("button", name="Agree: Carla Consent <b>1</b>").click()
    expect(users).to_have_count(1)
    ann.page.get_by_role("button", name="Give one: Carla Consent <b>2</b>").focus()
    ann.page.keyboard.press("Enter")
    expect(users.nth(0)).to_contain_text("must confirm the e-mail address")
    ann.page.keyboard.press("Enter")

    expect(ann.page.get_by_role("heading", name="Subscribers on their way")).to_be_hidden()
    assert sim.broadworks.subscribers.counts() == {"provisioned": 3}
