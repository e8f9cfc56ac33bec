"""Every dialogue goes the same way on each kind of database."""

import pytest

from bot.testing.plugin import NewDatabase


@pytest.fixture(scope="module")
def new_database(on_both: NewDatabase) -> NewDatabase:
    return on_both
