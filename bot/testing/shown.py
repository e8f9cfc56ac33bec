"""A message of the bot as a person sees it."""

from dataclasses import dataclass
from typing import Any

from bot.simulator.dialogues import reading


@dataclass
class Shown:
    """One message of the bot as it stood when it was looked at; a later edit does not change it."""

    message: dict[str, Any]
    """What Webex answers to GET /messages/{id}."""

    @property
    def id(self) -> str:
        """The id of the message."""
        return str(self.message["id"])

    @property
    def parent_id(self) -> str | None:
        """The id of the message that it answers in a thread."""
        return self.message.get("parentId")

    @property
    def markdown(self) -> str:
        """The words of the message, which notifications show; beside a card they are not drawn."""
        return str(self.message.get("markdown", ""))

    @property
    def card(self) -> dict[str, Any]:
        """The Adaptive Card, which must be there."""
        content: dict[str, Any] = self.message["attachments"][0]["content"]
        return content

    @property
    def text(self) -> str:
        """Everything that can be read on the card, a line per text; of a message without one, its words."""
        return reading.read(self.message).text

    @property
    def inputs(self) -> dict[str, str]:
        """Every input of the card by its id, with the value that stands in it."""
        return reading.read(self.message).inputs

    @property
    def buttons(self) -> list[str]:
        """The titles of all buttons, those inside folded parts included."""
        return list(reading.read(self.message).titles)

    def data(self, button: str) -> dict[str, Any]:
        """What the button of that title carries; AssertionError if there is none."""
        return self._button(button).data

    def pressed(self, button: str, typed: dict[str, str]) -> dict[str, Any]:
        """What a client submits for that button: the values that stand in the card, what was typed, what it carries."""
        return reading.read(self.message).pressed(self._button(button), typed)

    def _button(self, title: str) -> reading.Button:
        found = reading.read(self.message).button(title)
        if found is None:
            raise AssertionError(f"There is no button {title!r} among {self.buttons} on:\n{self.text}")
        return found
