"""A migrated database of each test's own, on both kinds of database."""

from collections.abc import Callable, Iterator

import pytest

from bot.store.migrate import migrate
from bot.store.session import Database


@pytest.fixture
def url(new_url: Callable[..., str]) -> str:
    """Where there is nothing yet."""
    return new_url()


@pytest.fixture
def database(new_url: Callable[..., str]) -> Iterator[Database]:
    database = Database(new_url(migrated))
    yield database
    database.close()


def migrated(url: str) -> None:
    """Give a database its newest shape."""
    database = Database(url)
    migrate(database.engine)
    database.close()
