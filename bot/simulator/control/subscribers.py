"""/control/subscribers: plays the users whom the provisioning waits for, and fills BroadWorks with subscribers."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, jsonify

from bot.simulator.problems import Problem
from bot.simulator.provisioning.complaints import is_email
from bot.simulator.provisioning.subscriber import STATUSES, Status, Subscriber
from bot.simulator.provisioning.subscriber_outcomes import EMAIL_INPUT, EMAIL_VALIDATION, USER_MIGRATION
from bot.simulator.provisioning.subscribers import Subscribers
from bot.simulator.routing import Asked

if TYPE_CHECKING:
    from bot.simulator.simulator import Simulator

# What the user can do about each pause.
ACTS: Mapping[Status, str] = {EMAIL_INPUT: "email", EMAIL_VALIDATION: "validate", USER_MIGRATION: "consent"}
_UNFINISHED = tuple(status for status in STATUSES if status not in {"provisioned", "error"})
_MOST_SHOWN = 100
_MOST_FILLED = 100_000


def add_subscribers(control: Blueprint, sim: "Simulator") -> None:
    """Every change is announced to the open pages as a `subscriber` event."""

    @control.get("/subscribers")
    def unfinished() -> Response:
        """The newest of those whose provisioning goes on or waits, and how many there are in each status."""
        with sim.world.lock:
            subscribers = sim.broadworks.subscribers
            items = [_shown(each) for each in subscribers.newest(_UNFINISHED, most=_MOST_SHOWN)]
            return jsonify({"items": items, "counts": subscribers.counts()})

    @control.post("/subscribers")
    def fill() -> Response:
        count = Asked().body.get("fill")
        if type(count) is not int or not 1 <= count <= _MOST_FILLED:
            raise Problem(400, f"fill must be a whole number from 1 to {_MOST_FILLED}.")
        with sim.world.lock:
            if len(sim.broadworks.subscribers) + count > _MOST_FILLED:
                raise Problem(400, f"There can be {_MOST_FILLED} subscribers at most.")
            sim.broadworks.fill(count)
            found = {"counts": sim.broadworks.subscribers.counts()}
        _tell(sim, kind="fill")
        return jsonify(found)

    @control.post("/subscribers/<subscriber_id>")
    def act(subscriber_id: str) -> Response:
        body = Asked().body
        with sim.world.lock:
            subscriber = sim.broadworks.subscribers.get(subscriber_id)
            if subscriber is None:
                raise Problem(404, "There is no such subscriber.")
            _play(sim.broadworks.subscribers, subscriber, body)
            found = _shown(subscriber)
        _tell(sim, kind=str(body["act"]), id=subscriber_id)
        return jsonify(found)


def _play(subscribers: Subscribers, subscriber: Subscriber, body: Mapping[str, Any]) -> None:
    """The user does it."""
    acts: Mapping[str, Callable[[], None]] = {
        "email": lambda: subscribers.email_given(subscriber, _email(body)),
        "validate": lambda: subscribers.email_validated(subscriber),
        "consent": lambda: subscribers.consented(subscriber),
    }
    act = body.get("act")
    if not isinstance(act, str) or act not in acts:
        raise Problem(400, f"act must be one of {', '.join(acts)}.")
    acts[act]()


def _email(body: Mapping[str, Any]) -> str:
    email = body.get("email")
    if not is_email(email):
        raise Problem(400, "email must be a valid e-mail address.")
    return str(email)


def _shown(subscriber: Subscriber) -> dict[str, Any]:
    """As the API shows it, with what its user can do now and how many consent mails were asked for."""
    act = ACTS.get(subscriber.status)
    return {**subscriber.shown(), "acts": [act] if act else [], "consentMails": subscriber.consent_mails}


def _tell(sim: "Simulator", **data: str) -> None:
    sim.world.touch()
    sim.feed.announce("subscriber", data)
