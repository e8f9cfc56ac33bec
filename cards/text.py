"""The markdown that stands for a card where cards do not show: told from the very elements of the card."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cards.escape import PROSE, SHORT, cut, safe

MAX_BYTES = 7000
MORE = "…"


def fallback(card: Mapping[str, Any], *, also: str = "", hint: str = "") -> str:
    """Everything that the card says, ``also`` what it cannot, then ``hint`` or the names of its buttons."""
    return fitted([*_told(card["body"]), also], hint=hint or _buttons(card))


def fitted(paragraphs: Iterable[str], *, hint: str = "") -> str:
    """Paragraphs in one message; when they are too many the last go, never the hint."""
    kept = [paragraph for paragraph in paragraphs if paragraph]
    end = [hint] if hint else []
    shown = [*kept, *end]
    while _size(shown) > MAX_BYTES and kept:
        kept.pop()
        shown = [*kept, MORE, *end]
    return "\n\n".join(shown)


def bold(words: str, *, limit: int = SHORT) -> str:
    """Words in bold, escaped."""
    return f"**{safe(words, limit=limit)}**"


def _size(paragraphs: list[str]) -> int:
    return len("\n\n".join(paragraphs).encode())


def _told(elements: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for element in elements:
        if element["type"] == "TextBlock":
            # Card text is escaped already, in the way that messages need.
            words = cut(element["text"], 2 * PROSE)
            yield f"**{words}**" if words and element.get("weight") == "Bolder" else words
        elif element["type"] == "FactSet":
            yield "\n".join(f"- **{fact['title']}:** {fact['value']}" for fact in element["facts"])
        elif element["type"] == "Container" and element.get("isVisible", True):
            yield from _told(element["items"])


def _buttons(card: Mapping[str, Any]) -> str:
    rows = [element["actions"] for element in card["body"] if element["type"] == "ActionSet"]
    inside = [action for row in rows for action in row if action["type"] == "Action.Submit"]
    titles = [bold(action["title"]) for action in (*inside, *card.get("actions", ()))]
    return f"On the card: {', '.join(titles)}." if titles else ""
