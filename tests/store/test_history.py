"""What was asked before about somebody."""

from typing import Any

import pytest

from bot.domain.actor import Person
from bot.domain.history import Wanted
from bot.store import queries
from bot.store.history import StoredHistory, StoredRequests
from bot.store.session import Database
from tests.store import rows

ANN = Person("ann", "ann@example.com", "Ann Archer")


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


def test_people_are_found_by_address_or_id_and_called_by_their_names(database: Database) -> None:
    with database.transaction() as session:
        queries.keep_person(session, ANN, at=rows.NOW)
        session.add(rows.request())
        session.flush()
        session.add(rows.audit_event(request=1))
    known = StoredHistory(database)

    assert [known.person(said) for said in ("ann", "Ann@Example.com", "Ann", "")] == [ANN, ANN, None, None]
    assert known.names(["ann", "bot"]) == {"ann": "Ann Archer"}
    assert known.events(Wanted(person="ann"), limit=5) == [rows.audit_event(id=1, request=1)]
    assert [StoredRequests(database).numbered(number) for number in (1, 2)] == [rows.request(number=1), None]
