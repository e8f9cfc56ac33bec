"""/messages: reading, listing and deleting what was said; saying and editing it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from flask import Response

from bot.simulator import paging
from bot.simulator.clock import stamp
from bot.simulator.entities import Message, Room
from bot.simulator.problems import Problem
from bot.simulator.routing import Api
from bot.simulator.webex import changes, drafts, posting
from bot.simulator.webex.call import WebexCall

NO_MESSAGE = "Unable to get message."

api: Api[WebexCall] = Api("messages")


@api.post("/messages")
def create(call: WebexCall) -> Any:
    draft = drafts.new(call)
    message = posting.post(call, draft)
    addressed = {"toPersonId": draft.person_id, "toPersonEmail": draft.person_email}
    return shown(message) | {name: value for name, value in addressed.items() if value}


@api.put("/messages/<message_id>")
def edit(call: WebexCall, message_id: str) -> Any:
    message = _visible(call, message_id)
    return shown(posting.edit(call, message, drafts.edit(call)))


@api.get("/messages/<message_id>")
def one(call: WebexCall, message_id: str) -> Any:
    message = _visible(call, message_id)
    if call.switches.late_404:
        call.switches.late_404 -= 1
        raise Problem(404, NO_MESSAGE)
    return shown(message)


@api.delete("/messages/<message_id>")
def remove(call: WebexCall, message_id: str) -> None:
    message = _visible(call, message_id)
    membership = call.world.membership(message.room, call.person)
    if message.author != call.person and not (membership and membership.is_moderator):
        raise Problem(403, "Only the author of a message or a moderator can delete it.")
    change = changes.of_message(call.world, message, "deleted", by=call.person)
    call.world.messages.remove(message)
    if message.content:
        del call.world.contents[message.content.id]
    call.world.publish(change)


@api.get("/messages")
def in_room(call: WebexCall) -> Any:
    room_id = call.query("roomId")
    if not room_id:
        raise Problem(400, "Required String parameter 'roomId' is not present")
    room = call.room(room_id)
    mentioned = _mentioned(call, room)
    found = (one for one in _of(call, room) if mentioned is None or mentioned in one.mentioned_people)
    return _page(found, most=100 if mentioned else 1000)


@api.get("/messages/direct")
def with_person(call: WebexCall) -> Any:
    person_id, email = call.query("personId"), call.query("personEmail")
    if bool(person_id) == bool(email):
        raise Problem(400, "Must specify either personId or personEmail.")
    person = call.world.people.get(person_id or "") or call.world.person_with(email=email)
    room = call.world.direct_room(call.person, person) if person else None
    if room is None:
        raise Problem(404, "Could not find a direct room with this person.")
    return _page(_of(call, room), most=1000)


def shown(message: Message) -> dict[str, Any]:
    """Only what a message has: the platform leaves out what does not apply."""
    facts: dict[str, Any] = {
        "id": message.id,
        "parentId": message.root,
        "roomId": message.room.id,
        "roomType": message.room.kind,
        "text": message.text or None,
        "markdown": message.markdown,
        "html": message.html,
        "files": list(message.files),
        "personId": message.author.id,
        "personEmail": message.author.email,
        "mentionedPeople": list(message.mentioned_people),
        "mentionedGroups": list(message.mentioned_groups),
        "attachments": message.attachments,
        "created": stamp(message.created),
        "updated": stamp(message.updated) if message.updated else None,
    }
    return {name: value for name, value in facts.items() if value not in (None, [])}


def _visible(call: WebexCall, message_id: str) -> Message:
    message = call.world.messages.get(message_id)
    if message is None or not call.world.may_see(call.person, message):
        raise Problem(404, NO_MESSAGE)
    return message


def _mentioned(call: WebexCall, room: Room) -> str | None:
    """The id of the person whose mentions are asked for; a bot may ask a group room for nothing else."""
    asked = call.query("mentionedPeople")
    whom = call.person.id if asked == "me" else asked
    if room.kind == "group" and call.person.is_bot and whom != call.person.id:
        raise Problem(403, "Bots can list the messages of a group room only with mentionedPeople=me.")
    return whom


def _of(call: WebexCall, room: Room) -> Iterator[Message]:
    """The room's messages, newest first, of the thread and from before the moment that the query names."""
    parent, before, before_message = call.query("parentId"), call.query("before"), call.query("beforeMessage")
    last = call.world.messages.get(before_message) if before_message else None
    if before_message and (last is None or last.room is not room):
        raise Problem(404, "Could not find the message named by beforeMessage.")
    moment = _moment(before) if before else None
    found = call.world.messages.newest_first(room, before=last)
    return (one for one in found if parent in {None, one.root} and (moment is None or one.created < moment))


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as exc:
        raise Problem(400, "before must be a date and time in ISO 8601.") from exc
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _page(found: Iterator[Message], *, most: int) -> Response:
    size = paging.limit(50, most)
    chosen = list(islice(found, size))
    more = next(found, None) is not None
    return paging.answer([shown(message) for message in chosen], {"beforeMessage": chosen[-1].id} if more else None)
