"""A month is understood as people write it, and never guessed."""

from datetime import UTC, datetime

import pytest

from bot.domain.checks import check
from bot.domain.form import Checked, Complaint, Form, Input, Kind
from bot.domain.month import NotAMonth, is_month, last_whole, month

A_MONTH = Form((Input("month", "Month", Kind.MONTH),))
A_REPORT = Form((Input("report", "Report", Kind.REPORT, max_length=1024),))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2026-10", "2026-10"),
        ("2026-1", "2026-01"),
        (" 2026/10 ", "2026-10"),
        ("2026.10", "2026-10"),
        ("202610", "2026-10"),
        ("10/2026", "2026-10"),
        ("1.2026", "2026-01"),
        ("Oct 2026", "2026-10"),
        ("october 2026", "2026-10"),
        ("Sept. 2026", "2026-09"),
        ("may-2026", "2026-05"),
        ("MAR 2026", "2026-03"),
    ],
)
def test_a_month_is_read(said: str, meant: str) -> None:
    assert month(said) == meant
    assert is_month(meant)


@pytest.mark.parametrize(
    "said",
    ["", "soon", "2026", "2026-13", "2026-00", "13/2026", "octopus 2026", "ma 2026", "2026-10-01", "10-26", "٢٠٢٦-10"],
)
def test_what_is_no_month_is_none(said: str) -> None:
    with pytest.raises(NotAMonth):
        month(said)
    assert not is_month(said)


def test_a_month_in_other_words_is_not_yet_as_the_api_writes_it() -> None:
    assert not is_month("October 2026")


@pytest.mark.parametrize(
    ("now", "before"), [((2026, 11, 1), "2026-10"), ((2026, 1, 31), "2025-12"), ((2026, 12, 31), "2026-11")]
)
def test_the_last_whole_month_is_the_one_before_this(now: tuple[int, int, int], before: str) -> None:
    assert last_whole(datetime(*now, tzinfo=UTC)) == before


def test_a_form_takes_a_month_and_complains_of_anything_else() -> None:
    assert check(A_MONTH, {"month": "Oct 2026"}).values == {"month": "2026-10"}
    assert check(A_MONTH, {"month": "soon"}) == Checked(
        said={"month": "soon"},
        complaints=(Complaint("month", "Month is no month that the bot can read. Write it like 2026-10."),),
    )


def test_a_report_is_named_by_its_month_or_its_whole_id() -> None:
    identity = "Y2lzY29zcGFyazovL3VzL0JJTExJTkdfUkVQT1JULzViOGQ"
    assert check(A_REPORT, {"report": identity}).values == {"report": identity}
    assert check(A_REPORT, {"report": "10/2026"}).values == {"report": "2026-10"}
    for wrong in ("soon", "x" * 39, f"{identity}/../people"):
        [complaint] = check(A_REPORT, {"report": wrong}).complaints
        assert complaint.text == "Report takes a month like 2026-10, or the whole id of a report."
