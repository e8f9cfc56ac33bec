"""The five steps of the guided tour: each watches what happens and ticks itself off on facts alone."""

from collections import Counter
from collections.abc import Callable
from typing import Any, ClassVar

from bot.simulator.calls import SeenCall
from bot.simulator.control.faults import WAITS
from bot.simulator.entities import Action, Message
from bot.simulator.provisioning.records import BroadWorks, Record
from bot.simulator.tour.cards import CardSeen

VALIDATE = "/broadworks/subscribers/validate"
WORKSPACES = "/broadworks/workspaces"

# What people call it to the bot: the only word of theirs that counts.
_PRECHECK = "precheck"


class Step:
    """`names` are the ticks in their order; whatever a step does not override means nothing to it."""

    key: ClassVar[str]
    names: ClassVar[tuple[str, ...]]

    def __init__(self, broadworks: BroadWorks) -> None:
        self._broadworks = broadworks
        self._ticked: set[str] = set()

    @property
    def done(self) -> bool:
        return self._ticked == set(self.names)

    def as_json(self) -> dict[str, Any]:
        ticks = [{"key": name, "done": name in self._ticked} for name in self.names]
        return {"key": self.key, "done": self.done, "ticks": ticks}

    def tick(self, *names: str) -> None:
        self._ticked.update(names)

    def said(self, message: Message) -> None:
        """Somebody wrote what the bot may read."""

    def drawn(self, message: Message, card: CardSeen) -> None:
        """The bot has posted a card, or put another one in its place."""

    def gone(self, message_id: str) -> None:
        """A message was deleted."""

    def pressed(self, action: Action, filled: tuple[str, ...]) -> None:
        """Somebody pressed a button of the bot's; `filled` is what they gave with it."""

    def called(self, call: SeenCall) -> None:
        """An API call was answered, or was not."""

    def stopped(self) -> None:
        """The bot was killed."""

    def started(self) -> None:
        """The bot runs again."""


class Precheck(Step):
    """Somebody asked for it, Webex said yes, and a card says so."""

    key = "precheck"
    names = ("said", "answered")

    def __init__(self, broadworks: BroadWorks) -> None:
        super().__init__(broadworks)
        self._checked: set[str] = set()

    def said(self, message: Message) -> None:
        if _PRECHECK in message.text.lower():
            self.tick("said")

    def called(self, call: SeenCall) -> None:
        if (call.method, call.path, call.status) == ("POST", VALIDATE, 200) and _is_answered(call):
            self._checked.add(_text(call.body, "email"))

    def drawn(self, message: Message, card: CardSeen) -> None:
        # A card that only says what is being checked has no facts yet.
        if not card.asks and card.facts & self._checked:
            self.tick("said", "answered")


class Mistake(Step):
    """A form came back with a complaint at its field, and went through once the same person had put it right."""

    key = "mistake"
    names = ("asked", "told", "right")

    def __init__(self, broadworks: BroadWorks) -> None:
        super().__init__(broadworks)
        self._pressers: dict[str, str] = {}
        self._told: dict[str, str] = {}
        self._tried: dict[str, tuple[str, ...]] = {}

    def pressed(self, action: Action, filled: tuple[str, ...]) -> None:
        if not filled:
            return
        message_id = action.message.id
        self._pressers.setdefault(message_id, action.person.id)
        if self._told.get(message_id) == action.person.id:
            self._tried[message_id] = filled

    def drawn(self, message: Message, card: CardSeen) -> None:
        if card.asks:
            self.tick("asked")
            presser = self._pressers.pop(message.id, None)
            if card.complains and presser:
                self.tick("told")
                self._told[message.id] = presser
            self._tried.pop(message.id, None)
        elif card.facts & set(self._tried.get(message.id, ())):
            self.tick("right")


class Workspace(Step):
    """A review was shown, its button pressed, a workspace made, and the card shows which."""

    key = "workspace"
    names = ("reviewed", "made", "shown")

    def __init__(self, broadworks: BroadWorks) -> None:
        super().__init__(broadworks)
        self._reviews: dict[str, CardSeen] = {}
        self._confirmed: list[CardSeen] = []
        self._made: set[str] = set()

    def drawn(self, message: Message, card: CardSeen) -> None:
        if card.asks:
            return
        if card.shows(*self._made):
            self.tick("shown")
        # A review says where the request would go, and has a button; one that was sent already asks how it ended.
        elif card.shows(WORKSPACES) and card.presses and not card.decides:
            self.tick("reviewed")
            self._reviews[message.id] = card

    def pressed(self, action: Action, filled: tuple[str, ...]) -> None:
        if review := self._reviews.pop(action.message.id, None):
            self._confirmed.append(review)

    def called(self, call: SeenCall) -> None:
        if not _is_write(call) or not _is_answered(call) or call.status != 200:
            return
        user_id = _text(call.body, "userId")
        made = _made_by(call, self._broadworks)
        if made and any(review.shows(user_id) for review in self._confirmed):
            self.tick("made")
            self._made.update(workspace["id"] for workspace in made)


class Restart(Step):
    """The bot was killed while a form was open, started, and then answered that very form."""

    key = "restart"
    names = ("open", "stopped", "back", "answered")

    def __init__(self, broadworks: BroadWorks) -> None:
        super().__init__(broadworks)
        self._open: set[str] = set()
        self._outlived: set[str] = set()
        self._running = True
        self._submitted: dict[str, tuple[str, ...]] = {}

    def drawn(self, message: Message, card: CardSeen) -> None:
        if card.asks:
            self.tick("open")
            self._open.add(message.id)
        elif message.id not in self._submitted:
            self.gone(message.id)
        elif card.shows(*self._submitted[message.id]):
            self.tick("answered")

    def gone(self, message_id: str) -> None:
        """It closed without an answer: then the step begins again with another form."""
        self._open.discard(message_id)
        self._outlived.discard(message_id)
        if not self._outlived and "answered" not in self._ticked:
            self._ticked = {"open"} if self._open else set()

    def stopped(self) -> None:
        self._running = False
        self._outlived = set(self._open)
        if self._outlived:
            self.tick("stopped")

    def started(self) -> None:
        self._running = True
        if self._outlived:
            self.tick("back")

    def pressed(self, action: Action, filled: tuple[str, ...]) -> None:
        # What is sent while nobody runs gets lost on its way to the bot, as with the real Webex.
        if self._running and action.message.id in self._outlived and filled:
            self._submitted[action.message.id] = filled
            self._open.discard(action.message.id)


class LostAnswer(Step):
    """A write was carried out and its answer lost; the card said so, was settled, and nothing was sent again."""

    key = "lost"
    names = ("lost", "unknown", "settled")

    def __init__(self, broadworks: BroadWorks) -> None:
        super().__init__(broadworks)
        self._sent: Counter[str] = Counter()
        self._made: dict[str, str] = {}
        self._unknown: dict[str, str] = {}

    def called(self, call: SeenCall) -> None:
        if not _is_write(call):
            return
        user_id = _text(call.body, "userId")
        self._sent[user_id] += 1
        made = _made_by(call, self._broadworks)
        if len(made) == 1 and not _is_answered(call):
            self.tick("lost")
            self._made[user_id] = made[0]["id"]

    def drawn(self, message: Message, card: CardSeen) -> None:
        for user_id, workspace_id in self._made.items():
            if card.asks or not card.shows(user_id):
                continue
            if card.decides:
                self.tick("unknown")
                self._unknown[message.id] = user_id
            elif self._is_settled(message, card, user_id) or card.shows(workspace_id):
                self._settle(user_id)

    def _is_settled(self, message: Message, card: CardSeen, user_id: str) -> bool:
        """While the bot still looks, its card has no button."""
        return card.presses and self._unknown.get(message.id) == user_id

    def _settle(self, user_id: str) -> None:
        # A bot that finds out at once has nothing to say in between.
        if self._sent[user_id] == 1:
            self.tick("unknown", "settled")


STEPS: tuple[Callable[[BroadWorks], Step], ...] = (Precheck, Mistake, Workspace, Restart, LostAnswer)


def _is_write(call: SeenCall) -> bool:
    return (call.method, call.path) == ("POST", WORKSPACES)


def _is_answered(call: SeenCall) -> bool:
    """By the service itself, perhaps late; a fault that cuts or replaces the answer is something else."""
    return call.fault is None or call.fault in WAITS


def _made_by(call: SeenCall, broadworks: BroadWorks) -> list[Record]:
    """The workspaces of that user ID that were not there before the call."""
    user_id = _text(call.body, "userId")
    return [one for one in broadworks.workspaces if one["userId"] == user_id and one["created"] >= call.at]


def _text(body: Any, name: str) -> str:
    return str(body.get(name) or "") if isinstance(body, dict) else ""
