"""The guided tour: what of it was done so far, by anybody and in any window, and lines that make the next step easy."""

from itertools import takewhile
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, jsonify

from bot.simulator.entities import Action, Change, Message
from bot.simulator.provisioning.records import ENTERPRISES, PROVISIONING_ID, BroadWorks
from bot.simulator.tour.cards import read
from bot.simulator.tour.steps import STEPS, Step

if TYPE_CHECKING:
    from bot.simulator.simulator import Simulator

_FIRST_NUMBER = 95548001
_FIRST_EXTENSION = 53001


class Tour:
    """Listens to the world and to the calls that arrived; open pages hear `tour` when something was ticked off."""

    def __init__(self, sim: "Simulator") -> None:
        self._sim = sim
        self._heard = 0
        self._steps: list[Step] = []
        self._begin()
        sim.world.listen(self.take)
        sim.feed.overhear(self.overhear)

    def as_json(self) -> dict[str, Any]:
        with self._sim.world.lock:
            steps = [step.as_json() for step in self._steps]
            lines = _lines(self._sim.broadworks)
        return {
            "steps": [step | {"line": lines[step["key"]]} for step in steps],
            "done": sum(step["done"] for step in steps),
        }

    def anew(self) -> None:
        """Nothing was done yet; what happened before counts no more."""
        with self._sim.world.lock:
            self._begin()
        self._sim.feed.announce("tour", {})

    def take(self, change: Change) -> None:
        """Something happened in a space; the world's lock is held."""
        before = self._ticks()
        self._catch_up()
        subject = str(change.data["id"])
        if change.resource == "messages" and change.event == "deleted":
            for step in self._steps:
                step.gone(subject)
        elif change.resource == "messages" and (message := self._sim.world.messages.get(subject)):
            self._read(message)
        elif change.resource == "attachmentActions" and (action := self._sim.world.actions.get(subject)):
            self._press(action)
        self._tell(before)

    def overhear(self, event: str, data: dict[str, Any]) -> None:
        """Somebody killed the bot, or started it; whatever else is announced means nothing here."""
        if event != "bot" or data.get("kind") not in {"kill", "start"}:
            return
        with self._sim.world.lock:
            before = self._ticks()
            for step in self._steps:
                if data["kind"] == "start":
                    step.started()
                else:
                    step.stopped()
            self._tell(before)

    def _begin(self) -> None:
        self._heard = max((call.n for call in self._sim.calls), default=0)
        self._steps = [step(self._sim.broadworks) for step in STEPS]

    def _catch_up(self) -> None:
        """A call is told of by what comes after it: until then it has not shown on any card either."""
        new = list(takewhile(lambda call: call.n > self._heard, reversed(list(self._sim.calls))))
        for call in reversed(new):
            self._heard = call.n
            for step in self._steps:
                step.called(call)

    def _read(self, message: Message) -> None:
        if message.author != self._sim.bot:
            if self._sim.world.may_see(self._sim.bot, message):
                for step in self._steps:
                    step.said(message)
        elif card := read(message.attachments):
            for step in self._steps:
                step.drawn(message, card)

    def _press(self, action: Action) -> None:
        if action.message.author == self._sim.bot:
            for step in self._steps:
                step.pressed(action, _filled(action.inputs))

    def _ticks(self) -> list[dict[str, Any]]:
        return [step.as_json() for step in self._steps]

    def _tell(self, before: list[dict[str, Any]]) -> None:
        if self._ticks() != before:
            self._sim.feed.announce("tour", {})


def create_tour(tour: Tour) -> Blueprint:
    """What the tour's panel asks for."""
    routes = Blueprint("tour", __name__, url_prefix="/play")

    @routes.get("/tour")
    def state() -> Response:
        return jsonify(tour.as_json())

    @routes.delete("/tour")
    def anew() -> Response:
        tour.anew()
        return Response(status=204)

    return routes


def _filled(inputs: dict[str, Any]) -> tuple[str, ...]:
    """What a person gave; what the button carries is no text, or stands under the bot's own key."""
    return tuple(value for name, value in inputs.items() if name != "_" and isinstance(value, str) and value)


def _lines(broadworks: BroadWorks) -> dict[str, str]:
    """A line for each step, with user IDs that nobody has yet."""
    return {
        "precheck": "precheck new.hire@example.com package=standard",
        "mistake": "precheck subscriber",
        "workspace": _workspace(broadworks, name="Reading Room"),
        "restart": "precheck subscriber",
        "lost": _workspace(broadworks, name="Quiet Room"),
    }


def _workspace(broadworks: BroadWorks, *, name: str) -> str:
    at = 0
    while broadworks.taken("userId", f"{_FIRST_NUMBER + at}@example.com"):
        at += 1
    return (
        f'provision workspace name="{name} {at + 1}" user={_FIRST_NUMBER + at}@example.com'
        f" enterprise={ENTERPRISES[0]} ext={_FIRST_EXTENSION + at} pid={PROVISIONING_ID}"
    )
