"""People in a hurry, as a seed has them: they talk to the bot, mistype, press, and break the world meanwhile."""

import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.played import has_followed, has_work
from bot.simulator.dialogues.reading import Button, Reading, read
from bot.simulator.provisioning.records import PROVISIONING_ID
from tests.test_playing import Playground

_SHORTLY = 10.0
_QUIET_WITHIN = 12.0
_LAST_QUIET_WITHIN = 40.0
_PEOPLE = ("ann", "bob", "cleo")
_REST = f"enterprise=Reseller1+acme ext=51401 pid={PROVISIONING_ID}"
_LINES = (
    "help",
    "precheck",
    "check",
    "precheck new.hire@example.com",
    "precheck new.hire@example.com package=standard",
    "precheck email=broken@ package=gold",
    "precheck a@example.com phone=12 language=xx",
    "provision workspace",
    f"provision workspace name=Annex user=95547401@example.com {_REST}",
    f"provision workspace name=Lobby user=95547402@example.com {_REST}",
    "provision workspace name=Nowhere ext=abc",
    "my requests",
    "show request 1",
    "show request 2",
    "hello there",
    "please provision something for me",
    "precheck   spaced@example.com\nsecond line",
    "Größe 10:30 “quotes” * _ # - > `x` <b>",
)
_TYPED: dict[str, tuple[str, ...]] = {
    "email": ("late.hire@example.com", "broken@", ""),
    "userId": ("95547403@example.com", "95547404@example.com", "no user"),
    "spEnterpriseId": ("Reseller1+acme", "acme"),
    "provisioningId": (PROVISIONING_ID, "nonsense"),
    "displayName": ("Meeting room 3", "Kitchen"),
    "extension": ("51403", "x"),
    "primaryPhoneNumber": ("+1-240-555-1212", "12"),
    "comment": ("looked in Control Hub", ""),
}
_SCENARIOS = (
    "webex-busy",
    "webex-down",
    "webex-page",
    "webex-cut",
    "webex-post-lost",
    "webex-no-card-edits",
    "webex-no-edits",
    "webex-no-thread-replies",
    "webex-late-404",
    "broadworks-slow",
    "broadworks-busy",
    "broadworks-down",
    "broadworks-token",
    "broadworks-page",
    "broadworks-empty",
    "broadworks-torn",
    "broadworks-odd",
    "broadworks-cut",
    "broadworks-write-lost",
    "broadworks-write-late",
    "broadworks-no-looking",
    "broadworks-info-object",
    "broadworks-extra-info",
    "webhooks-twice",
    "webhooks-old-signature",
    "webhooks-drop",
    "webhooks-reorder",
    "webhooks-hold",
)


class Session:
    """One session; `hasty` is how often, of ten times, somebody does not wait for the bot before they go on."""

    def __init__(self, seed: int, *, folder: Path, hasty: int = 2) -> None:
        self.done: list[str] = []
        self._random = random.Random(seed)  # noqa: S311 - it must be the same again, not a secret.
        self._hasty = hasty
        self._data = folder / "data"
        self._ground = Playground(
            "play", "--json", "--port", "0", "--data", str(self._data), "--no-browser", folder=folder
        )
        self._running = True
        self._ahead = 0.0

    def close(self) -> None:
        """End the playground."""
        self._ground.close()

    def play(self, acts: int) -> None:
        """So many acts, and then all is well again and comes to rest."""
        kinds: dict[Callable[[], None], int] = {
            self._say: 28,
            self._press: 36,
            self._break: 10,
            self._break_counted: 6,
            self._heal: 6,
            self._steer: 8,
            self._forward: 5,
        }
        for _ in range(acts):
            self._random.choices(list(kinds), list(kinds.values()))[0]()
            if self._random.randrange(10) < self._hasty:
                time.sleep(self._random.choice((0.0, 0.05, 0.2, 0.6)))
            else:
                self.rest(_QUIET_WITHIN)
        self._heal()
        if not self._running:
            self._steer()
        self.rest(_LAST_QUIET_WITHIN)

    def recording(self, title: str) -> tuple[str, list[str]]:
        """The file, and what the recorder warns of."""
        page = self._ground.where["page"]
        answer = self._ground.http.get(f"{page}play/dialogue.yaml", params={"title": title}).raise_for_status()
        warnings: list[str] = self._ground.http.get(f"{page}play/dialogue").raise_for_status().json()["warnings"]
        return answer.text, warnings

    def rest(self, within: float) -> None:
        """Wait until the bot has nothing to do, as long as that may take."""
        end = time.monotonic() + within
        while time.monotonic() < end:
            counters = self._ground.http.get(self._ground.where["control"]).json()["counters"]
            if not counters["deliveries"]["waiting"] and (not self._running or not self._at_work()):
                return
            time.sleep(0.03)

    def _at_work(self) -> bool:
        followed = has_followed(self._data / "clock", ahead=self._ahead)
        return not followed or has_work(self._data, within=_SHORTLY)

    # What people do.

    def _say(self) -> None:
        who, line = self._random.choice(_PEOPLE), self._random.choice(_LINES)
        bot = self._ground.where["bot_person"]["id"]
        if self._random.random() < 0.55:
            body = {"toPersonId": bot, "text": line}
            where = who
        else:
            other = self._random.choice(_PEOPLE)
            at = f" <@personId:{self._ground.where['people'][other]['id']}>" if self._random.random() < 0.2 else ""
            body = {"roomId": self._ground.where["spaces"]["support"], "markdown": f"<@personId:{bot}> {line}{at}"}
            where = "support"
        roots = [each["id"] for each in self._messages(where, who) if "parentId" not in each]
        if roots and self._random.random() < 0.25:
            body["parentId"] = self._random.choice(roots)
        self._try(who, "messages", body, note=f"{who} says {line!r} in {where}")

    def _press(self) -> None:
        who = self._random.choice(_PEOPLE)
        where = self._random.choice((who, "support"))
        found: list[tuple[str, Reading, Button]] = []
        for message in self._messages(where, who):
            if message["personId"] == self._ground.where["bot_person"]["id"]:
                reading = read(message)
                found += [(message["id"], reading, button) for button in reading.buttons if button.submits]
        if not found:
            self._say()
            return
        # People press what they have just seen, and now and then something that is long past.
        message_id, reading, button = self._random.choice(found[:6] if self._random.random() < 0.8 else found)
        typed = {
            name: self._random.choice(_TYPED[name])
            for name in button.gathers
            if name in _TYPED and self._random.random() < 0.7
        }
        body = {"type": "submit", "messageId": message_id, "inputs": reading.pressed(button, typed)}
        self._try(who, "attachment/actions", body, note=f"{who} presses {button.title!r} with {typed}")

    def _messages(self, where: str, who: str) -> list[dict[str, Any]]:
        parameters = {"roomId": self._ground.where["spaces"][where], "max": "100"}
        items: list[dict[str, Any]] = self._ground.call(who, "GET", "messages", params=parameters)["items"]
        return items

    def _try(self, who: str, path: str, body: dict[str, Any], *, note: str) -> None:
        """Webex itself refuses some of it, a reply to a message that is gone for example: then nothing has happened."""
        headers = {"Authorization": f"Bearer {self._ground.where['people'][who]['token']}"}
        answer = self._ground.http.post(f"{self._ground.where['webex']}{path}", json=body, headers=headers)
        self.done.append(f"{note}: {answer.status_code}")

    # What is done to the world.

    def _break(self) -> None:
        """Something out of the catalogue, for some times or some seconds or until it is taken back."""
        key = self._random.choice(_SCENARIOS)
        items = self._ground.http.get(f"{self._ground.where['control']}/scenarios").json()["items"]
        scenario = next(each for each in items if each["key"] == key)
        body: dict[str, Any] = {}
        if scenario["counts"] and self._random.random() < 0.8:
            body = {"times": self._random.choice(scenario["counts"][:2])}
        elif scenario["spans"] and self._random.random() < 0.2:
            body = {"lasts": self._random.choice((1, 3))}
        self._control("POST", f"scenarios/{key}", body)

    def _break_counted(self) -> None:
        """A fault of one's own making."""
        body = {
            "service": self._random.choice(("webex", "broadworks")),
            "kind": self._random.choice(("latency", "drop_before", "drop_after", "status", "html", "broken_json")),
            "method": self._random.choice(("GET", "POST", "PUT", None)),
            "person": "bot",
            "seconds": 0.5,
            "times": self._random.randint(1, 3),
        }
        if body["service"] == "broadworks":
            body["person"] = None
        self._control("POST", "faults", body)

    def _heal(self) -> None:
        self._control("DELETE", "scenarios", None)

    def _forward(self) -> None:
        by = self._random.choice((60, 3600, 7200, 90_000))
        self._control("POST", "clock", {"forward": by})
        self._ahead += by

    def _steer(self) -> None:
        order = "kill" if self._running else "start"
        self._running = not self._running
        self._control("POST", f"bot/{order}", {})

    def _control(self, method: str, path: str, body: dict[str, Any] | None) -> None:
        answer = self._ground.http.request(method, f"{self._ground.where['control']}/{path}", json=body)
        self.done.append(f"{method} {path} {body or ''}: {answer.status_code}")
