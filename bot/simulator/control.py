"""/control: faults, switches, clock and records of the simulator, for the playground's page and for tests."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, jsonify, request

from bot.simulator import switches
from bot.simulator.problems import Problem

if TYPE_CHECKING:
    from bot.simulator.simulator import Simulator


def create_control(sim: "Simulator") -> Blueprint:
    """Every change is announced to the open pages as a `fault` event, or as `bot` where it concerns the bot."""
    control = Blueprint("control", __name__, url_prefix="/control")

    @control.get("")
    def overview() -> Response:
        return jsonify(_overview(sim))

    _faults(control, sim)
    _settings(control, sim)
    _calls(control, sim)
    _bot(control, sim)
    return control


def _faults(control: Blueprint, sim: "Simulator") -> None:
    @control.get("/faults")
    def listed() -> Response:
        return jsonify({"items": [fault.as_json() for fault in sim.faults.current()]})

    @control.post("/faults")
    def add() -> Response:
        try:
            fault = sim.faults.add(**_body())
        except (TypeError, ValueError) as exc:
            raise Problem(400, str(exc)) from exc
        sim.feed.announce("fault", {"kind": "faults"})
        return jsonify(fault.as_json())

    @control.delete("/faults/<fault_id>")
    def remove(fault_id: str) -> Response:
        if not sim.faults.remove(fault_id):
            raise Problem(404, "There is no such fault.")
        sim.feed.announce("fault", {"kind": "faults"})
        return Response(status=204)

    @control.delete("/faults")
    def clear() -> Response:
        sim.faults.clear()
        sim.feed.announce("fault", {"kind": "faults"})
        return Response(status=204)


def _settings(control: Blueprint, sim: "Simulator") -> None:
    @control.post("/webhooks")
    def webhooks() -> Response:
        return _changed(sim, sim.webhook_faults, "webhooks")

    @control.delete("/webhooks")
    def no_webhook_faults() -> Response:
        switches.reset(sim.webhook_faults)
        sim.world.touch()
        sim.feed.announce("fault", {"kind": "webhooks"})
        return Response(status=204)

    @control.post("/switches")
    def set_switches() -> Response:
        return _changed(sim, sim.switches, "switches")

    @control.post("/clock")
    def clock() -> Response:
        seconds = _body().get("forward")
        if not isinstance(seconds, int | float) or isinstance(seconds, bool) or seconds < 0:
            raise Problem(400, "forward must be a number of seconds.")
        sim.clock.forward(seconds)
        sim.world.touch()
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
        return _told(sim, "kill")

    @control.post("/bot/start")
    def start() -> Response:
        return _told(sim, "start")


def _told(sim: "Simulator", what: str) -> Response:
    if sim.bot_process is None:
        raise Problem(409, "There is no bot here that could be killed or started.")
    if what == "kill":
        sim.bot_process.kill()
    else:
        sim.bot_process.start()
    sim.feed.announce("bot", {"kind": what})
    return Response(status=204)


def _changed(sim: "Simulator", target: switches.Switches | switches.WebhookFaults, kind: str) -> Response:
    try:
        with sim.world.lock:
            switches.change(target, _body())
            sim.world.touch()
    except ValueError as exc:
        raise Problem(400, str(exc)) from exc
    sim.feed.announce("fault", {"kind": kind})
    return jsonify(asdict(target))


def _overview(sim: "Simulator") -> dict[str, Any]:
    with sim.world.lock:
        counters = {
            "messages": len(sim.world.messages),
            "actions": len(sim.world.actions),
            "webhooks": len(sim.world.webhooks),
            "workspaces": len(sim.broadworks.workspaces),
            "calls": sim.calls.counts(),
            "deliveries": {**asdict(sim.deliveries.counts), "waiting": sim.deliveries.waiting},
            "listeners": sim.feed.listeners,
        }
        warnings = list(sim.world.warnings)
    return {
        "faults": [fault.as_json() for fault in sim.faults.current()],
        "webhooks": asdict(sim.webhook_faults),
        "switches": asdict(sim.switches),
        "clock": _time(sim),
        "counters": counters,
        "warnings": warnings,
        "bot": {"process": sim.bot_process is not None},
    }


def _time(sim: "Simulator") -> dict[str, Any]:
    return {"now": sim.world.stamp(), "ahead": sim.clock.ahead}


def _body() -> dict[str, Any]:
    if not request.is_json:
        raise Problem(415)
    found = request.get_json(silent=True)
    if not isinstance(found, dict):
        raise Problem(400, "The request body must be a JSON object.")
    return found
