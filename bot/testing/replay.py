"""Replays a dialogue file in a fresh playground: does what people did and compares, word for word, what is shown."""

import copy
import difflib
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import BotError
from bot.playing import Playground, playground
from bot.simulator.dialogues import dialogue as files
from bot.simulator.dialogues.dialogue import BadDialogue, Dialogue, Numbers, matches, normalised
from bot.simulator.dialogues.parsing import Loader
from bot.simulator.dialogues.reading import Reading
from bot.simulator.dialogues.steps import Forwards, Gone, Presses, Says, Shows, Step
from bot.simulator.dialogues.telling import Teller
from bot.testing.acting import CannotAct, Hands, button_of
from bot.testing.resting import at_work, follow, rest
from bot.testing.watching import Sight, Watch

PATIENCE = 15.0
"""Seconds in which the bot must have shown what a step says."""

_SURE = 2.0
"""Seconds: a bot that has had nothing to do for so long shows nothing more by itself."""

_LOOK_EVERY = 0.2


@dataclass(frozen=True)
class Script:
    """A dialogue file that was read; ``lines`` are where its steps begin."""

    path: Path
    dialogue: Dialogue
    lines: tuple[int, ...]


@dataclass(frozen=True)
class Done:
    """A step that went as the file says."""

    number: int
    line: int
    words: str


class WentOtherwise(Exception):
    """A step that did not go as the file says: ``why`` in a sentence, and the difference, if any, line by line."""

    def __init__(self, done: Done, *, why: str, difference: str = "") -> None:
        told = f"Step {done.number} (line {done.line}): {why}"
        super().__init__(printable("\n".join(filter(None, [told, difference]))))
        self.done = done


class CannotRead(BotError):
    """A file that cannot be replayed; says why, and where in it."""


def read(path: Path) -> Script:
    """The dialogue in a file; raises CannotRead."""
    try:
        with path.open(encoding="utf-8") as file:
            # A sign more than there may be: a file without end is refused, not read.
            text = file.read(files.MOST + 1)
        dialogue = files.load(text)
    except OSError as exc:
        raise CannotRead(printable(f"{path}: {exc.strerror or exc}.")) from exc
    except UnicodeDecodeError as exc:
        raise CannotRead(printable(f"{path}: The file is not text in UTF-8.")) from exc
    except BadDialogue as exc:
        raise CannotRead(printable(f"{path}: line {exc.line}: {exc.why}")) from exc
    return Script(path, dialogue, _lines(text))


def printable(text: str) -> str:
    """What a file or the bot says, without signs that would do something to a terminal."""
    return "".join(sign if sign.isprintable() or sign == "\n" else ascii(sign)[1:-1] for sign in text)


def replay(script: Script, *, tell: Callable[[Done], None] = lambda _: None, patience: float = PATIENCE) -> None:
    """Do in a world of its own, with a bot in a process of its own, what the file says; raises WentOtherwise.

    ``tell`` is called after each step that went well.
    """
    with playground() as ground:
        replay_in(ground, script, tell=tell, patience=patience)


def replay_in(
    ground: Playground, script: Script, *, tell: Callable[[Done], None] = lambda _: None, patience: float = PATIENCE
) -> None:
    """The same in a world in which nobody has said anything yet."""
    with closing(Hands(ground)) as hands:
        _Replay(script, ground, hands, patience=patience).run(tell)


class _Replay:
    """One run: which message of the file is which message of this world, and how it stood when last compared."""

    def __init__(self, script: Script, ground: Playground, hands: Hands, *, patience: float) -> None:
        self._script = script
        self._ground = ground
        self._simulator = ground.simulator
        self._hands = hands
        self._patience = patience
        self._watch = Watch(ground.simulator)
        self._teller = _teller(ground)
        self._numbers = Numbers()
        self._ids: dict[int, str] = {}
        self._at: dict[str, int] = {}
        self._last: dict[int, tuple[Done, Shows | Gone]] = {}

    def run(self, tell: Callable[[Done], None]) -> None:
        """Step by step, and a look at what is there in the end."""
        done = Done(0, 1, "")
        for number, (line, step) in enumerate(zip(self._script.lines, self._script.dialogue.steps, strict=True), 1):
            done = Done(number, line, self._told(step))
            try:
                self._take(step, done)
            except CannotAct as exc:
                raise WentOtherwise(done, why=f"{done.words}\n{exc}") from exc
            tell(done)
        self._look_back(done)

    def _take(self, step: Step, done: Done) -> None:
        if not isinstance(step, Shows | Gone):
            rest(self._ground)
        match step:
            case Shows():
                self._last[step.shown] = (done, step)
                self._await(lambda: self._seen(step), done, step)
            case Gone():
                self._last[step.shown] = (done, step)
                self._await(lambda: self._watch.now(self._ids[step.shown]) is None, done, step)
            case Says():
                thread = self._ids[step.thread] if step.thread else None
                self._ids[step.message] = self._hands.say(step, words=self._numbers.spoken(step.says), thread=thread)
            case Presses():
                self._press(step)
            case Forwards():
                self._hands.change(step)
                follow(self._ground)
            case _:
                self._hands.change(step)

    def _press(self, step: Presses) -> None:
        """On the message as it stands; if an edit has overtaken it, as it stood when it was compared."""
        message = self._ids[step.on]
        compared = self._watch.sights(message)[self._at[message]]
        readings = [sight.reading for sight in (self._watch.now(message), compared) if sight is not None]
        reading, button = button_of(readings, so=lambda title: self._same(step.presses, title, title=True))
        typed = {name: self._numbers.spoken(value) for name, value in step.typed.items()}
        self._hands.press(step.who, message=message, inputs=reading.pressed(button, typed))

    # What is shown.

    def _await(self, so: Callable[[], bool], done: Done, step: Shows | Gone) -> None:
        began = worked = time.monotonic()
        while not self._comes(so):
            now = time.monotonic()
            if at_work(self._ground, within=self._patience):
                worked = now
            if now - began > self._patience or now - worked > _SURE:
                why, difference = self._difference(step, over=now - began > self._patience)
                raise WentOtherwise(done, why=why, difference=difference)

    def _comes(self, so: Callable[[], bool]) -> bool:
        try:
            return self._simulator.wait_for(so, timeout=min(_LOOK_EVERY, self._patience))
        except TimeoutError:
            return False

    def _seen(self, step: Shows) -> bool:
        """Some message has stood so since it was last compared; learns which message it is."""
        for message in self._candidates(step):
            sights, start = self._watch.sights(message), self._at.get(message, 0)
            for index in range(start, len(sights)):
                if self._matches(step, sights[index]):
                    self._ids[step.shown], self._at[message] = message, index
                    return True
        return False

    def _candidates(self, step: Shows) -> list[str]:
        if step.shown in self._ids:
            return [self._ids[step.shown]]
        known = set(self._ids.values())
        return [message for message in self._watch.of_room(self._hands.place(step.where)) if message not in known]

    def _matches(self, step: Shows, sight: Sight | None) -> bool:
        """If all of it is the same, the numbers of requests in it have been learnt, else none of them."""
        if sight is None or (step.thread is not None and sight.root != self._ids[step.thread]):
            return False
        numbers = copy.deepcopy(self._numbers)
        seen = sight.reading
        same = (
            len(step.buttons) == len(seen.titles)
            and step.inputs.keys() == seen.inputs.keys()
            and matches(step.reads, seen.text, numbers)
            and all(
                matches(one, other, numbers, title=True) for one, other in zip(step.buttons, seen.titles, strict=True)
            )
            and all(matches(value, seen.inputs[name], numbers) for name, value in step.inputs.items())
        )
        if same:
            self._numbers = numbers
        return same

    def _same(self, recorded: str, seen: str, *, title: bool) -> bool:
        return matches(recorded, seen, copy.deepcopy(self._numbers), title=title)

    def _look_back(self, end: Done) -> None:
        """What was compared in passing must have come to stand so, and nothing else may be there."""
        rest(self._ground)
        for number, (done, step) in self._last.items():
            now = self._watch.now(self._ids[number])
            if (now is None) is not isinstance(step, Gone):
                raise WentOtherwise(done, why=f"In the end message {number} is {'gone' if now is None else 'there'}.")
            if isinstance(step, Shows) and not self._matches(step, now):
                why = f"Message {number} was so for a moment, and reads otherwise in the end."
                raise WentOtherwise(done, why=why, difference=self._compared(step, now))
        known = set(self._ids.values())
        for name, room in self._simulator.spaces.items():
            for message in self._watch.of_room(room):
                now = self._watch.now(message)
                if message not in known and now is not None:
                    why = f"By then the bot has shown a message in {name} of which the file says nothing:"
                    raise WentOtherwise(end, why=why, difference="\n".join(_lines_of(now.reading)))

    # What is told.

    def _told(self, step: Step) -> str:
        _, before = self._last.get(step.shown, (None, None)) if isinstance(step, Shows) else (None, None)
        told = self._teller.tell(step, before=before if isinstance(before, Shows) else None)
        buttons = "".join(f" [{title}]" for title in told["buttons"])
        return printable(f"{told['who']}: {told['words']}{buttons}")

    def _difference(self, step: Shows | Gone, *, over: bool) -> tuple[str, str]:
        within = f"within {self._patience:g} seconds" if over else "before the bot came to rest"
        if isinstance(step, Gone):
            return f"Message {step.shown} did not go away {within}.", ""
        sights = [(message, self._watch.now(message)) for message in self._candidates(step)]
        standing = [sight for _, sight in sights if sight is not None]
        if not standing:
            return f"Nothing new was shown in {step.where} {within}.", self._compared(step, None)
        nearest = max(standing, key=lambda sight: self._likeness(step, sight))
        return f"Message {step.shown} in {step.where} did not come to read so {within}.", self._compared(step, nearest)

    def _likeness(self, step: Shows, sight: Sight) -> float:
        return difflib.SequenceMatcher(None, self._wanted(step), _lines_of(sight.reading)).ratio()

    def _wanted(self, step: Shows) -> list[str]:
        """As the file has it, but with the numbers that the requests have here."""
        reads = self._numbers.spoken(normalised(step.reads))
        buttons = tuple(self._numbers.title(title) for title in step.buttons)
        return _listed(reads, buttons, dict(step.inputs))

    def _compared(self, step: Shows, sight: Sight | None) -> str:
        seen = _lines_of(sight.reading) if sight else []
        wanted = self._wanted(step)
        if wanted == seen and sight is not None:
            return f"It reads so, but stands in another thread than that of message {step.thread}."
        return "\n".join(difflib.unified_diff(wanted, seen, "in the file", "shown", n=2, lineterm=""))


def _lines(text: str) -> tuple[int, ...]:
    """Where the steps of a dialogue begin, counted from 1; the file has been read without a complaint."""
    loader = Loader(text)
    try:
        top: Any = loader.get_single_node()
        steps = next(value for key, value in top.value if key.value == "steps")
        return tuple(step.start_mark.line + 1 for step in steps.value)
    finally:
        loader.dispose()


def _teller(ground: Playground) -> Teller:
    simulator = ground.simulator
    return Teller(
        people={key: person.display_name for key, person in simulator.people.items()},
        spaces={name: simulator.world.rooms[room].title for name, room in simulator.spaces.items()},
        bot=simulator.bot.display_name,
    )


def _lines_of(reading: Reading) -> list[str]:
    return _listed(normalised(reading.text), reading.titles, reading.inputs)


def _listed(reads: str, buttons: tuple[str, ...], inputs: dict[str, str]) -> list[str]:
    """A message in lines that can be compared."""
    lines = reads.split("\n")
    if buttons:
        lines.append(f"buttons: {' | '.join(normalised(title) for title in buttons)}")
    return lines + [f"input {name}: {normalised(value)}" for name, value in inputs.items()]
