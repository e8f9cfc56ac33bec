"""Says what can be read on a message and done with it: its lines, its buttons, its inputs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Button:
    """`data` is what it submits, and `gathers` names the inputs that go along; both empty where it only unfolds."""

    title: str
    kind: str
    data: dict[str, Any] = field(default_factory=dict)
    gathers: tuple[str, ...] = ()

    @property
    def submits(self) -> bool:
        return self.kind == "Action.Submit"


@dataclass(frozen=True)
class Reading:
    """`text` has a line for each text of the card, or is the message's own words where there is no card."""

    text: str
    buttons: tuple[Button, ...] = ()
    inputs: dict[str, str] = field(default_factory=dict)

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles of all buttons, those inside folded parts included."""
        return tuple(button.title for button in self.buttons)

    def button(self, title: str) -> Button | None:
        """The button of that title that submits something."""
        return next((button for button in self.buttons if button.submits and button.title == title), None)

    def pressed(self, button: Button, typed: Mapping[str, str]) -> dict[str, Any]:
        """What a client submits: the values that stand in the card, what was typed instead, and the button's data."""
        standing = {name: self.inputs[name] for name in button.gathers if self.inputs.get(name)}
        return {**standing, **typed, **button.data}


def read(message: Mapping[str, Any]) -> Reading:
    """Of a message as the API shows it; with several cards, of the first."""
    card = card_of(message)
    if card is None:
        return Reading(str(message.get("markdown") or message.get("text") or ""))
    return read_card(card)


def read_card(card: Mapping[str, Any]) -> Reading:
    """Of an Adaptive Card alone."""
    nodes = list(_walk(card))
    inputs = {str(node["id"]): str(node.get("value", "")) for node in nodes if _is_input(node)}
    return Reading("\n".join(_texts(nodes)), tuple(_buttons(card, ())), inputs)


def card_of(message: Mapping[str, Any]) -> dict[str, Any] | None:
    """The card that a message carries, if any."""
    attachments = message.get("attachments") or []
    content = attachments[0].get("content") if attachments else None
    return content if isinstance(content, dict) else None


def _walk(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for child in node.values():
            yield from _walk(child)
    elif isinstance(node, list):
        for child in node:
            yield from _walk(child)


def _is_input(node: Mapping[str, Any]) -> bool:
    return str(node.get("type", "")).startswith("Input.") and "id" in node


def _texts(nodes: list[dict[str, Any]]) -> Iterator[str]:
    for node in nodes:
        if node.get("type") in {"TextBlock", "TextRun"}:
            yield _words(node.get("text"))
        elif node.get("type") == "FactSet":
            for fact in node.get("facts", []):
                yield f"{_words(fact.get('title'))}: {_words(fact.get('value'))}"


def _words(text: Any) -> str:
    """Without the backslashes that keep signs from being markdown."""
    return ("" if text is None else str(text)).replace("\\", "")


def _buttons(node: Any, outer: tuple[str, ...]) -> Iterator[Button]:
    """In the order of the card. A card that unfolds submits its own inputs and those of the cards around it."""
    if isinstance(node, list):
        for child in node:
            yield from _buttons(child, outer)
        return
    if not isinstance(node, dict):
        return
    kind = str(node.get("type", ""))
    if kind == "AdaptiveCard":
        outer = (*outer, *_own_inputs(node))
    if kind.startswith("Action.") and "title" in node:
        alone = str(node.get("associatedInputs", "auto")).lower() == "none"
        gathers = outer if kind == "Action.Submit" and not alone else ()
        data = node.get("data")
        yield Button(str(node["title"]), kind, dict(data) if isinstance(data, dict) else {}, gathers)
    for child in node.values():
        yield from _buttons(child, outer)


def _own_inputs(node: Any) -> Iterator[str]:
    """The inputs of a card, but not of those that unfold from it."""
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for child in children:
        if isinstance(child, dict):
            if child.get("type") == "AdaptiveCard":
                continue
            if _is_input(child):
                yield str(child["id"])
        yield from _own_inputs(child)
