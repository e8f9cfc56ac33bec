"""An extension that reaches somebody else when it is dialled is warned about and never refused."""

import pytest
from phonenumbers import shortnumberinfo

from bot.domain.form import Kind
from bot.domain.numbers import remark_on_short
from tests.domain.judging import taken
from tests.domain.test_command_speed import steps

INSIDE = "dialling it inside may reach emergency services instead"


@pytest.mark.parametrize(
    ("digits", "region", "remark"),
    [
        ("911", "US", f"is an emergency number in US: {INSIDE}"),
        ("112", "US", f"is an emergency number in US: {INSIDE}"),
        ("110", "DE", f"is an emergency number in DE: {INSIDE}"),
        ("999", "GB", f"is an emergency number in GB: {INSIDE}"),
        ("000", "AU", f"is an emergency number in AU: {INSIDE}"),
        ("90000", "SE", f"is an emergency number in SE: {INSIDE}"),
        ("91155", "US", "begins with an emergency number of US: dialling it may reach emergency services instead"),
        ("11234", "DE", "begins with an emergency number of DE: dialling it may reach emergency services instead"),
        ("411", "US", "is a short service number in US"),
        ("988", "US", "is a short service number in US"),
        ("116117", "DE", "is a short service number in DE"),
        ("3114", "FR", "is a short service number in FR"),
        ("010", "ES", "is a short service number in ES"),
    ],
)
def test_in_a_region_its_own_short_numbers_are_warned_about(digits: str, region: str, remark: str) -> None:
    assert taken(Kind.EXTENSION, digits, region=region) == (digits, [remark])


@pytest.mark.parametrize(
    ("digits", "region"),
    [
        # Five digits which in America are nearly all text message services.
        ("51212", "US"),
        ("2010", "US"),
        ("911", "DE"),
        ("110", "US"),
        ("60123", "DE"),
        # In Brazil what begins like an emergency number does not reach one.
        ("19012", "BR"),
    ],
)
def test_ordinary_extensions_are_not(digits: str, region: str) -> None:
    assert taken(Kind.EXTENSION, digits, region=region) == (digits, [])


@pytest.mark.parametrize(
    ("digits", "remark"),
    [
        ("144", f"is an emergency number in AT, CH, LI: {INSIDE}"),
        ("90000", f"is an emergency number in SE: {INSIDE}"),
    ],
)
def test_without_a_region_the_emergency_numbers_of_all_countries_are_warned_about(digits: str, remark: str) -> None:
    assert taken(Kind.EXTENSION, digits) == (digits, [remark])


@pytest.mark.parametrize("digits", ["112", "911", "999", "110", "000"])
def test_where_a_number_is_that_of_many_countries_they_are_counted(digits: str) -> None:
    count = sum(shortnumberinfo.is_emergency_number(digits, each) for each in shortnumberinfo.SUPPORTED_SHORT_REGIONS)

    assert count > 3
    assert taken(Kind.EXTENSION, digits) == (digits, [f"is an emergency number in {count} countries: {INSIDE}"])


@pytest.mark.parametrize("digits", ["51212", "411", "11234", "2010", "007"])
def test_without_a_region_anything_else_is_not(digits: str) -> None:
    assert taken(Kind.EXTENSION, digits) == (digits, [])


def test_spaces_and_hyphens_hide_no_emergency_number() -> None:
    assert taken(Kind.EXTENSION, "9-1 1", region="US") == ("911", [f"is an emergency number in US: {INSIDE}"])


def test_an_unusual_length_is_the_greater_surprise() -> None:
    assert taken(Kind.EXTENSION, "9111234567890", region="US") == ("9111234567890", ["has an unusual length"])


@pytest.mark.parametrize("digits", ["", "0", "000000000", "9" * 300])
@pytest.mark.parametrize("region", [None, "US", "DE", "XX"])
def test_digits_of_any_length_and_regions_of_any_name_have_an_answer(digits: str, region: str | None) -> None:
    assert remark_on_short(digits, region=region) == ""


def test_going_through_all_countries_is_done_once_for_each_extension() -> None:
    remark_on_short.cache_clear()
    first = steps(lambda: taken(Kind.EXTENSION, "4711"))

    again = steps(lambda: taken(Kind.EXTENSION, "4711"))

    assert again * 20 < first
