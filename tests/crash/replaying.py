"""Records sessions that a seed has made up, and replays them: what happened once must happen again.

python -m tests.crash.replaying [--sessions N] [--seed S] [--acts N] [--times N] [--keep FOLDER]
"""

import argparse
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bot.simulator.dialogues.dialogue import SUFFIX
from tests.crash.house import REPOSITORY
from tests.crash.sessions import Session

_REPLAY_WITHIN = 300.0


@dataclass(frozen=True)
class Recorded:
    """A session as it was saved; `done` is what was done in it."""

    file: Path
    done: list[str]
    warnings: list[str]


def record(seed: int, *, acts: int, hasty: int, folder: Path) -> Recorded:
    """Play one session in a playground of its own and save it."""
    with tempfile.TemporaryDirectory(prefix="session-") as data:
        session = Session(seed, folder=Path(data), hasty=hasty)
        try:
            session.play(acts)
            text, warnings = session.recording(f"Session {seed}")
        finally:
            session.close()
    file = folder / f"session-{seed}{SUFFIX}"
    file.write_text(text, "utf-8")
    return Recorded(file, session.done, warnings)


def replayed(file: Path) -> str | None:
    """None if all went as the file says, else what the command said last."""
    command = [sys.executable, "-m", "bot", "replay", str(file)]
    ended = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=_REPLAY_WITHIN)
    if ended.returncode == 0:
        return None
    return f"{ended.stdout}\n{ended.stderr}".partition("  not ok\n")[2] or f"{ended.stdout}\n{ended.stderr}"


def main() -> int:
    """0 if every session without a warning was replayed each time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--acts", type=int, default=14)
    parser.add_argument("--hasty", type=int, default=2, help="of ten times, go on without waiting for the bot")
    parser.add_argument("--times", type=int, default=2, help="to replay each session")
    parser.add_argument("--keep", type=Path, help="where to leave the files")
    asked = parser.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory(prefix="sessions-") as passing:
        folder = asked.keep or Path(passing)
        folder.mkdir(parents=True, exist_ok=True)
        for seed in range(asked.seed, asked.seed + asked.sessions):
            failed += _drilled(seed, asked, folder)
    _say(f"{asked.sessions} sessions, each replayed {asked.times} times: {failed} went otherwise.")
    return 1 if failed else 0


def _drilled(seed: int, asked: argparse.Namespace, folder: Path) -> bool:
    began = time.monotonic()
    recorded = record(seed, acts=asked.acts, hasty=asked.hasty, folder=folder)
    took = time.monotonic() - began
    (folder / f"session-{seed}.txt").write_text("\n".join([*recorded.done, *recorded.warnings]), "utf-8")
    otherwise = [found for found in (replayed(recorded.file) for _ in range(asked.times)) if found]
    told = "not ok" if otherwise else "ok"
    spent = f"recorded in {took:.0f} s, all in {time.monotonic() - began:.0f} s"
    _say(f"{told} session {seed}: {spent}; {len(recorded.warnings)} warnings {recorded.warnings}")
    for found in otherwise[:1]:
        _say(found)
    return bool(otherwise) and not recorded.warnings


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
