"""A database of each kind for all use cases, and a world of each test's own."""

from collections.abc import Iterator

import pytest
import stamina

from bot.broadworks.patience import ATTEMPTS
from bot.store.session import Database
from tests.conftest import BOTH
from tests.postgres import Server
from tests.services.kit import World
from tests.store.conftest import migrated


@pytest.fixture(scope="module", params=BOTH)
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('services')}/bot.sqlite"
        migrated(url)
    else:
        server: Server = request.getfixturevalue("postgres")
        url = server.copy(migrated)
    found = Database(url)
    yield found
    found.close()


@pytest.fixture
def world(database: Database, few_logs: None) -> Iterator[World]:
    """Reads are tried again as often as ever, but nobody waits in between."""
    found = World(database)
    with stamina.set_testing(testing=True, attempts=ATTEMPTS, cap=True):
        yield found
    found.close()
