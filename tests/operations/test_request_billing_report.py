"""What requesting a billing report shows, sends, watches and looks for."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.operation import FollowUp
from bot.domain.plan import Call, Finding, Level, Outcome, Plan, Source, Watched
from bot.domain.report import Report
from bot.domain.request import State
from bot.errors import Refused, Unconfirmed
from bot.operations import request_billing_report
from tests.operations.desk import BASE_URL, NOW, asked, desk
from tests.operations.reporting import FAILED, ID, asked_of, desk_with, report, request, watching

SINCE = NOW - timedelta(minutes=1)
NONE_YET = Finding(Level.GOOD, "Webex has no report of 2026-06 yet.", Source.WEBEX)
PLAN = Plan(
    operation="request_billing_report",
    call=Call("POST", "broadworks/billing/reports", {"billingPeriod": "2026-06"}, BASE_URL),
    made=NOW,
    findings=(NONE_YET,),
)


def planned(month: str, *there: Report) -> Plan:
    return request_billing_report.plan({"billingPeriod": month}, desk_with(*there))


def test_what_is_sent_is_the_month() -> None:
    assert planned("2026-06", report(month="2026-05")) == PLAN


@pytest.mark.parametrize(
    ("month", "words"),
    [
        ("2026-07", "July 2026 is not over yet: the report may be incomplete, or refused."),
        ("2026-08", "August 2026 is still to come: the report may be incomplete, or refused."),
    ],
)
def test_a_month_that_is_not_over_is_only_warned_of(month: str, words: str) -> None:
    assert planned(month).findings[0] == Finding(Level.WARNING, words)


def test_reports_that_are_there_already_are_told() -> None:
    words = "Webex has 2 of 2026-06 already: completed, failed. This makes another one."

    assert planned("2026-06", report(1), report(2, status="FAILED")).findings == (
        Finding(Level.WARNING, words, Source.WEBEX),
    )


def test_what_was_accepted_is_watched() -> None:
    there = desk(Report(ID, tracking_id="THEIRS"))

    outcome = request_billing_report.run(PLAN, there)

    assert asked(there) == [PLAN.call]
    assert outcome == Outcome(
        ok=True,
        data={"id": ID, "month": "", "fields": {}, "errors": []},
        tracking_id="THEIRS",
        watched=Watched(ID, "IN_PROGRESS", since=NOW),
    )


@pytest.mark.parametrize("exc", [Refused("no", status=400), Unconfirmed("nobody knows")])
def test_what_goes_wrong_is_passed_on(exc: Exception) -> None:
    with pytest.raises(type(exc)):
        request_billing_report.run(PLAN, desk(exc))


def look(*there: Report, requests: Any = ()) -> Outcome | None:
    return request_billing_report.look(PLAN, desk_with(*there, requests=requests), SINCE)


def test_the_one_report_that_was_made_since_is_taken_for_it() -> None:
    new = report(1, status="IN_PROGRESS", created=NOW)

    found = look(report(2), new, report(3, month="2026-05", created=NOW))

    assert found == Outcome(
        ok=True,
        data={"id": new.id, "month": "2026-06", "fields": new.fields, "errors": []},
        tracking_id="THEIRS",
        watched=Watched(new.id, "IN_PROGRESS", since=NOW),
        note="Found by looking: exactly one report of that month was made at that time.",
    )


def test_one_that_is_ready_by_then_has_ended() -> None:
    found = look(report(1, created=NOW))

    assert found is not None
    assert (found.ok, found.watched) == (True, None)


def test_where_none_was_made_since_it_was_not_done() -> None:
    found = look(report(1))

    assert found is not None
    assert (found.ok, found.absent) == (False, True)
    assert found.note.startswith("The bot looked: Webex has no new report of 2026-06.")


@pytest.mark.parametrize(
    "there",
    [
        [report(1, created=NOW), report(2, created=NOW)],
        [report(1, created=None)],
        [report(number) for number in range(11)],
    ],
    ids=["two at that time", "nobody knows when", "too many"],
)
def test_what_does_not_tell_settles_nothing(there: list[Report]) -> None:
    assert look(*there) is None


def test_the_report_of_another_request_is_not_taken_for_it() -> None:
    found = look(report(1, created=NOW), requests=(request("request_billing_report"),))

    assert found is not None
    assert found.absent


def follow(*requests: Any, there: list[Report]) -> Any:
    return request_billing_report.OPERATION.follow(requests, desk_with(*there))  # type: ignore[misc]  # It is declared.


def test_one_that_is_done_has_ended_well() -> None:
    done = report(1)

    assert follow(watching(7, done.id), there=[done]) == {
        7: Outcome(
            ok=True,
            data={"id": done.id, "month": "2026-06", "fields": done.fields, "errors": []},
            tracking_id="THEIRS",
        )
    }


def test_one_that_failed_tells_why_and_can_be_asked_for_again() -> None:
    [(number, outcome)] = follow(watching(7, FAILED.id), there=[FAILED]).items()

    assert (number, outcome.ok, outcome.problem.again) == (7, False, True)
    assert outcome.problem.happened == "Webex could not make the billing report 2026-06."
    assert [each.words for each in outcome.problem.reasons] == ["Billing Report not found."]


@pytest.mark.parametrize("status", ["IN_PROGRESS", "Archiving"])
def test_one_that_has_not_ended_goes_on_being_watched_in_their_own_word(status: str) -> None:
    before = watching(7, report(1).id)

    [outcome] = follow(before, there=[report(1, status=status)]).values()

    assert outcome.watched == Watched(report(1).id, status, since=NOW)


def test_one_that_is_gone_has_ended_unless_it_was_requested_just_now() -> None:
    assert follow(watching(7, ID), there=[]) == {}

    [outcome] = follow(watching(7, ID, ago=timedelta(minutes=3)), there=[]).values()

    assert outcome.problem is not None
    assert outcome.problem.happened == "The report is not there any more."


def test_a_look_that_webex_refuses_tells_nothing() -> None:
    with pytest.raises(Refused):
        request_billing_report.OPERATION.follow([watching(7, ID)], desk(Refused("no", status=403)))  # type: ignore[misc]  # It is declared.


def test_of_many_only_those_are_read_that_have_come_further() -> None:
    there = desk_with(report(1), report(2, status="IN_PROGRESS"), report(3, status="IN_PROGRESS"))
    requests = [watching(number, f"{ID}{number}") for number in (1, 2, 3)]

    found = request_billing_report.OPERATION.follow(requests, there)  # type: ignore[misc]  # It is declared.

    assert list(found) == [1]
    assert asked_of(there) == [("reports", "", "", "billingPeriod"), f"{ID}1"]


def test_once_it_is_ready_its_file_is_offered_and_before_that_nothing() -> None:
    ready = request("request_billing_report", outcome=Outcome(ok=True, data={"id": ID}))
    going = replace_outcome(ready, Outcome(ok=True, data={"id": ID}, watched=Watched(ID, "IN_PROGRESS", NOW)))
    failed = replace_outcome(ready, Outcome(ok=False))

    follow_ups = request_billing_report.follow_ups
    assert list(follow_ups(ready)) == [FollowUp("Get", "get billing report", {"report": ID}, at_once=True)]
    assert list(follow_ups(going)) == []
    assert list(follow_ups(failed)) == [FollowUp("List reports", "list billing reports", at_once=True)]


def replace_outcome(found: Any, outcome: Outcome) -> Any:
    return replace(found, outcome=outcome, state=State.WATCHING if outcome.watched else State.FAILED)
