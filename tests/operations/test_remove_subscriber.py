"""What removing a subscriber shows before, sends, and looks for."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.operation import FollowUp, Risk
from bot.domain.plan import Call, Finding, Level, Outcome, Plan, Source, Subject
from bot.domain.provisioning import Done, Subscriber, SubscriberPage
from bot.domain.request import Request
from bot.errors import Declined, Refused, Unconfirmed
from bot.operations import remove_subscriber
from tests.operations.desk import BASE_URL, NOW, asked, desk

ID = "Y2lzY29zcGFyazovL3VzL1NVQlNDUklCRVIvYWJj"
SINCE = NOW - timedelta(minutes=1)
FIELDS = {
    "id": ID,
    "personId": "a-person",
    "userId": "95547321@example.com",
    "spEnterpriseId": "Reseller1+acme",
    "firstName": "John",
    "lastName": "Andersen",
    "email": "john.andersen@example.com",
    "primaryPhoneNumber": "+1-240-555-1212",
    "mobilePhoneNumber": "",
    "extension": "51212",
    "package": "standard",
    "status": "provisioned",
    "created": "2026-05-20T13:00:00.000Z",
    "provisioningId": "ZjViMzYx",
    "selfActivated": "false",
}
JOHN = Subscriber(
    ID,
    user_id="95547321@example.com",
    email="john.andersen@example.com",
    status="provisioned",
    fields=FIELDS,
    tracking_id="THEIRS",
)
STAYS = Finding(
    Level.WARNING,
    "This removes the mapping between the BroadWorks subscriber and its Webex user. "
    "Nothing promises that the Webex person is deleted as well.",
    Source.DOCUMENTED,
)
PLAN = Plan(
    operation="remove_subscriber",
    call=Call("DELETE", f"broadworks/subscribers/{ID}", {}, BASE_URL),
    made=NOW,
    before={
        "firstName": "John",
        "lastName": "Andersen",
        "userId": "95547321@example.com",
        "email": "john.andersen@example.com",
        "spEnterpriseId": "Reseller1+acme",
        "primaryPhoneNumber": "+1-240-555-1212",
        "extension": "51212",
        "package": "standard",
        "status": "provisioned",
        "personId": "a-person",
        "provisioningId": "ZjViMzYx",
    },
    findings=(STAYS,),
    subject=Subject("95547321@example.com", ID),
    typed="95547321@example.com",
)


def planned(found: Subscriber) -> Plan:
    return remove_subscriber.plan({"subscriber": "95547321@example.com"}, desk(SubscriberPage((found,))))


def test_everything_that_is_mapped_is_shown_before_and_the_user_id_must_be_typed() -> None:
    assert planned(JOHN) == PLAN


@pytest.mark.parametrize(
    ("changes", "typed"), [({"user_id": ""}, "john.andersen@example.com"), ({"user_id": "", "email": ""}, ID)]
)
def test_who_has_no_user_id_is_typed_by_what_there_is(changes: dict[str, str], typed: str) -> None:
    assert planned(replace(JOHN, **changes)).typed == typed  # type: ignore[arg-type]  # All of them are texts.


def test_who_is_not_provisioned_is_warned_about() -> None:
    plan = planned(replace(JOHN, status="pending_user_migration"))

    words = "waiting for the user's consent, asked for by e-mail. What becomes of that is not documented."
    assert plan.findings == (STAYS, Finding(Level.WARNING, f"Its status is: {words}", Source.WEBEX))


def test_nobody_is_removed_whom_webex_does_not_know() -> None:
    with pytest.raises(Declined, match="Webex knows no subscriber"):
        remove_subscriber.plan({"subscriber": "95547321@example.com"}, desk(SubscriberPage(())))


def test_a_removal_is_destructive() -> None:
    assert remove_subscriber.OPERATION.risk is Risk.DESTRUCTIVE


def test_running_sends_the_one_write() -> None:
    at_desk = desk(Done(f"broadworks/subscribers/{ID}", "THEIRS"))

    assert remove_subscriber.run(PLAN, at_desk) == Outcome(ok=True, tracking_id="THEIRS")
    assert asked(at_desk) == [PLAN.call]


def test_who_was_gone_already_is_gone_and_that_is_said() -> None:
    assert remove_subscriber.run(PLAN, desk(Refused("no", status=404, tracking_id="THEIRS"))) == Outcome(
        ok=True,
        data={"already": True},
        tracking_id="THEIRS",
        note="Webex found no such subscriber when the removal was sent: somebody had removed it meanwhile.",
    )


@pytest.mark.parametrize("exc", [Refused("no", status=409), Unconfirmed("no answer")])
def test_anything_else_is_not_hidden(exc: Exception) -> None:
    with pytest.raises(type(exc)):
        remove_subscriber.run(PLAN, desk(exc))


def test_who_is_gone_was_removed() -> None:
    at_desk = desk(Refused("no", status=404, tracking_id="THEIRS"))

    assert remove_subscriber.look(PLAN, at_desk, SINCE) == Outcome(
        ok=True, tracking_id="THEIRS", note="Found by looking: it is gone."
    )
    assert asked(at_desk) == [ID]


def test_who_is_still_there_was_not_removed() -> None:
    assert remove_subscriber.look(PLAN, desk(JOHN), SINCE) == Outcome(
        ok=False, absent=True, note="The bot looked: the subscriber is still there. You can send it again."
    )


def test_who_may_not_look_is_told_so() -> None:
    with pytest.raises(Refused):
        remove_subscriber.look(PLAN, desk(Refused("no", status=403)), SINCE)


def request(**changed: Any) -> Request:
    given = {"operation": "remove_subscriber", "asked_by": "ann", "asker_name": "Ann", "room_id": "room"}
    values = {"subscriber": "95547321@example.com"}
    return Request(**{**given, "values": values, "asked_at": NOW, "tracking_id": "OURS", "plan": PLAN, **changed})


def test_who_was_removed_can_be_provisioned_again_with_the_same_values() -> None:
    assert remove_subscriber.follow_ups(request(outcome=Outcome(ok=True))) == (
        FollowUp(
            "Provision again",
            "provision subscriber",
            {
                "firstName": "John",
                "lastName": "Andersen",
                "userId": "95547321@example.com",
                "email": "john.andersen@example.com",
                "spEnterpriseId": "Reseller1+acme",
                "primaryPhoneNumber": "+1-240-555-1212",
                "extension": "51212",
                "package": "standard",
                "provisioningId": "ZjViMzYx",
            },
        ),
    )


@pytest.mark.parametrize("outcome", [None, Outcome(ok=False)])
def test_who_was_not_removed_can_be_looked_at(outcome: Outcome | None) -> None:
    who = {"subscriber": ID}
    assert remove_subscriber.follow_ups(request(outcome=outcome)) == (
        FollowUp("Show subscriber", "show subscriber", who, at_once=True),
    )


def test_where_nobody_was_found_nothing_leads_on() -> None:
    assert remove_subscriber.follow_ups(request(plan=None)) == ()
