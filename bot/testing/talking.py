"""A dialogue as a test says it: people speak, submit and press; what the bot shows is waited for and compared."""

import itertools
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx

from bot.simulator.control.switches import change, reset
from bot.simulator.entities import Person
from bot.simulator.webex.messages import shown as as_answered
from bot.testing.running import PATIENCE, Bot
from bot.testing.shown import Shown

_LOOK_AGAIN = 0.02
_names = itertools.count(1)


@dataclass
class Chat:
    """People, a bot and the spaces in which they meet.

    Ann is an agent, Bob another one, Cleo an administrator. A space is named by a word: "ann" is Ann's direct chat
    with the bot, any other word a group space with everybody in it, made when it is first wanted. Two chats with the
    same bot have people and spaces of their own and do not meet. What comes from the bot is waited for, so a test never
    sleeps; what does not come in time is an AssertionError that tells what came instead.
    """

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

    def stranger(self, name: str, *, email: str, kind: Any = "person") -> None:
        """Somebody from outside comes into the support space; ``kind`` is what Webex says, such as "bot"."""
        room = self.space("support")
        self.people[name] = self._person(name, email=email, kind=kind)
        self.bot.simulator.world.add_member(room, self.people[name])

    def close(self) -> None:
        """Let nothing that went wrong on purpose outlive this chat."""
        self.bot.simulator.faults.clear()
        reset(self.bot.simulator.switches)
        # What forms offer must not depend on what others have asked for.
        self.bot.application.context.enterprises.forget()

    # What people do.

    def say(self, who: str, words: str, *, space: str = "", thread: str | None = None, mention: bool = True) -> str:
        """Write a line: directly to the bot, or in a group space after mentioning it; returns the message's id.

        ``thread`` is the id of the message that it answers.
        """
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
        """Press a button with the values that stand in the card, and those given here instead.

        Inputs are named by their ids; ``__`` stands for a dot in one. Returns the id of the attachment action.
        """
        typed = {name.replace("__", "."): value for name, value in inputs.items()}
        return self.act(who, shown, shown.pressed(button, typed))

    def press(self, who: str, shown: Shown, button: str) -> str:
        """Press a button, with the values that stand in the card."""
        return self.submit(who, shown, button)

    def act(self, who: str, shown: Shown, inputs: dict[str, Any]) -> str:
        """Send raw inputs as if they came from the card; returns the action's id."""
        self._mark_time()
        body = {"type": "submit", "messageId": shown.id, "inputs": inputs}
        return str(self.call(who, "POST", "attachment/actions", json=body).json()["id"])

    def call(self, who: str, method: str, path: str, *, check: bool = True, **options: Any) -> httpx.Response:
        """Call Webex as a person; HTTPStatusError where it refuses, unless ``check`` is off."""
        headers = {"Authorization": f"Bearer {self.people[who].token}"}
        answer = self.bot.people.request(method, path, headers=headers, **options)
        if check:
            answer.raise_for_status()
        return answer

    # What people see.

    def expect(self, space: str, *words: str, within: float = PATIENCE) -> Shown:
        """Wait for the newest message in a space, since somebody last said or pressed something, to say these words."""
        seen: list[Shown] = []

        def found() -> Shown | None:
            seen[:] = self.shown(space, after=self._mark)
            return next((each for each in seen[-1:] if all(word in each.text for word in words)), None)

        return self._wait(found, lambda: "\n---\n".join(each.text for each in seen), words, within=within)

    def expect_on(self, shown: Shown, *words: str, within: float = PATIENCE) -> Shown:
        """Wait for one message of the bot to say all of these words after an edit; returns it as it stands then."""
        seen: list[str] = []

        def found() -> Shown | None:
            now = self.now(shown)
            seen[:] = [now.text] if now else []
            return now if now and all(word in now.text for word in words) else None

        return self._wait(found, lambda: "\n".join(seen), words, within=within)

    def expect_form(self, space: str, value: str) -> Shown:
        """Wait for the newest message in a space, however old, to be a form in which this value stands."""

        def found() -> Shown | None:
            last = self.shown(space)[-1]
            return last if value in last.inputs.values() else None

        return self._wait(found, lambda: self.shown(space)[-1].text, (value,), within=PATIENCE)

    def card(self, space: str) -> Shown:
        """The newest message in a space that has a card, however old; waits for the first one if there is none."""

        def found() -> Shown | None:
            return next((each for each in reversed(self.shown(space)) if each.message.get("attachments")), None)

        return self._wait(found, lambda: "\n---\n".join(each.text for each in self.shown(space)), ("a card",))

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

    # What the world does to the bot.

    def forward(self, by: timedelta) -> None:
        """Let time pass: the clocks move, what was put off comes nearer by as much, and what is due begins at once."""
        self.bot.forward(by)

    def fault(self, **how: Any) -> Any:
        """Let coming API calls go wrong; returns the fault, of which ``hits`` counts the calls that it met.

        ``service`` is "webex" or "broadworks". ``kind`` is one of latency, hang (for ``seconds``), drop_before,
        drop_after (the connection breaks before or after the call was carried out), status, html, empty, broken_json,
        body (another answer). ``method`` and ``path`` say which calls, the path as a regular expression for all of it
        without /v1, ``person`` whose ("bot"); ``times`` says how many of them, all unless it is given. ``status``,
        ``retry_after``, ``headers`` and ``body`` say more of the answer.
        """
        return self.bot.simulator.faults.add(**how)

    def switch(self, **switches: Any) -> None:
        """Let the simulated world behave in another of its ways, such as ``workspaces_scope=False``."""
        change(self.bot.simulator.switches, switches)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Meanwhile nothing reaches the bot, so that what goes wrong next goes wrong for it and not for the people."""
        self.bot.simulator.webhook_faults.hold = True
        try:
            yield
        finally:
            self.bot.simulator.webhook_faults.hold = False
            self.bot.simulator.world.touch()

    # What the bot does to the world.

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

    def settle(self, *, queue: str | None = None) -> None:
        """Wait until nothing is under way: no webhook, no event, no work that is due, in all queues or in one."""

        def resting() -> bool:
            self.bot.simulator.wait_idle(PATIENCE)
            return self.bot.application.engine.resting(queue)

        self.until(resting)

    def quiet(self) -> None:
        """Wait until nothing is under way, and begin a new record of calls."""
        self.settle()
        self.bot.simulator.calls.clear()

    def until(self, so: Callable[[], Any]) -> None:
        """Wait until something is so that the simulated world does not notice."""
        end = time.monotonic() + PATIENCE
        while not so():
            if time.monotonic() > end:
                raise AssertionError("The bot does not come to that.")
            self.bot.hurry()
            time.sleep(_LOOK_AGAIN)

    def _person(self, name: str, *, email: str, kind: Any = "person") -> Person:
        world = self.bot.simulator.world
        key = email.partition("@")[0]
        return world.person_with(email=email) or world.add_person(name, email=email, key=key, kind=kind)

    def _mark_time(self) -> None:
        world = self.bot.simulator.world
        with world.lock:
            self._mark = max((each.number for each in world.messages.values()), default=0)

    def _wait(
        self,
        found: Callable[[], Shown | None],
        seen: Callable[[], str],
        words: tuple[str, ...],
        *,
        within: float = PATIENCE,
    ) -> Shown:
        try:
            return self.bot.simulator.wait_for(found, timeout=within)  # type: ignore[return-value]  # It waits until it is there.
        except TimeoutError:
            raise AssertionError(f"Nobody was shown {words}. The bot showed:\n{seen()}") from None
