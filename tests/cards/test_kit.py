"""The pieces of cards and their JSON."""

import json
from dataclasses import replace

from bot.domain.form import Input, Kind
from cards import kit, text
from tests.cards.rules import problems


def test_the_json_is_what_webex_takes_and_nothing_more() -> None:
    inner = kit.drawer("More", [kit.comment("note", "Note")], actions=[kit.button("Send", {"_": "b"}, inputs=True)])
    card = kit.card(
        [kit.strong("Hello"), *kit.facts([("Name", "Zoé"), ("Nothing", "")])],
        actions=[kit.button("Go", {"_": "a"}, style="positive"), inner],
    )

    assert card == {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.3",
        "body": [
            {"type": "TextBlock", "text": "Hello", "wrap": True, "weight": "Bolder"},
            {
                "type": "FactSet",
                "facts": [{"title": "Name", "value": "Zoé"}, {"title": "Nothing", "value": "(empty)"}],
            },
        ],
        "actions": [
            {
                "type": "Action.Submit",
                "title": "Go",
                "data": {"_": "a"},
                "style": "positive",
                "associatedInputs": "None",
            },
            {
                "type": "Action.ShowCard",
                "title": "More",
                "card": {
                    "type": "AdaptiveCard",
                    "version": "1.3",
                    "body": [
                        {"type": "Input.Text", "id": "note", "label": "Note", "isMultiline": True, "maxLength": 500}
                    ],
                    "actions": [{"type": "Action.Submit", "title": "Send", "data": {"_": "b"}}],
                },
            },
        ],
    }
    assert problems(card) == []


def test_a_card_without_buttons_has_no_empty_list_of_them() -> None:
    assert "actions" not in kit.card([kit.text("Hello")])


def test_what_takes_a_minus_has_a_keyboard_that_has_one() -> None:
    number = Input("number", "Number", Kind.NUMBER)

    drawn = kit.card([kit.field(number), kit.field(replace(number, name="other", clearable=True))])["body"]

    assert [each.get("style") for each in drawn] == ["Tel", None]


def test_a_value_that_no_phone_can_break_goes_across_the_card() -> None:
    drawn = kit.card(kit.facts([("Long", "x" * 27), ("Short", "y")]))["body"]

    assert [drawn[0]["facts"], drawn[1]["text"]] == [[{"title": "Short", "value": "y"}], f"Long: {'x' * 27}"]
    assert kit.card(kit.facts([("Long", "x" * 27)]))["body"] == [drawn[1]]


def test_more_facts_than_anybody_reads_are_counted() -> None:
    drawn = kit.card(kit.facts((str(number), "x") for number in range(50)))["body"]

    assert len(drawn[0]["facts"]) == 40
    assert drawn[1]["text"] == "and 10 more"


def test_a_card_that_is_too_large_loses_length_but_no_meaning() -> None:
    card = kit.card([kit.text("😀" * 600) for _ in range(40)], actions=[kit.button("Go", {"_": "s" * 900})])

    assert len(json.dumps(card)) < 20_000
    assert card["body"][0]["text"].endswith("…")
    assert card["actions"][0]["data"] == {"_": "s" * 900}


def test_a_message_that_is_too_long_keeps_its_beginning_and_the_way_on() -> None:
    markdown = text.fitted(["first", *["é" * 600] * 9], hint="Say `help`.")

    assert len(markdown.encode()) <= 7000
    assert markdown.startswith("first\n\n")
    assert markdown.endswith("\n\n…\n\nSay `help`.")
