"""The routes of subscribers."""

import re
from typing import Any

from flask import Response

from bot.simulator.paging import answer, limit
from bot.simulator.problems import Problem
from bot.simulator.provisioning import subscriber_rules as rules
from bot.simulator.provisioning.call import ProvisioningCall
from bot.simulator.provisioning.subscriber import Subscriber
from bot.simulator.provisioning.subscriber_search import read_search
from bot.simulator.routing import Api

ALL_WELL = {"infoCode": 100, "description": "Provisioning preCheck validation successful."}
# No published list has this number: whoever meets it can only show the words.
QUALIFIED = {"infoCode": 150, "description": "The domain of the email is not claimed by the customer."}
NO_SUBSCRIBER = "Could not find a subscriber with provided ID."

_DEFAULT, _MOST = 50, 100
# How far the pages before this one went, and whether an empty page went before this one.
_CURSOR = re.compile(r"([0-9]{1,15})(e?)")

api: Api[ProvisioningCall] = Api("subscribers")


@api.post("/broadworks/subscribers/validate")
def validate(call: ProvisioningCall) -> Any:
    """Documented as an object, shown as a list: a switch chooses. It creates nothing."""
    rules.check_precheck(call.state, call.body)
    info = [ALL_WELL, QUALIFIED] if call.switches.extra_info else [ALL_WELL]
    return {"message": "success", "info": info[-1] if call.switches.info_as_object else info}


@api.get("/broadworks/subscribers")
def some(call: ProvisioningCall) -> Response:
    """The cursor names the last subscriber of the page before: whoever comes or goes moves nobody else."""
    wanted, size = read_search(call.query), limit(_DEFAULT, _MOST)
    behind, emptied = _position(call.query("cursor"))
    if call.switches.empty_pages and not emptied:
        return answer([], {"cursor": f"{behind}e"})
    found = call.state.subscribers.search(wanted, behind=behind, most=size + 1)
    shown = found[:size]
    following = {"cursor": shown[-1].number} if len(found) > size else None
    return answer([subscriber.shown() for subscriber in shown], following)


@api.post("/broadworks/subscribers")
def provision(call: ProvisioningCall) -> Any:
    return call.state.create_subscriber(rules.check_new(call.state, call.body)).shown()


@api.get("/broadworks/subscribers/<subscriber_id>")
def one(call: ProvisioningCall, subscriber_id: str) -> Any:
    return _subscriber(call, subscriber_id).shown()


@api.put("/broadworks/subscribers/<subscriber_id>")
def update(call: ProvisioningCall, subscriber_id: str) -> Any:
    """The answer still has the old values."""
    subscriber = _subscriber(call, subscriber_id)
    call.state.subscribers.update(subscriber, rules.check_update(call.state, subscriber, call.body))
    return subscriber.shown()


@api.delete("/broadworks/subscribers/<subscriber_id>")
def remove(call: ProvisioningCall, subscriber_id: str) -> None:
    """The Webex user stays; nothing maps to it any more."""
    call.state.subscribers.remove(_subscriber(call, subscriber_id))


@api.post("/subscribers/<subscriber_id>/emails/consentMove")
def consent_move_as_documented(call: ProvisioningCall, subscriber_id: str) -> None:
    _consent_move(call, subscriber_id, is_path=call.switches.consent_path == "documented")


@api.post("/broadworks/subscribers/<subscriber_id>/emails/consentMove")
def consent_move_like_its_neighbours(call: ProvisioningCall, subscriber_id: str) -> None:
    _consent_move(call, subscriber_id, is_path=call.switches.consent_path == "broadworks")


def _consent_move(call: ProvisioningCall, subscriber_id: str, *, is_path: bool) -> None:
    """Only one of the two paths exists; of the other one nobody knows anything."""
    if not is_path:
        raise Problem(404)
    call.state.subscribers.send_consent_mail(_subscriber(call, subscriber_id))


def _subscriber(call: ProvisioningCall, subscriber_id: str) -> Subscriber:
    found = call.state.subscribers.get(subscriber_id)
    if found is None:
        raise Problem(404, NO_SUBSCRIBER)
    return found


def _position(cursor: str | None) -> tuple[int, bool]:
    if cursor is None:
        return 0, False
    read = _CURSOR.fullmatch(cursor)
    if read is None:
        raise Problem(400, "cursor is not one that was given out.")
    return int(read[1]), bool(read[2])
