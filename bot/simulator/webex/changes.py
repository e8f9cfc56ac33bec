"""Says what happened in a space in the form in which webhooks carry and filter it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.simulator.clock import stamp
from bot.simulator.entities import Action, Change, Membership, Message, Person, Room

if TYPE_CHECKING:
    from bot.simulator.world import World


def of_message(world: World, message: Message, event: str, *, by: Person) -> Change:
    """Without text, markdown and html: those must be fetched."""
    data: dict[str, Any] = {
        "id": message.id,
        "roomId": message.room.id,
        "roomType": message.room.kind,
        "personId": message.author.id,
        "personEmail": message.author.email,
        "created": stamp(message.created),
    }
    for name, values in (
        ("mentionedPeople", message.mentioned_people),
        ("mentionedGroups", message.mentioned_groups),
        ("files", message.files),
    ):
        if values:
            data[name] = list(values)
    if message.root:
        data["parentId"] = message.root
    if message.updated:
        data["updated"] = stamp(message.updated)
    traits = {
        "roomId": _is(message.room.id),
        "roomType": _is(message.room.kind),
        "personId": _is(message.author.id),
        "personEmail": _is(message.author.email),
        "mentionedPeople": frozenset(message.mentioned_people),
        "hasFiles": _whether(message.files),
        "hasAttachments": _whether(message.attachments),
    }
    told = frozenset(person.id for person in world.members(message.room) if world.may_see(person, message))
    return Change("messages", event, actor=by, room=message.room, data=data, traits=traits, audience=told)


def of_action(action: Action) -> Change:
    """Only the author of the card is told, and neither what was typed nor the sender's e-mail."""
    room = action.message.room
    data = {
        "id": action.id,
        "type": "submit",
        "messageId": action.message.id,
        "personId": action.person.id,
        "roomId": room.id,
        "created": stamp(action.created),
    }
    traits = {
        "messageId": _is(action.message.id),
        "personId": _is(action.person.id),
        "roomId": _is(room.id),
    }
    told = _is(action.message.author.id)
    return Change(
        "attachmentActions", "created", actor=action.person, room=room, data=data, traits=traits, audience=told
    )


def of_membership(world: World, membership: Membership, event: str, *, by: Person) -> Change:
    data = membership_facts(membership)
    traits = {
        "roomId": _is(membership.room.id),
        "personId": _is(membership.person.id),
        "personEmail": _is(membership.person.email),
        "isModerator": _whether(membership.is_moderator),
    }
    room, told = membership.room, _members(world, membership.room)
    return Change("memberships", event, actor=by, room=room, data=data, traits=traits, audience=told)


def of_room(world: World, room: Room, event: str, *, by: Person) -> Change:
    """Without the title, which the platform encrypts."""
    data = {
        "id": room.id,
        "type": room.kind,
        "isLocked": room.is_locked,
        "creatorId": room.creator.id,
        "lastActivity": stamp(room.last_activity),
        "created": stamp(room.created),
    }
    traits = {"type": _is(room.kind), "isLocked": _whether(room.is_locked)}
    told = _members(world, room)
    return Change("rooms", event, actor=by, room=room, data=data, traits=traits, audience=told)


def membership_facts(membership: Membership) -> dict[str, Any]:
    """The same in a webhook and in an answer of the API."""
    return {
        "id": membership.id,
        "roomId": membership.room.id,
        "roomType": membership.room.kind,
        "personId": membership.person.id,
        "personEmail": membership.person.email,
        "personDisplayName": membership.person.display_name,
        "personOrgId": membership.person.org_id,
        "isModerator": membership.is_moderator,
        "isMonitor": False,
        "isRoomHidden": membership.is_room_hidden,
        "created": stamp(membership.created),
    }


def _members(world: World, room: Room) -> frozenset[str]:
    return frozenset(person.id for person in world.members(room))


def _is(value: str) -> frozenset[str]:
    return frozenset({value})


def _whether(value: object) -> frozenset[str]:
    return _is("true" if value else "false")
