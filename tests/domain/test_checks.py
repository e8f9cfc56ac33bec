"""The local checks: all complaints at once, what was said is kept, and only what is certain is refused."""

import pytest

from bot.domain.checks import check, tidy
from bot.domain.form import Checked, Complaint, Form, Input, Kind, Values
from bot.operations.precheck_subscriber import FORM as PRECHECK
from bot.operations.provision_workspace import FORM as WORKSPACE
from tests.domain.judging import PACKAGES, REMOVED, one, refused, taken


def test_all_complaints_come_at_once_and_what_was_said_is_kept_as_said() -> None:
    said = {
        "displayName": "  Conference\u200b Room ",
        "userId": "9554 7321@example.com",
        "primaryPhoneNumber": "240 555 1212",
        "extension": "x51212",
        "somebody's": "own",
    }

    assert check(WORKSPACE, said) == Checked(
        values={"displayName": "Conference Room"},
        said={
            "displayName": "  Conference\u200b Room ",
            "userId": "9554 7321@example.com",
            "primaryPhoneNumber": "240 555 1212",
            "extension": "x51212",
        },
        complaints=(
            Complaint("userId", "User ID cannot contain spaces. It looks like 95547321@example.com."),
            Complaint("spEnterpriseId", "Enterprise is missing."),
            Complaint(
                "primaryPhoneNumber",
                "Phone number has no country code: write it with + and the country code, like +1-240-555-1212.",
            ),
            Complaint("extension", "Extension takes digits only, like 51212."),
        ),
        warnings=(Complaint("displayName", REMOVED),),
    )


def test_a_complete_form_gives_the_values_as_they_are_sent() -> None:
    said = {
        "displayName": "Conference  Room",
        "userId": "95547321@example.com",
        "spEnterpriseId": "Reseller1+acme",
        "provisioningId": "ZjViMzYx" * 8,
        "primaryPhoneNumber": "(240) 555-1212",
        "extension": "5-12 12",
    }

    assert check(WORKSPACE, said, region="US") == Checked(
        values={
            "displayName": "Conference Room",
            "userId": "95547321@example.com",
            "spEnterpriseId": "Reseller1+acme",
            "provisioningId": "ZjViMzYx" * 8,
            "primaryPhoneNumber": "+12405551212",
            "extension": "51212",
        },
        said=said,
    )


@pytest.mark.parametrize("nothing", ["", " ", "\n\t", "\N{NO-BREAK SPACE}", "\N{LINE SEPARATOR}"])
def test_spaces_alone_say_nothing(nothing: str) -> None:
    checked = check(PRECHECK, {"email": nothing, "package": nothing})

    assert checked == Checked(complaints=(Complaint("email", "E-mail is missing."),))


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("nothing", ["\u200b", " \x00 ", "\ufeff\u200d", "\ud800"])
def test_invisible_characters_alone_are_not_a_value(kind: Kind, nothing: str) -> None:
    assert refused(kind, nothing, region="US") == "It contains nothing that can be seen."


def test_a_missing_choice_is_complained_about_with_the_choices() -> None:
    form = Form((Input("package", "Package", Kind.CHOICE, required=True, choices=PACKAGES),))

    assert check(form, {}).complaints == (Complaint("package", "Package is missing: choose one of standard, premium."),)


# Rules over several inputs.


def test_a_rule_over_inputs_complains_when_every_input_by_itself_is_right() -> None:
    said = {"displayName": "Room", "userId": "1@x.org", "spEnterpriseId": "a", "provisioningId": "b"}

    assert check(WORKSPACE, said).complaints == (
        Complaint("primaryPhoneNumber", "Give a phone number or an extension: a workspace needs one of them."),
    )


def test_a_rule_over_inputs_complains_together_with_the_inputs() -> None:
    assert [complaint.input for complaint in check(WORKSPACE, {}).complaints] == [
        "displayName",
        "userId",
        "spEnterpriseId",
        "primaryPhoneNumber",
    ]


def test_what_another_input_brings_is_missing_only_where_that_one_may_be_left_out_and_is() -> None:
    asked = Form((Input("a", "A", required=True, unless="b"), Input("b", "B")))

    assert [each.input for each in check(asked, {}).complaints] == ["a"]
    assert check(asked, {"b": "1"}).complaints == ()
    assert check(WORKSPACE, {"spEnterpriseId": "x"}).values == {"spEnterpriseId": "x"}


def test_a_rule_does_not_complain_twice_about_the_same_slip() -> None:
    wrong = check(WORKSPACE, {"primaryPhoneNumber": "hello"}, region="US")

    assert [complaint.text for complaint in wrong.complaints if complaint.input == "primaryPhoneNumber"] == [
        "Phone number is not a telephone number: write it like +1-240-555-1212."
    ]


def test_a_rule_keeps_silent_about_an_input_that_is_wrong_already() -> None:
    form = Form(
        (Input("a", "A"), Input("b", "B", Kind.EXTENSION)), (lambda _values: [Complaint("b", "B does not go with A.")],)
    )

    assert [each.text for each in check(form, {"b": "1"}).complaints] == ["B does not go with A."]
    assert [each.text for each in check(form, {"b": "x"}).complaints] == ["B takes digits only, like 51212."]


def test_a_rule_gets_the_clean_values_and_may_complain_about_the_whole() -> None:
    seen: list[dict[str, str]] = []

    def rule(values: Values) -> list[Complaint]:
        seen.append(dict(values))
        return [Complaint(None, "These do not go together.")]

    form = Form((Input("a", "A"), Input("b", "B", Kind.EXTENSION)), (rule,))

    assert check(form, {"a": " x ", "b": "1-2"}).complaints == (Complaint(None, "These do not go together."),)
    assert [each.input for each in check(form, {"a": " x ", "b": "z"}).complaints] == ["b", None]
    assert seen == [{"a": "x", "b": "12"}, {"a": "x", "b": "z"}]


# What nobody meant to type.


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a\r\nb", "a b"),
        ("a\N{LINE SEPARATOR}b\N{PARAGRAPH SEPARATOR}", "a b"),
        ("\t a \x0b\x0c b\N{IDEOGRAPHIC SPACE}", "a b"),
        ("a\x1c\x1fb", "a b"),
        ("Raum 5 — Süd 会议室 🛰️", "Raum 5 — Süd 会议室 🛰️"),
    ],
)
def test_line_breaks_and_doubled_spaces_become_one_space_without_a_word(text: str, clean: str) -> None:
    assert tidy(text) == (clean, [])


@pytest.mark.parametrize(
    "unseen",
    [
        "\x00",
        "\x07",
        "\x7f",
        "\x9b",
        "\N{ZERO WIDTH SPACE}",
        "\N{ZERO WIDTH JOINER}",
        "\N{SOFT HYPHEN}",
        "\N{ZERO WIDTH NO-BREAK SPACE}",
        "\N{RIGHT-TO-LEFT OVERRIDE}",
        "\N{RIGHT-TO-LEFT MARK}",
        "\N{FIRST STRONG ISOLATE}",
        "\N{MONGOLIAN VOWEL SEPARATOR}",
        "\N{TAG LATIN SMALL LETTER A}",
        "\ud800",
    ],
)
@pytest.mark.parametrize("pattern", ["Ro{}om", "{}Room", "Room{}", "{0}{0}Ro{0}om"])
def test_invisible_characters_are_taken_away_with_a_warning(unseen: str, pattern: str) -> None:
    assert taken(Kind.TEXT, pattern.format(unseen)) == ("Room", [REMOVED])


def test_the_length_is_counted_after_tidying() -> None:
    assert one(Kind.TEXT, "  ab\u200bc  ", max_length=3).values == {"it": "abc"}
    assert one(Kind.TEXT, "abcd", max_length=3).complaints == (Complaint("it", "It has 4 characters; at most 3 fit."),)


def test_a_value_that_grows_when_it_is_made_clean_must_still_fit() -> None:
    assert one(Kind.EMAIL, "ann@\u0130.example", max_length=13).complaints == (
        Complaint("it", "It has 14 characters; at most 13 fit."),
    )


def test_the_longest_provisioning_id_fits_and_one_more_does_not() -> None:
    said = {"email": "ann@example.com", "provisioningId": "x" * 512}

    assert check(PRECHECK, said).complaints == ()
    assert [complaint.text for complaint in check(PRECHECK, said | {"provisioningId": "x" * 513}).complaints] == [
        "Provisioning ID has 513 characters; at most 512 fit."
    ]
