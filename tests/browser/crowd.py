"""Very much that was said, made at once."""

from datetime import timedelta

from bot.simulator import Simulator, ids
from bot.simulator.entities import Message


def fill(sim: Simulator, count: int) -> None:
    """Put messages into the support space, one for each minute until now, without a call for each of them."""
    world, room = sim.world, sim.world.rooms[sim.spaces["support"]]
    began = world.clock.now() - timedelta(minutes=count)
    authors = [sim.people["bob"], sim.people["cleo"], sim.bot]
    with world.lock:
        for number in range(count):
            world.messages.add(
                Message(
                    id=ids.fresh("MESSAGE"),
                    number=world.next_number(),
                    room=room,
                    author=authors[number // 7 % 3],
                    created=began + timedelta(minutes=number),
                    text=f"Number {number}" + " and a few words more" * (number % 9 * 3),
                )
            )
