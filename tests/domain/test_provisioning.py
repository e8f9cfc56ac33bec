"""What a status means for those who wait, and what can be looked for."""

from datetime import UTC, datetime

import pytest

from bot.domain.provisioning import (
    ENDED,
    MOVING,
    WAITING,
    Subscriber,
    SubscriberFilter,
    SubscriberStatus,
)


def of(status: str) -> tuple[bool, bool, bool]:
    found = Subscriber("1", status=status)
    return found.moving, found.waiting, found.ended


@pytest.mark.parametrize(
    ("status", "meaning"),
    [
        ("pending_email_input", (False, True, False)),
        ("pending_email_validation", (False, True, False)),
        ("pending_user_migration", (False, True, False)),
        ("provisioning", (True, False, False)),
        ("updating", (True, False, False)),
        ("provisioned", (False, False, True)),
        ("error", (False, False, True)),
        ("PROVISIONED", (False, False, True)),
    ],
)
def test_each_status_is_moving_or_waiting_or_ended(status: str, meaning: tuple[bool, bool, bool]) -> None:
    known = SubscriberStatus(status.casefold())

    assert of(status) == (known.moving, known.waiting, known.ended) == meaning
    assert Subscriber("1", status=status).known_status is known


@pytest.mark.parametrize("status", ["", "removing", "provisioned!", "\0"])
def test_an_unknown_status_is_kept_and_is_none_of_them(status: str) -> None:
    assert of(status) == (False, False, False)
    assert (Subscriber("1", status=status).status, Subscriber("1", status=status).known_status) == (status, None)


def test_every_status_is_in_exactly_one_set() -> None:
    assert sorted([*MOVING, *WAITING, *ENDED]) == sorted(SubscriberStatus)
    assert len(SubscriberStatus) == 7


def test_a_time_without_a_time_zone_is_not_looked_for() -> None:
    naive = datetime(2026, 11, 21, tzinfo=UTC).replace(tzinfo=None)

    with pytest.raises(ValueError, match="time zone"):
        SubscriberFilter(after=naive)
    with pytest.raises(ValueError, match="time zone"):
        SubscriberFilter(last_status_change=naive)


@pytest.mark.parametrize("size", [0, -1, 101])
def test_a_page_is_no_larger_than_webex_makes_it(size: int) -> None:
    with pytest.raises(ValueError, match="1 to 100"):
        SubscriberFilter(max=size)
