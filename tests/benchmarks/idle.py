"""How much of a core the bot takes when nobody wants anything of it; the goal is less than 8 percent.

python -m tests.benchmarks.idle [SECONDS]
"""

import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.crash.house import House, members

_SETTLED = 2.0
"""Seconds after the start in which it may still be busy with starting."""


def measure(seconds: float, *, settled: float = _SETTLED) -> dict[str, Any]:
    """Start the bot, leave it alone, and read what its processes have used."""
    with tempfile.TemporaryDirectory() as folder, House(Path(folder)) as house:
        bot = house.bot()
        bot.start()
        house.register()
        time.sleep(settled)
        began, before = time.perf_counter(), _used(bot.pid)
        time.sleep(seconds)
        used, took = _used(bot.pid) - before, time.perf_counter() - began
        processes = len(members(bot.pid))
    return {
        "benchmark": "idle",
        "seconds": seconds,
        "processes": processes,
        "percent_of_a_core": round(100 * used / took, 2),
        "goal": 8,
    }


def _used(group: int) -> float:
    """Seconds of processor time, of the user and of the system, that a process group has used."""
    ticks = 0
    for process in members(group):
        facts = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        ticks += int(facts[11]) + int(facts[12])
    return ticks / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(float(sys.argv[1]) if len(sys.argv) > 1 else 8.0)) + "\n")
