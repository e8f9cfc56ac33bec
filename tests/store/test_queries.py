"""Questions to the database get exactly the rows that they are about, in the order that was promised."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from bot.domain.actor import Person, PersonType
from bot.domain.conversation import Ending
from bot.domain.request import ENDED, State
from bot.store import queries
from bot.store.session import Database
from tests.store import rows
from tests.store.rows import MINUTE, NOW

ANN = Person("ann", "ann@example.com", "Ann")
HOUR = timedelta(hours=1)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.transaction() as session:
        yield session


def test_a_request_is_found_by_its_number(session: Session) -> None:
    session.add(asked := rows.request())
    session.flush()

    assert queries.request(session, 1) is asked
    assert queries.request(session, 2) is None


def test_the_latest_requests_of_a_person_come_newest_first_and_no_more_than_wanted(session: Session) -> None:
    for asker in ("ann", "bob", "ann", "ann", "Ann"):
        session.add(rows.request(asked_by=asker))
        session.flush()

    assert [each.number for each in queries.latest_requests(session, asked_by="ann", limit=2)] == [4, 3]
    assert [each.number for each in queries.latest_requests(session, asked_by="ann", limit=9)] == [4, 3, 1]
    assert queries.latest_requests(session, asked_by="nobody", limit=9) == []


def test_every_request_that_has_not_ended_is_unfinished_oldest_first(session: Session) -> None:
    for state in State:
        session.add(rows.request(state=state))
        session.flush()

    found = queries.unfinished_requests(session)

    assert {each.state for each in found} == set(State) - ENDED
    assert [each.number for each in found] == sorted(each.number or 0 for each in found)


def test_a_message_that_does_not_show_what_it_should_is_unsent_unless_it_was_given_up(session: Session) -> None:
    session.add_all(
        [
            rows.delivery(wanted=2, shown=1),
            rows.delivery(wanted=2, shown=2),
            rows.delivery(wanted=3, shown=2, parked=True),
            rows.delivery(),
        ]
    )
    session.flush()

    assert [each.id for each in queries.unsent_deliveries(session)] == [1, 4]


def test_the_last_attempt_of_a_request_is_that_of_the_highest_number(session: Session) -> None:
    session.add_all([rows.request(), rows.request()])
    session.flush()
    session.add_all([rows.attempt(2), rows.attempt(1), rows.attempt(3, request=2)])
    session.flush()

    found = queries.last_attempt(session, 1)

    assert found is not None
    assert found.number == 2
    assert queries.last_attempt(session, 9) is None


@pytest.mark.parametrize(
    ("room_id", "person_id", "thread", "expected"),
    [
        ("room", "ann", None, 2),
        ("room", "ann", "", 1),
        ("room", "ann", "root", 2),
        ("room", "ann", "other", None),
        ("room", "bob", None, 5),
        ("room", "bob", "root", None),
        ("elsewhere", "ann", None, None),
    ],
)
def test_the_open_form_is_that_of_the_thread_or_the_newest(
    session: Session, room_id: str, person_id: str, thread: str | None, expected: int | None
) -> None:
    for each in (
        rows.conversation(),
        rows.conversation(thread="root"),
        rows.conversation(thread="root", ending=Ending.CANCELLED),
        rows.conversation(thread="other", ending=Ending.SENT),
        rows.conversation(person_id="bob"),
    ):
        session.add(each)
        session.flush()

    found = queries.open_conversation(session, room_id=room_id, person_id=person_id, thread=thread)

    assert (found.id if found else None) == expected


def test_the_messages_that_show_a_request_or_a_form_are_found(session: Session) -> None:
    session.add_all([rows.request(), rows.conversation()])
    session.flush()
    for each in (
        rows.delivery(request=1),
        rows.delivery(conversation=1),
        rows.delivery(request=1, message_id="m3"),
        rows.delivery(),
    ):
        session.add(each)
        session.flush()

    assert [each.id for each in queries.deliveries_of(session, request=1)] == [1, 3]
    assert [each.id for each in queries.deliveries_of(session, conversation=1)] == [2]
    assert queries.deliveries_of(session, request=9) == []


def test_a_message_of_ours_is_found_by_its_id(session: Session) -> None:
    session.add_all([rows.delivery(message_id="m1"), rows.delivery()])
    session.flush()

    found = queries.delivery_of_message(session, "m1")

    assert found is not None
    assert found.message_id == "m1"
    assert queries.delivery_of_message(session, "m2") is None
    assert queries.delivery_of_message(session, "") is None


# People.


def test_a_person_is_remembered_until_that_is_too_long_ago(session: Session) -> None:
    queries.keep_person(session, ANN, at=NOW)

    assert queries.cached_person(session, "ann", since=NOW) == ANN
    assert queries.cached_person(session, "ann", since=NOW + timedelta(microseconds=1)) is None
    assert queries.cached_person(session, "bob", since=NOW - HOUR) is None


def test_what_is_remembered_of_a_person_is_the_latest(session: Session) -> None:
    renamed = Person("ann", "ann.bo@example.com", "Ann Bo", PersonType.GUEST)
    queries.keep_person(session, ANN, at=NOW)
    queries.keep_person(session, renamed, at=NOW + HOUR)

    assert queries.cached_person(session, "ann", since=NOW + HOUR) == renamed
    assert session.execute(text("SELECT count(*) FROM people")).scalar() == 1


def test_a_refusal_is_told_once_per_hour_and_counted_every_time(session: Session) -> None:
    times = [NOW, NOW + MINUTE, NOW + HOUR - timedelta(microseconds=1), NOW + HOUR, NOW + HOUR + MINUTE, NOW + 2 * HOUR]

    told = [queries.count_refusal(session, "eve", at=at, quiet=HOUR) for at in times]

    assert told == [True, False, False, True, False, True]
    assert queries.count_refusal(session, "mallory", at=NOW, quiet=HOUR)
    counts = session.execute(text("SELECT person_id, count FROM refusals ORDER BY person_id"))
    assert [tuple(row) for row in counts] == [("eve", 6), ("mallory", 1)]


# Failures.


def test_work_that_failed_for_good_is_written_down_and_counted(session: Session) -> None:
    before = queries.count_failures(session)
    queries.record_failure(session, kind="plan", key="7.1", at=NOW, error="x" * 900, tracking_id="BOT_1")
    queries.record_failure(session, kind="plan", key="7.1", at=NOW, error="", tracking_id="BOT_2")

    assert (before, queries.count_failures(session)) == (0, 2)
    kept = session.execute(text("SELECT kind, key, error, tracking_id FROM failures ORDER BY id"))
    assert [tuple(row) for row in kept] == [("plan", "7.1", "x" * 500, "BOT_1"), ("plan", "7.1", "", "BOT_2")]
