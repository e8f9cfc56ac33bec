"""Keeps the messages of the simulated Webex, by id and for each space in the order in which they were said."""

from bisect import bisect_left
from collections.abc import Iterator

from bot.simulator.entities import Message, Room


class Talk:
    """A page of a space costs as much as the page is long, however much was said there and elsewhere."""

    def __init__(self) -> None:
        self._by_id: dict[str, Message] = {}
        self._by_room: dict[str, list[Message]] = {}

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __contains__(self, message_id: object) -> bool:
        return message_id in self._by_id

    def __getitem__(self, message_id: str) -> Message:
        return self._by_id[message_id]

    def get(self, message_id: str) -> Message | None:
        """The message, or None where nobody said it or it was deleted."""
        return self._by_id.get(message_id)

    def values(self) -> list[Message]:
        """All of all spaces, oldest first."""
        return list(self._by_id.values())

    def add(self, message: Message) -> None:
        """Messages are added in the order of their numbers."""
        self._by_id[message.id] = message
        self._by_room.setdefault(message.room.id, []).append(message)

    def remove(self, message: Message) -> None:
        """KeyError for one that is not here."""
        del self._by_id[message.id]
        said = self._by_room[message.room.id]
        del said[_place(said, message.number)]

    def forget(self, room: Room) -> None:
        """Everything that was said in a space."""
        for message in self._by_room.pop(room.id, []):
            del self._by_id[message.id]

    def newest_first(self, room: Room, *, before: Message | None = None) -> Iterator[Message]:
        """What was said in a space, from the newest or from what came before a message, back to the beginning."""
        said = self._by_room.get(room.id, [])
        start = len(said) if before is None else _place(said, before.number)
        return (said[at] for at in range(start - 1, -1, -1))


def _place(said: list[Message], number: int) -> int:
    return bisect_left(said, number, key=lambda message: message.number)
