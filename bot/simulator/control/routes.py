"""/control: faults, scenarios, switches, clock and records of the simulator, for its page and for tests."""

import math
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, jsonify, request

from bot.simulator.control import switches
from bot.simulator.control.scenario import Scenario
from bot.simulator.control.scenarios import BY_KEY
from bot.simulator.control.stage import Limits
from bot.simulator.control.subscribers import add_subscribers
from bot.simulator.problems import Problem
from bot.simulator.routing import Asked

if TYPE_CHECKING:
    from bot.simulator.simulator import Simulator

_MOST_FORWARD = 10 * 366 * 86_400


def create_control(sim: "Simulator") -> Blueprint:
    """Every change is announced to the open pages as a `fault` event, or as `bot` where it concerns the bot."""
    control = Blueprint("control", __name__, url_prefix="/control")

    @control.get("")
    def overview() -> Response:
        return jsonify(_overview(sim))

    _faults(control, sim)
    _scenarios(control, sim)
    _settings(control, sim)
    _calls(control, sim)
    _bot(control, sim)
    add_subscribers(control, sim)
    return control


def _faults(control: Blueprint, sim: "Simulator") -> None:
    @control.get("/faults")
    def listed() -> Response:
        return jsonify({"items": [sim.faults.shown(fault) for fault in sim.faults.current()]})

    @control.post("/faults")
    def add() -> Response:
        try:
            fault = sim.faults.add(**Asked().body)
        except ValueError as exc:
            raise Problem(400, str(exc)) from exc
        return jsonify(sim.faults.shown(fault))

    @control.delete("/faults/<fault_id>")
    def remove(fault_id: str) -> Response:
        if not sim.faults.remove(fault_id):
            raise Problem(404, "There is no such fault.")
        return Response(status=204)

    @control.delete("/faults")
    def clear() -> Response:
        sim.faults.clear()
        return Response(status=204)


def _scenarios(control: Blueprint, sim: "Simulator") -> None:
    @control.get("/scenarios")
    def catalogue() -> Response:
        return jsonify(sim.stage.shown())

    @control.post("/scenarios/<key>")
    def begin(key: str) -> Response:
        scenario, body = _scenario(key), Asked().body
        if unknown := body.keys() - {"times", "lasts"}:
            raise Problem(400, f"A scenario takes times or lasts, not {min(unknown)!r}.")
        try:
            sim.stage.on(scenario, Limits(**body))
        except ValueError as exc:
            raise Problem(400, str(exc)) from exc
        return jsonify(sim.stage.shown())

    @control.delete("/scenarios/<key>")
    def end(key: str) -> Response:
        sim.stage.off(_scenario(key))
        return jsonify(sim.stage.shown())

    @control.delete("/scenarios")
    def heal() -> Response:
        sim.stage.clear()
        return jsonify(sim.stage.shown())


def _scenario(key: str) -> Scenario:
    if key not in BY_KEY:
        raise Problem(404, "There is no such scenario.")
    return BY_KEY[key]


def _settings(control: Blueprint, sim: "Simulator") -> None:
    @control.post("/webhooks")
    def webhooks() -> Response:
        return _changed(sim, sim.webhook_faults)

    @control.delete("/webhooks")
    def no_webhook_faults() -> Response:
        with sim.world.lock:
            switches.reset(sim.webhook_faults)
        return Response(status=204)

    @control.post("/switches")
    def set_switches() -> Response:
        return _changed(sim, sim.switches)

    @control.post("/clock")
    def clock() -> Response:
        seconds = Asked().body.get("forward")
        if not isinstance(seconds, int | float) or isinstance(seconds, bool) or not 0 <= seconds < math.inf:
            raise Problem(400, "forward must be a number of seconds, from 0: the clock never goes back.")
        if seconds > _MOST_FORWARD or sim.clock.ahead + seconds > _MOST_FORWARD:
            raise Problem(400, "The clock can be ten years ahead at most.")
        sim.clock.forward(seconds)
        sim.world.touch()
        sim.feed.announce("fault", {"kind": "clock"})
        return jsonify(_time(sim))


def _calls(control: Blueprint, sim: "Simulator") -> None:
    @control.get("/calls")
    def calls() -> Response:
        found = sim.calls.to(request.args.get("service"))
        return jsonify({"items": [call.as_json() for call in found]})

    @control.delete("/calls")
    def forget() -> Response:
        sim.calls.clear()
        return Response(status=204)


def _bot(control: Blueprint, sim: "Simulator") -> None:
    @control.post("/bot/kill")
    def kill() -> Response:
        sim.steering.kill()
        return Response(status=204)

    @control.post("/bot/start")
    def start() -> Response:
        sim.steering.start()
        return Response(status=204)

    @control.post("/bot/restart")
    def restart() -> Response:
        return jsonify({"seconds": sim.steering.restart()})


def _changed(sim: "Simulator", target: switches.Switches | switches.WebhookFaults) -> Response:
    try:
        with sim.world.lock:
            switches.change(target, Asked().body)
    except ValueError as exc:
        raise Problem(400, str(exc)) from exc
    return jsonify(asdict(target))


def _overview(sim: "Simulator") -> dict[str, Any]:
    with sim.world.lock:
        counters = {
            "messages": len(sim.world.messages),
            "actions": len(sim.world.actions),
            "webhooks": len(sim.world.webhooks),
            "workspaces": len(sim.broadworks.workspaces),
            "subscribers": len(sim.broadworks.subscribers),
            "calls": sim.calls.counts(),
            "deliveries": {**asdict(sim.deliveries.counts), "waiting": sim.deliveries.waiting},
            "listeners": sim.feed.listeners,
        }
        warnings = list(sim.world.warnings)
    return {
        "faults": [sim.faults.shown(fault) for fault in sim.faults.current()],
        "webhooks": asdict(sim.webhook_faults),
        "switches": asdict(sim.switches),
        "clock": _time(sim),
        "counters": counters,
        "warnings": warnings,
        "bot": sim.steering.shown(),
    }


def _time(sim: "Simulator") -> dict[str, Any]:
    return {"now": sim.world.stamp(), "ahead": sim.clock.ahead}
