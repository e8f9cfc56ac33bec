"""Reads a drawn card as a person does: its texts, its inputs, its buttons."""

import json
from collections.abc import Iterator
from typing import Any

from bot.domain.press import CARD_KEY
from bot.domain.view import View
from cards.render import render


def card_of(view: View) -> dict[str, Any]:
    card = render(view).card
    assert card is not None
    return card


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of the card, from top to bottom."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


def texts(view: View) -> list[str]:
    return [node["text"] for node in nodes(card_of(view)) if node.get("type") == "TextBlock"]


def facts(view: View) -> dict[str, str]:
    sets = [node["facts"] for node in nodes(card_of(view)) if node.get("type") == "FactSet"]
    return {fact["title"]: fact["value"] for shown in sets for fact in shown}


def inputs(view: View) -> dict[str, dict[str, Any]]:
    return {node["id"]: node for node in nodes(card_of(view)) if str(node.get("type")).startswith("Input.")}


def presses(view: View) -> dict[str, dict[str, Any]]:
    """What each button means, by its title."""
    buttons = [node for node in nodes(card_of(view)) if node.get("type") == "Action.Submit"]
    return {button["title"]: json.loads(button["data"][CARD_KEY]) for button in buttons}
