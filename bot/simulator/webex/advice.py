"""Says what of a card, though Webex takes it, is drawn otherwise, not at all, or does not do what was meant."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

MAX_DRAWN_ACTIONS = 5
# About as many letters as a phone shows in one line.
LINE = 40

_OF_1_3 = ("label", "isRequired", "errorMessage", "regex", "associatedInputs")
# Webex's own lessons for designers name these, of version 1.2, as not supported; newer clients know some of them.
_OFTEN_IGNORED_ON_CARD = ("speak", "verticalContentAlignment")
_OFTEN_IGNORED = ("requires", "fallback")
_PLACEHOLDER = re.compile(r"\$\{[^}]*\}")
_NOT_IN_CARDS = (
    (re.compile(r"^#{1,6} ", re.MULTILINE), "headings (#)"),
    (re.compile(r"!\[[^\]]*\]\("), "pictures (![])"),
    (re.compile(r"^```", re.MULTILINE), "blocks of code (```)"),
    (re.compile(r"^\|.*\|\s*$", re.MULTILINE), "tables (|)"),
)

Node = dict[str, Any]
Rule = Callable[[Node, list[Node]], Iterator[str]]


def advice(card: Node) -> list[str]:
    """One sentence for each thing that somebody who designs this card should know; nothing for a good card."""
    found = list(nodes(card))
    return list(dict.fromkeys(words for rule in _RULES for words in rule(card, found)))


def nodes(value: Any) -> Iterator[Node]:
    """Every object in a card but the free-form `data` of its actions."""
    if isinstance(value, dict):
        yield value
        for name, inner in value.items():
            if name != "data":
                yield from nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


def _actions(_card: Node, found: list[Node]) -> Iterator[str]:
    for count in (len(node["actions"]) for node in found if "actions" in node):
        if count > MAX_DRAWN_ACTIONS:
            yield f"{count} actions, of which {MAX_DRAWN_ACTIONS} are drawn."


def _names(_card: Node, found: list[Node]) -> Iterator[str]:
    inputs = [node["id"] for node in found if _is_input(node) and "id" in node]
    yield from (f"Two inputs are called {name!r}." for name in _repeated(inputs))
    every = [node["id"] for node in found if "id" in node and "type" in node]
    for name in _repeated(every):
        if inputs.count(name) < 2:
            yield f"Two parts of the card are called {name!r}: showing or hiding reaches only one of them."


def _data(_card: Node, found: list[Node]) -> Iterator[str]:
    inputs = {str(node["id"]) for node in found if _is_input(node) and "id" in node}
    for node in found:
        data = node.get("data") if node.get("type") == "Action.Submit" else None
        title = _called(node)
        if isinstance(data, str) and inputs:
            yield f"The data of {title} is a text: it is lost where a card has inputs."
        elif isinstance(data, dict):
            for name in sorted(inputs & data.keys()):
                yield f"The input {name!r} takes the place of the value {name!r} in the data of {title}."


def _pictures(_card: Node, found: list[Node]) -> Iterator[str]:
    for node in found:
        for address in _addresses_of_pictures(node):
            scheme = urlsplit(address).scheme.lower()
            if scheme == "data":
                yield "A picture is inside the card (data:): not every client draws it."
            elif scheme != "https":
                yield f"A picture does not come over https and may not be drawn: {address[:80]}"
        if "iconUrl" in node:
            yield f"The icon of {_called(node)} is not drawn by every client."


def _links(_card: Node, found: list[Node]) -> Iterator[str]:
    for node in found:
        if node.get("type") == "Action.OpenUrl" and urlsplit(str(node.get("url"))).scheme.lower() not in _WEB:
            yield f"{_called(node, first=True)} opens something else than a web address, which clients may refuse."


def _inputs(_card: Node, found: list[Node]) -> Iterator[str]:
    for node in filter(_is_input, found):
        name = node.get("id")
        if node.get("isRequired") and not (node.get("errorMessage") or node.get("label")):
            yield f"The input {name!r} is required but has no label or errorMessage: nobody learns what is missing."
        if "errorMessage" in node and not any(key in node for key in ("isRequired", "regex", "min", "max")):
            yield f"The errorMessage of {name!r} is never shown: the input can hold nothing wrong."
        if re.search(r"\\[pP]\{", str(node.get("regex", ""))):
            yield f"The regex of {name!r} says \\p{{...}}: some clients take no answer then, however right it is."
        if node.get("isMultiSelect") and any("," in str(one.get("value")) for one in node.get("choices", [])):
            yield f"A choice of {name!r} has a comma in its value: chosen values are told apart by commas."


def _texts(_card: Node, found: list[Node]) -> Iterator[str]:
    for node in found:
        text = str(node.get("text", "")) if node.get("type") in {"TextBlock", "TextRun"} else ""
        if node.get("type") == "TextBlock" and not node.get("wrap") and len(text) > LINE:
            yield f"A long text is cut off on a phone, because it has no wrap: “{text[:LINE]}…”"
        if node.get("type") == "Input.ChoiceSet" and not node.get("wrap") and _is_spread_out(node):
            long = next((title for one in node["choices"] if len(title := str(one["title"])) > LINE), None)
            if long:
                yield f"A long choice is cut off on a phone, because {node.get('id')!r} has no wrap: “{long[:LINE]}…”"
        for line in (text, str(node.get("value", "")) if "title" in node else ""):
            if named := _PLACEHOLDER.search(line):
                yield f"Webex fills in no placeholders: {named[0][:LINE]} is shown as it stands."
        if node.get("type") == "TextBlock":
            yield from (f"Texts of cards have no {what}." for pattern, what in _NOT_IN_CARDS if pattern.search(text))


def _targets(_card: Node, found: list[Node]) -> Iterator[str]:
    kinds = {node["id"]: node.get("type") for node in found if "id" in node}
    for node in found:
        if node.get("type") != "Action.ToggleVisibility":
            continue
        for target in node.get("targetElements", []):
            name = target.get("elementId") if isinstance(target, dict) else target
            if name not in kinds:
                yield f"{_called(node, first=True)} shows or hides {name!r}, which is not in the card."
            elif kinds[name] == "ActionSet":
                yield f"{_called(node, first=True)} shows or hides the buttons {name!r}: not every client can."


def _whole(card: Node, found: list[Node]) -> Iterator[str]:
    if not (card.get("body") or card.get("actions") or "backgroundImage" in card):
        yield "The card is empty: nothing is drawn."
    if card.get("fallbackText"):
        yield "The fallbackText is not shown: Webex takes the text of the message where it cannot draw the card."
    yield from (f"Not every Webex client heeds {name!r} of a card." for name in _OFTEN_IGNORED_ON_CARD if name in card)
    for name in _OFTEN_IGNORED:
        if any(name in node for node in found):
            yield f"Not every Webex client heeds {name!r}: what it does not know it leaves out."
    if any(node.get("type") == "ColumnSet" and "height" in node for node in found):
        yield "Not every Webex client heeds the height of a ColumnSet."


def _version(card: Node, found: list[Node]) -> Iterator[str]:
    """A client that is told of an older version may leave out what is newer."""
    if card.get("version") == "1.3":
        return
    for name in _OF_1_3:
        if any(name in node for node in found):
            yield f"{name!r} is of version 1.3, but the card says {card.get('version')}: it may be left out."


_WEB = {"http", "https"}
_RULES: tuple[Rule, ...] = (
    _actions,
    _names,
    _data,
    _inputs,
    _texts,
    _targets,
    _pictures,
    _links,
    _whole,
    _version,
)


def _is_input(node: Node) -> bool:
    return str(node.get("type")).startswith("Input.")


def _is_spread_out(choices: Node) -> bool:
    return bool(choices.get("isMultiSelect")) or str(choices.get("style")).lower() == "expanded"


def _repeated(names: list[Any]) -> list[Any]:
    return sorted({name for name in names if names.count(name) > 1})


def _called(node: Node, *, first: bool = False) -> str:
    words = f"the button {str(node['title'])[:LINE]!r}" if node.get("title") else "a button without a title"
    return words[0].upper() + words[1:] if first else words


def _addresses_of_pictures(node: Node) -> Iterator[str]:
    if node.get("type") == "Image":
        yield str(node.get("url", ""))
    background = node.get("backgroundImage")
    address = background.get("url") if isinstance(background, dict) else background
    if address is not None:
        yield str(address)
