"""A migrated database of each test's own, in a real file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.migrate import migrate
from bot.store.session import Database


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/var/bot.sqlite"


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    database = Database(url)
    migrate(database.engine)
    yield database
    database.close()
