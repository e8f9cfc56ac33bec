"""One house for every module of walks; nobody waits between the tries of a read or of a record."""

from collections.abc import Iterator

import pytest
import stamina

from bot.broadworks.patience import ATTEMPTS
from tests.walk.house import House, open_house


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("walk")) as house:
        yield house


@pytest.fixture
def house(opened: House, few_logs: None) -> Iterator[House]:
    with stamina.set_testing(testing=True, attempts=ATTEMPTS, cap=True):
        yield opened
