"""How fast the bot acknowledges, as a share of the least that any durable receiver must do on the same machine.

python -m tests.benchmarks.receiver [SECONDS]
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from bot.bot_process import BotProcess, free_port
from tests.benchmarks.load import CONNECTIONS, Load, closed_loop
from tests.crash.house import REPOSITORY, House

ROUNDS = 3


def measure(seconds: float) -> dict[str, Any]:
    """Load both in turn, so that neither has the better minutes of the machine.

    Webex does not answer meanwhile, and everything comes from one person, so one event is under way and the others
    wait: what is measured is receiving.
    """
    bot, floor = Load(), Load()
    with tempfile.TemporaryDirectory() as folder, House(Path(folder)) as house:
        house.simulator.faults.add(service="webex", kind="hang", path="/messages/.*", seconds=3600)
        house.bot().start()
        least = _floor(Path(folder))
        try:
            least.start()
            for _ in range(ROUNDS):
                floor = floor.add(closed_loop(least.url, seconds=seconds))
                bot = bot.add(closed_loop(house.url, seconds=seconds))
        finally:
            least.kill()
    return {
        "benchmark": "receiver",
        "seconds": seconds,
        "rounds": ROUNDS,
        "connections": CONNECTIONS,
        "bot": _facts(bot),
        "floor": _facts(floor),
        "bot_to_floor": round(bot.rate / floor.rate, 3),
    }


def _floor(folder: Path) -> BotProcess:
    port = free_port()
    return BotProcess(
        port=port,
        variables={"PYTHONPATH": str(REPOSITORY)},
        log=folder / "floor.log",
        command=("-m", "tests.benchmarks.floor", str(port), str(folder / "floor.sqlite")),
    )


def _facts(load: Load) -> dict[str, Any]:
    return {
        "per_second": round(load.rate),
        "p50_ms": load.milliseconds(0.5),
        "p99_ms": load.milliseconds(0.99),
        "statuses": load.statuses,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(float(sys.argv[1]) if len(sys.argv) > 1 else 3.0)) + "\n")
