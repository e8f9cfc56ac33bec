"""Switches scenarios on and off, and knows which are on and for how long."""

from collections.abc import Mapping
from dataclasses import dataclass
from threading import RLock
from typing import Any

from bot.simulator.control.faults import Fault, Faults
from bot.simulator.control.scenario import Scenario
from bot.simulator.control.scenarios import BY_KEY, GROUPS, SCENARIOS
from bot.simulator.control.switches import Switches, WebhookFaults, change, reset, restore, usual
from bot.simulator.control.timers import Timers

MOST_TIMES = 1000
MOST_SECONDS = 86_400

_SERVICES = {"webex": "Webex", "broadworks": "BroadWorks"}
_SAID = {
    "latency": "{who} answers {what} {seconds:g} s late",
    "hang": "{who} keeps {what} waiting for {seconds:g} s",
    "drop_before": "{who} hangs up on {what} before anything is done",
    "drop_after": "{who} does {what}, but the answer is lost",
    "status": "{who} answers {what} with {status}",
    "html": "{who} answers {what} with an error page",
    "empty": "{who} answers {what} with nothing at all",
    "broken_json": "{who} breaks off its answer to {what}",
    "body": "{who} gives {what} a made-up answer",
}


@dataclass(frozen=True)
class Limits:
    """For how long: a number of times, some seconds, or neither: until it is taken back."""

    times: int | None = None
    lasts: float | None = None


class Stage:
    """The scenarios of one simulator. What was set past them, by the API or by Python, shows here as well."""

    def __init__(
        self, *, faults: Faults, switches: Switches, webhooks: WebhookFaults, timers: Timers, lock: RLock
    ) -> None:
        self._faults = faults
        self._targets: Mapping[str, Switches | WebhookFaults] = {"switches": switches, "webhooks": webhooks}
        self._timers = timers
        self._lock = lock
        self._played: dict[str, str] = {}

    def shown(self) -> dict[str, Any]:
        """The whole catalogue with what is on, and the faults that are none of it."""
        current = {fault.id: fault for fault in self._faults.current()}
        with self._lock:
            items = [self._shown(scenario, current) for scenario in SCENARIOS]
            known = set(self._played.values())
        others = [
            self._faults.shown(fault) | {"words": words_of(fault)}
            for fault in current.values()
            if fault.id not in known
        ]
        return {"groups": list(GROUPS), "items": items, "others": others}

    def on(self, scenario: Scenario, limits: Limits) -> None:
        """Begin, or begin anew; ValueError, in words, for limits that this scenario cannot have."""
        limits = _sensible(scenario, limits)
        if scenario.target != "faults":
            self._set(scenario, limits)
            return
        with self._lock:
            before = self._played.get(scenario.key, "")
            fault = self._faults.add(**scenario.body, times=limits.times, lasts=limits.lasts)
            self._played[scenario.key] = fault.id
        self._faults.remove(before)

    def off(self, scenario: Scenario) -> None:
        """Take it back; nothing happens if it is not on."""
        if scenario.target == "faults":
            self._faults.remove(self._played.pop(scenario.key, ""))
            return
        with self._lock:
            self._timers.forget(_timer(scenario))
            for name in scenario.body:
                restore(self._targets[scenario.target], name)

    def clear(self) -> None:
        """Everything works again, whoever it was that broke it."""
        self._faults.clear()
        with self._lock:
            for target in self._targets.values():
                reset(target)
        self.tidy()

    def tidy(self) -> None:
        """What was taken back or changed by others must not be ended by a timer of ours."""
        for scenario in SCENARIOS:
            if scenario.target != "faults" and not self._is_set(scenario):
                self._timers.forget(_timer(scenario))

    def _set(self, scenario: Scenario, limits: Limits) -> None:
        target = self._targets[scenario.target]
        with self._lock:
            self._timers.forget(_timer(scenario))
            own_count = scenario.count in scenario.body
            wanted = {**scenario.body, scenario.count: limits.times} if own_count else dict(scenario.body)
            for name in wanted:
                # As if anew: a count that it had goes with the value.
                restore(target, name)
            change(target, wanted)
            if limits.times and not own_count and isinstance(target, WebhookFaults):
                for name in wanted:
                    target.limit(name, limits.times)
        if limits.lasts:
            self._timers.plan(_timer(scenario), lambda: self.off(scenario), seconds=limits.lasts)

    def _is_set(self, scenario: Scenario) -> bool:
        """A number that is not the usual one will do: the API may have set another than the catalogue does."""
        target = self._targets[scenario.target]
        for name, wanted in scenario.body.items():
            value = getattr(target, name)
            if value == usual(target)[name] or (isinstance(wanted, str) and value != wanted):
                return False
        return True

    def _shown(self, scenario: Scenario, current: Mapping[str, Fault]) -> dict[str, Any]:
        if scenario.target == "faults":
            state = self._state_of_fault(current.get(self._played.get(scenario.key, "")))
        else:
            state = self._state_of_switch(scenario)
        return {
            "key": scenario.key,
            "group": scenario.group,
            "words": scenario.words,
            "hint": scenario.hint,
            "counts": list(scenario.counts),
            "spans": list(scenario.spans),
            "open": scenario.open,
            **state,
        }

    def _state_of_fault(self, fault: Fault | None) -> dict[str, Any]:
        if fault is None:
            return {"on": False, "times": None, "left": None, "hits": None}
        shown = self._faults.shown(fault)
        return {"on": True} | {name: shown[name] for name in ("times", "left", "hits")}

    def _state_of_switch(self, scenario: Scenario) -> dict[str, Any]:
        target, on = self._targets[scenario.target], self._is_set(scenario)
        times = None
        if on and scenario.count in scenario.body:
            times = getattr(target, scenario.count)
        elif on and scenario.counts and isinstance(target, WebhookFaults):
            times = target.left(next(iter(scenario.body)))
        return {"on": on, "times": times, "left": self._timers.left(_timer(scenario)) if on else None, "hits": None}


def find(key: str) -> Scenario | None:
    """The scenario of that key."""
    return BY_KEY.get(key)


def words_of(fault: Fault) -> str:
    """What a fault does, in words."""
    calls = f"{fault.method.upper()} calls" if fault.method else "calls"
    what = f"{calls} to {fault.path}" if fault.path else f"all {calls}"
    if fault.person:
        what += f" by {'the bot' if fault.person == 'bot' else fault.person}"
    said = _SAID[fault.kind].format(
        who=_SERVICES[fault.service], what=what, seconds=fault.seconds, status=fault.status or 500
    )
    return f"{said}, after doing it" if fault.applied and fault.kind != "drop_after" else said


def _sensible(scenario: Scenario, limits: Limits) -> Limits:
    times, lasts = limits.times, limits.lasts
    if times is not None and lasts is not None:
        raise ValueError("Either a number of times or some seconds, not both.")
    if times is not None and (not scenario.counts or type(times) is not int or not 1 <= times <= MOST_TIMES):
        raise ValueError(
            f"Times must be a whole number from 1 to {MOST_TIMES}."
            if scenario.counts
            else f"This cannot be counted: {scenario.words}."
        )
    if lasts is not None:
        if not scenario.spans:
            raise ValueError(f"This cannot be timed, only counted: {scenario.words}.")
        if type(lasts) not in (int, float) or not 0 < lasts <= MOST_SECONDS:
            raise ValueError(f"Lasts must be a number of seconds, more than 0 and at most {MOST_SECONDS}.")
    if times is None and lasts is None and not scenario.open:
        return Limits(times=scenario.counts[0])
    return limits


def _timer(scenario: Scenario) -> str:
    return f"scenario {scenario.key}"
