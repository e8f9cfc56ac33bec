"""One process per SQLite file: a lock that the operating system takes back whatever happens."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url

from bot.errors import BotError

_STEP = 0.1


class AlreadyRunning(BotError):
    """Another process works on the same file."""


@contextmanager
def only_instance(database_url: str, *, wait: float = 0.0) -> Iterator[None]:
    """Hold the lock of a SQLite database, waiting up to ``wait`` seconds for another process to end.

    Raises AlreadyRunning. PostgreSQL serves any number of processes.
    """
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        yield
        return
    path = Path(f"{url.database}.lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        _lock(file.fileno(), wait=wait, database=url.database)
        yield


def _lock(descriptor: int, *, wait: float, database: str) -> None:
    until = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as exc:
            if time.monotonic() >= until:
                message = f"Another bot is running on {database}. SQLite serves one: stop the other."
                raise AlreadyRunning(message) from exc
            time.sleep(_STEP)
        else:
            return
