"""Dialogues as tests say them: people speak, submit and press; what the bot shows is waited for and compared.

The bot is the real one, with its engine and its database; Webex and BroadWorks are the simulators, over real sockets.
"""

import itertools
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from dbos import DBOS
from dbos._dbos import _get_dbos_instance
from sqlalchemy import text

from bot.app import Application, create_app, prepare
from bot.engine.queues import API, CLOCK, POSTS
from bot.services.context import Rules
from bot.settings import Settings
from bot.simulator import Simulator
from bot.simulator.entities import Person
from bot.simulator.server import RunningServer, serve
from bot.simulator.switches import change, reset
from bot.simulator.webex.messages import shown as as_answered
from bot.webex import registrations

SECRET = "a-webhook-secret-for-tests"
KEY = "a-signing-key-for-tests-0123456789abcdef"
PROVISIONING_ID = "ZjViMzYxODctYzhkZC00NzI3LThiMmYtZjljNDQ3ZjI5MDQ2OjQyODVmNTk0LTViNTEtNDdiZS05Mzk2LTZjMzZlMmFkODNhNQ"
PATIENCE = 15.0

_SOONER = text("UPDATE workflow_status SET delay_until_epoch_ms = delay_until_epoch_ms - :by WHERE status = 'DELAYED'")
_names = itertools.count(1)


class MovingClock:
    """The time, plus what a test has moved it forward by."""

    def __init__(self) -> None:
        self.offset = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.offset


class Bot:
    """A running bot and the world in which it lives."""

    def __init__(
        self,
        folder: Path,
        *,
        transport: httpx.BaseTransport | None = None,
        rules: Callable[[Rules], Rules] = lambda rules: rules,
        **variables: str,
    ) -> None:
        self.clock = MovingClock()
        self._gate: list[Application] = []
        # Webhooks are posted straight into the receiver: the same bytes and headers, no second server.
        self._sender = httpx.Client(transport=httpx.WSGITransport(self._receive))
        self.simulator = Simulator(sender=self._sender)
        self.server: RunningServer = serve(self.simulator)
        self.people = httpx.Client(base_url=f"{self.server.url}/v1/", trust_env=False, timeout=PATIENCE)
        self._folder = folder
        self._options: dict[str, Any] = {"transport": transport, "rules": rules}
        self.variables = variables
        self.changed = False
        self.application = self._start()
        registrations.ensure(self.application.gateway, public_url="http://bot.localhost", secret=SECRET)

    @property
    def settings(self) -> Settings:
        """The settings that it runs with."""
        return Settings.read(
            {
                "WEBEX_TEAMS_ACCESS_TOKEN": self.simulator.bot.token,
                "WEBEX_BASE_URL": f"{self.server.url}/v1/",
                "WEBEX_WEBHOOK_SECRET": SECRET,
                "BROADWORKS_BASE_URL": f"{self.server.url}/v1/",
                "BROADWORKS_ACCESS_TOKEN": self.simulator.broadworks_token,
                "DATABASE_URL": f"sqlite:///{self._folder}/bot.sqlite",
                "BOT_SECRET_KEYS": KEY,
                "BOT_ALLOWED_DOMAINS": "example.com",
                "BOT_ADMINS": "cleo@example.com",
                "BOT_ENVIRONMENT": "test",
                **self.variables,
            }
        )

    def restart(self, **variables: str) -> None:
        """Stop it and start it again on the same files, with other settings if any are named."""
        self._stop()
        # With other settings than it was made with, it is not the bot any more that a later test asks for.
        self.changed = self.changed or bool(variables)
        self.variables = {**self.variables, **variables}
        self.application = self._start()

    def hurry(self) -> None:
        """Let the engine look into inbox and queues now; it does so by itself, but not at once."""
        self.application.engine.wake()
        for queue in (API, POSTS, CLOCK):
            self.application.engine._doorbell.ring(queue)  # noqa: SLF001 - only a test cannot wait.

    def close(self) -> None:
        """Stop everything."""
        self.simulator.faults.clear()
        self._stop()
        self.simulator.close()
        self.people.close()
        self.server.close()
        self._sender.close()

    def _start(self) -> Application:
        prepare(self.settings)
        application = create_app(self.settings, clock=self.clock, **self._options)
        application.start()
        self._gate[:] = [application]
        return application

    def _stop(self) -> None:
        # With any patience at all the engine waits for a second, even when nothing is under way.
        self.application.stop(patience=5 if DBOS.list_workflows(status="PENDING", limit=1) else 0)

    def _receive(self, environ: Any, start_response: Any) -> Any:
        return self._gate[0].flask(environ, start_response)


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


@dataclass
class Chat:
    """One conversation's world: people of its own, a space of its own, so that tests do not meet each other."""

    bot: Bot
    people: dict[str, Person] = field(default_factory=dict)
    rooms: dict[str, str] = field(default_factory=dict)
    turn: int = field(init=False)
    _past: set[str] = field(default_factory=set)
    _mark: int = 0

    def __post_init__(self) -> None:
        self.turn = next(_names)
        for name in ("ann", "bob", "cleo"):
            email = "cleo@example.com" if name == "cleo" else f"{name}{self.turn}@example.com"
            self.people[name] = self._person(f"{name.capitalize()} Test{self.turn}", email=email)

    def space(self, name: str) -> str:
        """The id of a group space with everybody in it, made when it is first wanted; the bot's greeting is past."""
        if name not in self.rooms:
            members = [*self.people.values(), self.bot.simulator.bot]
            self.rooms[name] = self.bot.simulator.world.add_room(f"{name} {self.turn}", members=members).id
            self._past.add(self.expect(name).id)
        return self.rooms[name]

    def _person(self, name: str, *, email: str, kind: Any = "person") -> Person:
        world = self.bot.simulator.world
        key = email.partition("@")[0]
        return world.person_with(email=email) or world.add_person(name, email=email, key=key, kind=kind)

    def stranger(self, name: str, *, email: str, kind: Any = "person") -> None:
        """Somebody from outside comes into the support space."""
        room = self.space("support")
        self.people[name] = self._person(name, email=email, kind=kind)
        self.bot.simulator.world.add_member(room, self.people[name])

    def close(self) -> None:
        """Let nothing that went wrong on purpose outlive this chat."""
        self.bot.simulator.faults.clear()
        reset(self.bot.simulator.switches)

    # What people do.

    def say(self, who: str, words: str, *, space: str = "", thread: str | None = None, mention: bool = True) -> str:
        """Write a line: directly to the bot, or in a group space after mentioning it; returns the message's id."""
        body: dict[str, Any] = {"parentId": thread} if thread else {}
        if space:
            address = f"<@personId:{self.bot.simulator.bot.id}|Provisioning> " if mention else ""
            body |= {"roomId": self.space(space), "markdown": address + words}
        else:
            body |= {"toPersonId": self.bot.simulator.bot.id, "text": words}
        self._mark_time()
        message = self.call(who, "POST", "messages", json=body).json()
        if not space:
            self.rooms[who] = message["roomId"]
        return str(message["id"])

    def submit(self, who: str, shown: Shown, button: str, **inputs: str) -> str:
        """Press a button with the values that stand in the card, and those given here instead."""
        values = {name: value for name, value in shown.inputs.items() if value}
        typed = {name.replace("__", "."): value for name, value in inputs.items()}
        return self.act(who, shown, {**values, **typed, **shown.data(button)})

    def press(self, who: str, shown: Shown, button: str) -> str:
        """Press a button."""
        return self.submit(who, shown, button)

    def act(self, who: str, shown: Shown, inputs: dict[str, Any]) -> str:
        """Send raw inputs as if they came from the card; returns the action's id."""
        self._mark_time()
        body = {"type": "submit", "messageId": shown.id, "inputs": inputs}
        return str(self.call(who, "POST", "attachment/actions", json=body).json()["id"])

    def forward(self, by: timedelta) -> None:
        """Let time pass: the clocks move, what was put off comes nearer by as much, and what is due begins at once."""
        self.bot.clock.offset += by
        self.bot.simulator.clock.forward(by.total_seconds())
        with self.bot.application.database.transaction() as session:
            # The engine can change the delay of one workflow after the other, which takes too long.
            session.execute(_SOONER, {"by": int(by.total_seconds() * 1000)})
        # The engine would find what is due by itself, within a second.
        _get_dbos_instance()._sys_db.transition_delayed_workflows()  # noqa: SLF001 - nothing public hurries it.
        self.bot.hurry()

    # What people see.

    def shown(self, space: str, *, after: int = 0) -> list[Shown]:
        """The bot's messages in a space, oldest first; looking leaves no trace in the record of calls."""
        world, author = self.bot.simulator.world, self.bot.simulator.bot
        room = self.rooms.get(space)
        with world.lock:
            of_bot = [each for each in world.messages.values() if each.room.id == room and each.author == author]
            new = [each for each in of_bot if each.id not in self._past and each.number > after]
            return [Shown(as_answered(each)) for each in sorted(new, key=lambda each: each.number)]

    def now(self, shown: Shown) -> Shown | None:
        """A message as it stands now; None if it is gone."""
        world = self.bot.simulator.world
        with world.lock:
            found = world.messages.get(shown.id)
            return Shown(as_answered(found)) if found else None

    def expect(self, space: str, *words: str, within: float = PATIENCE) -> Shown:
        """Wait for the newest message in a space, since somebody last said or pressed something, to say these words."""
        seen: list[Shown] = []

        def found() -> Shown | None:
            seen[:] = self.shown(space, after=self._mark)
            return next((each for each in seen[-1:] if all(word in each.text for word in words)), None)

        return self._wait(found, lambda: "\n---\n".join(each.text for each in seen), words, within=within)

    def expect_form(self, space: str, value: str) -> Shown:
        """Wait for the newest message in a space, however old, to be a form in which this value stands."""

        def found() -> Shown | None:
            last = self.shown(space)[-1]
            return last if value in last.inputs.values() else None

        return self._wait(found, lambda: self.shown(space)[-1].text, (value,), within=PATIENCE)

    def expect_on(self, shown: Shown, *words: str, within: float = PATIENCE) -> Shown:
        """Wait for one message of the bot to say all of these words after an edit."""
        seen: list[str] = []

        def found() -> Shown | None:
            now = self.now(shown)
            seen[:] = [now.text] if now else []
            return now if now and all(word in now.text for word in words) else None

        return self._wait(found, lambda: "\n".join(seen), words, within=within)

    def _mark_time(self) -> None:
        world = self.bot.simulator.world
        with world.lock:
            self._mark = max((each.number for each in world.messages.values()), default=0)

    def _wait(
        self, found: Callable[[], Shown | None], seen: Callable[[], str], words: tuple[str, ...], *, within: float
    ) -> Shown:
        try:
            return self.bot.simulator.wait_for(found, timeout=within)  # type: ignore[return-value]  # It waits until it is there.
        except TimeoutError:
            raise AssertionError(f"Nobody was shown {words}. The bot showed:\n{seen()}") from None

    def settle(self, *, queue: str | None = None) -> None:
        """Wait until nothing is under way: no webhook, no event, no workflow that is due, in all queues or in one."""

        def resting() -> bool:
            self.bot.simulator.wait_idle(PATIENCE)
            busy = DBOS.list_workflows(
                status=["ENQUEUED", "PENDING"], queue_name=queue, limit=1, load_input=False, load_output=False
            )
            return not busy and not self.bot.application.inbox.counts()["new"]

        self.until(resting)

    def until(self, so: Callable[[], Any]) -> None:
        """Wait until something is so that the simulated world does not notice."""
        end = time.monotonic() + PATIENCE
        while not so():
            if time.monotonic() > end:
                raise AssertionError("The bot does not come to that.")
            self.bot.hurry()
            time.sleep(0.02)

    def quiet(self) -> None:
        """Wait until nothing is under way, and begin a new record of calls."""
        self.settle()
        self.bot.simulator.calls.clear()

    def calls(self, service: str) -> list[str]:
        """The bot's API calls since the record was cleared, as "METHOD path status"."""
        seen = self.bot.simulator.calls.to(service)
        return [f"{each.method} {each.path} {each.status}" for each in seen if each.person in {"bot", "broadworks"}]

    def sent(self, path: str) -> list[Any]:
        """The bodies that the bot has sent to a path of the provisioning API, whatever became of them."""
        return [each.body for each in self.bot.simulator.calls.to("broadworks", "POST", path)]

    def workspaces(self, user_id: str) -> list[Any]:
        """What was created under a user id."""
        return [each for each in self.bot.simulator.broadworks.workspaces if each["userId"] == user_id]

    def call(self, who: str, method: str, path: str, *, check: bool = True, **options: Any) -> httpx.Response:
        """Call Webex as a person."""
        headers = {"Authorization": f"Bearer {self.people[who].token}"}
        answer = self.bot.people.request(method, path, headers=headers, **options)
        if check:
            answer.raise_for_status()
        return answer

    def fault(self, **how: Any) -> Any:
        """Let the simulated world misbehave; the path is a regular expression without /v1."""
        return self.bot.simulator.faults.add(**how)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Meanwhile nothing reaches the bot, so that what goes wrong next goes wrong for it and not for the people."""
        self.bot.simulator.webhook_faults.hold = True
        try:
            yield
        finally:
            self.bot.simulator.webhook_faults.hold = False
            self.bot.simulator.world.touch()

    def switch(self, **switches: Any) -> None:
        """Let the simulated world behave in another of its ways."""
        change(self.bot.simulator.switches, switches)


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
