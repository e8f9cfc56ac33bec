"""/memberships: who is in which space."""

from typing import Any

from bot.simulator.entities import Membership, Person, Room
from bot.simulator.paging import page
from bot.simulator.problems import Problem
from bot.simulator.routing import Api
from bot.simulator.webex import changes
from bot.simulator.webex.call import WebexCall
from bot.simulator.webex.changes import membership_facts as shown

NOT_FOUND = "Could not find a membership with provided ID."

api: Api[WebexCall] = Api("memberships")


@api.get("/memberships")
def some(call: WebexCall) -> Any:
    room_id, person_id, email = call.query("roomId"), call.query("personId"), call.query("personEmail")
    if (person_id or email) and not room_id:
        raise Problem(400, "Required String parameter 'roomId' is not present")
    if room_id:
        found = call.world.memberships_of(call.room(room_id))
    else:
        found = [one for one in call.world.memberships.values() if one.person == call.person]
    if person_id:
        found = [one for one in found if one.person.id == person_id]
    if email:
        found = [one for one in found if one.person.email.lower() == email.lower()]
    return page(found, show=shown)


@api.post("/memberships")
def create(call: WebexCall) -> Any:
    room = call.room(call.text("roomId"))
    if room.kind == "direct":
        raise Problem(403, "Nobody can be added to a direct room.")
    if room.is_locked and not _moderates(call, room):
        raise Problem(403, "Only a moderator can add people to this room.")
    person = _named(call)
    if call.world.membership(room, person):
        raise Problem(409, "Person is already in the room.")
    moderator = call.flag("isModerator") or False
    return shown(call.world.add_member(room, person, by=call.person, moderator=moderator))


@api.get("/memberships/<membership_id>")
def one(call: WebexCall, membership_id: str) -> Any:
    return shown(_found(call, membership_id))


@api.put("/memberships/<membership_id>")
def change(call: WebexCall, membership_id: str) -> Any:
    membership = _found(call, membership_id)
    moderator, hidden = call.flag("isModerator"), call.flag("isRoomHidden")
    if moderator is None and hidden is None:
        raise Problem(400, "Either isModerator or isRoomHidden must be specified.")
    membership.is_moderator = membership.is_moderator if moderator is None else moderator
    membership.is_room_hidden = membership.is_room_hidden if hidden is None else hidden
    call.world.publish(changes.of_membership(call.world, membership, "updated", by=call.person))
    return shown(membership)


@api.delete("/memberships/<membership_id>")
def remove(call: WebexCall, membership_id: str) -> None:
    membership = _found(call, membership_id)
    room, own = membership.room, membership.person == call.person
    if room.kind == "direct":
        raise Problem(403, "Nobody can leave a direct room.")
    if room.is_locked and not own and not _moderates(call, room):
        raise Problem(403, "Only a moderator can remove people from this room.")
    call.world.remove_member(membership, by=call.person)


def _named(call: WebexCall) -> Person:
    person_id, email = call.text("personId"), call.text("personEmail")
    if bool(person_id) == bool(email):
        raise Problem(400, "Must specify either personId or personEmail.")
    person = call.world.people.get(person_id or "") or call.world.person_with(email=email)
    if person is None:
        raise Problem(404, "Could not find the person with provided ID or email.")
    return person


def _found(call: WebexCall, membership_id: str) -> Membership:
    membership = call.world.memberships.get(membership_id)
    if membership is None or not call.world.membership(membership.room, call.person):
        raise Problem(404, NOT_FOUND)
    return membership


def _moderates(call: WebexCall, room: Room) -> bool:
    membership = call.world.membership(room, call.person)
    return membership is not None and membership.is_moderator
