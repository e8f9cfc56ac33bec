"""/play/inside: what happened, as entries, by request, and counted."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, jsonify, request

from bot.simulator.inside.sightings import SERVICES
from bot.simulator.inside.trace import KEPT, KINDS, Entry
from bot.simulator.problems import Problem

if TYPE_CHECKING:
    from bot.simulator.simulator import Simulator

HINT = "inside"


def create_inside(sim: "Simulator") -> Blueprint:
    """Pages are told by an `inside` event that there is more; what it is they ask here."""
    inside = Blueprint("inside", __name__, url_prefix="/play/inside")

    @inside.get("")
    def entries() -> Response:
        # Looked at first: what comes in between is new the next time.
        last = sim.trace.last
        found = sim.trace.entries(
            after=_number("after", 0),
            limit=_number("limit", KEPT),
            tracking_id=request.args.get("tracking_id"),
            request=_number("request", 0) if "request" in request.args else None,
            kind=_kind(),
        )
        return jsonify(
            {
                "trace": sim.trace.id,
                "first": sim.trace.first,
                "last": found[-1].n if found else last,
                "entries": [entry.as_json() for entry in found],
                "counters": counters(sim),
            }
        )

    @inside.delete("")
    def clear() -> Response:
        sim.trace.clear()
        return Response(status=204)

    @inside.get("/requests")
    def requests() -> Response:
        items = [
            {"number": asked.number, "state": asked.state, "at": asked.at.isoformat()} for asked in sim.trace.requests()
        ]
        return jsonify({"items": items})

    @inside.get("/requests/<int:number>")
    def timeline(number: int) -> Response:
        found = sorted(sim.trace.entries(request=number), key=lambda entry: (entry.at, entry.n))
        if not found:
            raise Problem(404, f"Nothing is known of request {number}.")
        state = next((asked.state for asked in sim.trace.requests() if asked.number == number), "")
        return jsonify({"number": number, "state": state, **_timeline(found)})

    return inside


def counters(sim: "Simulator") -> dict[str, Any]:
    """What there is in the simulated world, and how much the bot has done since the start."""
    seen = sim.trace.counts()
    with sim.world.lock:
        return {
            "messages": len(sim.world.messages),
            "cards": seen["card"],
            "webhooks": {**asdict(sim.deliveries.counts), "waiting": sim.deliveries.waiting},
            "calls": {service: seen.get(service, 0) for service in SERVICES},
            "errors": seen["bad"],
            "workspaces": len(sim.broadworks.workspaces),
        }


def _timeline(found: list[Entry]) -> dict[str, Any]:
    """Seconds are counted from the first entry on."""
    began = found[0].at
    items = [{**entry.as_json(), "after": round((entry.at - began).total_seconds(), 4)} for entry in found]
    ended = max(item["after"] + (item["seconds"] or 0.0) for item in items)
    return {"began": began.isoformat(), "seconds": round(ended, 4), "entries": items}


def _number(name: str, otherwise: int) -> int:
    text = request.args.get(name)
    if text is None:
        return otherwise
    if not (text.isascii() and text.isdecimal() and len(text) <= 15):
        raise Problem(400, f"{name} must be a whole number.")
    return int(text)


def _kind() -> str | None:
    kind = request.args.get("kind")
    if kind is not None and kind not in KINDS:
        raise Problem(400, f"kind must be one of {', '.join(KINDS)}.")
    return kind
