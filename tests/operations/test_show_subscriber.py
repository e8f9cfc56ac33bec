"""What showing a subscriber asks for, tells, and leads on to."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.operation import FollowUp
from bot.domain.plan import Answer, Outcome, Watched
from bot.domain.problem import Problem
from bot.domain.provisioning import Info, Subscriber, SubscriberFilter, SubscriberPage
from bot.domain.request import Request, State
from bot.errors import Declined, Refused
from bot.operations import show_subscriber
from tests.operations.desk import NOW, FakeRequests, asked, desk

ID = "c3Vic2NyaWJlci1hbm4"
FIELDS = {"id": ID, "userId": "9554@example.com", "status": "provisioned", "unheard": {"of": 1}}
ANN = Subscriber(
    ID,
    user_id="9554@example.com",
    first_name="Ann",
    primary_number="+12405551212",
    extension="51212",
    package="standard",
    status="provisioned",
    fields=FIELDS,
    tracking_id="THEIRS",
)
CURRENT = {
    "userId": "9554@example.com",
    "firstName": "Ann",
    "primaryPhoneNumber": "+12405551212",
    "extension": "51212",
    "package": "standard",
}


@dataclass
class Remembering(FakeRequests):
    """Remembers about whom it was asked."""

    asked: list[dict[str, Any]] = field(default_factory=list)

    def about(self, *, user_id: str = "", webex_id: str = "", limit: int = 10) -> list[Request]:
        self.asked.append({"user_id": user_id, "webex_id": webex_id, "limit": limit})
        return super().about(user_id=user_id, webex_id=webex_id, limit=limit)


def past(**changed: Any) -> Request:
    given: dict[str, Any] = {
        "operation": "provision_workspace",
        "asked_by": "bob",
        "asker_name": "Bob Builder",
        "room_id": "room",
        "values": {},
        "asked_at": NOW - timedelta(hours=1),
        "tracking_id": "OURS",
        "number": 7,
        **changed,
    }
    return Request(**given)


def shown(subscriber: Subscriber, *history: Request) -> dict[str, Any]:
    answer = show_subscriber.plan(
        {"subscriber": "9554@example.com"}, desk(SubscriberPage((subscriber,)), requests=history)
    )
    return answer.outcome.data


def test_a_subscriber_is_shown_with_everything_that_webex_tells() -> None:
    at_desk = desk(SubscriberPage((ANN,)))

    answer = show_subscriber.plan({"subscriber": "9554@example.com"}, at_desk)

    assert asked(at_desk) == [(SubscriberFilter(user_id="9554@example.com", max=2), None)]
    assert answer == Answer(
        Outcome(
            ok=True,
            data={
                "id": ID,
                "fields": FIELDS,
                "errors": [],
                "history": [],
                "current": CURRENT,
                "waits_for_consent": False,
            },
            tracking_id="THEIRS",
        )
    )


def test_the_history_is_asked_for_by_user_id_and_by_id() -> None:
    requests = Remembering()

    show_subscriber.plan({"subscriber": "9554@example.com"}, replace(desk(SubscriberPage((ANN,))), requests=requests))

    assert requests.asked == [{"user_id": "9554@example.com", "webex_id": ID, "limit": 20}]


def test_every_error_is_explained_and_one_without_a_code_keeps_its_words() -> None:
    errors = (Info("10022", "taken"), Info("", "in another organization"))

    assert shown(replace(ANN, status="error", errors=errors))["errors"] == [
        {
            "words": "taken",
            "field": None,
            "explanation": {
                "code": "10022",
                "meaning": "explained: taken",
                "remedy": "",
                "who": "",
                "known": True,
            },
        },
        {"words": "in another organization", "field": None, "explanation": None},
    ]


def test_the_history_tells_who_asked_what_who_confirmed_when_and_how_it_ended() -> None:
    failed = past(
        state=State.FAILED,
        confirmed_at=NOW - timedelta(minutes=30),
        ended_at=NOW,
        outcome=Outcome(ok=False, problem=Problem("Webex refused."), note="A note."),
    )
    watching = past(
        number=8,
        operation="update_subscriber",
        state=State.WATCHING,
        watched=Watched(ID, "updating", since=NOW),
        outcome=Outcome(ok=True),
    )

    assert shown(ANN, watching, failed)["history"] == [
        {
            "number": 8,
            "words": "update subscriber",
            "asker": "Bob Builder",
            "asked_at": "2026-07-09T13:13:00+00:00",
            "confirmed_at": None,
            "ended_at": None,
            "state": "watching",
            "status": "updating",
            "happened": "",
            "note": "",
        },
        {
            "number": 7,
            "words": "provision workspace",
            "asker": "Bob Builder",
            "asked_at": "2026-07-09T13:13:00+00:00",
            "confirmed_at": "2026-07-09T13:43:00+00:00",
            "ended_at": "2026-07-09T14:13:00+00:00",
            "state": "failed",
            "status": "",
            "happened": "Webex refused.",
            "note": "A note.",
        },
    ]


def answered(subscriber: Subscriber, who: str = "9554@example.com") -> Request:
    outcome = Outcome(ok=True, data=shown(subscriber))
    return past(operation="show_subscriber", state=State.DONE, values={"subscriber": who}, outcome=outcome)


def test_what_can_be_done_next_is_offered_with_what_is_known() -> None:
    who = {"subscriber": "9554@example.com"}

    assert show_subscriber.follow_ups(answered(ANN)) == [
        FollowUp("Update", "update subscriber", {**CURRENT, **who}),
        FollowUp("Remove", "remove subscriber", who, at_once=True),
        FollowUp("Refresh", "show subscriber", who, at_once=True),
    ]


def test_a_number_that_no_form_would_take_is_not_handed_on_to_the_update() -> None:
    odd = replace(ANN, primary_number="2405551", mobile_number="+1-301-555-1212")

    assert shown(odd)["current"]["mobilePhoneNumber"] == "+1-301-555-1212"
    assert "primaryPhoneNumber" not in shown(odd)["current"]


@pytest.mark.parametrize(
    ("status", "offered"),
    [("pending_user_migration", True), ("Pending_User_Migration", True), ("pending_email_input", False), ("", False)],
)
def test_the_consent_mail_is_offered_only_to_who_waits_for_it(status: str, *, offered: bool) -> None:
    titles = [each.title for each in show_subscriber.follow_ups(answered(replace(ANN, status=status)))]

    assert ("Resend consent" in titles) is offered


@pytest.mark.parametrize("subscriber", [ANN, replace(ANN, user_id="")])
def test_who_was_shown_by_the_id_or_has_no_user_id_is_meant_by_the_id(subscriber: Subscriber) -> None:
    by_id = answered(subscriber, who=ID)

    assert {each.values["subscriber"] for each in show_subscriber.follow_ups(by_id)} == {ID}


def test_where_nobody_was_found_a_search_is_offered() -> None:
    problem = Problem("Webex knows no subscriber.")
    failed = past(operation="show_subscriber", state=State.FAILED, outcome=Outcome(ok=False, problem=problem))

    assert show_subscriber.follow_ups(failed) == [FollowUp("Find subscribers", "find subscribers")]


@pytest.mark.parametrize(
    ("answer", "raised"),
    [(SubscriberPage(()), Declined), (SubscriberPage((ANN, ANN)), Declined), (Refused("no"), Refused)],
)
def test_whoever_cannot_be_shown_is_no_answer(answer: Any, raised: type[Exception]) -> None:
    with pytest.raises(raised):
        show_subscriber.plan({"subscriber": "9554@example.com"}, desk(answer))
