"""What each kind of input takes, what it remarks upon and what it refuses."""

import zoneinfo

import pytest

from bot.domain.checks import check
from bot.domain.form import Complaint, Form, Input, Kind
from tests.domain.forms import wide
from tests.domain.judging import PACKAGES, REMOVED, refused, taken

# E-mail addresses and user ids.


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("ann@example.com", "ann@example.com"),
        (" ann@example.com ", "ann@example.com"),
        ("ANN@EXAMPLE.COM", "ANN@example.com"),
        ("o'neill@example.com", "o'neill@example.com"),
        ("ann@bücher.example", "ann@bücher.example"),
        ("ann@xn--bcher-kva.example", "ann@bücher.example"),
        ("zoë@example.com", "zoë@example.com"),
        ("zoe\N{COMBINING DIAERESIS}@example.com", "zoë@example.com"),
        ("ann@lab.test", "ann@lab.test"),
        ("a" * 100 + "@example.com", "a" * 100 + "@example.com"),
    ],
)
def test_an_email_address_is_taken(text: str, clean: str) -> None:
    assert taken(Kind.EMAIL, text) == (clean, [])


@pytest.mark.parametrize(
    "text",
    [
        "ann",
        "@",
        "ann@",
        "@example.com",
        "ann@@example.com",
        "ann.@example.com",
        ".ann@example.com",
        "a..n@example.com",
        "ann @example.com",
        "ann@exam ple.com",
        "ann@localhost",
        "ann@-example.com",
        "ann@example..com",
        "ann@[192.0.2.1]",
        '"ann smith"@example.com',
        "Ann <ann@example.com>",
        "ann@example.com, bob@example.com",
        "ann@example.com;bob@example.com",
        "ann(work)@example.com",
        "ann@" + "a" * 64 + ".com",
        "ann@" + ".".join(["a" * 60] * 4) + ".example",
    ],
)
def test_what_is_no_email_address_is_refused_with_an_example(text: str) -> None:
    said = refused(Kind.EMAIL, text)

    assert said.startswith("It is not an e-mail address: ")
    assert said.endswith(". Write it like ann@example.com.")


def test_an_email_address_with_invisible_characters_is_taken_without_them() -> None:
    assert taken(Kind.EMAIL, "\u202aann@\u200bexample.com\ufeff") == ("ann@example.com", [REMOVED])


def test_a_plus_in_an_email_address_is_remarked_upon() -> None:
    assert taken(Kind.EMAIL, "ann+test@example.com") == (
        "ann+test@example.com",
        ["has a + before the @; some Webex functions are known not to cope with that"],
    )


@pytest.mark.parametrize(
    "text", ["95547321@example.com", "+12405551212@as8.example.net", "Ünïcode@example", "Y2lz" * 10]
)
def test_a_user_id_is_taken_as_it_is(text: str) -> None:
    assert taken(Kind.USER_ID, text) == (text, [])


@pytest.mark.parametrize("text", ["95547321", "@example.com", "95547321@"])
def test_a_user_id_that_looks_unusual_is_remarked_upon(text: str) -> None:
    assert taken(Kind.USER_ID, text) == (text, ["usually looks like 95547321@example.com"])


@pytest.mark.parametrize("text", ["9554 7321@example.com", "a\nb@example.com", "a\N{NO-BREAK SPACE}b@example.com"])
def test_a_user_id_with_spaces_is_refused(text: str) -> None:
    assert refused(Kind.USER_ID, text) == "It cannot contain spaces. It looks like 95547321@example.com."


# Numbers, extensions, choices, languages, time zones.


@pytest.mark.parametrize(
    ("text", "region", "warnings"),
    [
        ("+1-240-555-1212", None, []),
        ("240 555 1212", "US", []),
        ("00 1 240 555 1212", "DE", []),
        (wide("12405551212"), "US", []),
        ("\N{RIGHT-TO-LEFT MARK}+1 240 555 1212\N{RIGHT-TO-LEFT MARK}", None, [REMOVED]),
    ],
)
def test_a_number_is_taken_in_e164(text: str, region: str | None, warnings: list[str]) -> None:
    assert taken(Kind.NUMBER, text, region=region) == ("+12405551212", warnings)


def test_an_unlikely_number_is_remarked_upon_and_not_refused() -> None:
    assert taken(Kind.NUMBER, "+1 111 111 1111") == ("+11111111111", ["does not look like a number that is in use"])


def test_what_is_no_number_is_refused_with_the_reason() -> None:
    assert refused(Kind.NUMBER, "+999 1234") == (
        "It has a country code that does not exist: write it like +1-240-555-1212."
    )


@pytest.mark.parametrize(
    ("text", "clean", "warnings"),
    [
        ("51212", "51212", []),
        ("5-12 12", "51212", []),
        ("007", "007", []),
        ("1", "1", ["has an unusual length"]),
        ("12345678901", "12345678901", ["has an unusual length"]),
    ],
)
def test_an_extension_is_digits_of_any_length(text: str, clean: str, warnings: list[str]) -> None:
    assert taken(Kind.EXTENSION, text) == (clean, warnings)


@pytest.mark.parametrize("text", ["x51212", "-", "+51212", "5.1", wide("512"), "\u0665\u0661\u0662", "²", "12a"])
def test_an_extension_of_anything_else_is_refused(text: str) -> None:
    assert refused(Kind.EXTENSION, text) == "It takes digits only, like 51212."


@pytest.mark.parametrize(
    "text", ["standard", "STANDARD", "Standard Package", " standard  package ", "\u017ftandard", "stan\u200bdard"]
)
def test_a_choice_is_taken_by_value_or_title_in_any_case(text: str) -> None:
    assert taken(Kind.CHOICE, text)[0] == "standard"


@pytest.mark.parametrize("text", ["stand", "standard, premium", "standard package!", "-"])
def test_a_choice_is_never_guessed(text: str) -> None:
    assert refused(Kind.CHOICE, text) == "It must be one of standard, premium."


@pytest.mark.parametrize(
    ("text", "clean"), [("en", "en"), ("EN", "en"), ("en_US", "en_US"), ("en-us", "en_US"), ("EN_us", "en_US")]
)
def test_a_language_is_taken_in_any_case(text: str, clean: str) -> None:
    assert taken(Kind.LANGUAGE, text) == (clean, [])


@pytest.mark.parametrize(
    "text", ["english", "e", "en_", "en_USA", "_US", "en US", "en_US_x", "en--US", "de_ß", "en_ﬁ", "\N{KELVIN SIGN}o"]
)
def test_what_is_no_language_code_is_refused(text: str) -> None:
    assert refused(Kind.LANGUAGE, text) == ("It takes a two-letter code such as en, with a country if you like: en_US.")


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("America/Los_Angeles", "America/Los_Angeles"),
        ("america/los_angeles", "America/Los_Angeles"),
        ("AMERICA/LOS ANGELES", "America/Los_Angeles"),
        ("utc", "UTC"),
        ("america/port-au-prince", "America/Port-au-Prince"),
    ],
)
def test_a_time_zone_is_taken_in_any_case(text: str, clean: str) -> None:
    assert taken(Kind.TIMEZONE, text) == (clean, [])


@pytest.mark.parametrize("text", ["Los Angeles", "PST", "UTC+1", "../etc/passwd", "localtime", "Factory", "America/"])
def test_what_is_no_time_zone_is_refused(text: str) -> None:
    assert refused(Kind.TIMEZONE, text) == "It is not an IANA time zone. Write it like America/Los_Angeles."


def test_every_time_zone_that_python_knows_is_taken_as_it_is() -> None:
    zones = zoneinfo.available_timezones() - {"localtime", "Factory"}

    assert {zone for zone in zones if taken(Kind.TIMEZONE, zone.swapcase())[0] == zone} == zones


@pytest.mark.parametrize(
    "pasted",
    ["<ann@example.com>", "mailto:ann@example.com", "“ann@example.com”", "ann@example.com;", "ann@example.com."],
)
def test_an_address_is_taken_out_of_what_other_programs_put_around_it(pasted: str) -> None:
    assert taken(Kind.EMAIL, pasted) == ("ann@example.com", [])


# Several choices.

SEVERAL = Form((Input("it", "It", Kind.CHOICE, choices=PACKAGES, several=True),))


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("premium", "premium"),
        ("premium,standard", "premium,standard"),
        (" Premium Package ,STANDARD,, premium", "premium,standard"),
    ],
)
def test_several_choices_stand_between_commas(text: str, clean: str) -> None:
    assert check(SEVERAL, {"it": text}).values == {"it": clean}


@pytest.mark.parametrize(
    ("text", "wrong"), [("premium,gold", "gold"), ("premium standard", "premium standard"), (",", ",")]
)
def test_of_several_choices_the_wrong_one_is_named(text: str, wrong: str) -> None:
    said = f"It: there is no “{wrong}”. There are standard, premium; commas stand between several."

    assert check(SEVERAL, {"it": text}).complaints == (Complaint("it", said),)


# Times.


@pytest.mark.parametrize(
    ("text", "clean"),
    [("7D", "7d"), (" Today ", "today"), ("24  hours ago", "24 hours ago"), ("2026-11-20", "2026-11-20")],
)
def test_a_time_stays_as_it_was_said(text: str, clean: str) -> None:
    assert taken(Kind.SINCE, text) == (clean, [])


@pytest.mark.parametrize("text", ["20.11.2026", "tomorrow", "2026-02-30", "7m", "-", wide("7") + "d"])
def test_what_is_no_time_is_refused_with_what_would_be_one(text: str) -> None:
    assert refused(Kind.SINCE, text) == (
        "It is no time that the bot can read. Write a date like 2026-11-20, or today, yesterday, 24h, 7d (all in UTC)."
    )


@pytest.mark.parametrize(
    ("text", "clean"),
    [("10022", "10022"), ("10022;1001, 10022", "10022, 1001"), ("code 77.", "77"), ("NOT FOUND", "NOT, FOUND")],
)
def test_codes_stand_with_commas_between_them_each_once(text: str, clean: str) -> None:
    assert taken(Kind.CODES, text) == (clean, [])


def test_no_code_and_too_many_are_refused() -> None:
    assert refused(Kind.CODES, "?, and") == "It takes a code such as 10022, or several with commas between them."
    many = ",".join(str(number) for number in range(11))
    assert refused(Kind.CODES, many) == "It: 11 are too many at once; at most 10 fit on a card."
