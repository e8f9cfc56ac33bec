"""What list_unknown_codes finds, page by page."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.actor import Role
from bot.domain.codes import Surface, UnknownCode
from bot.domain.operation import FollowUp
from bot.operations import list_unknown_codes
from tests.cards.samples import asked
from tests.operations.desk import NOW, desk

ODD = UnknownCode("77", Surface.API, "Will need to migrate.", count=2, first_seen=NOW, last_seen=NOW, request=5)
BARE = UnknownCode("X_1", Surface.API, "", count=1, first_seen=NOW, last_seen=NOW)
MANY = [replace(BARE, code=f"{number:02}") for number in range(21)]


def listed(met: list[UnknownCode], **values: str) -> dict[str, Any]:
    return list_unknown_codes.plan(values, desk(unknown_codes=met)).outcome.data


def codes(data: dict[str, Any]) -> list[str]:
    return [each["code"] for each in data["codes"]]


def test_everything_that_was_seen_of_a_code_is_told() -> None:
    told = {
        "code": "77",
        "surface": "provisioning-api",
        "words": "Will need to migrate.",
        "count": 2,
        "first": NOW.isoformat(),
        "last": NOW.isoformat(),
        "request": 5,
    }

    assert listed([ODD]) == {"codes": [told], "total": 1, "first": 1}
    assert listed([]) == {"codes": [], "total": 0, "first": 1}


@pytest.mark.parametrize(("wanted", "found"), [("MIGRATE", ["77"]), ("x_", ["X_1"]), ("", ["77", "X_1"]), ("no", [])])
def test_a_filter_finds_letters_in_the_code_or_in_the_words(wanted: str, found: list[str]) -> None:
    assert codes(listed([ODD, BARE], filter=wanted)) == found


def test_many_are_told_page_by_page_and_the_last_page_leads_no_further() -> None:
    pages = [listed(MANY), listed(MANY, page="10"), listed(MANY, page="20")]

    assert [(len(each["codes"]), each["first"], each["total"], each.get("next")) for each in pages] == [
        (10, 1, 21, "10"),
        (10, 11, 21, "20"),
        (1, 21, 21, None),
    ]


def test_it_is_for_admins_and_can_be_looked_at_again_with_the_same_filter() -> None:
    operation = list_unknown_codes.OPERATION
    request = asked(operation, values={"filter": "migrate"}).request

    assert operation.role is Role.ADMIN
    assert operation.follow_ups(request) == (
        FollowUp("Refresh", "list unknown codes", {"filter": "migrate"}, at_once=True),
    )
