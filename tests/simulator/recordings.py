"""What the tests of the recording share: a card with buttons, a fault, a bot's process, and what people do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

from bot.simulator import Simulator
from bot.simulator.dialogues.steps import Shows, Step

FORM: dict[str, Any] = {
    "type": "AdaptiveCard",
    "version": "1.3",
    "body": [
        {"type": "TextBlock", "text": "Book a \\*desk\\*"},
        {"type": "FactSet", "facts": [{"title": "Floor", "value": "2"}]},
        {"type": "Input.Text", "id": "name", "value": "Ann"},
        {"type": "Input.Text", "id": "remark"},
    ],
    "actions": [
        {"type": "Action.Submit", "title": "Book", "data": {"_": "signed", "action": "book"}},
        {"type": "Action.Submit", "title": "Cancel", "data": {"_": "signed"}, "associatedInputs": "None"},
        {
            "type": "Action.ShowCard",
            "title": "Close",
            "card": {
                "type": "AdaptiveCard",
                "body": [{"type": "Input.Text", "id": "why"}],
                "actions": [{"type": "Action.Submit", "title": "Close", "data": {"_": "closing"}}],
            },
        },
    ],
}
LOST = {"service": "broadworks", "kind": "drop_after", "path": "/broadworks/workspaces", "times": 1}
SHOWN = Shows(
    1,
    "support",
    "Book a *desk*\nFloor: 2",
    ("Book", "Cancel", "Close", "Close"),
    {"name": "Ann", "remark": "", "why": ""},
)


def steps(sim: Simulator) -> list[Step]:
    return list(sim.recorder.dialogue("A session").steps)


def press(who: httpx.Client, message_id: str, **inputs: str) -> None:
    body = {"type": "submit", "messageId": message_id, "inputs": {"_": inputs.pop("data", "signed"), **inputs}}
    who.post("/attachment/actions", json=body).raise_for_status()


def edit(bot: httpx.Client, sim: Simulator, message_id: str, text: str) -> None:
    body = {"roomId": sim.spaces["support"], "markdown": text}
    bot.put(f"/messages/{message_id}", json=body).raise_for_status()


@dataclass
class Process:
    """A bot that has something to say when it comes up."""

    speak: Callable[[], object]
    running: bool = True

    def kill(self) -> None:
        self.running = False

    def start(self) -> None:
        self.running = True
        self.speak()
