"""Which moment is meant by what people say."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given

from bot.domain.since import NotATime, since
from tests.domain.forms import nasty

NOW = datetime(2026, 11, 21, 18, 36, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("today", datetime(2026, 11, 21, tzinfo=UTC)),
        ("Yesterday", datetime(2026, 11, 20, tzinfo=UTC)),
        ("24h", NOW - timedelta(hours=24)),
        ("1 hour", NOW - timedelta(hours=1)),
        ("7d", NOW - timedelta(days=7)),
        (" 7 Days ago ", NOW - timedelta(days=7)),
        ("2w", NOW - timedelta(days=14)),
        ("1 week ago", NOW - timedelta(days=7)),
        ("30min", NOW - timedelta(minutes=30)),
        ("9999 weeks", NOW - timedelta(weeks=9999)),
        ("2026-11-20", datetime(2026, 11, 20, tzinfo=UTC)),
        ("2026-11-20 14:30", datetime(2026, 11, 20, 14, 30, tzinfo=UTC)),
        ("2026-11-20 14:30 UTC", datetime(2026, 11, 20, 14, 30, tzinfo=UTC)),
        ("2026-11-20T14:30:05.250Z", datetime(2026, 11, 20, 14, 30, 5, 250000, tzinfo=UTC)),
        ("2026-11-20T14:30+02:00", datetime(2026, 11, 20, 12, 30, tzinfo=UTC)),
        ("2027-01-01", datetime(2027, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_time_is_a_date_or_a_day_or_how_long_ago(text: str, meant: datetime) -> None:
    assert since(text, now=NOW) == meant


def test_the_day_is_the_one_of_utc_wherever_the_clock_is() -> None:
    sydney = datetime(2026, 11, 22, 5, 36, tzinfo=timezone(timedelta(hours=11)))

    assert since("today", now=sydney) == datetime(2026, 11, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tomorrow",
        "last week",
        "7",
        "7m",
        "7 months",
        "-7d",
        "7.5d",
        "10000d",
        "20/11/2026",
        "20.11.2026",
        "2026-11",
        "2026-02-30",
        "2026-11-20 25:00",
        "2026-11-20 14",
        "2026-11-20 tea",
        "2026-11-20utc",
        "0001-01-01 00:00+14:00",
        "1763750180000",
    ],
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(NotATime):
        since(text, now=NOW)


@given(nasty)
def test_whatever_is_said_is_a_time_in_utc_or_none(text: str) -> None:
    try:
        found = since(text, now=NOW)
    except NotATime:
        return
    assert found.tzinfo is UTC
