"""A form knows its inputs by every name that people use."""

import pytest

from bot.domain.form import Form, Input
from bot.operations.precheck_subscriber import FORM

EMAIL = FORM["email"]
CUSTOMER = FORM["customerInfo.primaryEmail"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("email", EMAIL),
        ("E-mail", EMAIL),
        ("MAIL", EMAIL),
        ("e_mail", EMAIL),
        ("customerInfo.primaryEmail", CUSTOMER),
        ("customer's e-mail", CUSTOMER),
        ("customer", CUSTOMER),
        ("firstname", FORM["firstName"]),
        ("First Name", FORM["firstName"]),
        ("time-zone", FORM["timezone"]),
        ("name", None),
        ("", None),
        ("-", None),
    ],
)
def test_an_input_is_found_by_name_label_or_short_name_in_any_case(name: str, found: Input | None) -> None:
    assert FORM.find(name) is found


def test_of_two_inputs_with_the_same_name_the_first_is_found() -> None:
    first, second = Input("a", "A", short=("x",)), Input("b", "B", short=("x", "a"))
    form = Form((first, second))

    assert (form.find("x"), form.find("a"), form.find("b")) == (first, first, second)


def test_an_input_that_does_not_exist_is_no_input() -> None:
    with pytest.raises(StopIteration):
        FORM["nothing"]


def test_a_form_can_say_why_nothing_is_taken_under_a_name() -> None:
    form = Form((Input("a", "A"),), untaken={"spEnterpriseId": "An enterprise cannot be changed."})

    assert [form.why_untaken(name) for name in ("SP-enterprise_id", "a", "")] == [
        "An enterprise cannot be changed.",
        "",
        "",
    ]


def test_at_most_one_input_takes_a_lone_address() -> None:
    assert FORM.bare is EMAIL
    assert Form((Input("a", "A"),)).bare is None
