"""/rooms: the spaces that the caller is in."""

from typing import Any

from bot.simulator.clock import stamp
from bot.simulator.entities import Person, Room
from bot.simulator.paging import page
from bot.simulator.problems import Problem
from bot.simulator.routing import Api
from bot.simulator.webex import changes
from bot.simulator.webex.call import WebexCall
from bot.simulator.world import World

SORTS = {
    "id": lambda room: room.id,
    "lastactivity": lambda room: room.last_activity,
    "created": lambda room: room.created,
}

api: Api[WebexCall] = Api("rooms")


@api.get("/rooms")
def some(call: WebexCall) -> Any:
    kind, sort = call.query("type"), call.query("sortBy") or "lastactivity"
    if kind not in {None, "group", "direct"}:
        raise Problem(400, "type must be group or direct.")
    if sort not in SORTS:
        raise Problem(400, "sortBy must be id, lastactivity or created.")
    own = [room for room in call.world.rooms.values() if call.world.membership(room, call.person)]
    chosen = [room for room in own if kind in {None, room.kind}]
    chosen.sort(key=SORTS[sort], reverse=sort != "id")
    return page(chosen, show=lambda room: shown(call.world, room, to=call.person))


@api.post("/rooms")
def create(call: WebexCall) -> Any:
    title = _title(call)
    room = call.world.add_room(title, creator=call.person)
    room.is_locked = call.flag("isLocked") or False
    room.is_announcement_only = call.flag("isAnnouncementOnly") or False
    for membership in call.world.memberships_of(room):
        membership.is_moderator = room.is_locked
    return shown(call.world, room, to=call.person)


@api.get("/rooms/<room_id>")
def one(call: WebexCall, room_id: str) -> Any:
    return shown(call.world, call.room(room_id), to=call.person)


@api.put("/rooms/<room_id>")
def rename(call: WebexCall, room_id: str) -> Any:
    room = call.room(room_id)
    if room.kind == "direct":
        raise Problem(400, "The title of a direct room cannot be changed.")
    room.title = _title(call)
    call.world.publish(changes.of_room(call.world, room, "updated", by=call.person))
    return shown(call.world, room, to=call.person)


@api.delete("/rooms/<room_id>")
def remove(call: WebexCall, room_id: str) -> None:
    """Who does not moderate a moderated room merely leaves it."""
    room = call.room(room_id)
    moderators = [found for found in call.world.memberships_of(room) if found.is_moderator]
    own = call.world.membership(room, call.person)
    if own and moderators and own not in moderators:
        call.world.remove_member(own, by=call.person)
    else:
        call.world.remove_room(room, by=call.person)


def shown(world: World, room: Room, *, to: Person) -> dict[str, Any]:
    """A direct room has the name of the other one."""
    others = [person.display_name for person in world.members(room) if person != to]
    return {
        "id": room.id,
        "title": room.title if room.kind == "group" or not others else others[0],
        "type": room.kind,
        "isLocked": room.is_locked,
        "isAnnouncementOnly": room.is_announcement_only,
        "isReadOnly": False,
        "isPublic": False,
        "lastActivity": stamp(room.last_activity),
        "creatorId": room.creator.id,
        "ownerId": room.creator.org_id,
        "created": stamp(room.created),
    }


def _title(call: WebexCall) -> str:
    title = call.text("title")
    if not title or not title.strip():
        raise Problem(400, "Title cannot be empty.")
    return title
