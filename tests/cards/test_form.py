"""The card on which a form is filled in."""

from dataclasses import replace

import pytest

from bot.domain.form import Complaint, Form
from cards.render import render
from tests.cards.reading import card_of, inputs, nodes, presses, texts
from tests.cards.samples import ANN, PRECHECK, PROVISION, form

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
        "provisioningId": "Provisioning ID is missing",
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
