"""A message of the bot as a person sees it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass
class Shown:
    """One message of the bot as it stands."""

    message: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.message["id"])

    @property
    def parent_id(self) -> str | None:
        return self.message.get("parentId")

    @property
    def markdown(self) -> str:
        return str(self.message.get("markdown", ""))

    @property
    def card(self) -> dict[str, Any]:
        """The card, which must be there."""
        content: dict[str, Any] = self.message["attachments"][0]["content"]
        return content

    @property
    def text(self) -> str:
        """Everything that can be read on the card, a line per text; of a message without one, its words."""
        if not self.message.get("attachments"):
            return self.markdown
        return "\n".join(_texts(self.card))

    @property
    def inputs(self) -> dict[str, str]:
        """Every input of the card with the value that stands in it."""
        return {each["id"]: str(each.get("value", "")) for each in _walk(self.card) if _is_input(each)}

    @property
    def buttons(self) -> list[str]:
        """The titles of all buttons, those inside folded parts included."""
        return [each["title"] for each in _walk(self.card) if str(each.get("type", "")).startswith("Action.")]

    def data(self, button: str) -> dict[str, Any]:
        """What the button of that title carries."""
        for each in _walk(self.card):
            if each.get("type") == "Action.Submit" and each.get("title") == button:
                data: dict[str, Any] = each["data"]
                return data
        raise AssertionError(f"There is no button {button!r} among {self.buttons} on:\n{self.text}")


def _walk(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for child in node.values():
            yield from _walk(child)
    elif isinstance(node, list):
        for child in node:
            yield from _walk(child)


def _is_input(node: dict[str, Any]) -> bool:
    return str(node.get("type", "")).startswith("Input.")


def _texts(card: dict[str, Any]) -> Iterator[str]:
    for node in _walk(card):
        if node.get("type") in {"TextBlock", "TextRun"}:
            yield str(node["text"]).replace("\\", "")
        elif node.get("type") == "FactSet":
            for fact in node["facts"]:
                yield f"{fact['title']}: {fact['value']}".replace("\\", "")
