"""One write is written down before it is sent."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.attempt import Attempt, Fate

MADE = datetime(2026, 7, 9, 14, 0, tzinfo=UTC)
DEADLINE = MADE + timedelta(seconds=30)
LIMIT = timedelta(seconds=60)
END = DEADLINE + LIMIT
INSTANT = timedelta(microseconds=1)


def attempt(fate: Fate = Fate.OPEN) -> Attempt:
    return Attempt(7, 1, "hash", MADE, DEADLINE, "first", fate)


@pytest.mark.parametrize(("now", "expected"), [(MADE, True), (DEADLINE, True), (END - INSTANT, True), (END, False)])
def test_an_open_attempt_may_be_under_way_until_its_deadline_and_the_limit_of_a_call(
    now: datetime, *, expected: bool
) -> None:
    assert attempt().may_be_under_way(now, limit=LIMIT) is expected


@pytest.mark.parametrize("fate", [fate for fate in Fate if fate is not Fate.OPEN])
def test_an_attempt_whose_fate_is_known_is_not_under_way(fate: Fate) -> None:
    assert not attempt(fate).may_be_under_way(MADE, limit=LIMIT)


@pytest.mark.parametrize("fate", list(Fate))
def test_what_is_not_seen_may_be_under_way_over_there_for_as_long_as_a_call_can_take(fate: Fate) -> None:
    assert [attempt(fate).would_show(now, limit=LIMIT) for now in (MADE, END - INSTANT, END)] == [False, False, True]


def test_what_never_left_is_used_again_under_the_same_number() -> None:
    used = attempt(Fate.NEVER_SENT)

    used.use_again(at=END, deadline=END + LIMIT, owner="second")

    assert used == Attempt(7, 1, "hash", END, END + LIMIT, "second", Fate.OPEN, uses=2)
