"""Somebody who takes the tour without a page: what people, the bot and BroadWorks do, and the ticks as they stand."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from bot.simulator import Simulator
from bot.simulator.provisioning.records import PROVISIONING_ID
from tests.simulator.kit import Space, client

EMAIL = "new.hire@example.com"
ROOM = {
    "provisioningId": PROVISIONING_ID,
    "userId": "95548001@example.com",
    "spEnterpriseId": "Reseller1+acme",
    "displayName": "Reading Room",
    "extension": "53001",
}
FIELD = {"type": "Input.Text", "id": "email", "label": "E-mail"}
COMPLAINT = {"type": "TextBlock", "text": "E-mail is not an e-mail address.", "color": "Attention"}
SEND = {"type": "Action.Submit", "title": "Go", "data": {"_": "signed"}}
HOW = {"type": "Input.ChoiceSet", "id": "ended", "choices": [{"title": "It exists", "value": "done"}]}
DRAWER = {"type": "Action.ShowCard", "title": "Close", "card": {"type": "AdaptiveCard", "body": [HOW]}}


def text(words: str) -> dict[str, Any]:
    return {"type": "TextBlock", "text": words}


def facts(*values: str) -> dict[str, Any]:
    return {"type": "FactSet", "facts": [{"title": "Fact", "value": value} for value in values]}


def card(*body: dict[str, Any], actions: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    return {"type": "AdaptiveCard", "version": "1.3", "body": list(body), "actions": list(actions)}


FORM = card(FIELD, actions=(SEND,))
WRONG = card(text("1 thing to put right"), COMPLAINT, FIELD, actions=(SEND,))
CLOSED = card(text("Cancelled. Nothing was sent."))
WORKING = card(text(f"{EMAIL} Working on it…"))
RESULT = card(text("Webex expects this to work"), facts(EMAIL), actions=(SEND,))
REVIEW = card(text("POST /broadworks/workspaces"), facts(ROOM["userId"]), actions=(SEND,))
UNKNOWN = card(text("POST /broadworks/workspaces"), facts(ROOM["userId"]), actions=(SEND, DRAWER))
ENDED = card(text("Closed by Ann: it exists."), facts(ROOM["userId"]), actions=(SEND,))


class Process:
    """A bot that does nothing but run or not."""

    running = True

    def kill(self) -> None:
        self.running = False

    def start(self) -> None:
        self.running = True


class Guest:
    """Takes the tour: people, the bot and its API calls in one hand, and the ticks as they stand."""

    def __init__(self, sim: Simulator, spaces: dict[str, Space], broadworks: httpx.Client) -> None:
        self.sim = sim
        self._spaces = spaces
        self.broadworks = broadworks
        self.shown = ""

    def say(self, words: str) -> None:
        self._spaces["ann"].mention("Bot", self.sim.bot.id, words)

    def show(self, content: dict[str, Any]) -> None:
        self.shown = self._spaces["bot"].show_card(content)["id"]

    def redraw(self, content: dict[str, Any]) -> None:
        attached = [{"contentType": "application/vnd.microsoft.card.adaptive", "content": content}]
        body = {"roomId": self._spaces["bot"].room, "text": "Edited", "attachments": attached}
        self._spaces["bot"].http.put(f"/messages/{self.shown}", json=body).raise_for_status()

    def remove(self) -> None:
        self._spaces["bot"].http.delete(f"/messages/{self.shown}").raise_for_status()

    def press(self, who: str = "ann", **inputs: str) -> None:
        body = {"type": "submit", "messageId": self.shown, "inputs": {"_": "signed", **inputs}}
        self._spaces[who].http.post("/attachment/actions", json=body).raise_for_status()

    def precheck(self, **more: Any) -> None:
        self.broadworks.post("/broadworks/subscribers/validate", json={"email": EMAIL, **more})

    def provision(self) -> str:
        return str(self.broadworks.post("/broadworks/workspaces", json=ROOM).json().get("id", ""))

    def lose_an_answer(self) -> None:
        self.sim.faults.add(service="broadworks", kind="drop_after", method="POST", times=1)
        with pytest.raises(ConnectionResetError):
            self.provision()

    def bot(self, what: str) -> None:
        with client(self.sim, None) as http:
            http.post(f"http://localhost/control/bot/{what}").raise_for_status()

    def ticks(self, key: str) -> list[str]:
        step = next(step for step in self.sim.tour.as_json()["steps"] if step["key"] == key)
        ticked = [tick["key"] for tick in step["ticks"] if tick["done"]]
        assert step["done"] == (len(ticked) == len(step["ticks"]))
        return ticked


@contextmanager
def visiting(sim: Simulator, broadworks: httpx.Client) -> Iterator[Guest]:
    sim.bot_process = Process()
    with (
        client(sim, sim.people["ann"].token) as ann,
        client(sim, sim.people["bob"].token) as bob,
        client(sim, sim.bot.token) as bot,
    ):
        people = {"ann": ann, "bob": bob, "bot": bot}
        yield Guest(sim, {name: Space(http, sim.spaces["support"]) for name, http in people.items()}, broadworks)
