"""A world for bots that are real processes: simulated services here, the bot beside them, on files that outlive it."""

import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Self, TypeVar

import httpx
from sqlalchemy import create_engine, text

from bot.bot_process import BotProcess, free_port
from bot.playing import bot_variables, register_webhooks
from bot.settings import Settings
from bot.simulator import Simulator
from bot.simulator.entities import Person, Room
from bot.simulator.server import serve
from bot.simulator.webex.messages import shown as as_json
from bot.store.inbox import Inbox
from bot.testing.shown import Shown

REPOSITORY = Path(__file__).parents[2]
PATIENCE = 120.0
"""Generous on purpose: others may be at work on the machine."""

T = TypeVar("T")


def until(predicate: Callable[[], T], *, within: float = PATIENCE, every: float = 0.05) -> T:
    """The first true value of the predicate; AssertionError if it stays false."""
    deadline = time.monotonic() + within
    while not (value := predicate()):
        assert time.monotonic() < deadline, f"It did not happen in {within:.0f} seconds."
        time.sleep(every)
    return value


class House:
    """Simulators on a socket, bots, and a record of the webhooks that a bot has acknowledged.

    On ``database``, the URL of a PostgreSQL, there may be several bots at a time; else they have a file and take turns.
    """

    def __init__(self, folder: Path, *, database: str | None = None) -> None:
        self.acknowledged: list[str] = []
        self._sender = httpx.Client(trust_env=False, timeout=30, event_hooks={"response": [self._note]})
        self.simulator = Simulator(sender=self._sender)
        self.server = serve(self.simulator)
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.variables = bot_variables(self.simulator, api=self.server.url, folder=folder, port=self.port)
        # What nobody has asked for would count among the calls that tests compare.
        self.variables["BOT_ENTERPRISES_MINUTES"] = "0"
        if database is not None:
            self.variables["DATABASE_URL"] = database
        self._bots: list[BotProcess] = []
        self._people = httpx.Client(base_url=f"{self.server.url}/v1/", trust_env=False, timeout=30)

    def bot(self, *command: str) -> BotProcess:
        """A bot that is not started yet; without a command the one that operators start."""
        process = BotProcess(
            port=self.port,
            variables={**self.variables, "PYTHONPATH": str(REPOSITORY)},
            log=self.folder / "bot.log",
            command=command or ("-m", "bot", "serve"),
        )
        self._bots.append(process)
        return process

    def another(self, verb: str) -> BotProcess:
        """A bot beside the first, with a port and a log of its own, that is not started yet."""
        port = free_port()
        process = BotProcess(
            port=port,
            variables={**self.variables, "PYTHONPATH": str(REPOSITORY), "PORT": str(port)},
            log=self.folder / f"{verb}.log",
            command=("-m", "bot", verb),
        )
        self._bots.append(process)
        return process

    def register(self) -> None:
        """Have events delivered to the bot from now on."""
        register_webhooks(self.simulator, api=self.server.url, bot=self.url)

    def close(self) -> None:
        """End whatever runs."""
        for bot in self._bots:
            bot.kill()
        self.simulator.close()
        self.server.close()
        self._sender.close()
        self._people.close()

    def _note(self, answer: httpx.Response) -> None:
        if answer.status_code == 200:
            self.acknowledged.append(json.loads(answer.request.content)["data"]["id"])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Who there is, and where.

    def person(self, name: str) -> Person:
        """Somebody known or new."""
        world = self.simulator.world
        return world.person_called(name.lower()) or world.add_person(name)

    def direct(self, person: Person) -> Room:
        """The space of the bot and one person."""
        world = self.simulator.world
        known = world.direct_room(person, self.simulator.bot)
        return known or world.add_room("", members=[person, self.simulator.bot], kind="direct")

    def group(self, title: str, people: Sequence[Person]) -> Room:
        """A new space of some people and the bot."""
        return self.simulator.world.add_room(title, members=[*people, self.simulator.bot])

    # What people do and see.

    def say(self, person: Person, text: str, *, room: Room | None = None) -> str:
        """Write a line to the bot; returns the message's id."""
        room = room or self.direct(person)
        mention = f"<@personId:{self.simulator.bot.id}|Provisioning> " if room.kind == "group" else ""
        return str(self._post(person, "messages", {"roomId": room.id, "markdown": mention + text})["id"])

    def press(self, person: Person, shown: Shown, button: str, **inputs: str) -> str:
        """Press a button of a card; returns the action's id."""
        body = {"type": "submit", "messageId": shown.id, "inputs": {**inputs, **shown.data(button)}}
        return str(self._post(person, "attachment/actions", body)["id"])

    def _post(self, person: Person, path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = self._people.post(path, json=body, headers={"Authorization": f"Bearer {person.token}"})
        found: dict[str, Any] = answer.raise_for_status().json()
        return found

    def shown(self, room: Room | None = None) -> list[Shown]:
        """The messages of the bot, in one space or all, oldest first."""
        world, bot = self.simulator.world, self.simulator.bot
        with world.lock:
            own = [each for each in world.messages.values() if each.author == bot and room in {None, each.room}]
            return [Shown(as_json(each)) for each in own]

    def saying(self, *words: str, room: Room | None = None) -> list[Shown]:
        """The messages of the bot that say all of these words."""
        return [each for each in self.shown(room) if all(word in each.text for word in words)]

    def expect(self, *words: str, room: Room | None = None, within: float = PATIENCE) -> Shown:
        """Wait for a message of the bot to say all of these words."""
        try:
            return until(lambda: self.saying(*words, room=room), within=within)[0]
        except AssertionError:
            seen = "\n---\n".join(each.text for each in self.shown(room))
            raise AssertionError(f"Nobody was shown {words}. The bot showed:\n{seen}") from None

    # What is known behind the scenes.

    @property
    def workspaces(self) -> list[str]:
        """The names of the workspaces that were provisioned, sorted."""
        with self.simulator.world.lock:
            return sorted(str(each["displayName"]) for each in self.simulator.broadworks.workspaces)

    @property
    def writes(self) -> int:
        """How many times the one write of the API was called."""
        return len(self.simulator.calls.to("broadworks", "POST", "/broadworks/workspaces"))

    def inbox(self) -> dict[str, int]:
        """How many events are in each state."""
        inbox = Inbox(Settings.read(self.variables).inbox_url)
        try:
            return inbox.counts()
        finally:
            inbox.close()

    def history(self, request: int) -> list[str]:
        """What was written down about a request, in order."""
        engine = create_engine(self.variables["DATABASE_URL"])
        try:
            with engine.connect() as connection:
                return list(connection.execute(text(_HISTORY), {"request": request}).scalars())
        finally:
            engine.dispose()

    def ready(self) -> tuple[int, dict[str, Any]]:
        """The status and the body of the bot's readiness."""
        answer = httpx.get(f"{self.url}/readyz", trust_env=False, timeout=30)
        return answer.status_code, answer.json()


_HISTORY = "SELECT what FROM audit_events WHERE request = :request ORDER BY id"


def members(group: int) -> list[int]:
    """The living processes of a process group, by number."""
    return sorted(number for number, (_, of) in _living().items() if of == group)


def children(process: int) -> list[int]:
    """The living processes that a process has started, by number."""
    return sorted(number for number, (parent, _) in _living().items() if parent == process)


def _living() -> dict[int, tuple[int, int]]:
    """Parent and group of every process that has not ended, even if nobody has asked yet how it did."""
    found = {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            state, parent, group = (folder / "stat").read_text().rpartition(")")[2].split()[:3]
        except OSError:
            # It has ended just now.
            continue
        if state != "Z":
            found[int(folder.name)] = (int(parent), int(group))
    return found
