"""What finding workspaces looks through, in which order, a page at a time."""

from typing import Any

import pytest

from bot.domain.checks import check
from bot.domain.operation import FollowUp
from bot.domain.plan import Outcome
from bot.domain.request import Request
from bot.errors import Declined, Refused, Unconfirmed
from bot.operations import find_workspaces
from tests.operations.desk import NOW, asked
from tests.operations.rooms import FIELDS, GENERAL, MADE, PLACE, having, room

ROW = {**FIELDS, "id": PLACE, "origin": "request 3", "as_of": MADE.isoformat(), "removed": ""}
LISTED = {"id": "other", "displayName": "Conference Room", "created": GENERAL["created"]}


def found(values: dict[str, str], *known: Any, **told: Any) -> dict[str, Any]:
    return find_workspaces.plan(values, having(*known, **told)).outcome.data


def many(count: int) -> list[Any]:
    return [room(id=number, webex_id=f"i{number}") for number in range(1, count + 1)]


def ids(data: dict[str, Any]) -> list[str]:
    return [each["id"] for each in data["items"]]


def test_what_is_remembered_comes_before_what_only_webex_lists() -> None:
    values = {"displayName": "Conference Room"}

    data = found(values, room(), listed=[GENERAL, {**GENERAL, "id": "other"}, {"displayName": "Conference Room"}])

    assert data == {
        "items": [ROW, LISTED],
        "next": None,
        "wanted": values,
        "webex": "asked",
        "as_user_id": False,
    }


@pytest.mark.parametrize(
    ("listed", "webex"), [(Refused("no", status=403), "refused"), (Unconfirmed("timeout"), "unasked")]
)
def test_where_webex_does_not_answer_it_is_the_bots_memory_alone(listed: Exception, webex: str) -> None:
    data = found({"displayName": "Conference Room"}, room(), listed=listed)

    assert (data["items"], data["webex"], data["next"]) == ([ROW], webex, None)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"userId": "95547321@example.com"},
        {"primaryPhoneNumber": "+12405551212"},
        {"spEnterpriseId": "reseller1+ACME"},
        {"displayName": "room", "spEnterpriseId": "Reseller1+acme"},
    ],
)
def test_webex_is_not_asked_for_what_its_list_does_not_know(values: dict[str, str]) -> None:
    at_desk = having(room())

    data = find_workspaces.plan(values, at_desk).outcome.data

    assert (ids(data), data["webex"], asked(at_desk)) == ([PLACE], "", [])


def test_a_name_with_an_at_is_a_user_id_where_nothing_has_that_name() -> None:
    data = found({"displayName": "95547321@example.com"}, room())
    named = found({"displayName": "Room @ HQ"}, room(name="Room @ HQ"))

    assert (ids(data), data["as_user_id"]) == ([PLACE], True)
    assert (ids(named), named["as_user_id"]) == ([PLACE], False)


def test_what_was_removed_is_told_only_where_there_is_nothing_else() -> None:
    gone = room(removed_at=NOW, webex_id="gone", id=2)
    values = {"userId": "95547321@example.com"}

    assert ids(found(values, room(), gone)) == [PLACE]
    [row] = found(values, gone)["items"]
    assert (row["id"], row["removed"]) == ("gone", NOW.isoformat())


def test_where_nothing_is_known_nothing_is_listed() -> None:
    at_desk = having()

    data = find_workspaces.plan({"displayName": "Hall"}, at_desk).outcome.data

    assert (data["items"], data["webex"], data["next"]) == ([], "asked", None)
    assert asked(at_desk) == ["Hall"]


def test_pages_go_through_memory_and_then_through_webexs_list() -> None:
    known = many(9)
    listed = [{**GENERAL, "id": f"w{number}"} for number in range(9)]
    values = {"displayName": "Conference Room"}

    first = found(values, *known, listed=listed)
    second = found({**values, "page": first["next"]}, *known, listed=listed)
    third = found({**values, "page": second["next"]}, *known, listed=listed)

    assert (ids(first), first["next"], first["webex"]) == ([f"i{n}" for n in range(9, 1, -1)], "own:2", "")
    assert (ids(second), second["next"]) == (["i1", *(f"w{n}" for n in range(7))], "listed:7")
    assert (ids(third), third["next"]) == (["w7", "w8"], None)
    assert first["wanted"] == third["wanted"] == values


def test_pages_go_through_what_was_removed_too() -> None:
    gone = [room(id=number, webex_id=f"g{number}", removed_at=NOW) for number in range(1, 10)]

    first = found({}, *gone)
    second = found({"page": first["next"]}, *gone)

    assert (first["next"], ids(second), second["next"]) == ("gone:2", ["g1"], None)


@pytest.mark.parametrize("page", ["", "own", "own:x", "else:1", "https://elsewhere.example/"])
def test_a_page_of_another_list_is_not_there_any_more(page: str) -> None:
    if not page:
        assert found({"page": page}, room())["items"] == [ROW]
        return
    with pytest.raises(Declined, match="not there any more"):
        found({"page": page}, room())


def test_whoever_asks_for_nothing_is_told_what_that_is() -> None:
    [warning] = check(find_workspaces.FORM, {}).warnings

    assert warning.text == "Nothing was given to look for, so these are all workspaces that this bot remembers."
    assert check(find_workspaces.FORM, {"userId": "9@sp.com"}).warnings == ()


def request(data: dict[str, Any] | None, **values: str) -> Request:
    outcome = Outcome(ok=True, data=data) if data is not None else None
    return Request("find_workspaces", "ann", "Ann", "room", values, NOW, "T", outcome=outcome)


def test_each_row_leads_to_the_workspace() -> None:
    rows = [ROW, {**ROW, "id": ""}, {"id": "", "displayName": "Hall"}]

    assert [(each.title, each.values) for each in find_workspaces.follow_ups(request({"items": rows}))] == [
        ("Show 1", {"workspace": PLACE}),
        ("Show 2", {"workspace": "95547321@example.com"}),
        ("Show 3", {"workspace": "Hall"}),
    ]
    assert find_workspaces.follow_ups(request({"items": [ROW]})) == [
        FollowUp("Show", "show workspace", {"workspace": PLACE}, at_once=True)
    ]


def test_where_there_is_nothing_one_can_be_provisioned() -> None:
    wanted = {"displayName": "Hall"}
    nothing: dict[str, Any] = {"items": [], "wanted": wanted, "next": None}

    assert find_workspaces.follow_ups(request(nothing)) == [
        FollowUp("Provision workspace", "provision workspace", wanted)
    ]
    assert find_workspaces.follow_ups(request({**nothing, "wanted": {}})) == []
    assert find_workspaces.follow_ups(request(nothing, page="own:1")) == []
    assert find_workspaces.follow_ups(request(None)) == []
