"""Verifies a history in a process of its own, and tells what that took.

python -m tests.benchmarks.verifying URL
"""

import json
import re
import sys
import time
from pathlib import Path
from typing import Any

from bot.store import chain, trail
from bot.store.session import Database


def verify(url: str) -> dict[str, Any]:
    """Walk along the whole chain, on Linux; ``peak_kb`` is the most that the process ever had."""
    database = Database(url)
    with database.reading() as session:
        head = chain.head(session.connection())
        assert head
        began, busy = time.perf_counter(), time.process_time()
        problems = list(trail.verify(session))
        seconds, busy = time.perf_counter() - began, time.process_time() - busy
    database.close()
    assert problems == [], problems
    status = Path("/proc/self/status").read_text()
    return {
        "events": head.length,
        "seconds": round(seconds, 2),
        "microseconds_per_event": round(1e6 * seconds / head.length, 2),
        "busy_microseconds_per_event": round(1e6 * busy / head.length, 2),
        "peak_kb": int(*re.findall(r"VmHWM:\s+(\d+) kB", status)),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(verify(sys.argv[1])) + "\n")
