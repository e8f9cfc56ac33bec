"""The bot as the playground runs it: with a clock that can be put forward, and files that say whether it is at work."""

import os
import sqlite3
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import BotError, SettingsError
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.app import Application

CLOCK_FILE = "PLAY_CLOCK_FILE"
"""The variable that names the file which says by how many seconds the clock was put forward."""

_LOOK_EVERY = 0.1
_MOST = 100 * 366 * 86_400
_WORK = {
    "bot.sqlite": (
        "SELECT 1 FROM workflow_status WHERE status IN ('ENQUEUED', 'PENDING')"
        # A message that has not been tried yet is put off for the case that what it shows takes long: that is no work.
        " OR (status = 'DELAYED' AND delay_until_epoch_ms < :soon AND (name <> 'deliver' OR workflow_uuid LIKE '%-%'))"
        " LIMIT 1"
    ),
    "bot.inbox.sqlite": "SELECT 1 FROM inbox WHERE state = 'new' LIMIT 1",
}


class MovedClock:
    """The time, plus what the file says; it never goes back."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.ahead = timedelta()
        self._seen: tuple[int, int] | None = None
        self.look()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def look(self) -> bool:
        """Read the file if it is another one than before; tells whether the clock was put forward."""
        try:
            found = self.file.stat()
        except FileNotFoundError:
            return False
        seen = (found.st_ino, found.st_mtime_ns)
        if seen == self._seen:
            return False
        self._seen = seen
        ahead = timedelta(seconds=read_seconds(self.file))
        if ahead <= self.ahead:
            return False
        self.ahead = ahead
        return True


class Follower:
    """Lets what was put off come nearer by as much as the clock was put forward, also while nobody was running.

    ``sooner`` does that; how far it has come is kept beside the clock's file, because it has changed the database.
    """

    def __init__(self, clock: MovedClock, sooner: Callable[[timedelta], None]) -> None:
        self._clock = clock
        self._sooner = sooner
        self._kept = _kept_beside(clock.file)
        self._followed = timedelta(seconds=read_seconds(self._kept))

    def catch_up(self) -> None:
        """Do nothing if the clock stands where it stood."""
        ahead = self._clock.ahead
        if ahead > self._followed:
            self._sooner(ahead - self._followed)
            self._followed = ahead
            write_seconds(self._kept, ahead.total_seconds())

    def run(self, stopping: threading.Event) -> None:
        """Watch the clock's file until told to stop."""
        self.catch_up()
        while not stopping.wait(_LOOK_EVERY):
            if self._clock.look():
                self.catch_up()


def read_seconds(file: Path) -> float:
    """What stands in the file; 0 for a file that is missing or makes no sense."""
    with suppress(OSError, ValueError):
        seconds = float(file.read_text("ascii"))
        if 0 <= seconds <= _MOST:
            return seconds
    return 0.0


def write_seconds(file: Path, seconds: float) -> None:
    """Whoever reads it meanwhile finds the old number or the new one, never half of either."""
    new = file.with_name(f"{file.name}.new")
    new.write_text(f"{seconds:.3f}\n", "ascii")
    new.replace(file)


def has_followed(clock: Path, *, ahead: float) -> bool:
    """The bot whose clock's file this is has noticed that the clock is so many seconds ahead."""
    # The file keeps thousandths.
    return read_seconds(_kept_beside(clock)) >= ahead - 0.001


def has_work(folder: Path, *, within: float = 0) -> bool:
    """Something is in the inbox, or under way or due in a queue, of the bot whose files are in this folder.

    What was put off counts if it is due ``within`` so many seconds.
    """
    # What is due is marked as such within a second, and then it is no longer put off.
    soon = {"soon": (time.time() + within) * 1000 if within else 0}
    return any(_found(folder / name, question, soon) for name, question in _WORK.items())


def _kept_beside(clock: Path) -> Path:
    return clock.with_name(f"{clock.name}.followed")


def _found(file: Path, question: str, values: dict[str, float]) -> bool:
    try:
        # Whoever asks may hold up everybody else meanwhile: a file that is in use is not waited for.
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=0)) as database:
            return database.execute(question, values).fetchone() is not None
    except sqlite3.Error:
        # It is being made or written just now.
        return True


def main() -> int:
    """Serve until told to end; returns the exit status."""
    # The playground itself wants of this module how the clock's file is written, and must not wait for all of the bot.
    from bot.serving import serve  # noqa: PLC0415 - see above.

    # What the bot keeps is for its own account only.
    os.umask(0o077)
    clock = MovedClock(Path(os.environ[CLOCK_FILE]))

    def follow(application: "Application") -> None:
        follower = Follower(clock, application.engine.sooner)
        threading.Thread(target=follower.run, args=(application.stopping,), name="clock", daemon=True).start()

    try:
        serve(Settings.read(os.environ), clock=clock, when_started=follow)
    except BotError as exc:
        sys.stderr.write(f"{exc}\n")
        return 2 if isinstance(exc, SettingsError) else 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
