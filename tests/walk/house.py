"""What outlives every process of a walk: the database, the time, and the simulated API with its own state."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import event

from bot.simulator import Simulator
from bot.store.session import Database
from tests.services.kit import Clock
from tests.store.conftest import migrated


@dataclass(frozen=True)
class House:
    """One for a whole module: what one walk leaves behind is nothing to the next."""

    database: Database
    clock: Clock
    simulator: Simulator


@contextmanager
def open_house(folder: Path) -> Iterator[House]:
    """A house in a folder, on a disk that nobody waits for."""
    url = f"sqlite:///{folder}/bot.sqlite"
    migrated(url)
    database = Database(url)
    event.listen(database.engine, "connect", _hurry)
    # Those that the migration has opened have not heard of it.
    database.engine.dispose()
    clock = Clock()
    with Simulator(clock=clock) as simulator:
        yield House(database, clock, simulator)
    database.close()


def _hurry(connection: Any, _record: Any) -> None:
    """No power cut is simulated here, so nothing has to reach the disk."""
    connection.execute("PRAGMA synchronous=OFF")
