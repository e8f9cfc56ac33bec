"""What Webex and this house demand of every card, as one function that names all problems."""

import json
from collections.abc import Iterator
from typing import Any

from bot.domain.press import CARD_KEY
from bot.simulator.webex.cards import compiled

MAX_BYTES = 20_000
MAX_ACTIONS = 5


def problems(card: dict[str, Any]) -> list[str]:
    """Everything that is wrong with a card; an empty list for a good one."""
    return [
        *(f"{error.instance_path}: {error.message[:200]}" for error in compiled().iter_errors(card)),
        *_of_whole(card),
        *(problem for node in _nodes(card) for problem in _of_node(node)),
        *_of_ids(card),
    ]


def _of_whole(card: dict[str, Any]) -> Iterator[str]:
    if len(json.dumps(card)) >= MAX_BYTES:
        yield f"{len(json.dumps(card))} bytes are too many"
    if card.get("$schema") != "http://adaptivecards.io/schemas/adaptive-card.json":
        yield "the root has no $schema"
    if sum("$schema" in node for node in _nodes(card)) > 1:
        yield "$schema stands below the root"
    try:
        json.dumps(card, ensure_ascii=False).encode()
    except UnicodeEncodeError as exc:
        yield f"it cannot be sent: {exc}"


def _of_node(node: dict[str, Any]) -> Iterator[str]:
    kind = node.get("type")
    yield from (f"{kind}.{name} is null" for name, value in node.items() if value is None)
    if kind == "AdaptiveCard" and node.get("version") != "1.3":
        yield f"a card has version {node.get('version')!r}"
    if "actions" in node and not 1 <= len(node["actions"]) <= MAX_ACTIONS:
        yield f"{kind} has {len(node['actions'])} actions"
    if kind in {"Media", "Image", "ImageSet"} or "backgroundImage" in node:
        yield f"{kind} shows an image or a film"
    if kind == "TextBlock" and node.get("wrap") is not True:
        yield f"a TextBlock does not wrap: {node.get('text')!r}"
    if kind == "Action.Submit" and not _is_signed(node.get("data")):
        yield f"the button {node.get('title')!r} carries {node.get('data')!r}"
    if kind == "Input.ChoiceSet" and any("," in choice["value"] for choice in node["choices"]):
        yield f"a choice of {node.get('id')!r} has a comma in its value"


def _is_signed(data: Any) -> bool:
    return isinstance(data, dict) and list(data) == [CARD_KEY] and isinstance(data[CARD_KEY], str)


def _of_ids(card: dict[str, Any]) -> Iterator[str]:
    nodes = list(_nodes(card))
    ids = [node["id"] for node in nodes if "id" in node]
    yield from (f"the id {name!r} is there more than once" for name in sorted({i for i in ids if ids.count(i) > 1}))
    inputs = {node["id"] for node in nodes if str(node.get("type")).startswith("Input.")}
    keys = {key for node in nodes if node.get("type") == "Action.Submit" for key in node.get("data", {})}
    yield from (f"the input {name!r} overwrites data" for name in sorted(inputs & keys))


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of the card, but not the data of its buttons."""
    if isinstance(value, dict):
        yield value
        for name, inner in value.items():
            if name != "data":
                yield from _nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _nodes(inner)
