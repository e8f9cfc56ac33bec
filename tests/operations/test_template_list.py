"""What template_list finds, page by page."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.operation import FollowUp
from bot.domain.plan import Outcome
from bot.domain.request import Request, State
from bot.domain.template import Template
from bot.operations import template_list
from tests.cards.samples import asked
from tests.operations.desk import NOW, desk

ACME = Template("acme", "YWNtZQ" * 10, "Reseller1+acme", "basic", "Europe/Paris", "FR", made_by="Ann", made_at=NOW)
LAB = Template("lab", "bGFi" * 20, "", "", "", "", made_by="", made_at=NOW)
MANY = [replace(LAB, name=f"lab-{number:02}") for number in range(21)]
ADD = FollowUp("Add a template", "template add")


def listed(templates: list[Template], **values: str) -> dict[str, Any]:
    outcome = template_list.plan(values, desk(templates=templates)).outcome
    assert outcome == Outcome(ok=True, data=outcome.data)
    return outcome.data


def names(data: dict[str, Any]) -> list[str]:
    return [each["name"] for each in data["templates"]]


def done(data: dict[str, Any]) -> Request:
    return asked(template_list.OPERATION, state=State.DONE, outcome=Outcome(ok=True, data=data)).request


def test_everything_that_is_known_of_a_template_is_told() -> None:
    assert listed([LAB, ACME]) == {
        "templates": [
            {
                "name": "acme",
                "provisioningId": "YWNtZQ" * 10,
                "spEnterpriseId": "Reseller1+acme",
                "package": "basic",
                "timezone": "Europe/Paris",
                "region": "FR",
                "madeBy": "Ann",
                "madeOn": "on 9 Jul 2026",
            },
            {"name": "lab", "provisioningId": "bGFi" * 20, "madeBy": "", "madeOn": "on 9 Jul 2026"},
        ],
        "total": 2,
        "first": 1,
    }
    assert listed([]) == {"templates": [], "total": 0, "first": 1}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("ACM", ["acme"]),
        ("reseller1+ACME", ["acme"]),
        ("paris", ["acme"]),
        ("YWNtZQ" * 10, ["acme"]),
        ("a", ["acme", "lab"]),
        ("globex", []),
        ("Ann", []),
    ],
)
def test_a_filter_finds_letters_in_whatever_a_template_says(wanted: str, found: list[str]) -> None:
    assert names(listed([ACME, LAB], filter=wanted)) == found


def test_many_are_told_page_by_page_and_the_last_page_leads_no_further() -> None:
    pages = [listed(MANY), listed(MANY, page="10"), listed(MANY, page="20")]

    assert [(len(each["templates"]), each["first"], each["total"], each.get("next")) for each in pages] == [
        (10, 1, 21, "10"),
        (10, 11, 21, "20"),
        (1, 21, 21, None),
    ]
    assert [name for page in pages for name in names(page)] == [each.name for each in MANY]


def test_a_full_page_that_is_the_last_leads_no_further() -> None:
    assert "next" not in listed(MANY[:10])


def test_a_filter_goes_along_to_the_next_page() -> None:
    assert names(listed([*MANY, ACME], filter="lab", page="20")) == ["lab-20"]


def test_what_can_be_done_depends_on_how_many_are_listed() -> None:
    assert list(template_list.follow_ups(done(listed([])))) == [ADD]
    assert list(template_list.follow_ups(done(listed([ACME])))) == [
        ADD,
        FollowUp("Rename acme", "template rename", {"template": "acme"}),
        FollowUp("Remove acme", "template remove", {"template": "acme"}, at_once=True),
    ]
    assert list(template_list.follow_ups(done(listed([ACME, LAB])))) == [
        ADD,
        FollowUp("Rename one", "template rename"),
        FollowUp("Remove one", "template remove"),
    ]


def test_a_list_that_is_not_there_yet_leads_nowhere() -> None:
    assert list(template_list.follow_ups(asked(template_list.OPERATION).request)) == [ADD]
