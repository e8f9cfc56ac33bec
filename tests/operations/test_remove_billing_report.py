"""What removing a billing report shows before, sends, and looks for."""

from dataclasses import replace

import pytest

from bot.domain.operation import FollowUp, Risk
from bot.domain.plan import Call, Finding, Level, Outcome, Plan, Source, Subject
from bot.domain.provisioning import Done
from bot.domain.report import Report
from bot.errors import Declined, Refused, Unconfirmed
from bot.operations import remove_billing_report
from tests.operations.desk import BASE_URL, NOW, asked, desk
from tests.operations.reporting import GONE, desk_with, report, request

ONE = report(1)
NO_FILE = Finding(Level.WARNING, "Its file cannot be had any more then. Webex makes another one on request.")
PLAN = Plan(
    operation="remove_billing_report",
    call=Call("DELETE", f"broadworks/billing/reports/{ONE.id}", {}, BASE_URL),
    made=NOW,
    before={
        "Month": "June 2026",
        "Status": "completed",
        "Requested": "8 Jul 2026 14:13 UTC",
        "Report ID": ONE.id,
    },
    findings=(NO_FILE,),
    subject=Subject(webex_id=ONE.id),
    typed="2026-06",
)


def planned(which: str, *there: Report) -> Plan:
    return remove_billing_report.plan({"report": which}, desk_with(*there))


@pytest.mark.parametrize("which", ["2026-06", ONE.id])
def test_what_is_removed_is_shown_before_and_its_month_must_be_typed(which: str) -> None:
    assert planned(which, ONE, report(2, month="2026-05")) == PLAN
    assert remove_billing_report.OPERATION.risk is Risk.DESTRUCTIVE


def test_of_one_without_a_month_the_id_is_typed() -> None:
    assert planned(ONE.id, report(1, month="")).typed == ONE.id


def test_one_that_webex_works_on_is_warned_of() -> None:
    words = "Webex is still working on it. What becomes of that is not documented."

    found = planned(ONE.id, report(1, status="IN_PROGRESS")).findings

    assert found == (NO_FILE, Finding(Level.WARNING, words, Source.WEBEX))


@pytest.mark.parametrize(
    ("there", "words"),
    [([], "Webex has no billing report of 2026-06."), ([ONE, report(2)], "Webex has 2 reports of 2026-06: say which")],
)
def test_a_month_must_mean_one_report(there: list[Report], words: str) -> None:
    with pytest.raises(Declined, match=words):
        planned("2026-06", *there)


def test_the_removal_is_sent_once() -> None:
    there = desk(Done(PLAN.call.path, "THEIRS"))

    assert remove_billing_report.run(PLAN, there) == Outcome(ok=True, tracking_id="THEIRS")
    assert asked(there) == [PLAN.call]


def test_that_it_was_gone_already_is_what_was_wanted() -> None:
    outcome = remove_billing_report.run(PLAN, desk(GONE))

    assert (outcome.ok, outcome.data, outcome.tracking_id) == (True, {"already": True}, "THEIRS")
    assert "somebody had removed it meanwhile" in outcome.note


@pytest.mark.parametrize("exc", [Refused("no", status=403), Unconfirmed("nobody knows")])
def test_anything_else_is_passed_on(exc: Exception) -> None:
    with pytest.raises(type(exc)):
        remove_billing_report.run(PLAN, desk(exc))
    with pytest.raises(type(exc)):
        remove_billing_report.look(PLAN, desk(exc), NOW)


def test_a_look_tells_whether_it_is_still_there() -> None:
    gone = remove_billing_report.look(PLAN, desk(GONE), NOW)
    there = remove_billing_report.look(PLAN, desk(ONE), NOW)

    assert gone == Outcome(ok=True, tracking_id="THEIRS", note="Found by looking: it is gone.")
    assert there is not None
    assert (there.ok, there.absent) == (False, True)


def test_what_was_removed_can_be_requested_again() -> None:
    listed = FollowUp("List reports", "list billing reports", at_once=True)
    done = request("remove_billing_report", plan=PLAN, outcome=Outcome(ok=True))

    follow_ups = remove_billing_report.follow_ups
    again = FollowUp("Request again", "request billing report", {"billingPeriod": "2026-06"})
    assert follow_ups(done) == (again, listed)
    assert follow_ups(replace(done, outcome=Outcome(ok=False))) == (listed,)
    assert follow_ups(replace(done, plan=replace(PLAN, typed=ONE.id))) == (listed,)
    assert follow_ups(replace(done, plan=None)) == (listed,)
