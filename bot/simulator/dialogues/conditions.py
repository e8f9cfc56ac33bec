"""What is wrong in the simulated world at a moment, and the steps of a dialogue that lead from one to another."""

from collections.abc import Iterator
from dataclasses import MISSING, asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

from bot.simulator.control.faults import Fault
from bot.simulator.control.switches import Switches, WebhookFaults, usual
from bot.simulator.dialogues.steps import Breaks, Forwards, Heals, Sets, Step, Webhooks

if TYPE_CHECKING:
    from bot.simulator.simulator import Simulator

_COUNTED = ("duplicate", "delay", "legacy_signature")
_COUNTED_SWITCHES = ("late_404",)
_LASTING_WEBHOOKS = ("hold",)


@dataclass(frozen=True)
class Conditions:
    """`faults` are those that can still happen or in which a call waits, by their ids."""

    faults: dict[str, Fault]
    webhooks: dict[str, Any]
    switches: dict[str, Any]
    ahead: float

    @property
    def well(self) -> bool:
        return not (self.faults or _unusual(self.webhooks, WebhookFaults()) or _unusual(self.switches, Switches()))


def conditions(sim: "Simulator") -> Conditions:
    """As they are now."""
    webhooks = asdict(sim.webhook_faults)
    counts = [left for name in _COUNTED if (left := sim.webhook_faults.left(name)) is not None]
    return Conditions(
        faults={fault.id: fault for fault in sim.faults.current()},
        webhooks=webhooks | ({"times": min(counts)} if counts else {}),
        switches=asdict(sim.switches),
        ahead=sim.clock.ahead,
    )


def beginning(now: Conditions) -> Iterator[Step]:
    """The steps from a world in which all is well to this one; by how much its clock is ahead plays no part."""
    for fault in now.faults.values():
        if fault.times != 0:
            yield Breaks(_facts(fault))
    if webhooks := _unusual(now.webhooks, WebhookFaults()):
        yield Webhooks(webhooks)
    if switches := _unusual(now.switches, Switches()):
        yield Sets(switches)


def between(before: Conditions, after: Conditions) -> Iterator[Step]:
    """The steps that somebody has taken between two moments that are close to each other."""
    if after.ahead > before.ahead:
        yield Forwards(after.ahead - before.ahead)
    if set(before.faults) - set(after.faults) or (after.well and not before.well):
        # There is no step that takes one of several faults away: all go, and those that stay come again.
        yield Heals()
        yield from beginning(after)
        return
    for fault_id in after.faults:
        if fault_id not in before.faults:
            yield Breaks(_facts(after.faults[fault_id]))
    if webhooks := _changed(before.webhooks, after.webhooks):
        yield Webhooks(webhooks)
    if switches := _changed(before.switches, after.switches):
        yield Sets(switches)


def ended(before: Conditions, now: Conditions) -> Iterator[Step]:
    """The steps for what has changed by itself meanwhile, because its time was over; what is counted does so anyway."""
    if webhooks := _changed(before.webhooks, {name: now.webhooks[name] for name in _LASTING_WEBHOOKS}):
        yield Webhooks(webhooks)
    lasting = {name: value for name, value in now.switches.items() if name not in _COUNTED_SWITCHES}
    if switches := _changed(before.switches, lasting):
        yield Sets(switches)


def _facts(fault: Fault) -> dict[str, Any]:
    """What has to be named to have the same fault again."""
    facts: dict[str, Any] = {}
    for field in fields(fault):
        value = getattr(fault, field.name)
        usually = field.default_factory() if field.default_factory is not MISSING else field.default
        if field.init and value != usually:
            facts[field.name] = value
    return facts


def _unusual(values: dict[str, Any], kind: Switches | WebhookFaults) -> dict[str, Any]:
    return _changed(usual(kind), values)


def _changed(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in after.items() if value != before[name]}
