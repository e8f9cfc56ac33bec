"""What is stored comes back as it was: times with their zone, domain values as their own types."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import StatementError

from bot.domain.conversation import Ending
from bot.domain.delivery import Notice, NoticeKind
from bot.domain.form import Complaint
from bot.domain.plan import Call, Finding, Level, Outcome, Plan, Source
from bot.domain.problem import Explanation, Problem, Reason
from bot.domain.request import Request, State
from bot.store import tables
from bot.store.session import Database
from bot.store.types import Moment, Stored
from tests.store import rows
from tests.store.rows import NOW

CALL = Call("POST", "broadworks/workspaces", {"a": [1, 1.5, True, None, {"b": "ü \x00"}]}, "https://webexapis.com/v1/")
PLAN = Plan(
    "provision_workspace",
    CALL,
    made=NOW,
    before={"name": None},
    findings=(Finding(Level.WARNING, "Look out."), Finding(Level.GOOD, "Fine.", Source.WEBEX)),
)
PROBLEM = Problem(
    "It was refused.",
    reasons=(Reason("no", "userId", Explanation("1001", "Taken", known=False)), Reason("nay")),
    status=409,
    retry_after=1.5,
    again=True,
)
OUTCOME = Outcome(ok=False, data={"fields": {"x": [1]}}, problem=PROBLEM, tracking_id="T", tries=3, waited=0.5)


def stored(database: Database, row: Any) -> Any:
    """Store a row and read it in another session."""
    with database.transaction() as session:
        session.add(row)
    with database.transaction() as session:
        return session.get_one(type(row), row.number if isinstance(row, Request) else row.id)


def test_text_from_outside_that_is_too_long_is_cut_and_not_refused(database: Database) -> None:
    kept = stored(database, rows.request(asker_name="\x00Ann" + "x" * 500, user_id="9" * 500))

    assert (kept.asker_name, kept.user_id) == ("Ann" + "x" * 197, "9" * 256)


def test_what_webex_calls_a_call_is_cut_in_the_history_and_not_refused(database: Database) -> None:
    assert stored(database, rows.audit_event(tracking_id="T" * 500)).tracking_id == "T" * 120


def test_a_naive_time_is_refused(database: Database) -> None:
    naive = datetime(2026, 7, 9, 14, 13)  # noqa: DTZ001 - this is what must be refused.

    with pytest.raises(StatementError, match="a moment needs a time zone"):
        stored(database, rows.request(asked_at=naive))
    with database.transaction() as session:
        assert session.scalars(select(Request)).all() == []


def test_a_naive_time_is_refused_in_a_question_too(database: Database) -> None:
    naive = datetime(2026, 7, 9, 14, 13)  # noqa: DTZ001 - this is what must be refused.

    with pytest.raises(StatementError, match="a moment needs a time zone"), database.transaction() as session:
        session.execute(select(tables.people.c.id).where(tables.people.c.seen_at >= naive))


def test_a_time_of_any_zone_comes_back_in_utc_to_the_microsecond(database: Database) -> None:
    elsewhere = NOW.astimezone(timezone(timedelta(hours=-7, minutes=-30)))

    found = stored(database, rows.request(asked_at=elsewhere, try_at=None))

    assert (found.asked_at, found.asked_at.tzinfo, found.try_at) == (NOW, UTC, None)


def test_times_of_different_zones_are_compared_as_moments(database: Database) -> None:
    late = (NOW + timedelta(minutes=1)).astimezone(timezone(timedelta(hours=-12)))
    stored(database, rows.request(asked_at=NOW))

    with database.transaction() as session:
        assert session.scalars(select(Request).where(tables.requests.c.asked_at > late)).all() == []
        assert len(session.scalars(select(Request).where(tables.requests.c.asked_at < late)).all()) == 1


def test_a_database_that_tells_the_time_of_another_zone_is_understood() -> None:
    aware = NOW.astimezone(timezone(timedelta(hours=2)))
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy's own constructor has no types.

    found = Moment().process_result_value(aware, dialect)

    assert (found, found.tzinfo if found else None) == (NOW, UTC)
    assert Moment().process_result_value(None, dialect) is None


def test_a_request_comes_back_with_its_plan_and_its_outcome(database: Database) -> None:
    kept = rows.request(plan=PLAN, outcome=OUTCOME, warnings=("one", "two"), state=State.FAILED, held=True)

    found = stored(database, kept)

    assert found is not kept
    assert found == kept
    assert (found.plan, found.outcome, found.plan.hash) == (PLAN, OUTCOME, PLAN.hash)
    assert isinstance(found.plan.findings[0].level, Level)
    assert isinstance(found.state, State)


def test_what_is_not_there_yet_comes_back_as_nothing(database: Database) -> None:
    found = stored(database, rows.request())

    assert (found.plan, found.outcome, found.warnings) == (None, None, ())


@pytest.mark.parametrize(
    "row",
    [
        rows.conversation(values={"a": "ü \ud800"}, complaints=(Complaint(None, "x"), Complaint("a", "y"))),
        rows.conversation(ending=Ending.REPLACED, by_text=True),
        rows.delivery(notice=Notice(NoticeKind.REQUESTS, {"limit": 10, "nested": {"a": [None]}})),
        rows.audit_event(detail={}, tracking_id="T"),
    ],
)
def test_every_kind_of_row_comes_back_as_it_was(database: Database, row: Any) -> None:
    again = stored(database, replace(row))

    assert again == replace(row, id=1)


def test_words_are_stored_as_they_stand(database: Database) -> None:
    stored(database, rows.request(state=State.UNKNOWN))

    with database.transaction() as session:
        assert session.connection().exec_driver_sql("SELECT state FROM requests").scalar() == "unknown"


def test_a_word_that_nobody_knows_is_not_read_as_another(database: Database) -> None:
    stored(database, rows.request())
    with database.transaction() as session:
        session.connection().exec_driver_sql("UPDATE requests SET state = 'dreaming'")

    with pytest.raises(LookupError, match="dreaming"), database.transaction() as session:
        session.get(Request, 1)


def test_a_stored_value_is_compared_as_text() -> None:
    of = Stored(dict[str, str])

    assert str((tables.requests.c["values"] == "{}").compile(dialect=sqlite.dialect())) == 'requests."values" = ?'
    assert of.coerce_compared_value(None, "{}") is of.impl_instance
