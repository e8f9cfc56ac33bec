"""Puts messages into spaces, and new words and cards into messages."""

from typing import Any

from flask import request

from bot.simulator import ids
from bot.simulator.entities import Message, Person, Room
from bot.simulator.problems import Problem
from bot.simulator.webex import cards, changes, markup
from bot.simulator.webex.call import WebexCall
from bot.simulator.webex.drafts import Draft

MAX_EDITS = 10
NOT_EDITABLE = "Editing a message with files or attachments is not supported."


def post(call: WebexCall, draft: Draft) -> Message:
    room = _destination(call, draft)
    _check_may_post(call, room)
    root = _root(call, room, draft.parent_id)
    message = Message(
        id=ids.fresh("MESSAGE"),
        number=call.world.next_number(),
        room=room,
        author=call.person,
        created=call.world.clock.now(),
        text="",
        root=root,
        attachments=draft.attachments or [],
        content=draft.content,
    )
    _write(call, message, draft)
    if draft.content:
        message.files = (f"{request.host_url}v1/contents/{draft.content.id}",)
        call.world.contents[draft.content.id] = (message, draft.content)
    call.world.warnings += draft.warnings
    call.world.messages.add(message)
    room.last_activity = message.created
    call.world.publish(changes.of_message(call.world, message, "created", by=call.person))
    return message


def edit(call: WebexCall, message: Message, draft: Draft) -> Message:
    _check_editable(call, message, draft)
    if draft.attachments:
        message.attachments = draft.attachments
    _write(call, message, draft)
    message.edits += 1
    message.updated = call.world.clock.now()
    call.world.warnings += draft.warnings
    call.world.publish(changes.of_message(call.world, message, "updated", by=call.person))
    return message


def _destination(call: WebexCall, draft: Draft) -> Room:
    if draft.room_id:
        return call.room(draft.room_id)
    person = call.world.people.get(draft.person_id or "") or call.world.person_with(email=draft.person_email)
    if person is None or person == call.person:
        raise Problem(404, "Could not find the person with provided ID or email.")
    existing = call.world.direct_room(call.person, person)
    return existing or call.world.add_room("", members=[person], creator=call.person, kind="direct")


def _check_may_post(call: WebexCall, room: Room) -> None:
    membership = call.world.membership(room, call.person)
    if room.is_announcement_only and not (membership and membership.is_moderator):
        raise Problem(403, "Only moderators can post in this room.")


def _root(call: WebexCall, room: Room, parent_id: str | None) -> str | None:
    """Threads have one level: who answers an answer answers its root."""
    if not parent_id:
        return None
    parent = call.world.messages.get(parent_id)
    if parent is None or parent.room is not room:
        raise Problem(404, "Could not find the parent message.")
    if parent.root and parent.attachments and call.switches.thread_reply_refused:
        raise Problem(400, "Unable to reply to an activity of this kind within a thread.")
    return parent.root or parent.id


def _write(call: WebexCall, message: Message, draft: Draft) -> None:
    def find(by: str, whom: str) -> Person | None:
        by_id = by == "personId"
        person = call.world.people.get(whom) if by_id else call.world.person_with(email=whom)
        return person if person and call.world.membership(message.room, person) else None

    rendered = markup.render(draft.markdown, find) if draft.markdown else markup.Rendered()
    message.markdown = draft.markdown
    message.html = rendered.html or None
    message.text = draft.text or rendered.text
    message.mentioned_people = tuple(rendered.people)
    message.mentioned_groups = tuple(rendered.groups)


def _check_editable(call: WebexCall, message: Message, draft: Draft) -> None:
    if message.author != call.person:
        raise Problem(403, "Only the author of a message can edit it.")
    if draft.room_id != message.room.id:
        raise Problem(400, "The roomId is not that of the message.")
    if call.switches.card_edits == "refused":
        raise Problem(400, "Editing this message is not allowed.")
    if message.files or not _cards_editable(call, message, draft.attachments):
        raise Problem(400, NOT_EDITABLE)
    if message.edits >= MAX_EDITS:
        raise Problem(400, "This message has reached its edit limit.")


def _cards_editable(call: WebexCall, message: Message, attachments: list[dict[str, Any]] | None) -> bool:
    """What is documented (strict) is no edit at all; what happens is that one card replaces another, without images."""
    if not (message.attachments or attachments):
        return True
    if call.switches.card_edits == "strict" or not attachments:
        return False
    return not (cards.has_images(message.attachments) or cards.has_images(attachments))
