"""The history is a chain: whoever adds to it, in the order of their commits, and whoever tampers with it is found."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.domain.audit import AuditEvent, Happening
from bot.domain.chain import FIELDS, START, hashed
from bot.domain.history import Wanted
from bot.store import chain, retention, tables, trail
from bot.store.migrate import migrate
from bot.store.session import Database
from tests.store import rows
from tests.store.conftest import migrated
from tests.store.tampering import KEY, sealed, tamper

REPOSITORY = Path(__file__).parents[2]
NEWER = "n" * 32
WRITERS, TIMES = 8, 6
FULL: dict[str, Any] = {
    "request": 12,
    "tracking_id": "BOT_1",
    "message_id": "a message",
    "from_state": "asked",
    "to_state": "approved",
    "rule": "none",
    "plan_hash": "f" * 64,
    "enterprise": "Reseller1+acme",
    "webex_tracking_id": "ROUTER_1",
    "api_tracking_id": "THEIRS",
}


@pytest.fixture
def database(new_url: Callable[..., str]) -> Iterator[Database]:
    database = Database(new_url(sealed), keys=[KEY])
    yield database
    database.close()


def add(database: Database, count: int, **fields: Any) -> None:
    with database.transaction() as session:
        session.add_all([rows.audit_event(**(FULL | fields), actor=f"person {number}") for number in range(count)])


def problems(database: Database, **about: Any) -> list[str]:
    with database.reading() as session:
        return list(trail.verify(session, **({"keys": database.keys} | about)))


# How it is made.


def test_events_are_linked_in_the_order_in_which_they_were_noted(database: Database) -> None:
    add(database, 2)
    add(database, 1)

    with database.reading() as session:
        found = session.scalars(select(AuditEvent).order_by(tables.audit_events.c.id)).all()
        head = chain.head(session.connection())
    assert [(each.id, each.actor, each.version) for each in found] == [
        (1, "person 0", 1),
        (2, "person 1", 1),
        (3, "person 0", 1),
    ]
    assert [each.previous for each in found] == [START, *(each.hash for each in found[:2])]
    assert head
    assert (head.length, head.hash, head.is_sealed([KEY])) == (3, found[2].hash, True)
    assert problems(database) == []


def fail_after_adding(session: Session) -> None:
    session.add(rows.audit_event(actor="taken back"))
    session.flush()
    raise ZeroDivisionError


def test_what_a_transaction_or_a_part_of_it_takes_back_leaves_no_gap(database: Database) -> None:
    with database.transaction() as session:
        session.add(rows.audit_event(actor="first"))
        with pytest.raises(ZeroDivisionError), session.begin_nested():
            fail_after_adding(session)
        session.add(rows.audit_event(actor="second"))
    with pytest.raises(ZeroDivisionError), database.transaction() as session:
        fail_after_adding(session)
    add(database, 1)

    with database.reading() as session:
        found = session.execute(select(tables.audit_events.c.id, tables.audit_events.c.actor)).all()
    assert sorted(map(tuple, found)) == [(1, "first"), (2, "second"), (3, "person 0")]
    assert problems(database) == []


def test_what_is_kept_of_too_long_an_id_is_what_is_hashed(database: Database) -> None:
    add(database, 1, api_tracking_id="T\x00" * 500, enterprise="é" * 500)

    assert problems(database) == []


def test_sessions_that_somebody_else_brings_along_link_as_well(database: Database) -> None:
    with database.unbound_sessions(bind=database.engine) as session:
        session.add(rows.audit_event())
        session.commit()

    assert problems(database) == []


def test_without_a_head_nothing_is_added(database: Database) -> None:
    tamper(database, "DELETE FROM audit_head")

    with pytest.raises(LookupError, match="The head of the history is missing"):
        add(database, 1)
    assert problems(database) == ["The head of the history is missing."]


@pytest.mark.parametrize("hook", ["first", "last"])
def test_many_threads_and_two_processes_make_one_chain_without_gaps(database: Database, hook: str) -> None:
    """Whether the event is noted at the beginning of a transaction or at its end."""
    command = [sys.executable, "-m", "tests.store.appending", database.url, hook, str(TIMES)]
    others = [subprocess.Popen(command, cwd=REPOSITORY) for _ in range(2)]
    together = threading.Barrier(WRITERS)

    def write(number: int) -> None:
        together.wait()
        for _ in range(TIMES):
            with database.transaction() as session:
                session.add(rows.request(asked_by=f"thread {number}"))
                if hook == "first":
                    session.flush()
                session.add(rows.audit_event(actor=f"thread {number}"))

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))

    assert [each.wait(120) for each in others] == [0, 0]
    count = (WRITERS + len(others)) * TIMES
    with database.reading() as session:
        ids = session.scalars(select(tables.audit_events.c.id).order_by(tables.audit_events.c.id)).all()
    assert ids == list(range(1, count + 1))
    # The others had no keys, and so the seal that was there could not be kept up.
    assert problems(database, keys=()) == []
    assert "not sealed" in problems(database)[0]


INSERT = "INSERT INTO audit_events (id, at, what, actor, detail, hash) SELECT 9, at, what, actor, detail, {} "
INSERTS = [INSERT.format(each) + "FROM audit_events" for each in ("''", "hash")]


@pytest.mark.parametrize("statement", INSERTS, ids=["without a hash", "behind the head"])
def test_what_goes_around_the_chain_is_refused(database: Database, statement: str) -> None:
    """Such as what a process of an older release would write."""
    add(database, 1)

    refused = pytest.raises(IntegrityError, match="audit events are linked to those before them")
    with refused, database.transaction() as session:
        session.execute(text(statement))


def test_what_is_looked_for_is_found_in_either_order_beyond_an_event(database: Database) -> None:
    for number in range(4):
        add(database, 1, at=rows.NOW + timedelta(days=number), request=number % 2)
    day = timedelta(days=1)

    def found(beyond: int | None = None, **wanted: Any) -> list[int | None]:
        with database.reading() as session:
            return [each.id for each in trail.events(session, Wanted(**wanted), beyond=beyond, limit=3)]

    assert found() == [1, 2, 3]
    assert found(3) == [4]
    assert found(newest_first=True) == [4, 3, 2]
    assert found(2, newest_first=True) == [1]
    assert found(requests=[1]) == [2, 4]
    assert found(since=rows.NOW + day, until=rows.NOW + 3 * day) == [2, 3]
    assert found(enterprise="RESELLER1+ACME", requests=[]) == []


# Who tampers with it.

COPY = (
    "INSERT INTO audit_events (id, at, what, actor, detail, version) "
    "SELECT {id}, at, what, actor, detail, {version} FROM audit_events WHERE id = {of}"
)
SEAL = (
    "INSERT INTO audit_segments "
    "SELECT 5, {first}, start, hash, first_at, last_at, sealed_at, digest, digest FROM audit_segments"
)
CHANGES = {
    "at": "at = '2020-01-01 00:00:00.000000'",
    "what": "what = 'request withdrawn'",
    "actor": "actor = 'mallory'",
    "request": "request = 13",
    "detail": """detail = '{"room": "other"}'""",
    **{name: f"{name} = 'other'" for name in FULL if name not in {"request", "plan_hash"}},
    "plan_hash": "plan_hash = NULL",
    "previous": "previous = 'other'",
    "hash": "hash = 'other'",
    "version": "version = 2",
}


def test_every_column_is_watched() -> None:
    assert {*CHANGES, "id"} == {column.name for column in tables.audit_events.c}


@pytest.mark.parametrize("column", CHANGES)
def test_a_changed_column_is_found(database: Database, column: str) -> None:
    add(database, 3)

    tamper(database, f"UPDATE audit_events SET {CHANGES[column]} WHERE id = 2")  # noqa: S608 - it is from above.

    found = problems(database)
    if column == "version":
        assert found == ["Event 2 is written in a way that is not known here (version 2)."]
    else:
        assert found[0] == "Event 2 was changed."


@pytest.mark.parametrize(
    ("statements", "told"),
    [
        (["DELETE FROM audit_events WHERE id = 1"], ["Event 1 is missing."]),
        (["DELETE FROM audit_events WHERE id IN (2, 3)"], ["Events 2 to 3 are missing."]),
        (["DELETE FROM audit_events WHERE id = 5"], ["Event 5 is missing at the end."]),
        (["DELETE FROM audit_events WHERE id > 3"], ["Events 4 to 5 are missing at the end."]),
        (["DELETE FROM audit_events"], ["Events 1 to 5 are missing at the end."]),
        (
            ["UPDATE audit_events SET id = 0 WHERE id = 2"],
            ["Event 0 was changed.", "Event 0 stands where events were sealed and removed.", "Event 2 is missing."],
        ),
        (
            [
                "UPDATE audit_events SET id = 9 WHERE id = 2",
                "UPDATE audit_events SET id = 2 WHERE id = 3",
                "UPDATE audit_events SET id = 3 WHERE id = 9",
            ],
            [
                "Event 2 was changed.",
                "Event 2 does not follow on what is before it: something was put in, taken out or replaced.",
                "Event 3 was changed.",
                "Event 3 does not follow on what is before it: something was put in, taken out or replaced.",
                "Event 4 does not follow on what is before it: something was put in, taken out or replaced.",
            ],
        ),
        (
            [COPY.format(id=6, of=1, version=0)],
            [
                "Event 6 is written in a way that is not known here (version 0).",
                "Event 6 does not follow on what is before it: something was put in, taken out or replaced.",
                "Event 6 is not known to the head of the history.",
            ],
        ),
        (
            ["UPDATE audit_head SET hash = 'other'"],
            [
                "The head of the history is not that of its last event.",
                "The head of the history is not sealed by any of the keys: somebody may have made another chain.",
            ],
        ),
        (
            [
                "DELETE FROM audit_events WHERE id = 5",
                "UPDATE audit_head SET length = 4, hash = (SELECT hash FROM audit_events WHERE id = 4)",
            ],
            ["The head of the history is not sealed by any of the keys: somebody may have made another chain."],
        ),
        (
            ["UPDATE audit_head SET seal = 'é'"],
            ["The head of the history is not sealed by any of the keys: somebody may have made another chain."],
        ),
    ],
    ids=[
        "first removed",
        "middle removed",
        "last removed",
        "tail cut off",
        "all removed",
        "moved before",
        "swapped",
        "put in at the end",
        "head replaced",
        "tail cut off with its head",
        "seal replaced",
    ],
)
def test_what_was_removed_put_in_or_moved_is_found(database: Database, statements: list[str], told: list[str]) -> None:
    add(database, 5)

    tamper(database, *statements)

    assert problems(database) == told


def forge(database: Database) -> None:
    """Somebody who knows how hashes are made replaces the last events, and all that is to be seen of them."""
    cut_off = "UPDATE audit_head SET length = 2, hash = (SELECT hash FROM audit_events WHERE id = 2)"
    tamper(database, "DELETE FROM audit_events WHERE id > 2", cut_off)
    other = Database(database.url)
    add(other, 3, request=99)
    other.close()


def test_a_chain_made_anew_is_told_by_the_seal_and_by_a_hash_that_was_noted(database: Database) -> None:
    add(database, 5)
    with database.reading() as session:
        noted = trail.head_hash(chain.head(session.connection()))

    forge(database)

    assert problems(database, keys=()) == []
    assert problems(database) == [
        "The head of the history is not sealed by any of the keys: somebody may have made another chain."
    ]
    assert problems(database, keys=(), noted=noted) == [
        "The hash that was noted is nowhere in the history: it was cut off, or made anew."
    ]


def test_an_event_made_anew_alone_does_not_fit_to_the_next(database: Database) -> None:
    add(database, 5)
    with database.reading() as session:
        row = list(next(each for each in trail.raw(session) if each.id == 3))
    row[FIELDS.index("actor")] = "mallory"
    change = f"actor = 'mallory', hash = '{hashed(row[:-1])}'"

    tamper(database, f"UPDATE audit_events SET {change} WHERE id = 3")  # noqa: S608 - it is from above.

    assert problems(database) == [
        "Event 4 does not follow on what is before it: something was put in, taken out or replaced."
    ]


def test_a_hash_that_was_noted_is_found_wherever_it_is(database: Database) -> None:
    add(database, 3)
    with database.reading() as session:
        hashes = [each.hash for each in trail.raw(session)]

    assert [problems(database, noted=each) for each in hashes] == [[], [], []]


def test_adding_does_not_vouch_for_what_somebody_else_has_done(database: Database) -> None:
    add(database, 5)
    tamper(
        database,
        "DELETE FROM audit_events WHERE id = 5",
        "UPDATE audit_head SET length = 4, hash = (SELECT hash FROM audit_events WHERE id = 4)",
    )

    add(database, 3)

    assert problems(database) == [
        "The head of the history is not sealed by any of the keys: somebody may have made another chain."
    ]


def test_a_newer_key_takes_over_when_the_database_is_prepared(database: Database) -> None:
    add(database, 1)

    migrate(database.engine, keys=[NEWER, KEY])

    assert problems(database, keys=[NEWER]) == []
    migrate(database.engine, keys=[KEY])
    assert problems(database, keys=[NEWER]) == []


def test_what_sqlite_keeps_although_it_cannot_be_read_is_told(tmp_path: Path) -> None:
    """PostgreSQL keeps no such thing."""
    migrated(url := f"sqlite:///{tmp_path}/bot.sqlite")
    database = Database(url)
    add(database, 3)

    tamper(database, "UPDATE audit_events SET actor = x'ff', at = 7 WHERE id = 2")
    assert problems(database) == ["Event 2 was changed."]
    tamper(database, "UPDATE audit_events SET actor = CAST(x'ff' AS TEXT) WHERE id = 2")
    assert problems(database) == ["What stands behind event 1 cannot be read at all."]
    database.close()


# What is too old.


def old(database: Database, count: int = 5) -> None:
    """Events of different days, the newest last."""
    for number in range(count):
        add(database, 1, at=rows.NOW + timedelta(days=number))


def seal(database: Database, days: int, **how: Any) -> Any:
    with database.transaction() as session:
        before = rows.NOW + timedelta(days=days)
        return retention.seal(session, before=before, at=rows.NOW, keys=database.keys, **how)


def test_what_is_sealed_is_gone_and_the_chain_goes_on_from_its_hash(database: Database) -> None:
    old(database)
    with database.reading() as session:
        hashes = [each.hash for each in trail.raw(session)]

    made = seal(database, 3)

    assert (made.first, made.last, made.start, made.hash) == (1, 3, START, hashes[2])
    assert (made.first_at, made.last_at) == ("2026-07-09 14:13:20.123456", "2026-07-11 14:13:20.123456")
    with database.reading() as session:
        left = session.scalars(select(AuditEvent).order_by(tables.audit_events.c.id)).all()
    assert [(each.id, each.what) for each in left] == [
        (4, Happening.ASKED),
        (5, Happening.ASKED),
        (6, Happening.SEALED),
    ]
    assert left[-1].detail == {"first": "1", "last": "3", "hash": hashes[2], "digest": made.digest}
    assert problems(database) == problems(database, noted=hashes[2]) == []
    assert problems(database, noted=hashes[1]) != []


def test_everything_can_be_sealed_again_and_again_in_parts(database: Database) -> None:
    old(database)

    made = [seal(database, 30, at_once=2) for _ in range(4)]

    assert [(each.first, each.last) for each in made] == [(1, 2), (3, 4), (5, 6), (7, 8)]
    assert problems(database) == []
    assert seal(database, -30) is None


def test_an_event_that_is_not_so_old_keeps_those_behind_it(database: Database) -> None:
    for days in (0, 9, 1):
        add(database, 1, at=rows.NOW + timedelta(days=days))

    assert seal(database, 5).last == 1
    assert seal(database, 5) is None


def test_what_is_broken_is_not_removed(database: Database) -> None:
    old(database)
    tamper(database, "UPDATE audit_events SET actor = 'mallory' WHERE id = 2")

    with pytest.raises(retention.BrokenHistory, match=r"Nothing was removed.*Event 2 was changed\."):
        seal(database, 3)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM audit_events WHERE id = 4",
        "UPDATE audit_segments SET last = 5",
        "DELETE FROM audit_segments",
        SEAL.format(first=5),
        SEAL.format(first=4),
    ],
    ids=["kept event", "changed seal", "removed seal", "seal with a gap", "seal of another hash"],
)
def test_the_guard_lets_go_of_what_is_sealed_and_of_nothing_else(database: Database, statement: str) -> None:
    old(database)
    seal(database, 3)

    refused = pytest.raises(IntegrityError, match=r"only ever added|follows on the one before")
    with refused, database.transaction() as session:
        session.execute(text(statement))
    assert problems(database) == []


@pytest.mark.parametrize(
    ("statements", "told"),
    [
        (["UPDATE audit_segments SET sealed_at = '' WHERE last = 2"], ["The seal over events 1 to 2 was changed."]),
        (
            ["DELETE FROM audit_segments WHERE last = 2"],
            ["The seal over events 3 to 4 does not follow on what was sealed before it."],
        ),
        (
            ["DELETE FROM audit_segments WHERE last = 4"],
            [
                "The seals over removed events are not those that the head of the history knows.",
                "Events 3 to 4 are missing.",
            ],
        ),
    ],
    ids=["changed", "first removed", "last removed"],
)
def test_a_seal_that_was_changed_or_removed_is_found(
    database: Database, statements: list[str], told: list[str]
) -> None:
    old(database)
    seal(database, 4, at_once=2)
    seal(database, 4, at_once=2)
    assert problems(database) == []

    tamper(database, *statements)

    assert problems(database) == told


def test_what_was_sealed_cannot_come_back(database: Database) -> None:
    old(database)
    seal(database, 3)

    tamper(database, COPY.format(id=2, of=4, version=1))

    assert problems(database) == ["Event 2 was changed.", "Event 2 stands where events were sealed and removed."]
