"""Which template is meant, and what it stands for."""

from datetime import UTC, datetime

import pytest

from bot.domain.template import Template, as_said, last_used, meant, meant_by, named
from bot.operations.precheck_subscriber import FORM as PRECHECK
from bot.operations.provision_workspace import FORM as WORKSPACE
from bot.operations.provision_workspace import OPERATION

NOW = datetime(2026, 7, 9, 14, 0, tzinfo=UTC)
SHARED = "c2hhcmVk" * 8
ACME = Template("Acme", "YWNtZQ" * 10, "sp+acme", "standard", "America/Los_Angeles", "US", made_by="Ann", made_at=NOW)
BARE = Template("bare", "YmFyZQ" * 10, "", "", "", "", made_by="Ann", made_at=NOW)
EAST = Template("east", SHARED, "sp+east", "", "", "", made_by="Ann", made_at=NOW)
WEST = Template("west", SHARED, "sp+west", "", "", "", made_by="Ann", made_at=NOW)
ALL = (ACME, BARE, EAST, WEST)


def test_a_template_brings_what_it_knows_under_the_names_of_the_api() -> None:
    assert ACME.defaults == {
        "spEnterpriseId": "sp+acme",
        "package": "standard",
        "timezone": "America/Los_Angeles",
    }
    assert BARE.defaults == {}


@pytest.mark.parametrize("said", ["Acme", "acme", "ACME", " acme "])
def test_a_template_is_found_by_its_name_in_any_case(said: str) -> None:
    assert named(said, ALL) is meant(said, ALL) is ACME


@pytest.mark.parametrize("said", ["", " ", "acm", "acme2", SHARED.lower(), ACME.provisioning_id[:-1]])
def test_nothing_else_is_taken_for_a_template(said: str) -> None:
    assert named(said, ALL) is None
    assert meant(said, ALL) is None


def test_a_provisioning_id_means_its_template_and_is_not_a_name() -> None:
    assert meant(f" {ACME.provisioning_id} ", ALL) is ACME
    assert named(ACME.provisioning_id, ALL) is None


@pytest.mark.parametrize(("enterprise", "found"), [("sp+east", EAST), ("sp+west", WEST), ("", None), ("sp+acme", None)])
def test_of_several_templates_with_one_id_only_that_of_the_enterprise_is_meant(
    enterprise: str, found: Template | None
) -> None:
    assert meant(SHARED, ALL, enterprise=enterprise) is found
    assert meant_by({"provisioningId": SHARED, "spEnterpriseId": enterprise}, ALL) is found


def test_the_name_counts_more_than_the_enterprise() -> None:
    assert meant_by({"provisioningId": "east", "spEnterpriseId": "sp+west"}, ALL) is EAST


def test_values_without_a_provisioning_id_are_for_no_template() -> None:
    assert meant_by({"spEnterpriseId": "sp+acme"}, ALL) is None


def test_the_one_used_last_is_the_first_that_is_known_among_the_newest_values() -> None:
    values = [
        {"email": "ann@example.com"},
        {"provisioningId": "dW5rbm93bg" * 8},
        {"provisioningId": SHARED, "spEnterpriseId": "sp+west"},
        {"provisioningId": ACME.provisioning_id},
    ]

    assert last_used(values, ALL) == "west"
    assert last_used(values[:2], ALL) == ""
    assert last_used(values, ()) == ""


def test_a_form_is_filled_with_the_name_and_without_what_the_template_brings() -> None:
    sent = {
        "email": "ann@example.com",
        "provisioningId": ACME.provisioning_id,
        "spEnterpriseId": "sp+acme",
        "package": "premium",
        "timezone": "America/Los_Angeles",
    }

    assert as_said(PRECHECK, sent, ALL) == {"email": "ann@example.com", "provisioningId": "Acme", "package": "premium"}


def test_a_form_keeps_an_id_that_is_no_templates() -> None:
    sent = {"provisioningId": SHARED, "spEnterpriseId": "sp+north"}

    assert as_said(WORKSPACE, sent, ALL) == sent
    assert as_said(WORKSPACE, sent, ()) == sent


def test_a_form_that_takes_no_template_keeps_everything() -> None:
    form = type(WORKSPACE)(tuple(each for each in OPERATION.form.inputs if each.name != "provisioningId"))
    sent = {"provisioningId": ACME.provisioning_id, "spEnterpriseId": "sp+acme"}

    assert as_said(form, sent, ALL) == sent
