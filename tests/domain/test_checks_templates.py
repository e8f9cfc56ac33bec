"""A template stands for its provisioning ID, and for what it brings where nobody has said it."""

import pytest

from bot.domain.checks import check
from bot.domain.form import Checked, Complaint, Form, Input, Kind
from bot.operations.precheck_subscriber import FORM as PRECHECK
from bot.operations.provision_workspace import FORM as WORKSPACE
from tests.domain.judging import refused, taken
from tests.domain.test_template import ACME, ALL, EAST, SHARED

ROOM = {"displayName": "Room", "userId": "1@sp.com", "extension": "51212"}


@pytest.mark.parametrize("said", ["acme", " ACME\u200b ", ACME.provisioning_id])
def test_a_name_becomes_the_provisioning_id_and_brings_the_enterprise(said: str) -> None:
    checked = check(WORKSPACE, ROOM | {"provisioningId": said}, templates=ALL)

    assert checked.complaints == ()
    assert checked.values == ROOM | {"provisioningId": ACME.provisioning_id, "spEnterpriseId": "sp+acme"}
    assert checked.said == ROOM | {"provisioningId": said}


def test_what_was_said_counts_more_than_what_the_template_brings() -> None:
    said = {"email": "ann@example.com", "provisioningId": "acme", "package": "basic", "spEnterpriseId": "sp+other"}

    assert check(PRECHECK, said, templates=ALL).values == {
        "email": "ann@example.com",
        "provisioningId": ACME.provisioning_id,
        "package": "basic",
        "spEnterpriseId": "sp+other",
        "timezone": "America/Los_Angeles",
    }


def test_what_the_template_does_not_bring_is_still_missing() -> None:
    checked = check(WORKSPACE, ROOM | {"provisioningId": "bare"}, templates=ALL)

    assert checked.complaints == (Complaint("spEnterpriseId", "Enterprise is missing."),)


def test_an_id_that_several_templates_share_brings_nothing_unless_the_enterprise_tells_which() -> None:
    alone = check(WORKSPACE, ROOM | {"provisioningId": SHARED}, templates=ALL)
    told = check(WORKSPACE, ROOM | {"provisioningId": SHARED, "spEnterpriseId": "sp+east"}, templates=ALL)

    assert alone.complaints == (Complaint("spEnterpriseId", "Enterprise is missing."),)
    assert told.values == ROOM | {"provisioningId": SHARED, "spEnterpriseId": EAST.enterprise}


@pytest.mark.parametrize(("pid", "region", "number"), [("acme", "DE", "+12405551212"), ("bare", "DE", "+492405551212")])
def test_a_number_without_country_code_is_one_of_the_templates_country(pid: str, region: str, number: str) -> None:
    said = ROOM | {"provisioningId": pid, "spEnterpriseId": "sp+acme", "primaryPhoneNumber": "240 555 1212"}

    checked = check(WORKSPACE, said, region=region, templates=ALL)

    assert checked.values["primaryPhoneNumber"] == number


def test_a_name_that_nobody_has_given_is_refused_with_those_that_there_are() -> None:
    said = {"email": "ann@example.com", "provisioningId": "acmee"}

    assert check(PRECHECK, said, templates=ALL).complaints == (
        Complaint(
            "provisioningId",
            "Provisioning ID: there is no template “acmee”. There are: Acme, bare, east, west.",
        ),
    )


def test_of_very_many_templates_only_some_are_named() -> None:
    said = {"email": "ann@example.com", "provisioningId": "acmee"}

    [complaint] = check(PRECHECK, said, templates=(ACME,) * 12).complaints

    assert complaint.text.endswith(f"There are: {', '.join(['Acme'] * 10)} and 2 more.")


def test_whatever_is_long_enough_is_taken_for_a_provisioning_id() -> None:
    said = {"email": "ann@example.com", "provisioningId": "x" * 40}

    assert check(PRECHECK, said, templates=ALL) == Checked(
        said, said, warnings=check(PRECHECK, said, templates=ALL).warnings
    )
    assert [each.input for each in check(PRECHECK, said, templates=ALL).warnings] == [None]
    assert [each.input for each in check(PRECHECK, said | {"provisioningId": "x" * 39}, templates=ALL).complaints] == [
        "provisioningId"
    ]


def test_without_templates_a_short_provisioning_id_is_remarked_upon() -> None:
    remark = "is shorter than those of Webex; if it is meant for a template, there are none yet"

    assert taken(Kind.TEMPLATE, "acme") == ("acme", [remark])
    assert taken(Kind.TEMPLATE, "x" * 40) == ("x" * 40, [])


# Inputs that are about templates themselves.

NAME = Form((Input("it", "It", Kind.TEMPLATE_NAME),))


def test_the_name_of_a_template_stays_a_name_as_it_was_given() -> None:
    assert check(NAME, {"it": "ACME"}, templates=ALL).values == {"it": "Acme"}


@pytest.mark.parametrize("said", ["acmee", ACME.provisioning_id])
def test_what_is_the_name_of_no_template_is_refused(said: str) -> None:
    [complaint] = check(NAME, {"it": said}, templates=ALL).complaints

    assert complaint.text == f"It: there is no template “{said}”. There are: Acme, bare, east, west."
    assert refused(Kind.TEMPLATE_NAME, said) == "It: there are no templates yet. Say “template add” to make one."


@pytest.mark.parametrize("said", ["acme", "Acme-East_2.b", "3com", "bücher", "会议室"])
def test_a_new_name_is_letters_digits_and_three_signs(said: str) -> None:
    assert taken(Kind.NAME, said) == (said, [])


@pytest.mark.parametrize(
    "said", ["-", "-acme", ".acme", "acme east", "acme,east", "a=b", "a@b", "<@all>", "a*b", "“a”"]
)
def test_a_new_name_of_anything_else_is_refused(said: str) -> None:
    assert refused(Kind.NAME, said) == "It takes letters, digits, - _ and . only, without spaces, like acme-east."


@pytest.mark.parametrize(("said", "clean"), [("US", "US"), ("gb", "GB"), (" De ", "DE")])
def test_a_country_is_its_code_in_any_case(said: str, clean: str) -> None:
    assert taken(Kind.COUNTRY, said) == (clean, [])


@pytest.mark.parametrize("said", ["USA", "Germany", "XX", "001", "ß", "ﬁ", "U S", "+1"])
def test_what_is_no_country_is_refused(said: str) -> None:
    assert refused(Kind.COUNTRY, said) == "It takes a country's code of two letters, such as US or GB."
