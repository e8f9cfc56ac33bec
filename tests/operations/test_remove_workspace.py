"""What removing a workspace shows before, sends, looks for and remembers."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.desk import Amended
from bot.domain.operation import FollowUp, Risk
from bot.domain.plan import Call, Finding, Level, Outcome, Plan, Source, Subject
from bot.domain.provisioning import Done
from bot.domain.request import Request
from bot.errors import Declined, Refused, Unconfirmed
from bot.operations import remove_workspace
from tests.operations.desk import BASE_URL, NOW, asked, desk
from tests.operations.rooms import FIELDS, GENERAL, KNOWN, PLACE, SEEN, SINCE, STRANGER, THERE, having, room

STAYS = Finding(
    Level.WARNING,
    "This removes the mapping between the BroadWorks workspace and its Webex device. "
    "Nothing promises that the workspace disappears from Control Hub as well.",
    Source.DOCUMENTED,
)
PLAN = Plan(
    "remove_workspace",
    Call("DELETE", f"broadworks/workspaces/{PLACE}", {}, BASE_URL),
    made=NOW,
    before=FIELDS,
    findings=(STAYS, KNOWN, SEEN),
    subject=Subject("95547321@example.com", PLACE),
    typed="95547321@example.com",
)
GONE = Refused("no", status=404, tracking_id="THEIRS")


def test_what_is_mapped_is_shown_before_and_the_user_id_must_be_typed() -> None:
    at_desk = having(room())

    assert remove_workspace.plan({"workspace": "Conference Room"}, at_desk) == PLAN
    assert asked(at_desk) == [PLACE]
    assert remove_workspace.OPERATION.risk is Risk.DESTRUCTIVE


def test_of_one_that_the_bot_does_not_know_the_little_that_webex_tells_is_shown() -> None:
    plan = remove_workspace.plan({"workspace": PLACE}, having())

    assert plan == replace(
        PLAN,
        before={"displayName": "Conference Room", "created": GENERAL["created"]},
        findings=(STAYS, STRANGER, SEEN),
        subject=Subject("", PLACE),
        typed="Conference Room",
    )


def test_where_nothing_is_known_the_id_must_be_typed() -> None:
    plan = remove_workspace.plan({"workspace": PLACE}, having(place=Refused("no", status=403)))

    assert (plan.before, plan.typed) == (None, PLACE)


def test_one_without_a_user_id_is_typed_by_its_name() -> None:
    assert remove_workspace.plan({"workspace": PLACE}, having(room(user_id=""))).typed == "Conference Room"


def test_one_whose_id_nobody_knows_cannot_be_removed() -> None:
    with pytest.raises(Declined, match="does not know the Webex ID"):
        remove_workspace.plan({"workspace": "Conference Room"}, having(room(webex_id="")))


def test_running_sends_the_one_write() -> None:
    at_desk = desk(Done(PLAN.call.path, "THEIRS"))

    assert remove_workspace.run(PLAN, at_desk) == Outcome(ok=True, tracking_id="THEIRS")
    assert asked(at_desk) == [PLAN.call]


def test_what_was_gone_already_is_gone_and_that_is_said() -> None:
    assert remove_workspace.run(PLAN, desk(GONE)) == Outcome(
        ok=True,
        data={"already": True},
        tracking_id="THEIRS",
        note="Webex found no such workspace when the removal was sent: it had been removed before.",
    )


def test_an_id_that_nobody_has_met_is_wrong_and_not_removed() -> None:
    with pytest.raises(Refused):
        remove_workspace.run(replace(PLAN, before=None), desk(GONE))


@pytest.mark.parametrize("exc", [Refused("no", status=409), Unconfirmed("no answer")])
def test_anything_else_is_not_hidden(exc: Exception) -> None:
    with pytest.raises(type(exc)):
        remove_workspace.run(PLAN, desk(exc))


def test_what_was_seen_before_and_is_gone_was_removed() -> None:
    at_desk = having(place=GONE)

    assert remove_workspace.look(PLAN, at_desk, SINCE) == Outcome(
        ok=True, tracking_id="THEIRS", note="Found by looking: it is gone."
    )
    assert asked(at_desk) == [PLACE]


def test_what_is_still_there_may_be_unmapped_all_the_same() -> None:
    assert remove_workspace.look(PLAN, having(place=THERE), SINCE) is None


def test_what_was_never_seen_says_nothing_by_not_being_there() -> None:
    at_desk = having(place=GONE)

    assert remove_workspace.look(replace(PLAN, findings=(STAYS, KNOWN)), at_desk, SINCE) is None
    assert asked(at_desk) == []


def test_a_look_that_may_not_be_is_not_hidden() -> None:
    with pytest.raises(Refused):
        remove_workspace.look(PLAN, having(place=Refused("no", status=403)), SINCE)


def request(**changed: Any) -> Request:
    fields: dict[str, Any] = {
        "operation": "remove_workspace",
        "asked_by": "ann",
        "asker_name": "Ann",
        "room_id": "room",
        "values": {},
        "asked_at": NOW,
        "tracking_id": "OURS",
        "plan": PLAN,
        "outcome": Outcome(ok=True),
        "ended_at": SINCE,
        "number": 7,
    }
    return Request(**(fields | changed))


def test_the_registry_learns_that_it_is_gone() -> None:
    assert remove_workspace.record(request(), PLAN) == Amended("workspace", PLACE, SINCE, request=7, removed=True)
    assert remove_workspace.record(request(ended_at=None), PLAN).at == NOW


def test_what_was_removed_can_be_provisioned_again_and_what_was_not_be_looked_at() -> None:
    again = FollowUp("Provision again", "provision workspace", FIELDS)
    show = FollowUp("Show workspace", "show workspace", {"workspace": PLACE}, at_once=True)
    stranger = replace(PLAN, before={"displayName": "Room", "created": "2026"})

    assert remove_workspace.follow_ups(request()) == (again,)
    assert remove_workspace.follow_ups(request(plan=stranger))[0].values == {"displayName": "Room"}
    assert remove_workspace.follow_ups(request(plan=replace(PLAN, before=None)))[0].values == {}
    assert remove_workspace.follow_ups(request(outcome=None)) == (show,)
    assert remove_workspace.follow_ups(request(outcome=Outcome(ok=False))) == (show,)
    assert remove_workspace.follow_ups(request(plan=None)) == ()
