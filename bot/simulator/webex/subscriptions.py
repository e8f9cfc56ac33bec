"""Decides which webhooks a change concerns, and what may be subscribed to at all."""

from typing import Any

from bot.simulator.clock import stamp
from bot.simulator.entities import Change, Person, Webhook
from bot.simulator.ids import steady
from bot.simulator.problems import Problem
from bot.simulator.world import World

EVENTS = {
    "messages": {"created", "updated", "deleted", "all"},
    "attachmentActions": {"created", "all"},
    "memberships": {"created", "updated", "deleted", "all"},
    "rooms": {"created", "updated", "migrated", "all"},
    "all": {"created", "updated", "deleted", "all"},
}
FILTERS = {
    "messages": {
        "roomId",
        "roomType",
        "personId",
        "personEmail",
        "mentionedPeople",
        "hasFiles",
        "hasAttachments",
    },
    "attachmentActions": {"messageId", "personId", "roomId"},
    "memberships": {"roomId", "personId", "personEmail", "isModerator"},
    "rooms": {"type", "isLocked"},
    "all": set[str](),
}
# The one subscription to everything does not cover cards.
COVERED_BY_ALL = ("messages", "memberships", "rooms")


def check(world: World, owner: Person, *, resource: str, event: str, terms: str | None) -> None:
    if resource not in EVENTS:
        raise Problem(400, f"invalid resource: {resource}")
    if event not in EVENTS[resource]:
        raise Problem(400, f"invalid event: {event}")
    for name, value in parsed(terms):
        if name not in FILTERS[resource]:
            raise Problem(400, f"invalid filter: {name}")
        if not _visible(world, owner, name, value):
            raise Problem(400, f"invalid value for filter: {name}")


def parsed(terms: str | None) -> list[tuple[str, str]]:
    """`roomId=...&personEmail=...`; values are taken as they are, without decoding."""
    return [(name, value) for name, _, value in (term.partition("=") for term in (terms or "").split("&")) if name]


def concerns(webhook: Webhook, change: Change) -> bool:
    if not webhook.active or webhook.owner.id not in change.audience:
        return False
    if webhook.resource != change.resource and not (webhook.resource == "all" and change.resource in COVERED_BY_ALL):
        return False
    return webhook.event in {"all", change.event} and all(
        _matches(webhook, change, name, value) for name, value in parsed(webhook.filter)
    )


def envelope(webhook: Webhook, change: Change) -> dict[str, Any]:
    """What is posted. `created` is when the webhook was made; nothing in it is unique to the delivery."""
    facts = {
        "id": webhook.id,
        "name": webhook.name,
        "targetUrl": webhook.target_url,
        "resource": change.resource,
        "event": change.event,
        "filter": webhook.filter,
        **ownership(webhook),
        "status": "active",
        "created": stamp(webhook.created),
        "actorId": change.actor.id,
        "data": dict(change.data),
    }
    return {name: value for name, value in facts.items() if value is not None}


def ownership(webhook: Webhook) -> dict[str, str]:
    return {
        "orgId": webhook.owner.org_id,
        "createdBy": webhook.owner.id,
        "appId": steady("APPLICATION", webhook.owner.email),
        "ownedBy": "creator",
    }


def _matches(webhook: Webhook, change: Change, name: str, value: str) -> bool:
    wanted = {webhook.owner.id if one == "me" else one for one in value.split(",")}
    return bool(wanted & change.traits.get(name, frozenset()))


def _visible(world: World, owner: Person, name: str, value: str) -> bool:
    """A filter can only name what its owner can see."""
    if name == "roomId":
        return world.room_for(owner, value) is not None
    if name == "messageId":
        message = world.messages.get(value)
        return message is not None and world.may_see(owner, message)
    if name == "personId":
        return value in world.people
    if name == "mentionedPeople":
        return all(one == "me" or one in world.people for one in value.split(","))
    return bool(value)
