"""Every dialogue goes the same way on each kind of database."""

from collections.abc import Iterator

import pytest

from bot.testing.plugin import NewDatabase
from tests.conformity import Conformity


@pytest.fixture(scope="module")
def new_database(on_both: NewDatabase) -> NewDatabase:
    return on_both


@pytest.fixture(autouse=True)
def asked_as_documented(conformity: Conformity) -> Iterator[None]:
    """Whatever people say, what the bot sends to the provisioning API is what that is documented to take."""
    conformity.taken("requests")
    yield
    assert conformity.taken("requests") == []
