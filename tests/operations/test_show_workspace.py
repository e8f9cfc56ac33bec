"""What is shown of one workspace, and what it leads on to."""

from typing import Any

import pytest

from bot.domain.operation import FollowUp
from bot.domain.plan import Answer, Outcome
from bot.domain.request import Request, State
from bot.errors import Declined, Refused
from bot.operations import show_workspace
from tests.operations.desk import NOW, asked
from tests.operations.rooms import FIELDS, GENERAL, MADE, PLACE, having, room

PAST = Request("provision_workspace", "ann", "Ann", "room", {}, NOW, "T", state=State.DONE, number=3)
DATA = {
    "id": PLACE,
    "fields": FIELDS,
    "origin": "request 3",
    "as_of": MADE.isoformat(),
    "removed": "",
    "webex": {"fields": GENERAL, "gone": False, "why": ""},
    "history": [
        {
            "number": 3,
            "words": "provision workspace",
            "asker": "Ann",
            "asked_at": NOW.isoformat(),
            "confirmed_at": None,
            "ended_at": None,
            "state": "done",
            "status": "",
            "happened": "",
            "note": "",
        }
    ],
}


def test_what_is_remembered_and_what_webex_tells_stand_apart() -> None:
    at_desk = having(room(), requests=[PAST])

    found = show_workspace.plan({"workspace": "Conference Room"}, at_desk)

    assert found == Answer(Outcome(ok=True, data=DATA, tracking_id="THEIRS"))
    assert asked(at_desk) == [PLACE]


def shown(which: str, *known: Any, **told: Any) -> dict[str, Any]:
    return show_workspace.plan({"workspace": which}, having(*known, **told)).outcome.data


def test_one_that_the_bot_does_not_know_is_shown_as_webex_tells_it() -> None:
    data = shown(PLACE)

    assert (data["fields"], data["origin"], data["as_of"], data["webex"]["fields"]) == ({}, "", "", GENERAL)


def test_one_that_was_removed_is_shown_with_when_that_was() -> None:
    data = shown(PLACE, room(removed_at=NOW, source="imported from x.csv by ops"), place=Refused("no", status=404))

    assert (data["removed"], data["as_of"]) == (NOW.isoformat(), NOW.isoformat())
    assert data["origin"] == "request 3 and imported from x.csv by ops"
    assert data["webex"] == {"fields": {}, "gone": True, "why": ""}


def test_one_whose_id_nobody_knows_is_not_looked_for() -> None:
    at_desk = having(room(webex_id="", request=None, source="imported from x.csv by ops"))

    data = show_workspace.plan({"workspace": "Conference Room"}, at_desk).outcome.data

    assert data["webex"] == {"fields": {}, "gone": False, "why": "Nobody has told the bot its Webex ID"}
    assert data["origin"] == "imported from x.csv by ops"
    assert asked(at_desk) == []


def test_one_that_nobody_knows_is_said_to_be_unknown() -> None:
    with pytest.raises(Declined, match="Neither this bot nor Webex knows a workspace with that ID"):
        shown(PLACE, place=Refused("no", status=404))


def request(data: dict[str, Any] | None) -> Request:
    outcome = Outcome(ok=True, data=data) if data is not None else None
    return Request("show_workspace", "ann", "Ann", "room", {"workspace": "Room"}, NOW, "T", outcome=outcome)


def test_it_leads_on_to_what_can_be_done_with_it() -> None:
    which = {"workspace": PLACE}
    current = {name: FIELDS[name] for name in ("userId", "primaryPhoneNumber", "extension")}
    refresh = FollowUp("Refresh", "show workspace", which, at_once=True)

    assert show_workspace.follow_ups(request(DATA)) == [
        FollowUp("Update", "update workspace", {**current, **which}),
        FollowUp("Remove", "remove workspace", which, at_once=True),
        refresh,
    ]
    assert show_workspace.follow_ups(request({**DATA, "removed": "2026"})) == [
        FollowUp("Provision again", "provision workspace", FIELDS),
        refresh,
    ]
    assert show_workspace.follow_ups(request({**DATA, "fields": {}}))[0].values == which
    assert show_workspace.follow_ups(request({**DATA, "id": ""})) == [
        FollowUp("Refresh", "show workspace", {"workspace": "Room"}, at_once=True)
    ]


@pytest.mark.parametrize("data", [None, {}])
def test_where_there_is_nothing_it_leads_to_a_search(data: dict[str, Any] | None) -> None:
    assert show_workspace.follow_ups(request(data)) == [FollowUp("Find workspaces", "find workspaces")]
