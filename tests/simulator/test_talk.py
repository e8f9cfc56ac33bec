"""Messages in order, found without walking through what was said elsewhere."""

from collections.abc import Iterator

import pytest

from bot.simulator import Simulator
from bot.simulator.entities import Message, Room
from bot.simulator.talk import Talk


@pytest.fixture
def rooms(sim: Simulator) -> tuple[Room, Room]:
    return sim.world.rooms[sim.spaces["support"]], sim.world.rooms[sim.spaces["ann"]]


@pytest.fixture
def talk(sim: Simulator, rooms: tuple[Room, Room]) -> Talk:
    """Ten messages, by turns in the one and the other space."""
    said = Talk()
    for number in range(10):
        said.add(
            Message(
                id=str(number),
                number=number,
                room=rooms[number % 2],
                author=sim.people["ann"],
                created=sim.world.clock.now(),
                text=str(number),
            )
        )
    return said


def numbers(messages: Iterator[Message]) -> list[int]:
    return [message.number for message in messages]


def test_a_space_is_read_from_its_newest_message_back(talk: Talk, rooms: tuple[Room, Room]) -> None:
    support, direct = rooms

    assert numbers(talk.newest_first(support)) == [8, 6, 4, 2, 0]
    assert numbers(talk.newest_first(direct, before=talk["5"])) == [3, 1]
    assert numbers(iter(talk.values())) == list(range(10))


def test_what_is_taken_away_is_found_nowhere(talk: Talk, rooms: tuple[Room, Room]) -> None:
    gone = talk["4"]

    talk.remove(gone)

    assert numbers(talk.newest_first(rooms[0])) == [8, 6, 2, 0]
    assert numbers(talk.newest_first(rooms[0], before=gone)) == [2, 0]
    assert (talk.get("4"), "4" in talk, len(talk)) == (None, False, 9)
    with pytest.raises(KeyError):
        talk.remove(gone)


def test_a_space_that_ends_takes_its_messages_along(talk: Talk, rooms: tuple[Room, Room]) -> None:
    talk.forget(rooms[0])
    talk.forget(rooms[0])

    assert numbers(talk.newest_first(rooms[0])) == []
    assert list(talk) == ["1", "3", "5", "7", "9"]
