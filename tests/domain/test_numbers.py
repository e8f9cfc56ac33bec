"""Telephone numbers are read as people write them, and refused with the reason."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.numbers import NotANumber, Number, read_number
from tests.domain.forms import wide

OURS = Number(e164="+12405551212", shown="+1 240-555-1212", likely=True)


@pytest.mark.parametrize(
    "text",
    [
        "+12405551212",
        "+1-240-555-1212",
        "+1 (240) 555-1212",
        "(+1) 240.555.1212",
        "tel:+1-240-555-1212",
        "+1 240\N{NO-BREAK SPACE}555\N{NON-BREAKING HYPHEN}1212",
        "\N{LEFT-TO-RIGHT MARK}+1 240 555 1212",
        "\N{FULLWIDTH PLUS SIGN}" + wide("12405551212"),
        "+1 \u0662\u0664\u0660 \u0665\u0665\u0665 \u0661\u0662\u0661\u0662",
    ],
)
def test_a_number_with_a_country_code_needs_no_region(text: str) -> None:
    assert read_number(text, region=None) == OURS
    assert read_number(text, region="DE") == OURS


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("240 555 1212", "US"),
        ("1 240 555 1212", "US"),
        ("011 1 240 555 1212", "US"),
        (wide("12405551212"), "US"),
        ("00 1 240 555 1212", "DE"),
        ("240 555 1212", "CA"),
    ],
)
def test_a_number_without_a_country_code_is_read_in_its_region(text: str, region: str) -> None:
    assert read_number(text, region=region) == OURS


@pytest.mark.parametrize("text", ["240 555 1212", "00 1 240 555 1212", "1-240-555-1212", "", "hello"])
def test_without_a_region_a_country_code_is_demanded(text: str) -> None:
    with pytest.raises(NotANumber) as refused:
        read_number(text, region=None)

    assert str(refused.value) == "has no country code: write it with + and the country code, like +1-240-555-1212"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("hello", "is not a telephone number"),
        ("", "is not a telephone number"),
        ("+", "is not a telephone number"),
        ("+1", "is not a telephone number"),
        ("*31#", "is not a telephone number"),
        ("ann+12405551212@example.com", "is not a telephone number"),
        ("+1 240 555 1212 +1 240 555 1213", "is not a telephone number"),
        ("+999 1234 5678", "has a country code that does not exist"),
        ("+0 240 555 1212", "has a country code that does not exist"),
        ("911", "is too short for its country"),
        ("+1 240 555 121", "is too short for its country"),
        ("+1 240 555 1212 1212", "is too long for its country"),
        ("1" * 300, "is too long"),
        ("+1" + "2" * 17, "is too long for its country"),
        ("555 1212", "lacks its area code"),
        ("011 1", "is too short"),
        ("+800 1234 567", "is too short for its country"),
        ("+49 1", "is too short"),
        ("+376 1234567", "is not possible"),
    ],
)
def test_what_cannot_be_a_number_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(NotANumber) as refused:
        read_number(text, region="US")

    assert str(refused.value) == f"{reason}: write it like +1-240-555-1212"


@pytest.mark.parametrize("extension", ["x51212", " ext. 5", "#5", ";ext=51212", ",,123"])
def test_an_extension_belongs_into_its_own_field(extension: str) -> None:
    with pytest.raises(NotANumber, match=r"^contains an extension: put the extension in its own field"):
        read_number(f"+1-240-555-1212{extension}", region=None)


def test_letters_are_read_as_they_stand_on_a_dial() -> None:
    assert read_number("+1 800 FLOWERS", region=None).e164 == "+18003569377"


def test_a_number_that_is_possible_but_unused_is_unlikely_and_not_refused() -> None:
    assert read_number("+1 111 111 1111", region=None) == Number("+11111111111", "+1 1111111111", likely=False)


@pytest.mark.parametrize("text", ["+320042700420", "+3550053261516"])
def test_a_number_with_a_zero_too_many_is_refused_because_reading_it_again_would_change_it(text: str) -> None:
    with pytest.raises(NotANumber, match=r"^can be read in two ways"):
        read_number(text, region=None)


digits = st.text("0123456789\uff10\u0663-() .#x,;", max_size=20)
texts = st.text(max_size=40) | st.builds("{}{}".format, st.sampled_from(["", "+", "+1", "+49", "00", "+39"]), digits)
regions = st.sampled_from([None, "US", "DE", "IT", "AR", "MX", "AU"])


@settings(deadline=None, max_examples=300)
@given(text=texts, region=regions)
@example(text="+6100905111", region=None)
@example(text="0" * 20, region="IT")
def test_whatever_is_read_is_the_same_when_it_is_read_again(text: str, region: str | None) -> None:
    try:
        number = read_number(text, region=region)
    except NotANumber as exc:
        assert str(exc)  # noqa: PT017 - either is fine, but nothing else may come out.
        return

    assert number.e164.isascii()
    assert number.e164[0] == "+"
    assert number.e164[1:].isdigit()
    assert read_number(number.e164, region=None) == number
