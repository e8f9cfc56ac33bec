"""What differs between what is wanted and what Webex shows, however either is written."""

from typing import Any

import pytest

from bot.domain import changes


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("extension", "51212", "51212"),
        ("extension", 51212, "51212"),
        ("extension", 51212.0, "51212"),
        ("mobilePhoneNumber", "", ""),
        ("mobilePhoneNumber", None, ""),
        ("timezone", None, None),
        ("timezone", "", None),
        ("timezone", "UTC", "UTC"),
    ],
)
def test_what_is_there_is_read_as_text_and_what_webex_never_tells_is_not_taken_for_nothing(
    name: str, value: Any, told: str | None
) -> None:
    assert changes.there(name, {name: value}) == told


def test_a_field_that_is_missing_is_empty_unless_webex_never_tells_it() -> None:
    assert [changes.there(name, {}) for name in ("extension", "timezone")] == ["", None]


@pytest.mark.parametrize(
    ("name", "one", "other", "same"),
    [
        ("primaryPhoneNumber", "+12405551212", "+1-240-555-1212", True),
        ("mobilePhoneNumber", "+1 (240) 555-1212", "12405551212", True),
        ("mobilePhoneNumber", "+12405551212", "+12405551213", False),
        ("mobilePhoneNumber", "", "anonymous", False),
        ("extension", "51212", "5-1212", True),
        ("extension", "", "", True),
        ("userId", "95547321@Example.com", "95547321@example.com", True),
        ("package", "premium", "Premium", True),
        ("timezone", "America/Los_Angeles", "america/los_angeles", True),
        ("firstName", "ann", "Ann", False),
        ("firstName", "Ann", " Ann ", True),
        ("lastName", "51212", "5-1212", False),
    ],
)
def test_values_are_compared_as_what_they_mean(name: str, one: str, other: str, *, same: bool) -> None:
    assert changes.same(name, one, other) is same


FIELDS = {"firstName": "John", "primaryPhoneNumber": "+1-240-555-1212", "extension": "51212", "package": "basic"}


def test_only_what_is_not_there_is_sent() -> None:
    wanted = {
        "firstName": "John",
        "primaryPhoneNumber": "+12405551212",
        "mobilePhoneNumber": "",
        "extension": "",
        "package": "premium",
        "timezone": "UTC",
    }

    assert changes.to_send(wanted, FIELDS) == {"extension": "", "package": "premium", "timezone": "UTC"}


@pytest.mark.parametrize(
    ("name", "sent", "holds"),
    [
        ("primaryPhoneNumber", "+12405551212", "+12405551212"),
        ("primaryPhoneNumber", "+12405551213", "+1-240-555-1212"),
        ("mobilePhoneNumber", "", ""),
        ("mobilePhoneNumber", "+12405551213", "+12405551213"),
        ("timezone", "UTC", "UTC"),
    ],
)
def test_what_webex_shows_holds_and_else_what_was_sent(name: str, sent: str, holds: str) -> None:
    assert changes.settled(name, sent, {**FIELDS, "timezone": None}) == holds


def test_what_webex_shows_instead_is_told_by_field() -> None:
    wanted = {"firstName": "John", "mobilePhoneNumber": "+1", "extension": "", "timezone": "UTC"}

    assert changes.otherwise(wanted, FIELDS) == {"mobilePhoneNumber": "", "extension": "51212"}
