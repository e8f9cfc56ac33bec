"""Dialogues go the same way on each kind of database; those that say nothing of what is kept are run on one."""

from collections.abc import Iterator

import pytest

from bot.testing.plugin import NewDatabase, in_a_file
from tests.conformity import Conformity
from tests.conftest import BOTH
from tests.postgres import Server

ALIKE = frozenset(
    {
        "explain",
        "find_subscribers",
        "find_workspaces",
        "get_billing_report",
        "list_billing_reports",
        "pasted",
        "policy_test",
        "precheck_form",
        "remove_billing_report",
        "show_subscriber",
        "show_workspace",
        "template_list",
        "template_remove",
        "template_rename",
        "update_workspace",
    }
)
"""Their files ask the API and draw what it answers: all that they keep, the files of other operations keep too."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """All tests of a file are run on the one database, then on the other, so that they can share a bot."""
    if "new_database" in metafunc.fixturenames:
        kinds = ("sqlite",) if metafunc.module.__name__.rpartition(".test_")[2] in ALIKE else BOTH
        metafunc.parametrize("new_database", kinds, indirect=True, scope="module")


@pytest.fixture(scope="module")
def new_database(request: pytest.FixtureRequest) -> NewDatabase:
    if request.param == "sqlite":
        return in_a_file
    server: Server = request.getfixturevalue("postgres")
    return server.for_a_bot


@pytest.fixture(autouse=True)
def asked_as_documented(conformity: Conformity) -> Iterator[None]:
    """Whatever people say, what the bot sends to the provisioning API is what that is documented to take."""
    conformity.taken("requests")
    yield
    assert conformity.taken("requests") == []
