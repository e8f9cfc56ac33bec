"""Tells whether the bot is at work just now: whoever does something then does what a replay cannot do again exactly."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.simulator.entities import Change
from bot.simulator.webex.subscriptions import concerns

if TYPE_CHECKING:
    from bot.simulator.simulator import Simulator

LONG = 2.0
"""Seconds: so long does a replay wait for a bot that is at work before it goes on."""

_LOOK_EVERY = 0.02


class Haste:
    """`at_work` is asked whether the bot itself has something to do; whoever runs the bot can tell."""

    def __init__(self, sim: "Simulator") -> None:
        self.at_work: Callable[[], bool] = lambda: False
        self._sim = sim

    def now(self, change: Change | None = None) -> bool:
        """It is at work, which is not about `change`, and not just kept waiting for longer than a replay waits."""
        if any(fault.waiting and fault.seconds > LONG for fault in self._sim.faults.current()):
            return False
        return self._under_way(change) or self.at_work()

    def over(self, within: float = LONG) -> bool:
        """Waits until it is not at work any more; False if that takes too long."""
        end = time.monotonic() + within
        while self.now():
            if time.monotonic() > end:
                return False
            time.sleep(_LOOK_EVERY)
        return True

    def _under_way(self, change: Change | None) -> bool:
        """Webhooks about something else that the bot has not done are on their way, and nobody holds them."""
        with self._sim.world.lock:
            webhooks = self._sim.world.webhooks.values()
            own = sum(concerns(webhook, change) for webhook in webhooks) if change else 0
            return self._sim.deliveries.news > own and not self._sim.webhook_faults.hold
