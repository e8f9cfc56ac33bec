"""What the playground's page needs beside the API: who can be played, and news as it happens."""

from typing import Any

from flask import Blueprint, Response, jsonify, request

from bot.simulator.entities import Person, Room
from bot.simulator.feed import Feed
from bot.simulator.problems import Problem
from bot.simulator.webex.rooms import shown
from bot.simulator.world import World


def create_play(world: World, feed: Feed, bot: Person) -> Blueprint:
    play = Blueprint("play", __name__, url_prefix="/play")

    @play.get("/config")
    def config() -> Response:
        with world.lock:
            people = [_person(person) for person in world.people.values() if person != bot]
            spaces = [_space(world, room, bot) for room in world.rooms.values()]
        about_bot = {"id": bot.id, "name": bot.display_name, "email": bot.email}
        return jsonify({"people": people, "bot": about_bot, "spaces": spaces})

    @play.get("/events")
    def events() -> Response:
        # An EventSource cannot send headers, so the token is in the address.
        person = world.person_with(token=request.args.get("token", ""))
        if person is None:
            raise Problem(401)
        headers = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
        return Response(feed.stream(person.id), content_type="text/event-stream", headers=headers)

    return play


def _person(person: Person) -> dict[str, Any]:
    return {
        "key": person.key,
        "name": person.display_name,
        "email": person.email,
        "id": person.id,
        "token": person.token,
        "role": person.role,
        "type": person.kind,
    }


def _space(world: World, room: Room, bot: Person) -> dict[str, Any]:
    """A 1:1 space is named as the bot sees it: by the person."""
    return {
        "key": room.key or room.id,
        "id": room.id,
        "title": shown(world, room, to=bot)["title"],
        "type": room.kind,
        "members": [person.key for person in world.members(room)],
    }
