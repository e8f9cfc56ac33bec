"""What Webex takes of a card, but draws otherwise, or not at all."""

from typing import Any

import pytest

from bot.simulator.webex import cards
from tests.simulator.kit import card

TEXT = {"type": "TextBlock", "text": "x"}
SUBMIT = {"type": "Action.Submit", "title": "Go"}
IMAGE = {"type": "Image", "url": "https://example.com/a.png"}
INPUT = {"type": "Input.Text", "id": "name"}
TOGGLE = {"type": "Action.ToggleVisibility", "title": "Show"}
CHOICES = {"type": "Input.ChoiceSet", "id": "floor", "choices": [{"title": "First", "value": "1,2"}]}


def holding(*body: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "AdaptiveCard", "version": "1.3", "body": list(body), **more}


def showing(*body: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Action.ShowCard", "title": "More", "card": {"type": "AdaptiveCard", "body": list(body)}}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (holding(actions=[SUBMIT] * 6), "6 actions, of which 5 are drawn."),
        (holding(INPUT, INPUT), "Two inputs are called 'name'."),
        (
            holding(INPUT, actions=[showing(INPUT)]),
            "Two inputs are called 'name'.",
        ),
        (
            holding(TEXT | {"id": "a"}, TEXT | {"id": "a"}),
            "Two parts of the card are called 'a': showing or hiding reaches only one of them.",
        ),
        (
            holding(INPUT, actions=[SUBMIT | {"data": "go"}]),
            "The data of the button 'Go' is a text: it is lost where a card has inputs.",
        ),
        (
            holding(INPUT, actions=[SUBMIT | {"data": {"name": "x"}}]),
            "The input 'name' takes the place of the value 'name' in the data of the button 'Go'.",
        ),
        (
            holding({"type": "Input.Text", "id": "name", "isRequired": True}),
            "The input 'name' is required but has no label or errorMessage: nobody learns what is missing.",
        ),
        (
            holding(INPUT | {"errorMessage": "No."}),
            "The errorMessage of 'name' is never shown: the input can hold nothing wrong.",
        ),
        (
            holding(INPUT | {"regex": "^[\\p{L}]+$", "errorMessage": "Letters."}),
            "The regex of 'name' says \\p{...}: some clients take no answer then, however right it is.",
        ),
        (
            holding(CHOICES | {"isMultiSelect": True}),
            "A choice of 'floor' has a comma in its value: chosen values are told apart by commas.",
        ),
        (
            holding(TEXT | {"text": "long " * 9}),
            "A long text is cut off on a phone, because it has no wrap: “long long long long long long long long …”",
        ),
        (
            holding(CHOICES | {"id": "a", "style": "expanded", "choices": [{"title": "word " * 10, "value": "1"}]}),
            "A long choice is cut off on a phone, because 'a' has no wrap: “word word word word word word word word …”",
        ),
        (
            holding(TEXT | {"text": "Hello ${name}"}),
            "Webex fills in no placeholders: ${name} is shown as it stands.",
        ),
        (
            holding({"type": "FactSet", "facts": [{"title": "Ref", "value": "${ref}"}]}),
            "Webex fills in no placeholders: ${ref} is shown as it stands.",
        ),
        (holding(TEXT | {"text": "# Title"}), "Texts of cards have no headings (#)."),
        (holding(TEXT | {"text": "![x](https://example.com)"}), "Texts of cards have no pictures (![])."),
        (holding(TEXT | {"text": "```\nx\n```"}), "Texts of cards have no blocks of code (```)."),
        (holding(TEXT | {"text": "| a | b |"}), "Texts of cards have no tables (|)."),
        (
            holding(actions=[TOGGLE | {"targetElements": ["more"]}]),
            "The button 'Show' shows or hides 'more', which is not in the card.",
        ),
        (
            holding(
                {"type": "ActionSet", "id": "more", "actions": [SUBMIT]},
                actions=[TOGGLE | {"targetElements": [{"elementId": "more", "isVisible": True}]}],
            ),
            "The button 'Show' shows or hides the buttons 'more': not every client can.",
        ),
        (
            holding(IMAGE | {"url": "http://example.com/a.png"}),
            "A picture does not come over https and may not be drawn: http://example.com/a.png",
        ),
        (
            holding(TEXT, backgroundImage={"url": "http://example.com/a.png"}),
            "A picture does not come over https and may not be drawn: http://example.com/a.png",
        ),
        (
            holding(IMAGE | {"url": "data:image/png;base64,AA=="}),
            "A picture is inside the card (data:): not every client draws it.",
        ),
        (
            holding(actions=[SUBMIT | {"iconUrl": "https://example.com/a.png"}]),
            "The icon of the button 'Go' is not drawn by every client.",
        ),
        (
            holding(actions=[{"type": "Action.OpenUrl", "url": "javascript:alert(1)"}]),
            "A button without a title opens something else than a web address, which clients may refuse.",
        ),
        (holding(), "The card is empty: nothing is drawn."),
        (
            holding(TEXT, fallbackText="x"),
            "The fallbackText is not shown: Webex takes the text of the message where it cannot draw the card.",
        ),
        (holding(TEXT, speak="x"), "Not every Webex client heeds 'speak' of a card."),
        (
            holding(TEXT | {"fallback": "drop"}),
            "Not every Webex client heeds 'fallback': what it does not know it leaves out.",
        ),
        (
            holding({"type": "ColumnSet", "height": "stretch", "columns": []}),
            "Not every Webex client heeds the height of a ColumnSet.",
        ),
        (
            holding(INPUT | {"label": "Name"}, version="1.2"),
            "'label' is of version 1.3, but the card says 1.2: it may be left out.",
        ),
    ],
)
def test_what_webex_takes_but_draws_otherwise_is_advice(content: dict[str, Any], expected: str) -> None:
    assert cards.check(card(content)) == [expected]


def test_advice_of_one_kind_is_given_once() -> None:
    assert cards.check(card(holding(*[TEXT | {"text": "# Title"}] * 3))) == ["Texts of cards have no headings (#)."]


def test_a_form_as_it_should_be_needs_no_advice() -> None:
    form = holding(
        TEXT | {"text": "A line that is a good deal longer than a phone is wide", "wrap": True},
        INPUT | {"label": "Name", "isRequired": True, "errorMessage": "Name?", "regex": "^[A-Z]"},
        CHOICES | {"label": "Floor"},
        TEXT | {"id": "more", "isVisible": False},
        IMAGE,
        actions=[
            SUBMIT | {"data": {"action": "go"}},
            TOGGLE | {"targetElements": ["more"]},
            {"type": "Action.OpenUrl", "title": "Open", "url": "https://example.com"},
            showing(TEXT),
        ],
    )

    assert cards.check(card(form)) == []
