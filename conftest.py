"""Tests talk with the bot as those who extend it do, with the kit that comes with it, and leave their files in memory.

It is not in tests/ so that `pytest --dialogue FILE` is understood for a file that lies anywhere in this folder.
"""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - folders with names of their own are made in it.
ROOM = 2**30
"""Bytes: many times what all tests together leave there."""

pytest_plugins = ["bot.testing.plugin"]

# Bots wait for the disk at each of their many commits, for half the time of some tests. What a process has written
# before it is killed outlives it in memory as well.
if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
    # For this process, for its workers, and for the bots that tests start.
    os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)
