"""The webhooks that the bot needs, and what must be done until exactly those are registered."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.webex import webhook
from bot.webex.answers import Registration
from bot.webex.gateway import Gateway

PREFIX = "broadworks-bot: "
"""What the names of our webhooks begin with; those of others are never touched."""


class Action(StrEnum):
    """What is done about one webhook."""

    CREATE = "create"
    REPAIR = "repair"
    REMOVE = "remove"


@dataclass(frozen=True)
class Change:
    """One thing to do, or done; ``id`` is "" for a webhook that does not exist yet."""

    action: Action
    resource: str
    event: str
    id: str = ""

    @property
    def name(self) -> str:
        """What the webhook is called."""
        return f"{PREFIX}{self.resource} {self.event}"


def plan_registrations(
    existing: Iterable[Registration], *, target_url: str, secret: str, renew_secret: bool = False
) -> list[Change]:
    """What is missing, wrong or there twice.

    Webex does not always tell a webhook's secret. Where it does not, the secret is taken to be right, unless
    ``renew_secret`` says to set it anyway; doing so always would hide whether there was anything to do.
    """

    def sound(webhook: Registration) -> bool:
        right_secret = webhook.secret == secret or (webhook.secret is None and not renew_secret)
        return webhook.target_url == target_url and webhook.status == "active" and right_secret

    # A filter cannot be taken off a webhook, and we never set one: such a webhook is somebody else's.
    ours = [each for each in existing if each.name.startswith(PREFIX) and not each.filter]
    changes: list[Change] = []
    for resource, event in webhook.EVENTS:
        found = [each for each in ours if (each.resource, each.event) == (resource, event)]
        found.sort(key=sound, reverse=True)
        if not found:
            changes.append(Change(Action.CREATE, resource, event))
            continue
        if not sound(found[0]):
            changes.append(Change(Action.REPAIR, resource, event, found[0].id))
        changes += [Change(Action.REMOVE, resource, event, each.id) for each in found[1:]]
    return changes


def ensure(gateway: Gateway, *, public_url: str, secret: str, renew_secret: bool = False) -> list[Change]:
    """Do it, and return what was done: nothing when everything is as it should be."""
    target_url = public_url.rstrip("/") + webhook.PATH
    plan = plan_registrations(gateway.webhooks(), target_url=target_url, secret=secret, renew_secret=renew_secret)
    return [_do(change, gateway, target_url=target_url, secret=secret) for change in plan]


def _do(change: Change, gateway: Gateway, *, target_url: str, secret: str) -> Change:
    if change.action is Action.REMOVE:
        gateway.delete_webhook(change.id)
        return change
    if change.action is Action.REPAIR:
        gateway.update_webhook(change.id, name=change.name, target_url=target_url, secret=secret)
        return change
    made = gateway.create_webhook(
        name=change.name, target_url=target_url, resource=change.resource, event=change.event, secret=secret
    )
    return Change(change.action, change.resource, change.event, made.id)
