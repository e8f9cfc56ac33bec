"""Whom the consent e-mail is sent to again, what is told before, and what is sent."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.operation import FollowUp
from bot.domain.plan import Call, Finding, Level, Outcome, Plan, Source, Subject
from bot.domain.provisioning import Done, Subscriber, SubscriberPage
from bot.domain.request import Request, State
from bot.errors import Declined, Refused
from bot.operations import resend_consent
from tests.operations.desk import BASE_URL, NOW, asked, desk

ID = "c3Vic2NyaWJlci1hbm4"
ANN = Subscriber(
    ID,
    user_id="9554@example.com",
    email="ann@example.com",
    status="pending_user_migration",
    last_status_change=datetime(2026, 7, 8, 9, 15, tzinfo=UTC),
    fields={"firstName": "Ann", "lastName": "Archer"},
)
CALL = Call("POST", f"subscribers/{ID}/emails/consentMove", {}, BASE_URL)
SINCE = Finding(Level.GOOD, "Waiting for consent since 08 Jul 2026 09:15 UTC", Source.WEBEX)
FIRST = Finding(Level.GOOD, "This bot has not sent it again before.")
PLAN = Plan(
    "resend_consent",
    CALL,
    made=NOW,
    before={"Subscriber": "Ann Archer", "E-mail goes to": "ann@example.com"},
    findings=(SINCE, FIRST),
    subject=Subject("9554@example.com", ID),
)


def planned(subscriber: Subscriber, *history: Request) -> Plan:
    at_desk = desk(SubscriberPage((subscriber,)), requests=history)
    return resend_consent.plan({"subscriber": "9554@example.com"}, at_desk)


def past(state: State = State.DONE, *, ago: timedelta = timedelta(hours=2), **changed: Any) -> Request:
    given: dict[str, Any] = {
        "operation": "resend_consent",
        "asked_by": "bob",
        "asker_name": "Bob Builder",
        "room_id": "room",
        "values": {},
        "asked_at": NOW - ago - timedelta(minutes=1),
        "tracking_id": "OURS",
        "number": 7,
        "state": state,
        "confirmed_at": NOW - ago,
        **changed,
    }
    return Request(**given)


def test_the_plan_says_to_whom_it_goes_and_sends_nothing() -> None:
    at_desk = desk(SubscriberPage((ANN,)))

    assert resend_consent.plan({"subscriber": "9554@example.com"}, at_desk) == PLAN
    assert len(asked(at_desk)) == 1


def test_what_webex_does_not_tell_is_not_made_up() -> None:
    plan = planned(replace(ANN, email="", last_status_change=None))

    assert plan.before == {"Subscriber": "Ann Archer", "E-mail goes to": "Webex does not say"}
    assert plan.findings == (FIRST,)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("provisioned", "provisioned"),
        ("pending_email_input", "waiting for the user to give an e-mail address"),
        ("on_hold", "in Webex's word “on_hold”, which this bot does not know"),
        ("", "Webex gave no status"),
    ],
)
def test_who_does_not_wait_for_consent_gets_no_mail_and_is_told_why(status: str, words: str) -> None:
    with pytest.raises(Declined) as declined:
        planned(replace(ANN, status=status))

    assert str(declined.value) == (
        f"Ann Archer is not waiting for consent, so there is no mail to send again. Status in Webex: {words}."
    )


@pytest.mark.parametrize("state", [State.DONE, State.UNKNOWN, State.RUNNING])
def test_the_last_mail_that_may_have_been_sent_is_told(state: State) -> None:
    words = "The last one was asked for by Bob Builder at 09 Jul 2026 12:13 UTC, in request 7."

    assert planned(ANN, past(state), past(number=3)).findings == (SINCE, Finding(Level.WARNING, words))


def test_a_mail_of_long_ago_is_no_reason_to_wait() -> None:
    words = "The last one was asked for by Bob Builder at 08 Jul 2026 14:13 UTC, in request 7."

    assert planned(ANN, past(ago=timedelta(days=1))).findings == (SINCE, Finding(Level.GOOD, words))


@pytest.mark.parametrize(
    "other",
    [
        past(State.FAILED),
        past(State.WITHDRAWN, confirmed_at=None),
        past(State.ASKED, confirmed_at=None),
        past(operation="update_subscriber"),
    ],
)
def test_what_was_never_sent_does_not_count(other: Request) -> None:
    assert planned(ANN, other).findings == (SINCE, FIRST)


def test_running_sends_the_one_write_of_the_plan() -> None:
    at_desk = desk(Done(CALL.path, tracking_id="THEIRS", tries=2))

    outcome = resend_consent.run(PLAN, at_desk)

    assert outcome == Outcome(ok=True, data={"path": CALL.path}, tracking_id="THEIRS", tries=2)
    assert asked(at_desk) == [CALL]


def test_a_write_that_is_refused_is_not_hidden() -> None:
    with pytest.raises(Refused):
        resend_consent.run(PLAN, desk(Refused("no")))


def test_a_lost_one_cannot_be_found_by_looking_and_people_are_told_what_to_do() -> None:
    assert resend_consent.OPERATION.look is None
    assert "Ask the user whether one has come." in resend_consent.OPERATION.blind


@pytest.mark.parametrize(
    ("known", "who"),
    [
        ({"user_id": "9554@example.com", "webex_id": ID}, "9554@example.com"),
        ({"webex_id": ID}, ID),
        ({"values": {"subscriber": "ann@example.com"}}, "ann@example.com"),
    ],
)
def test_the_subscriber_is_one_press_away(known: dict[str, Any], who: str) -> None:
    assert resend_consent.follow_ups(past(**known)) == [
        FollowUp("Show subscriber", "show subscriber", {"subscriber": who}, at_once=True)
    ]


def test_where_nobody_is_known_nobody_is_offered() -> None:
    assert resend_consent.follow_ups(past()) == []
