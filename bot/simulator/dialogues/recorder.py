"""Writes down what is said, pressed and shown in the simulated world, as the steps of a dialogue."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal

from flask import Blueprint, Response, g, has_request_context, request

from bot.simulator.dialogues.conditions import beginning, between, conditions, ended
from bot.simulator.dialogues.haste import Haste
from bot.simulator.dialogues.reading import Button, Reading, read
from bot.simulator.dialogues.sameness import normalised
from bot.simulator.dialogues.steps import Breaks, Dialogue, Gone, Orders, Presses, Says, Shows, Step
from bot.simulator.entities import Action, Change, Message, Person, Room
from bot.simulator.webex.markup import plain
from bot.simulator.webex.messages import shown

if TYPE_CHECKING:
    from bot.simulator.simulator import Simulator

KEPT = 2_000
HINT = "recording"
_WARNINGS_KEPT = 20
_FULL = f"The recording is full: only its first {KEPT:,} steps are kept. Begin anew to record what comes now."
_MENTION = re.compile(r'<spark-mention data-object-type="person" data-object-id="([^"]+)">[^<]*</spark-mention>')
_ALL = re.compile(r'<spark-mention data-object-type="groupMention"[^>]*>[^<]*</spark-mention>')
_AT = re.compile(r"(?<![\w.@])@(\w+)\b")
_ORDERS: dict[str, Literal["kill", "start"]] = {"kill": "kill", "died": "kill", "starting": "start"}


class Recorder:
    """Everything is noted while the world's lock is held.

    Between two acts of people only the last state of each message of the bot counts: how often it was edited on the
    way there differs from run to run. What cannot be replayed is told in `warnings`.
    """

    def __init__(self, sim: "Simulator", kept: int = KEPT) -> None:
        self._sim = sim
        self._kept = kept
        self._people = {person.id: person.key for person in sim.people.values()}
        self.haste = Haste(sim)
        self.begun = 0
        self.begin_anew()
        sim.world.listen(self._hear)
        sim.feed.overhear(self._ordered)

    def begin_anew(self) -> None:
        """Forget everything; what is wrong in the world now becomes the first steps."""
        with self._sim.world.lock:
            self.begun += 1
            self.warnings: list[str] = []
            self._steps: list[Step] = []
            self._numbers: dict[str, int] = {}
            self._readings: dict[str, Reading] = {}
            self._buttons: dict[str, list[Button]] = {}
            self._recorded: set[str] = set()
            # A message's newest state; None once it is gone.
            self._fresh: dict[str, Shows | None] = {}
            self._turn = 0
            self._conditions = conditions(self._sim)
            for step in beginning(self._conditions):
                self._add(step)
            if self._sim.bot_process is not None and not self._sim.bot_process.running:
                self._add(Orders("kill"))

    @property
    def settled(self) -> list[Step]:
        """What happened up to the last act of somebody: this stays as it is."""
        with self._sim.world.lock:
            return list(self._steps)

    @property
    def unsettled(self) -> list[Step]:
        """What the bot has shown since then."""
        with self._sim.world.lock:
            return list(self._due(self._fresh))

    def dialogue(self, title: str) -> Dialogue:
        """All that was recorded so far; if the bot is at work, what comes shortly is waited for."""
        if not self.haste.over():
            self._warn("Saved while the bot was still at work: what it has shown later is missing in that file.")
            self._sim.feed.hint(HINT)
        with self._sim.world.lock:
            return Dialogue(title, tuple([*self.settled, *self.unsettled][: self._kept]))

    def watch(self, control: Blueprint) -> None:
        """Takes note of what is changed through these routes, whichever of them does it."""
        control.before_request(self._before)
        control.after_request(self._after)

    # What happens in spaces.

    def _hear(self, change: Change) -> None:
        if change.resource not in {"messages", "attachmentActions"}:
            return
        if len(self._steps) + len(self._fresh) >= self._kept:
            self._warn(_FULL)
        elif change.data["personId"] == self._sim.bot.id:
            self._shown(change)
        else:
            self._done(change)
        self._sim.feed.hint(HINT)

    def _done(self, change: Change) -> None:
        if self.haste.now(change):
            self._warn(f"Somebody went on {_HASTY}")
        if change.resource == "attachmentActions":
            self._pressed(self._sim.world.actions[change.data["id"]])
        else:
            self._said(change)

    def _said(self, change: Change) -> None:
        who, where = self._known(change.actor, change.room)
        if who is None or where is None:
            return
        if change.event != "created":
            self._warn(f"{change.actor.display_name} has {_DONE[change.event]} a message: that cannot be replayed.")
            return
        message = self._sim.world.messages[change.data["id"]]
        if message.files or message.attachments:
            self._warn(f"{change.actor.display_name} has sent a file or a card: only the words can be replayed.")
        if not message.text:
            return
        thread = self._thread(message)
        self._act(Says(who, self._words(message), where, self._number(message.id), thread))

    def _pressed(self, action: Action) -> None:
        who, where = self._known(action.person, action.message.room)
        if who is None or where is None:
            return
        message_id, name = action.message.id, action.person.display_name
        if message_id not in self._readings:
            self._warn(f"{name} has pressed a button of a message that is not in this recording: that is left out.")
            return
        button = self._button(message_id, action.inputs)
        if button is None:
            self._warn(f"{name} has sent what no button of the card sends: that is left out.")
            return
        standing = self._readings[message_id].inputs
        typed = {key: str(value) for key, value in action.inputs.items() if key not in button.data}
        changed = {key: value for key, value in typed.items() if value != standing.get(key, "")}
        self._act(Presses(who, button.title, self._numbers[message_id], changed))

    def _shown(self, change: Change) -> None:
        message_id = str(change.data["id"])
        where = self._where(change.room)
        if where is None:
            self._warn_of_space(change.room)
            return
        if change.event == "deleted":
            if message_id in self._readings:
                self._fresh[message_id] = None
            return
        if change.event != "created" and message_id not in self._readings:
            # It was shown before this recording began.
            return
        message = self._sim.world.messages[message_id]
        reading = read(shown(message))
        self._readings[message_id] = reading
        self._buttons.setdefault(message_id, []).extend(button for button in reading.buttons if button.submits)
        state = Shows(
            shown=self._number(message_id),
            where=where,
            reads=normalised(reading.text),
            buttons=tuple(normalised(title) for title in reading.titles),
            inputs={name: normalised(value) for name, value in reading.inputs.items()},
            thread=self._thread(message),
        )
        self._fresh[message_id] = state

    # Putting it down.

    def _act(self, step: Step) -> None:
        self._settle(self._fresh)
        now = conditions(self._sim)
        for by_itself in ended(self._conditions, now):
            self._add(by_itself)
        self._conditions = now
        self._add(step)

    def _settle(self, states: dict[str, "Shows | None"]) -> None:
        """What was shown by then, before what somebody did."""
        for step in list(self._due(states)):
            self._add(step)
        for message_id, state in list(states.items()):
            self._recorded.add(message_id)
            if self._fresh.get(message_id) is state:
                del self._fresh[message_id]
        self._turn += 1

    def _due(self, states: dict[str, "Shows | None"]) -> Iterator[Step]:
        for message_id, state in sorted(states.items(), key=lambda each: self._numbers[each[0]]):
            if state is None and message_id in self._recorded:
                yield Gone(self._numbers[message_id])
            elif state is not None:
                # Even if it looks the same: whoever replays this must wait for it.
                yield state

    def _add(self, step: Step) -> None:
        if len(self._steps) < self._kept:
            self._steps.append(step)
        else:
            self._warn(_FULL)

    def _warn(self, words: str) -> None:
        if words not in self.warnings and len(self.warnings) < _WARNINGS_KEPT:
            self.warnings.append(words)

    # Names and numbers.

    def _known(self, person: Person, room: Room) -> tuple[str | None, str | None]:
        who, where = self._people.get(person.id), self._where(room)
        if who is None:
            self._warn(f"{person.display_name} is not of this playground: what they do is left out.")
        elif where is None:
            self._warn_of_space(room)
        return who, where

    def _warn_of_space(self, room: Room) -> None:
        name = f"The space “{room.title}”" if room.title else "A direct chat"
        self._warn(f"{name} is not of this playground: what happens there is left out.")

    def _where(self, room: Room) -> str | None:
        return next((name for name, room_id in self._sim.spaces.items() if room_id == room.id), None)

    def _number(self, message_id: str) -> int:
        return self._numbers.setdefault(message_id, len(self._numbers) + 1)

    def _thread(self, message: Message) -> int | None:
        if message.root and message.root not in self._numbers:
            self._warn("A message answers one that is not in this recording: it is replayed outside of the thread.")
        return self._numbers.get(message.root or "")

    def _words(self, message: Message) -> str:
        """The line as it was typed, with the keys of those whom it mentions."""
        names = {**self._people, self._sim.bot.id: self._sim.bot.key}
        if message.html:
            html = _MENTION.sub(lambda found: f"@{names.get(found[1], 'somebody')}", message.html)
            return plain(_ALL.sub("@all", html))
        if {"all", *names.values()} & set(_AT.findall(message.text)):
            self._warn("An @ was written that mentioned nobody: replayed, it is a mention.")
        return message.text

    def _button(self, message_id: str, inputs: dict[str, Any]) -> Button | None:
        """The newest button that the card ever had and whose data was sent; of two, the one with more to say."""
        found = [
            button
            for button in reversed(self._buttons[message_id])
            if all(name in inputs and inputs[name] == value for name, value in button.data.items())
        ]
        return max(found, key=lambda button: len(button.data), default=None)

    # What is changed about the world itself.

    def _ordered(self, event: str, data: dict[str, Any]) -> None:
        """A start is noted when it begins: while the bot comes up, it shows what it had still to show."""
        order = _ORDERS.get(data.get("kind", "")) if event == "bot" else None
        if order:
            noted = g.get("recorder") if has_request_context() else None
            if order == "kill" and (data["kind"] == "died" or (noted and noted[-1])):
                self._warn(f"The bot ended {_HASTY}")
            with self._sim.world.lock:
                self._act(Orders(order))
            self._sim.feed.hint(HINT)

    def _before(self) -> None:
        if request.method != "GET":
            hasty = self.haste.now()
            with self._sim.world.lock:
                g.recorder = (conditions(self._sim), dict(self._fresh), self._turn, hasty)

    def _after(self, response: Response) -> Response:
        noted = g.pop("recorder", None)
        if noted is None or response.status_code >= 300:
            return response
        with self._sim.world.lock:
            if request.path.startswith("/control/subscribers"):
                self._warn("Subscribers were made, or their users did something: that cannot be replayed.")
            before, fresh, turn, hasty = noted
            self._conditions = conditions(self._sim)
            steps = list(between(before, self._conditions))
            if steps:
                # Only what was shown before the change belongs before it.
                self._settle(fresh if turn == self._turn else self._fresh)
                if hasty:
                    self._warn(f"The world was changed {_HASTY}")
                for step in steps:
                    self._add(step)
                    if isinstance(step, Breaks) and step.fault.get("lasts"):
                        self._warn(_TIMED)
                self._sim.feed.hint(HINT)
        return response


_HASTY = "while the bot was still at work: a replay waits for it first, and may go otherwise."
_TIMED = "Calls went wrong for some seconds: a replay has a pace of its own, and other calls may go wrong in it."
_DONE = {"updated": "edited", "deleted": "deleted"}
