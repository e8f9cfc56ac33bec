"""Replays dialogue files one after the other and prints how each step went."""

import sys
from collections.abc import Sequence
from pathlib import Path

from bot.testing.replay import PATIENCE, Done, Script, WentOtherwise, printable, read, replay


def replay_files(names: Sequence[str], *, patience: float = PATIENCE) -> int:
    """0 if everything went as the files say, else 1; nothing is replayed if one of them cannot be read."""
    scripts = [read(Path(name)) for name in names]
    return max([_replayed(script, patience=patience) for script in scripts], default=0)


def _replayed(script: Script, *, patience: float) -> int:
    _say(printable(f"{script.dialogue.title} ({script.path})"))
    try:
        replay(script, tell=_tell, patience=patience)
    except WentOtherwise as exc:
        _say("  not ok")
        _say("\n".join(f"    {line}" for line in str(exc).split("\n")))
        return 1
    _say(f"  All {len(script.lines)} steps went as the file says.")
    return 0


def _tell(done: Done) -> None:
    _say(f"  ok {done.number:>4}  {done.words}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
