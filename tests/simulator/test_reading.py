"""What can be read on a message is read alike by the recorder and by the test kit."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.simulator.dialogues.reading import Button, read, read_card
from bot.testing.shown import Shown
from tests.simulator.kit import card

GOLDEN = sorted((Path(__file__).parents[1] / "cards" / "golden").glob("*.json"))

NESTED: dict[str, Any] = {
    "type": "AdaptiveCard",
    "body": [
        {"type": "Input.Text", "id": "name", "value": "Ann"},
        {"type": "Container", "items": [{"type": "Input.Text", "id": "floor"}]},
    ],
    "actions": [
        {"type": "Action.Submit", "title": "Book", "data": {"_": "book"}},
        {"type": "Action.Submit", "title": "Cancel", "data": {"_": "no"}, "associatedInputs": "None"},
        {
            "type": "Action.ShowCard",
            "title": "Note",
            "card": {
                "type": "AdaptiveCard",
                "body": [{"type": "Input.Text", "id": "words", "value": "late"}],
                "actions": [{"type": "Action.Submit", "title": "Note", "data": {"_": "note"}}],
            },
        },
        {"type": "Action.Submit", "title": "Plain"},
    ],
}


@pytest.mark.parametrize("file", GOLDEN, ids=lambda file: file.stem)
def test_every_card_reads_as_the_kit_reads_it(file: Path) -> None:
    message = {"id": "1", "attachments": card(json.loads(file.read_text(encoding="utf-8")))}

    reading, shown = read(message), Shown(message)

    assert (reading.text, list(reading.titles), reading.inputs) == (shown.text, shown.buttons, shown.inputs)


def test_a_button_sends_the_inputs_of_its_card_and_of_those_around_it() -> None:
    assert read_card(NESTED).buttons == (
        Button("Book", "Action.Submit", {"_": "book"}, ("name", "floor")),
        Button("Cancel", "Action.Submit", {"_": "no"}, ()),
        Button("Note", "Action.ShowCard"),
        Button("Note", "Action.Submit", {"_": "note"}, ("name", "floor", "words")),
        Button("Plain", "Action.Submit", {}, ("name", "floor")),
    )


def test_what_is_pressed_sends_what_stands_there_what_was_typed_and_its_data() -> None:
    reading = read_card(NESTED)
    note, cancel = reading.button("Note"), reading.button("Cancel")
    assert note is not None
    assert cancel is not None

    assert reading.pressed(note, {"floor": "2", "_": "typed"}) == {
        "name": "Ann",
        "floor": "2",
        "words": "late",
        "_": "note",
    }
    assert reading.pressed(cancel, {}) == {"_": "no"}
    assert reading.button("Bake") is None


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ({"markdown": "**yes**", "text": "yes"}, "**yes**"),
        ({"text": "yes"}, "yes"),
        ({}, ""),
        ({"text": "yes", "attachments": [{"content": None}]}, "yes"),
    ],
)
def test_a_message_without_a_card_reads_as_its_words(message: dict[str, Any], text: str) -> None:
    reading = read(message)

    assert (reading.text, reading.buttons, reading.inputs) == (text, (), {})
