"""Does in a playground what the acts of a dialogue say: what people say and press, and what is done to the world."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import httpx

from bot.simulator.dialogues.steps import Breaks, Forwards, Heals, Orders, Presses, Says, Sets, Webhooks

if TYPE_CHECKING:
    from bot.playing import Playground
    from bot.simulator.dialogues.reading import Button, Reading
    from bot.simulator.entities import Person

T = TypeVar("T")
Act = Says | Presses | Breaks | Webhooks | Sets | Heals | Forwards | Orders

_SECONDS = 60.0
"""For one act: a bot that is started answers only when it is there."""

_AT = re.compile(r"(?<![\w.@])@(\w+)\b")
_MARKS = re.compile(r"([!-/:-@\[-`{-~])")


class CannotAct(Exception):
    """The playground did not let somebody do what the dialogue says; it says why."""


class Hands:
    """Everything goes over HTTP, as from the page, so that whoever listens there takes note of it."""

    def __init__(self, ground: "Playground") -> None:
        self._simulator = ground.simulator
        self._http = httpx.Client(base_url=ground.server.url, trust_env=False, timeout=_SECONDS)

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    def place(self, name: str) -> str:
        """The id of a space."""
        return _among(self._simulator.spaces, name, what="space")

    def say(self, step: Says, *, words: str, thread: str | None) -> str:
        """Returns the id of the message."""
        body = {"roomId": self.place(step.where), **self._written(words)}
        if thread:
            body["parentId"] = thread
        return str(self._call("POST", "/v1/messages", body, who=step.who)["id"])

    def press(self, who: str, *, message: str, inputs: dict[str, Any]) -> None:
        """Submit what a button carries and what was typed."""
        body = {"type": "submit", "messageId": message, "inputs": inputs}
        self._call("POST", "/v1/attachment/actions", body, who=who)

    def change(self, step: Breaks | Webhooks | Sets | Heals | Forwards | Orders) -> None:
        """Do something to the world, or to the bot."""
        match step:
            case Breaks():
                self._call("POST", "/control/faults", dict(step.fault))
            case Webhooks():
                self._call("POST", "/control/webhooks", dict(step.values))
            case Sets():
                self._call("POST", "/control/switches", dict(step.values))
            case Heals():
                self._call("DELETE", "/control/scenarios")
            case Forwards():
                self._call("POST", "/control/clock", {"forward": step.seconds})
            case Orders():
                self._call("POST", f"/control/bot/{step.bot}", {})

    def _written(self, words: str) -> dict[str, str]:
        """As text, or as markdown where @bot or @bob mentions somebody; all other signs mean themselves."""
        known: dict[str, Person] = {"bot": self._simulator.bot, **self._simulator.people}
        parts, end = [], 0
        for found in _AT.finditer(words):
            if found[1] != "all" and found[1] not in known:
                continue
            parts.append(_literally(words[end : found.start()]))
            person = known.get(found[1])
            parts.append(f"<@personId:{person.id}|{person.display_name}>" if person else "<@all>")
            end = found.end()
        if not parts:
            return {"text": words}
        return {"markdown": "".join([*parts, _literally(words[end:])])}

    def _call(self, method: str, path: str, body: dict[str, Any] | None = None, *, who: str = "") -> dict[str, Any]:
        headers = {}
        if who:
            headers["Authorization"] = f"Bearer {_among(self._simulator.people, who, what='person').token}"
        try:
            answer = self._http.request(method, path, json=body, headers=headers)
        except httpx.HTTPError as exc:
            raise CannotAct(f"{method} {path} was not answered: {exc or type(exc).__name__}.") from exc
        found = _json(answer)
        if answer.is_error:
            raise CannotAct(f"{method} {path} was refused with {answer.status_code}: {found.get('message', '')}")
        return found


def button_of(readings: "list[Reading]", *, so: Callable[[str], bool]) -> "tuple[Reading, Button]":
    """The first button that submits something and has such a title, with the state of the message that it is on."""
    for reading in readings:
        for button in reading.buttons:
            if button.submits and so(button.title):
                return reading, button
    titles = ", ".join(dict.fromkeys(title for reading in readings[:1] for title in reading.titles))
    raise CannotAct(f"The message has no such button; it has: {titles or 'none at all'}.")


def _literally(words: str) -> str:
    return _MARKS.sub(r"\\\1", words)


def _among(known: dict[str, T], name: str, *, what: str) -> T:
    if name not in known:
        raise CannotAct(f"The playground has no {what} called {name}; it has {', '.join(known)}.")
    return known[name]


def _json(answer: httpx.Response) -> dict[str, Any]:
    try:
        found = answer.json() if answer.content else {}
    except ValueError:
        found = {}
    return found if isinstance(found, dict) else {}
