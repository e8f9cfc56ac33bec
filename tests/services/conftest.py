"""A database for all use cases, and a world of each test's own."""

from collections.abc import Iterator

import pytest
import stamina

from bot.broadworks.patience import ATTEMPTS
from bot.store.session import Database
from tests.services.kit import World, open_database


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    found = open_database(tmp_path_factory.mktemp("services"))
    yield found
    found.close()


@pytest.fixture
def world(database: Database, few_logs: None) -> Iterator[World]:
    """Reads are tried again as often as ever, but nobody waits in between."""
    found = World(database)
    with stamina.set_testing(testing=True, attempts=ATTEMPTS, cap=True):
        yield found
    found.close()
