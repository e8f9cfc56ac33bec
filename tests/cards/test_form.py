"""The card on which a form is filled in."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.form import Complaint, Form
from bot.domain.view import FormView
from cards.form import MOST_TEMPLATES
from cards.render import render
from tests.cards.reading import card_of, inputs, nodes, presses, texts
from tests.cards.rules import problems
from tests.cards.samples import ACME, ANN, LAB, PRECHECK, PROVISION, TEMPLATE, form, pasted

MORE = ["firstName", "lastName", "primaryPhoneNumber", "mobilePhoneNumber", "extension", "language", "timezone"]


def test_what_was_said_is_kept_as_it_was_typed() -> None:
    view = form(PROVISION, displayName="  *Room* <1>", userId="9@sp.com")

    assert {name: drawn.get("value") for name, drawn in inputs(view).items()} == {
        "displayName": "  *Room* <1>",
        "userId": "9@sp.com",
        "spEnterpriseId": None,
        "provisioningId": None,
        "primaryPhoneNumber": None,
        "extension": None,
    }


def test_a_complaint_stands_directly_above_its_input() -> None:
    body = card_of(form(PROVISION, Complaint("userId", "User ID is missing.")))["body"]

    place = next(number for number, node in enumerate(body) if node.get("text") == "User ID is missing.")
    assert body[place]["color"] == "Attention"
    assert body[place + 1]["id"] == "userId"


def test_a_complaint_calls_its_input_as_the_card_does() -> None:
    view = form(PROVISION, Complaint("provisioningId", "Provisioning ID is missing."), displayName="Lobby")

    shown = texts(replace(view, templates=(ACME, LAB)))
    assert "Template is missing." in shown
    assert "To put right above: Template." in shown
    assert "Provisioning ID is missing." in texts(view)


def test_complaints_that_belong_to_no_input_stand_in_the_box() -> None:
    view = form(PROVISION, Complaint(None, "Too much at once."), Complaint("colour", "There is no colour."))

    box = next(node for node in card_of(view)["body"] if node["type"] == "Container")
    assert [item["text"] for item in box["items"]] == [
        "2 things to put right",
        "Too much at once.",
        "There is no colour.",
    ]


def test_one_complaint_is_one_thing() -> None:
    assert "1 thing to put right" in texts(form(PROVISION, Complaint("userId", "User ID is missing.")))


def test_required_inputs_say_what_is_missing_before_anything_is_sent() -> None:
    drawn = inputs(form(PROVISION))

    required = {name: node["errorMessage"] for name, node in drawn.items() if node.get("isRequired")}
    assert required == {
        "displayName": "Display name is missing",
        "userId": "User ID is missing",
        "spEnterpriseId": "Enterprise is missing",
    }
    assert {name: node["maxLength"] for name, node in drawn.items()}["provisioningId"] == 512


def test_an_optional_choice_can_be_left_open() -> None:
    drawn = inputs(form(PRECHECK))["package"]

    assert drawn["choices"][0] == {"title": "Not given", "value": ""}
    assert drawn["style"] == "compact"
    assert "value" not in drawn


def test_a_choice_is_found_by_its_title_or_value_in_any_case() -> None:
    said = ["Premium", "premium", " PREMIUM ", "gold"]

    assert [inputs(form(PRECHECK, package=one))["package"].get("value") for one in said] == ["premium"] * 3 + [None]


@pytest.mark.parametrize(
    ("said", "ticked"), [("", None), ("premium", "premium"), ("Basic, gold,premium", "basic,premium"), ("gold", None)]
)
def test_of_several_choices_those_that_were_said_are_ticked(said: str, ticked: str | None) -> None:
    asked = replace(PRECHECK.form["package"], several=True)
    operation = replace(PRECHECK, form=Form((asked,)))

    drawn = inputs(form(operation, package=said))["package"]

    assert (drawn.get("value"), drawn["isMultiSelect"], drawn["style"]) == (ticked, True, "expanded")
    assert [choice["value"] for choice in drawn["choices"]] == ["softphone", "basic", "standard", "premium"]


def test_rarely_needed_inputs_wait_behind_a_button() -> None:
    card = card_of(form(PRECHECK))

    hidden = next(node for node in nodes(card) if node.get("isVisible") is False)
    toggle = next(node for node in nodes(card) if node.get("type") == "Action.ToggleVisibility")
    assert [item["id"] for item in hidden["items"]] == [*MORE, "customerInfo.primaryEmail"]
    assert (toggle["title"], toggle["targetElements"]) == ("More fields", [hidden["id"]])


def test_they_are_shown_at_once_when_one_has_a_value_or_a_complaint() -> None:
    views = [form(PRECHECK, firstName="Zoé"), form(PRECHECK, Complaint("timezone", "Time zone is wrong."))]

    assert [any(node.get("isVisible") is False for node in nodes(card_of(view))) for view in views] == [False, False]


def test_cancelling_needs_no_input() -> None:
    submit, cancel = card_of(form(PRECHECK))["actions"]

    assert (submit["title"], submit["style"], submit.get("associatedInputs")) == ("Check", "positive", None)
    assert (cancel["title"], cancel["associatedInputs"]) == ("Cancel", "None")


def test_the_buttons_name_the_form_its_version_and_its_person() -> None:
    common = {"person_id": ANN, "conversation": 5, "version": 3}

    assert presses(form(PRECHECK)) == {
        "Check": {"purpose": "submit form", **common},
        "Cancel": {"purpose": "close form", **common},
    }


def test_without_cards_the_next_field_is_named_and_the_way_out_too() -> None:
    filled = form(PROVISION, displayName="Lobby *1*", userId="9@sp.com")
    complete = form(PRECHECK, email="zoe@example.com")

    assert render(filled).markdown.endswith(
        "- **Display name**: Lobby \\*1\\*\n- **User ID**: 9@sp.com\n\n"
        "Next: **Enterprise** (Reseller1+acme). Fill in the card, or reply `text` to fill it in by text, or `cancel`."
    )
    assert render(complete).markdown.endswith(
        "Nothing is missing: press **Check** on the card, or reply `text` to go on by text, or `cancel`."
    )


# Templates.

NO_SUCH = Complaint("provisioningId", "Provisioning ID: there is no template “acmee”. There are: acme, lab.")
NAMES = ["acme", "lab"]


def offering(view: FormView, **changed: Any) -> FormView:
    """The form where there are two templates."""
    return replace(view, templates=(ACME, LAB), **changed)


def template_of(view: FormView) -> tuple[list[str], str | None]:
    """The values to choose from, and the one that is chosen."""
    drawn = inputs(view)["provisioningId"]
    return [choice["value"] for choice in drawn["choices"]], drawn.get("value")


def test_templates_are_chosen_by_name_and_the_one_used_last_stands_there() -> None:
    assert template_of(offering(form(PROVISION))) == (["", *NAMES], None)
    assert template_of(offering(form(PROVISION), usual="lab")) == (["", *NAMES], "lab")
    assert inputs(offering(form(PROVISION)))["provisioningId"]["label"] == "Template"


def test_where_a_template_can_be_left_out_the_usual_one_stands_in_an_empty_form_only() -> None:
    empty, left_out = form(PRECHECK), form(PRECHECK, email="ann@example.com")

    assert template_of(offering(empty, usual="lab")) == (["", *NAMES], "lab")
    assert template_of(offering(left_out, usual="lab")) == (["", *NAMES], None)


@pytest.mark.parametrize("said", ["acme", "ACME", TEMPLATE])
def test_a_template_that_was_said_is_chosen_by_its_name(said: str) -> None:
    view = offering(form(PROVISION, provisioningId=said), usual="lab")

    assert template_of(view) == (["", *NAMES], "acme")
    assert "- **Template**: acme" in render(view).markdown
    assert TEMPLATE not in render(view).markdown


def test_what_the_chosen_template_brings_is_shown_and_not_demanded() -> None:
    chosen = inputs(offering(form(PRECHECK, provisioningId="acme")))
    usual = inputs(offering(form(PROVISION), usual="acme"))["spEnterpriseId"]
    bare = inputs(offering(form(PROVISION, provisioningId="lab")))["spEnterpriseId"]

    assert [chosen[name]["placeholder"] for name in ("spEnterpriseId", "package", "timezone")] == [
        "Reseller1+acme (from acme)",
        "standard (from acme)",
        "America/Los_Angeles (from acme)",
    ]
    assert (usual["placeholder"], bare["placeholder"]) == ("Reseller1+acme (from acme)", "Reseller1+acme")
    assert [drawn.get("isRequired") for drawn in (chosen["spEnterpriseId"], usual, bare)] == [None] * 3


def test_an_id_that_was_typed_can_be_chosen_as_it_was_typed() -> None:
    typed = "Zj" * 30

    assert template_of(offering(form(PROVISION, provisioningId=typed))) == (["", *NAMES, typed], typed)


def test_where_the_enterprise_was_said_it_brings_its_template_and_the_usual_one_is_not_put_beside_it() -> None:
    view = offering(form(PROVISION, displayName="Lobby", spEnterpriseId="Reseller1+other"), usual="lab")
    before = offering(form(PROVISION, displayName="Lobby"), usual="lab")

    assert template_of(view) == (["", *NAMES], None)
    assert inputs(view)["provisioningId"]["choices"][0] == {"title": "From the enterprise", "value": ""}
    assert template_of(before) == (["", *NAMES], "lab")


# Enterprises.


def knowing(view: FormView, *names: str) -> FormView:
    return replace(view, enterprises=names)


def enterprise_of(view: FormView) -> tuple[list[str], str | None]:
    """The titles that can be chosen, and the value that is."""
    drawn = inputs(view)["spEnterpriseId"]
    return [each["title"] for each in drawn["choices"]], drawn.get("value")


def test_the_enterprises_that_are_known_can_be_chosen_and_none_is_chosen_beforehand() -> None:
    view = knowing(form(PROVISION), "Reseller1+acme", "Reseller1+other")

    assert enterprise_of(view) == (["Reseller1+acme", "Reseller1+other"], None)
    assert inputs(view)["spEnterpriseId"]["isRequired"] is True
    assert enterprise_of(knowing(form(PRECHECK), "Reseller1+acme"))[0] == ["Not given", "Reseller1+acme"]


@pytest.mark.parametrize(
    ("said", "titles", "value"),
    [
        ("reseller1+ACME", ["Reseller1+acme"], "Reseller1+acme"),
        ("Reseller9+new", ["Reseller1+acme", "As typed: Reseller9+new"], "Reseller9+new"),
    ],
)
def test_one_that_was_typed_stays_chosen(said: str, titles: list[str], value: str) -> None:
    view = knowing(form(PROVISION, spEnterpriseId=said), "Reseller1+acme")

    assert enterprise_of(view) == (titles, value)


@pytest.mark.parametrize("said", ["a,b", "a\x07b"])
def test_an_enterprise_that_no_choice_can_carry_stays_in_a_text_input(said: str) -> None:
    view = knowing(form(PROVISION, spEnterpriseId=said), "Reseller1+acme")

    assert inputs(view)["spEnterpriseId"]["type"] == "Input.Text"
    assert problems(card_of(view)) == []


def test_what_a_template_brings_stands_first_among_the_enterprises() -> None:
    brought = knowing(offering(form(PROVISION), usual="acme"), "Reseller1+other")
    bare = knowing(offering(form(PROVISION, provisioningId="lab")), "Reseller1+other")

    assert enterprise_of(brought) == (["Reseller1+acme (from acme)", "Reseller1+other"], None)
    assert enterprise_of(bare)[0] == ["From the template", "Reseller1+other"]
    assert [inputs(view)["spEnterpriseId"].get("isRequired") for view in (brought, bare)] == [None, None]


@pytest.mark.parametrize(
    "names", [[f"Reseller1+{number}" for number in range(81)], [f"{number}+" + "x" * 250 for number in range(20)]]
)
def test_more_enterprises_than_a_card_holds_are_typed_with_one_for_example(names: list[str]) -> None:
    many = inputs(knowing(form(PROVISION), *names))["spEnterpriseId"]

    assert many["type"] == "Input.Text"
    assert many["placeholder"].startswith(names[0][:20])
    full = knowing(offering(form(PROVISION)), *(f"Reseller1+a-customer-{number:02}" for number in range(80)))
    assert len(inputs(full)["spEnterpriseId"]["choices"]) == 81
    assert problems(card_of(full)) == []


@pytest.mark.parametrize("typed", ["Zj" * 30 + ",x", "Zj" * 30 + "\x07", "Zj" * 300, "\ud800" * 50])
def test_what_no_choice_can_carry_stays_in_a_text_input(typed: str) -> None:
    view = offering(form(PROVISION, Complaint("provisioningId", "It is odd."), provisioningId=typed))

    assert inputs(view)["provisioningId"]["type"] == "Input.Text"
    assert problems(card_of(view)) == []


def test_the_name_of_no_template_cannot_be_chosen_again() -> None:
    assert template_of(offering(form(PROVISION, NO_SUCH, provisioningId="acmee"), usual="lab")) == (["", *NAMES], None)
    assert template_of(offering(form(PROVISION, NO_SUCH, provisioningId="a,b"), usual="lab")) == (["", *NAMES], None)


def test_more_templates_than_a_card_holds_are_typed_and_the_card_is_small_enough() -> None:
    many = tuple(replace(ACME, name=f"template-of-a-customer-{number:09}") for number in range(MOST_TEMPLATES + 1))
    full = replace(form(PROVISION), templates=many[1:])
    over = replace(form(PROVISION), templates=many, usual="")

    assert len(inputs(full)["provisioningId"]["choices"]) == MOST_TEMPLATES + 1
    assert inputs(over)["provisioningId"]["type"] == "Input.Text"
    assert [problems(card_of(view)) for view in (full, over)] == [[], []]


def test_without_cards_the_template_is_asked_for_before_what_it_may_bring() -> None:
    view = offering(form(PROVISION, displayName="Lobby", userId="9@sp.com"))

    assert render(view).markdown.endswith(
        "Next: **Template**. Fill in the card, or reply `text` to fill it in by text, or `cancel`."
    )


# Guesses.


def test_every_guess_is_marked_below_its_input_and_told_at_the_top() -> None:
    view = pasted(PRECHECK, email="ann@example.com")

    body = card_of(view)["body"]
    place = next(number for number, node in enumerate(body) if node.get("id") == "email")
    assert (body[place + 1]["text"], body[place + 1]["color"]) == ("Guessed: the only one of its kind", "Accent")
    assert "Filled in from what you pasted" in texts(view)


def test_a_form_without_guesses_says_nothing_of_them() -> None:
    assert not any("pasted" in words or "Guessed" in words for words in texts(form(PRECHECK, email="a@example.com")))
