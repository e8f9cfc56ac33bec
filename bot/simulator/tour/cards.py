"""Reads off a card's structure what it asks, what it complains of and what it shows; no bot's words are needed."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Element = dict[str, Any]


@dataclass(frozen=True)
class CardSeen:
    """`asks` is a form; `complains` one that says right above a field what is wrong with it.

    `decides` is a card that asks something in a drawer of a button, `presses` one with a button that sends something.
    `words` are all that it shows, one by one; `facts` the values of its lists of facts, whole.
    """

    asks: bool
    complains: bool
    decides: bool
    presses: bool
    words: frozenset[str]
    facts: frozenset[str]

    def shows(self, *values: str) -> bool:
        """Whether any of these stands on the card."""
        return any(value in self.facts or value in self.words for value in values)


def read(attachments: list[dict[str, Any]]) -> CardSeen | None:
    """The card of a message, or None where there is none."""
    if not attachments:
        return None
    card = attachments[0]["content"]
    rows = list(_rows(_list(card, "body")))
    elements = [element for row in rows for element in row]
    actions = [*_list(card, "actions"), *(one for element in elements for one in _list(element, "actions"))]
    drawers = [one["card"] for one in actions if isinstance(one.get("card"), dict)]
    facts = frozenset(_plain(fact.get("value")) for element in elements for fact in _list(element, "facts"))
    texts = [_plain(element.get("text")) for element in elements]
    return CardSeen(
        asks=any(_is_input(element) for element in elements),
        complains=any(_is_complaint(one) and _is_input(next_one) for row in rows for one, next_one in pairwise(row)),
        decides=any(_is_input(one) for drawer in drawers for row in _rows(_list(drawer, "body")) for one in row),
        presses=any(one.get("type") == "Action.Submit" for one in actions),
        words=frozenset(word for text in texts for word in text.split()),
        facts=facts,
    )


def _rows(elements: list[Element]) -> Iterator[list[Element]]:
    """The elements that stand together, and then those within each of them."""
    yield elements
    for element in elements:
        for name in ("items", "columns"):
            if inner := _list(element, name):
                yield from _rows(inner)


def _list(element: Element, name: str) -> list[Element]:
    found = element.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _is_input(element: Element) -> bool:
    return str(element.get("type", "")).startswith("Input.")


def _is_complaint(element: Element) -> bool:
    return element.get("type") == "TextBlock" and str(element.get("color", "")).lower() == "attention"


def _plain(text: Any) -> str:
    """A backslash only says that the next character means nothing."""
    return str(text or "").replace("\\", "")
