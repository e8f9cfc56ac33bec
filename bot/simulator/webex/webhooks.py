"""/webhooks: where the caller wants to be told of what happens."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from bot.simulator import ids
from bot.simulator.clock import stamp
from bot.simulator.entities import Webhook
from bot.simulator.paging import page
from bot.simulator.problems import Problem
from bot.simulator.routing import Api
from bot.simulator.webex import subscriptions
from bot.simulator.webex.call import WebexCall
from bot.simulator.webex.delivery import WINDOW

api: Api[WebexCall] = Api("webhooks")


@api.get("/webhooks")
def some(call: WebexCall) -> Any:
    own = [webhook for webhook in call.world.webhooks.values() if webhook.owner == call.person]
    return page(own, show=shown, most=100)


@api.post("/webhooks")
def create(call: WebexCall) -> Any:
    name, target = _name_and_target(call)
    resource, event, terms = call.text("resource") or "", call.text("event") or "", call.text("filter")
    subscriptions.check(call.world, call.person, resource=resource, event=event, terms=terms)
    if call.text("ownedBy") == "org":
        raise Problem(403, "Only an administrator can create a webhook of the organization.")
    webhook = Webhook(
        id=ids.fresh("WEBHOOK"),
        owner=call.person,
        name=name,
        target_url=target,
        resource=resource,
        event=event,
        filter=terms or None,
        secret=call.text("secret") or None,
        created=call.world.clock.now(),
    )
    call.world.webhooks[webhook.id] = webhook
    call.world.touch()
    return shown(webhook)


@api.get("/webhooks/<webhook_id>")
def one(call: WebexCall, webhook_id: str) -> Any:
    return shown(_own(call, webhook_id))


@api.put("/webhooks/<webhook_id>")
def change(call: WebexCall, webhook_id: str) -> Any:
    """Resource, event and filter stay; status can only be set to active."""
    webhook = _own(call, webhook_id)
    name, target = _name_and_target(call)
    status, secret = call.text("status"), call.text("secret")
    if status not in {None, "active"}:
        raise Problem(400, "status can only be set to active.")
    webhook.name, webhook.target_url = name, target
    webhook.secret = webhook.secret if secret is None else secret or None
    if status == "active":
        _activate(call, webhook)
    call.world.touch()
    return shown(webhook)


@api.delete("/webhooks/<webhook_id>")
def remove(call: WebexCall, webhook_id: str) -> None:
    webhook = call.world.webhooks.get(webhook_id)
    if webhook is None:
        raise Problem(404, "Invalid webhookId for Delete Webhook request.")
    if webhook.owner != call.person:
        raise Problem(403, "Failed to delete webhook.  You are not the owner of it.")
    del call.world.webhooks[webhook_id]
    call.world.touch()


def shown(webhook: Webhook) -> dict[str, Any]:
    facts = {
        "id": webhook.id,
        "name": webhook.name,
        "targetUrl": webhook.target_url,
        "resource": webhook.resource,
        "event": webhook.event,
        "filter": webhook.filter,
        "secret": webhook.secret,
        **subscriptions.ownership(webhook),
        "status": "active" if webhook.active else "inactive",
        "created": stamp(webhook.created),
    }
    return {name: value for name, value in facts.items() if value is not None}


def _name_and_target(call: WebexCall) -> tuple[str, str]:
    name, target = call.text("name"), call.text("targetUrl")
    if not name:
        raise Problem(400, "name cannot be empty")
    if not target:
        raise Problem(400, "targetUrl cannot be null")
    address = urlsplit(target)
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise Problem(400, "targetUrl is not a valid URL")
    return name, target


def _own(call: WebexCall, webhook_id: str) -> Webhook:
    webhook = call.world.webhooks.get(webhook_id)
    if webhook is None or webhook.owner != call.person:
        raise Problem(404, "Could not find a webhook with provided ID.")
    return webhook


def _activate(call: WebexCall, webhook: Webhook) -> None:
    disabled = webhook.disabled_at
    if webhook.active or disabled is None:
        return
    webhook.active = True
    webhook.failures.clear()
    webhook.fragile = call.world.clock.now() - disabled <= timedelta(seconds=WINDOW)
