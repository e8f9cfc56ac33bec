"""What was asked before about somebody."""

from typing import Any

import pytest

from bot.store.history import StoredRequests
from bot.store.session import Database
from tests.store import rows


@pytest.fixture
def history(database: Database) -> StoredRequests:
    """Four requests: two about Ann, of which one knows her id, one about somebody else, and one about nobody."""
    with database.transaction() as session:
        for about in (
            {"user_id": "ann@example.com"},
            {"user_id": "Ann@Example.com", "webex_id": "subscriber"},
            {"user_id": "bob@example.com", "webex_id": "another"},
            {},
        ):
            session.add(rows.request(**about))
            session.flush()
    return StoredRequests(database)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, []),
        ({"user_id": "", "webex_id": ""}, []),
        ({"user_id": "ANN@example.com"}, [2, 1]),
        ({"webex_id": "subscriber"}, [2]),
        ({"webex_id": "SUBSCRIBER"}, []),
        ({"user_id": "ann@example.com", "webex_id": "another"}, [3, 2, 1]),
        ({"user_id": "%"}, []),
        ({"user_id": "' OR 1=1 --"}, []),
        ({"user_id": "subscriber"}, []),
    ],
)
def test_it_finds_what_was_about_that_user_id_or_id_newest_first(
    history: StoredRequests, asked: dict[str, Any], found: list[int]
) -> None:
    assert [each.number for each in history.about(**asked)] == found


def test_no_more_are_told_than_were_asked_for(history: StoredRequests) -> None:
    assert [each.number for each in history.about(user_id="ann@example.com", limit=1)] == [2]


def test_what_it_finds_can_be_read_after_the_question(history: StoredRequests) -> None:
    [found] = history.about(webex_id="another")

    assert found == rows.request(number=3, user_id="bob@example.com", webex_id="another")
