"""A half-filled form: every change is a new version, so that an old card is recognised."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.conversation import Conversation, Ending, missing
from bot.domain.form import Complaint
from bot.operations.provision_subscriber import FORM as SUBSCRIBER
from bot.operations.provision_workspace import FORM
from tests.domain.test_template import ACME, BARE

NOW = datetime(2026, 7, 9, 14, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def conversation() -> Conversation:
    return Conversation("room", "", "ann", "provision_workspace", expires_at=NOW)


def test_filling_keeps_what_was_said_and_keeps_the_form_open_for_longer() -> None:
    form = conversation()
    complaint = Complaint("extension", "Extension takes digits only, like 51212.")

    form.fill({"extension": "x"}, (complaint,), until=LATER)

    assert form == Conversation(
        "room",
        "",
        "ann",
        "provision_workspace",
        expires_at=LATER,
        values={"extension": "x"},
        complaints=(complaint,),
        version=2,
    )
    assert form.open


@pytest.mark.parametrize("ending", [ending for ending in Ending if ending is not Ending.OPEN])
def test_a_form_that_has_ended_is_closed_and_knows_what_it_became(ending: Ending) -> None:
    form = conversation()

    form.end(ending, request=7)

    assert (form.open, form.ending, form.request, form.version) == (False, ending, 7, 2)


def test_a_guess_is_marked_until_its_value_is_another() -> None:
    form = conversation()
    form.values = {"displayName": "Lobby", "extension": "51212", "userId": "1@sp.com"}
    form.guesses = {"displayName": "the first line", "extension": "five digits", "userId": "an address"}

    form.fill({"displayName": "Lobby", "extension": "51213"}, (), until=LATER)

    assert form.guesses == {"displayName": "the first line"}


# What is asked for next.

IDS = Complaint("userId", "User ID cannot contain spaces.")
NO_ENTERPRISE = Complaint("spEnterpriseId", "Enterprise is missing.")
NEEDED = {"displayName": "Lobby", "userId": "1@sp.com"}


TEMPLATES = (ACME, BARE)


def asked_next(*complaints: Complaint, **values: str) -> str | None:
    form = conversation()
    form.values, form.complaints = values, complaints
    found = missing(FORM, form, templates=TEMPLATES)
    return found.name if found else None


def test_what_is_wrong_or_missing_is_asked_for_in_the_order_of_the_form() -> None:
    assert asked_next() == "displayName"
    assert asked_next(IDS, displayName="Lobby", userId="1 2") == "userId"
    assert asked_next(displayName=" ", userId="1@sp.com") == "displayName"
    assert asked_next(**NEEDED, spEnterpriseId="sp+acme", provisioningId="acme") is None


def test_without_templates_the_enterprise_is_asked_for_in_its_turn() -> None:
    form = conversation()
    form.values, form.complaints = NEEDED, (NO_ENTERPRISE,)

    assert missing(FORM, form) is FORM["spEnterpriseId"]


def test_nobody_is_asked_for_what_the_enterprise_brings() -> None:
    form = conversation()
    form.values = NEEDED | {"spEnterpriseId": "sp+acme"}

    assert missing(FORM, form) is None
    assert missing(SUBSCRIBER, form) is SUBSCRIBER["firstName"]
    assert asked_next(**NEEDED, spEnterpriseId="sp+acme") is None
    form.values = {"userId": "1@sp.com"}
    assert missing(SUBSCRIBER, form) is SUBSCRIBER["spEnterpriseId"]


def test_nobody_is_asked_for_what_a_template_may_bring_before_it_is_chosen() -> None:
    assert asked_next(NO_ENTERPRISE, Complaint("provisioningId", "It is missing."), **NEEDED) == "provisioningId"
    assert asked_next(**NEEDED) == "provisioningId"


def test_nobody_is_asked_for_what_the_chosen_template_brings() -> None:
    assert asked_next(**NEEDED, provisioningId="acme") is None
    assert asked_next(**NEEDED, provisioningId="bare") == "spEnterpriseId"


def test_an_enterprise_that_is_wrong_is_asked_for_all_the_same() -> None:
    assert (
        asked_next(Complaint("spEnterpriseId", "Enterprise is odd."), **NEEDED, spEnterpriseId="?") == "spEnterpriseId"
    )
