"""What the list of billing reports asks for, shows and offers."""

from bot.domain.checks import check
from bot.domain.operation import FollowUp
from bot.domain.plan import Outcome
from bot.domain.report import Report
from bot.operations import list_billing_reports
from tests.operations.reporting import ID, asked_of, desk_with, report, request


def answered(*there: Report, **values: str) -> Outcome:
    return list_billing_reports.plan(values, desk_with(*there)).outcome


def offered(*items: tuple[str, str]) -> list[FollowUp]:
    rows = [{"id": month, "month": month, "status": status} for month, status in items]
    found = request("list_billing_reports", outcome=Outcome(ok=True, data={"items": rows}))
    return list_billing_reports.follow_ups(found)


def test_the_newest_month_comes_first() -> None:
    outcome = answered(report(1, month="2026-05"), report(2, month="2026-06", status="FAILED"))

    assert outcome == Outcome(
        ok=True,
        data={
            "items": [
                {"id": f"{ID}2", "month": "2026-06", "status": "FAILED"},
                {"id": f"{ID}1", "month": "2026-05", "status": "COMPLETED"},
            ],
            "left_out": 0,
            "wanted": {},
        },
        tracking_id="LIST",
    )


def test_what_narrows_the_list_is_asked_of_webex_and_its_order_is_kept() -> None:
    there = desk_with(report(1, month="2026-05"), report(2, month="2026-06"))
    values = {"before": "2026-08", "after": "2026-01", "sortBy": "status"}

    outcome = list_billing_reports.plan(values, there).outcome

    assert asked_of(there) == [("reports", "2026-08", "2026-01", "status")]
    assert [each["month"] for each in outcome.data["items"]] == ["2026-05", "2026-06"]
    assert outcome.data["wanted"] == {"after": "2026-01", "before": "2026-08"}


def test_no_more_are_shown_than_are_read_on_a_phone() -> None:
    outcome = answered(*(report(number) for number in range(15)))

    assert (len(outcome.data["items"]), outcome.data["left_out"]) == (12, 3)


def test_an_empty_list_is_an_answer() -> None:
    assert answered() == Outcome(ok=True, data={"items": [], "left_out": 0, "wanted": {}})


def test_a_time_with_nothing_in_it_is_complained_of() -> None:
    found = check(list_billing_reports.FORM, {"after": "2026-05", "before": "May 2026"})

    assert [each.input for each in found.complaints] == ["before"]
    assert check(list_billing_reports.FORM, {"after": "2026-05", "before": "2026-06"}).complaints == ()


def test_of_few_each_can_be_got_and_removed() -> None:
    assert [each.title for each in offered(("1", "COMPLETED"), ("2", "FAILED"))] == ["Get 1", "Remove 1", "Remove 2"]
    assert offered(("1", "completed")) == [
        FollowUp("Get", "get billing report", {"report": "1"}, at_once=True),
        FollowUp("Remove", "remove billing report", {"report": "1"}, at_once=True),
    ]


def test_of_many_those_that_are_ready_can_be_got_as_far_as_there_are_buttons() -> None:
    states = ["FAILED", *["COMPLETED"] * 6]

    titles = [each.title for each in offered(*((str(number), state) for number, state in enumerate(states)))]

    assert titles == ["Get 2", "Get 3", "Get 4", "Get 5"]


def test_where_none_is_ready_one_can_be_requested() -> None:
    assert offered() == [FollowUp("Request a report", "request billing report")]
    assert offered(("1", "FAILED"), ("2", "FAILED"), ("3", "FAILED")) == offered()
