"""Which report is got, what is kept of it, and how its file is fetched."""

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.plan import Outcome
from bot.domain.report import Report, SignedUrl
from bot.errors import Declined, Refused
from bot.operations import get_billing_report
from tests.operations.desk import NOW, desk
from tests.operations.reporting import CSV, FAILED, ID, asked_of, desk_with, report, request


def answered(which: str, *there: Report) -> Outcome:
    return get_billing_report.plan({"report": which}, desk_with(*there)).outcome


def test_a_report_is_told_without_its_address_and_its_file_is_promised() -> None:
    one = report(1)

    outcome = answered("2026-06", one, report(2, month="2026-05"))

    assert outcome == Outcome(
        ok=True,
        data={
            "id": one.id,
            "month": "2026-06",
            "fields": one.fields,
            "errors": [],
            "status": "COMPLETED",
            "others": 0,
        },
        tracking_id="THEIRS",
        file="billing-report-2026-06.csv",
    )
    assert "Signature" not in repr(outcome)


def test_one_is_found_by_its_id_without_the_list() -> None:
    there = desk_with(report(1))

    get_billing_report.plan({"report": report(1).id}, there)

    assert asked_of(there) == [report(1).id]


def test_of_several_the_newest_with_a_file_is_got() -> None:
    old, new = report(1, created=NOW - timedelta(days=9)), report(2, created=NOW - timedelta(days=1))
    failed = report(3, status="FAILED", created=NOW, url=None)

    outcome = answered("2026-06", old, new, failed, report(4, created=None))

    assert (outcome.data["id"], outcome.data["others"]) == (new.id, 3)


@pytest.mark.parametrize(
    ("one", "errors"),
    [
        (report(1, status="IN_PROGRESS", url=None), []),
        (FAILED, ["Billing Report not found."]),
        (report(1, url=None), []),
        (report(1, status="Archived", url=SignedUrl("https://webexcontent.com/")), []),
    ],
    ids=["in progress", "failed", "no address", "unknown status"],
)
def test_one_without_a_file_promises_none(one: Report, errors: list[str]) -> None:
    outcome = answered("2026-06", one)

    assert (outcome.ok, outcome.file) == (True, "")
    assert [each["words"] for each in outcome.data["errors"]] == errors


def test_the_name_of_a_file_is_ours_whatever_webex_calls_the_month() -> None:
    assert answered(report(1).id, report(1, month="../../etc/passwd")).file == "billing-report-of-webex.csv"


@pytest.mark.parametrize(
    ("which", "words"),
    [("2026-06", "Webex has no billing report of 2026-06."), (ID, "Webex has no billing report with that ID.")],
)
def test_one_that_is_not_there_is_told(which: str, words: str) -> None:
    with pytest.raises(Declined, match=words):
        answered(which)


def test_too_many_of_a_month_are_not_all_read() -> None:
    with pytest.raises(Declined, match=r"Webex has 11 reports of 2026-06\. Get one by its ID"):
        answered("2026-06", *(report(number) for number in range(11)))


def test_what_webex_refuses_is_passed_on() -> None:
    with pytest.raises(Refused):
        get_billing_report.plan({"report": ID}, desk(Refused("no", status=403)))


def test_the_file_is_fetched_when_it_is_sent_and_gone_afterwards() -> None:
    one = report(1)
    asked = request("get_billing_report", outcome=answered("2026-06", one))

    with get_billing_report.attach(asked, desk_with(one)) as found:
        assert (found.name, found.content.read(), found.media_type) == ("billing-report-2026-06.csv", CSV, "text/csv")

    assert found.content.closed


def test_a_file_that_cannot_be_had_is_no_file() -> None:
    asked = request("get_billing_report", outcome=answered("2026-06", report(1)))

    with pytest.raises(Refused), get_billing_report.attach(asked, desk_with()):
        pass


@pytest.mark.parametrize(
    ("outcome", "titles"),
    [
        (None, ["List reports"]),
        (
            Outcome(ok=True, data={"id": ID, "status": "COMPLETED"}, file="x.csv"),
            ["Get again", "Remove", "List reports"],
        ),
        (Outcome(ok=True, data={"id": ID, "status": "IN_PROGRESS"}), ["Refresh", "Remove", "List reports"]),
        (Outcome(ok=True, data={"id": ID, "status": "failed"}), ["Request again", "Remove", "List reports"]),
    ],
)
def test_what_is_offered_next_fits_how_far_it_is(outcome: Any, titles: list[str]) -> None:
    found = get_billing_report.follow_ups(request("get_billing_report", outcome=outcome))

    assert [each.title for each in found] == titles
