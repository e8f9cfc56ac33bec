"""Cards that the tests of the page show: a form with all that can go wrong in one, and a result."""

from typing import Any

FORM: dict[str, Any] = {
    "type": "AdaptiveCard",
    "version": "1.3",
    "body": [
        {"type": "TextBlock", "text": "Book a **desk**", "size": "Large", "wrap": True},
        {
            "type": "Input.Text",
            "id": "name",
            "label": "Name",
            "isRequired": True,
            "regex": "^[A-Z]",
            "errorMessage": "A name with a capital letter.",
        },
        {
            "type": "Input.ChoiceSet",
            "id": "floor",
            "label": "Floor",
            "choices": [{"title": "First", "value": "1"}, {"title": "Second", "value": "2"}],
        },
        {"type": "Input.Toggle", "id": "remind", "title": "Remind me"},
    ],
    "actions": [
        {"type": "Action.Submit", "title": "Book", "style": "positive", "data": {"action": "book"}},
        {"type": "Action.Submit", "title": "Cancel", "associatedInputs": "none", "data": {"action": "cancel"}},
        {
            "type": "Action.ShowCard",
            "title": "Remark",
            "card": {
                "type": "AdaptiveCard",
                "body": [{"type": "Input.Text", "id": "remark", "label": "Your words"}],
                "actions": [{"type": "Action.Submit", "title": "Note", "data": {"action": "note"}}],
            },
        },
    ],
}
RESULT: dict[str, Any] = {
    "type": "AdaptiveCard",
    "version": "1.3",
    "body": [
        {"type": "Container", "style": "good", "items": [{"type": "TextBlock", "text": "Booked"}]},
        {"type": "FactSet", "facts": [{"title": "Ref", "value": "D-10442"}]},
    ],
}
