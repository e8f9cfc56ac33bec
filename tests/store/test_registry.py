"""The bot's own memory of what it has provisioned."""

import pytest

from bot.store.registry import StoredRegistry
from bot.store.session import Database
from tests.store import rows


@pytest.fixture
def registry(database: Database) -> StoredRegistry:
    """Two workspaces: one with a number, one with an extension only."""
    with database.transaction() as session:
        session.add(rows.request())
        session.flush()
        session.add(rows.provisioned())
        session.flush()
        session.add(rows.provisioned(webex_id="place2", user_id="2@example.com", number="", extension="51212"))
    return StoredRegistry(database)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, []),
        ({"user_id": "", "number": "", "webex_id": ""}, []),
        ({"user_id": "95547321@Example.com"}, ["place"]),
        ({"user_id": "95547321@EXAMPLE.COM"}, ["place"]),
        ({"user_id": "95547321@example"}, []),
        ({"user_id": "%"}, []),
        ({"user_id": "' OR 1=1 --"}, []),
        ({"number": "+12405551212"}, ["place"]),
        ({"number": "12405551212"}, []),
        ({"webex_id": "place2"}, ["place2"]),
        ({"webex_id": "PLACE2"}, []),
        ({"user_id": "2@example.com", "number": "+12405551212"}, ["place", "place2"]),
        ({"user_id": "95547321@example.com", "number": "+12405551212", "webex_id": "place"}, ["place"]),
        ({"user_id": "51212"}, []),
    ],
)
def test_it_finds_what_has_that_user_id_number_or_id_and_nothing_else(
    registry: StoredRegistry, asked: dict[str, str], found: list[str]
) -> None:
    assert [each.webex_id for each in registry.find(**asked)] == found


def test_what_it_finds_can_be_read_after_the_question(registry: StoredRegistry) -> None:
    assert registry.find(webex_id="place") == [rows.provisioned(id=1)]


def test_the_same_text_may_be_the_user_id_of_one_and_the_number_of_another(
    database: Database, registry: StoredRegistry
) -> None:
    with database.transaction() as session:
        session.add(rows.provisioned(webex_id="place3", user_id="+12405551212", number=""))

    found = registry.find(user_id="+12405551212", number="+12405551212")

    assert [each.webex_id for each in found] == ["place", "place3"]


def test_an_id_that_is_longer_than_any_of_today_is_kept_and_found(database: Database, registry: StoredRegistry) -> None:
    with database.transaction() as session:
        session.add(rows.provisioned(webex_id="i" * 1024))

    assert len(registry.find(webex_id="i" * 1024)) == 1
