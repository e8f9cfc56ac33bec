"""Admits callers of the messaging API by their token."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import request

from bot.simulator.control.switches import Switches
from bot.simulator.entities import Person, Room
from bot.simulator.problems import Problem
from bot.simulator.routing import Asked
from bot.simulator.world import World

NO_ROOM = "Could not find a room with provided ID."


@dataclass(frozen=True)
class WebexCall(Asked):
    """One request: who makes it, and the world it is about."""

    world: World
    switches: Switches
    person: Person

    def room(self, room_id: str | None) -> Room:
        """404 for a room that does not exist or that the caller is not in: the platform does not tell which."""
        room = self.world.room_for(self.person, room_id)
        if room is None:
            raise Problem(404, NO_ROOM)
        return room


def admit(world: World, switches: Switches, *, elsewhere: Callable[[str], bool]) -> WebexCall:
    """`elsewhere` knows tokens that are good, but without any right to messaging."""
    token = bearer()
    if token and elsewhere(token):
        raise Problem(403)
    person = world.person_with(token=token) if token else None
    if person is None:
        raise Problem(401)
    return WebexCall(world=world, switches=switches, person=person)


def bearer() -> str | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None
