"""Remembers every state in which a message of the bot has stood, also those that an edit has overtaken."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.simulator.dialogues.reading import Reading, read
from bot.simulator.webex.messages import shown

if TYPE_CHECKING:
    from bot.simulator import Simulator
    from bot.simulator.entities import Change


@dataclass(frozen=True)
class Sight:
    """A message as it stood; ``root`` is the id of the message whose thread it is in."""

    reading: Reading
    root: str | None = None


class Watch:
    """The bot's messages from the making of this watch on, oldest first, each with its states in their order."""

    def __init__(self, simulator: "Simulator") -> None:
        self._simulator = simulator
        self._rooms: dict[str, str] = {}
        self._sights: dict[str, list[Sight | None]] = {}
        simulator.world.listen(self._hear)

    def sights(self, message_id: str) -> list[Sight | None]:
        """Its states, the newest last; None stands for being deleted."""
        with self._simulator.world.lock:
            return list(self._sights[message_id])

    def of_room(self, room_id: str) -> list[str]:
        """The ids of the messages in a space, those that are gone among them."""
        with self._simulator.world.lock:
            return [message_id for message_id, room in self._rooms.items() if room == room_id]

    def now(self, message_id: str) -> Sight | None:
        """As it stands; None if it is gone."""
        return self.sights(message_id)[-1]

    def _hear(self, change: "Change") -> None:
        # The world's lock is held while it tells of a change.
        if change.resource != "messages" or change.data["personId"] != self._simulator.bot.id:
            return
        message_id = str(change.data["id"])
        self._rooms.setdefault(message_id, change.room.id)
        sights = self._sights.setdefault(message_id, [])
        message = self._simulator.world.messages.get(message_id)
        if change.event == "deleted" or message is None:
            sights.append(None)
        else:
            sights.append(Sight(read(shown(message)), message.root))
