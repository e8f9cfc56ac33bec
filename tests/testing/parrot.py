"""A world whose bot is a table of answers, so that replaying can be tried with no process started."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx

from bot.bot_process import BotProcess
from bot.playing import Playground
from bot.simulator import Simulator
from bot.simulator.server import serve
from bot.testing import replay
from bot.testing.replay import Done, Script

Step = dict[str, Any]


class Parrot:
    """Answers each line with messages; a text among them is posted, a list is one message with its edits.

    None as an edit takes the message back. An answer in a group space is in the thread of what was said.
    """

    def __init__(self, answers: dict[str, list[Any]]) -> None:
        self.answers = answers
        self.heard: list[str] = []
        self.pressed: list[dict[str, Any]] = []
        self._http: httpx.Client | None = None

    def listen(self, simulator: Simulator, *, url: str) -> None:
        """Have events delivered from now on."""
        headers = {"Authorization": f"Bearer {simulator.bot.token}"}
        self._http = httpx.Client(base_url=f"{url}/v1/", headers=headers, trust_env=False, timeout=10)
        for resource in ("messages", "attachmentActions"):
            hook = {"name": resource, "targetUrl": "http://parrot.localhost", "resource": resource, "event": "created"}
            self._call("POST", "webhooks", hook)

    def take(self, request: httpx.Request) -> httpx.Response:
        """A webhook."""
        event = json.loads(request.content)
        if event["resource"] == "attachmentActions":
            action = self._call("GET", f"attachment/actions/{event['data']['id']}")
            self.pressed.append(action["inputs"])
            self._answer(action["roomId"], str(action["inputs"]["said"]), parent=None)
        elif event["data"]["personEmail"] != "provisioning@webex.bot":
            message = self._call("GET", f"messages/{event['data']['id']}")
            parent = message["id"] if message["roomType"] == "group" else None
            self._answer(message["roomId"], message["text"], parent=parent)
        return httpx.Response(200)

    def close(self) -> None:
        """Fall silent."""
        if self._http is not None:
            self._http.close()

    def _answer(self, room: str, said: str, *, parent: str | None) -> None:
        self.heard.append(said)
        for message in self.answers.get(said, []):
            first, *edits = message if isinstance(message, list) else [message]
            thread = {"parentId": parent} if parent else {}
            posted = self._call("POST", "messages", {"roomId": room, **thread, **_of(first)})
            for edit in edits:
                if edit is None:
                    self._call("DELETE", f"messages/{posted['id']}")
                else:
                    self._call("PUT", f"messages/{posted['id']}", {"roomId": room, **_of(edit)})

    def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        assert self._http is not None
        answer = self._http.request(method, path, json=body).raise_for_status()
        return answer.json() if answer.content else None


def card(text: str, *titles: str, **inputs: str) -> dict[str, Any]:
    """A card with a text, inputs and buttons, each of which says its own title when it is pressed."""
    return {
        "type": "AdaptiveCard",
        "version": "1.3",
        "body": [
            {"type": "TextBlock", "text": text},
            *({"type": "Input.Text", "id": name, "value": value} for name, value in inputs.items()),
        ],
        "actions": [{"type": "Action.Submit", "title": title, "data": {"said": title}} for title in titles],
    }


@contextmanager
def world(parrot: Parrot, folder: Path) -> Iterator[Playground]:
    """A playground in which the parrot is the bot, and no process runs."""
    with (
        httpx.Client(transport=httpx.MockTransport(parrot.take)) as sender,
        Simulator(sender=sender) as simulator,
        serve(simulator) as server,
        closing(parrot),
    ):
        parrot.listen(simulator, url=server.url)
        log = folder / "bot.log"
        yield Playground(simulator, server, BotProcess(port=9, variables={}, log=log), log)


def script(folder: Path, *steps: Step) -> Script:
    """A dialogue of these steps, each of which stands in a line of its own from line 3 on."""
    file = folder / "made-up.dialogue.yaml"
    file.write_text("\n".join(["title: Made up", "steps:", *(f"  - {json.dumps(step)}" for step in steps), ""]))
    return replay.read(file)


def replayed(parrot: Parrot, folder: Path, *steps: Step, patience: float = 5.0) -> list[Done]:
    """Replay these steps; what went well, or the exception."""
    done: list[Done] = []
    with world(parrot, folder) as ground:
        replay.replay_in(ground, script(folder, *steps), tell=done.append, patience=patience)
    return done


def _of(what: Any) -> dict[str, Any]:
    if isinstance(what, str):
        return {"markdown": what}
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "content": what}
    return {"markdown": "a card", "attachments": [attachment]}
