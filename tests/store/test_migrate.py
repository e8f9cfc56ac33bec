"""The migrations bring the database to the shape of the tables, and the history can only grow."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import IntegrityError

from bot import store
from bot.domain.audit import AuditEvent
from bot.domain.conversation import Ending
from bot.domain.plan import Call, Finding, Level, Outcome, Plan
from bot.domain.request import Request, State
from bot.store import chain, tables, trail
from bot.store.migrate import migrate
from bot.store.session import Database
from tests.store import rows

REPOSITORY = Path(__file__).parents[2]
MIGRATIONS = Path(store.__file__).with_name("migrations")


def differences(database: Database) -> list[Any]:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        return list(compare_metadata(context, tables.metadata))


SCHEMAS = {
    "sqlite": "SELECT coalesce(sql, name) FROM sqlite_master ORDER BY type, name",
    "postgresql": """
        SELECT concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default) AS what
        FROM information_schema.columns WHERE table_schema = 'public'
        UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY what
    """,
}


def schema(database: Database) -> list[str]:
    """What the database says of its tables, indexes and triggers."""
    with database.engine.connect() as connection:
        return list(connection.execute(text(SCHEMAS[database.engine.dialect.name])).scalars())


def config(**options: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    for name, value in options.items():
        config.set_main_option(name, value)
    return config


def test_the_migrated_schema_is_that_of_the_tables(database: Database) -> None:
    assert differences(database) == []


def test_a_difference_would_be_found(database: Database) -> None:
    with database.transaction() as session:
        session.execute(text("DROP INDEX one_open_conversation"))
        session.execute(text("ALTER TABLE people DROP COLUMN type"))

    assert len(differences(database)) == 2


def test_the_one_index_that_is_partial_is_so_in_the_tables_and_in_the_database(database: Database) -> None:
    with database.engine.connect() as connection:
        (found,) = [
            index
            for index in inspect(connection).get_indexes("conversations")
            if index["name"] == "one_open_conversation"
        ]

    assert found["unique"]
    [condition] = [str(value) for option, value in found["dialect_options"].items() if option.endswith("_where")]
    # PostgreSQL tells its own reading of it.
    assert condition.replace("((ending)::text = 'open'::text)", "ending = 'open'") == "ending = 'open'"
    (declared,) = [index for index in tables.conversations.indexes if index.name == found["name"]]
    for dialect in ("sqlite", "postgresql"):
        assert str(declared.dialect_options[dialect]["where"]) == "ending = 'open'"


def test_migrating_again_changes_nothing_and_keeps_all_rows(database: Database) -> None:
    with database.transaction() as session:
        session.add(rows.request())
        session.add(rows.audit_event())
    before = schema(database)

    migrate(database.engine)

    assert schema(database) == before
    with database.transaction() as session:
        assert session.scalars(select(AuditEvent)).one() == rows.audit_event(id=1)


FIRST_REQUEST = {
    "operation": "provision_workspace",
    "asked_by": "ann",
    "asker_name": "Ann",
    "room_id": "room",
    "values": '{"displayName": "Room"}',
    "asked_at": "2026-07-09 14:13:20.123456+00:00",
    "tracking_id": "BOT_1",
    "state": "unknown",
    "version": 4,
    "plan": '{"operation": "provision_workspace", "call": {"method": "POST", "path": "broadworks/workspaces", '
    '"body": {"displayName": "Room"}, "base_url": "https://webexapis.com/v1"}, "made": "2026-07-09T14:13:20+00:00", '
    '"before": null, "findings": [{"level": "good", "text": "Fine.", "source": "checked by the bot, not by Webex"}]}',
    "outcome": '{"ok": false, "data": {}, "problem": null, "tracking_id": "T", "tries": 1, "waited": 0.0, "note": ""}',
    "warnings": "[]",
    "held": False,
}


def test_a_request_that_was_kept_under_the_first_tables_is_still_the_same(url: str) -> None:
    database, asked = Database(url), config()
    with database.engine.begin() as connection:
        asked.attributes["connection"] = connection
        command.upgrade(asked, "0001")
        columns = ", ".join(f'"{name}"' for name in FIRST_REQUEST)
        marks = ", ".join(f":{name}" for name in FIRST_REQUEST)
        insert = f"INSERT INTO requests ({columns}) VALUES ({marks})"  # noqa: S608 - all of the names are ours.
        connection.execute(text(insert), FIRST_REQUEST)

    migrate(database.engine)

    with database.reading() as session:
        found = session.get_one(Request, 1)
    call = Call("POST", "broadworks/workspaces", {"displayName": "Room"}, "https://webexapis.com/v1")
    made = datetime(2026, 7, 9, 14, 13, 20, tzinfo=UTC)
    assert found == rows.request(
        number=1,
        version=4,
        state=State.UNKNOWN,
        values={"displayName": "Room"},
        plan=Plan("provision_workspace", call, made=made, findings=(Finding(Level.GOOD, "Fine."),)),
        outcome=Outcome(ok=False, tracking_id="T"),
    )
    database.close()


KEY = "k" * 32


def test_a_history_from_before_it_was_a_chain_is_linked_as_it_stands(url: str) -> None:
    database, asked = Database(url), config()
    with database.engine.begin() as connection:
        asked.attributes["connection"] = connection
        command.upgrade(asked, "0006")
        row = {"at": "2026-07-09 14:13:20.123456", "what": "request asked", "actor": "ann", "detail": '{"room": "é"}'}
        insert = "INSERT INTO audit_events (id, at, what, actor, detail) VALUES (:id, :at, :what, :actor, :detail)"
        # Numbers that were given and not used have left gaps, and there are more rows than are linked at a time.
        connection.execute(text(insert), [{**row, "id": number} for number in (3, 4, 9, *range(20, 1520))])

    migrate(database.engine, keys=[KEY])

    with database.transaction() as session:
        session.add(rows.audit_event())
    with database.reading() as session:
        assert list(trail.verify(session)) == []
        found = session.scalars(select(AuditEvent).order_by(tables.audit_events.c.id)).all()
        head = chain.head(session.connection())
    assert head
    assert (len(found), head.length) == (1504, 1504)
    assert found[2] == rows.audit_event(id=3, detail={"room": "é"})
    # It was sealed as it was found; the one who added to it had no key.
    assert head.seal == ""
    database.close()


def test_the_head_of_a_new_history_is_sealed_and_is_not_sealed_again_later(url: str) -> None:
    database = Database(url)
    migrate(database.engine, keys=[KEY])
    with database.engine.begin() as connection:
        made = chain.head(connection)
        connection.execute(text("UPDATE audit_head SET seal = ''"))

    migrate(database.engine, keys=[KEY])

    with database.engine.connect() as connection:
        found = chain.head(connection)
    assert made
    assert found
    assert (made.is_sealed([KEY]), found.is_sealed([KEY])) == (True, False)
    database.close()


def test_two_threads_that_migrate_at_once_do_not_disturb_each_other(url: str) -> None:
    databases = [Database(url), Database(url)]
    together = threading.Barrier(len(databases))
    alone = threading.Lock()

    def work(database: Database) -> None:
        together.wait()
        # Alembic keeps its present context in a module, so two threads take turns where two processes need not.
        with alone:
            migrate(database.engine)

    with ThreadPoolExecutor(len(databases)) as pool:
        list(pool.map(work, databases))

    assert [differences(database) for database in databases] == [[], []]
    for database in databases:
        database.close()


def test_processes_that_migrate_at_once_do_so_one_after_the_other(url: str) -> None:
    code = f"from tests.store.conftest import migrated; migrated({url!r})"

    processes = [subprocess.Popen([sys.executable, "-c", code], cwd=REPOSITORY) for _ in range(3)]

    assert [process.wait(60) for process in processes] == [0, 0, 0]
    database = Database(url)
    assert differences(database) == []
    database.close()


def test_a_migration_that_fails_leaves_nothing(url: str) -> None:
    database = Database(url)
    with database.transaction() as session:
        session.execute(text("CREATE TABLE failures (id INTEGER)"))
    before = schema(database)

    with pytest.raises(Exception, match="already exists"):
        migrate(database.engine)

    assert schema(database) == before
    assert len(before) == 1
    database.close()


def test_there_is_one_line_of_migrations() -> None:
    assert len(ScriptDirectory.from_config(config()).get_heads()) == 1


def test_there_is_nothing_before_the_first_tables(database: Database) -> None:
    asked = config()
    with database.engine.connect() as connection:
        asked.attributes["connection"] = connection
        with pytest.raises(NotImplementedError):
            command.downgrade(asked, "base")

    assert differences(database) == []


def test_a_new_migration_names_only_sqls_own_types(url: str, tmp_path: Path) -> None:
    """Else an old migration would change its meaning when a type of ours does."""
    database, versions = Database(url), tmp_path / "versions"
    versions.mkdir()
    asked = config(version_locations=str(versions), path_separator="os")

    with database.engine.begin() as connection:
        asked.attributes["connection"] = connection
        command.revision(asked, message="everything", autogenerate=True, rev_id="1", version_path=str(versions))

    (written,) = versions.glob("*.py")
    body = written.read_text()
    assert "bot." not in body
    assert 'sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False)'.replace('"', "'") in body
    assert "sa.Column('plan', sa.Text(), nullable=True)" in body
    assert "sa.Column('state', sa.String(length=40), nullable=False)" in body
    assert "sa.Column('operation', sa.String(length=80), nullable=False)" in body
    database.close()


# What the database itself watches over.


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_events SET actor = 'mallory'",
        "UPDATE audit_events SET actor = actor WHERE id = 1",
        "DELETE FROM audit_events",
        "DELETE FROM audit_events WHERE id = 1",
    ],
)
def test_the_history_cannot_be_changed_or_shortened(database: Database, statement: str) -> None:
    with database.transaction() as session:
        session.add(rows.audit_event())

    with pytest.raises(IntegrityError, match="audit events are only ever added"), database.transaction() as session:
        session.execute(text(statement))
    with database.transaction() as session:
        assert session.scalars(select(AuditEvent)).all() == [rows.audit_event(id=1)]


def test_the_history_cannot_be_changed_through_its_objects_either(database: Database) -> None:
    with database.transaction() as session:
        session.add(rows.audit_event())

    with pytest.raises(IntegrityError, match="audit events are only ever added"), database.transaction() as session:
        session.get_one(AuditEvent, 1).actor = "mallory"
    with pytest.raises(IntegrityError, match="audit events are only ever added"), database.transaction() as session:
        session.delete(session.get_one(AuditEvent, 1))


REPLACE = {
    "sqlite": "INSERT OR REPLACE INTO audit_events (id, at, what, actor, detail) "
    "SELECT id, at, what, 'mallory', detail FROM audit_events",
    "postgresql": "INSERT INTO audit_events (id, at, what, actor, detail) "
    "SELECT id, at, what, 'mallory', detail FROM audit_events ON CONFLICT (id) DO UPDATE SET actor = 'mallory'",
}


def test_the_history_cannot_be_replaced(database: Database) -> None:
    with database.transaction() as session:
        session.add(rows.audit_event())

    with pytest.raises(IntegrityError), database.transaction() as session:
        session.execute(text(REPLACE[database.engine.dialect.name]))


def test_an_attempt_of_the_same_number_is_refused(database: Database) -> None:
    with database.transaction() as session:
        session.add(rows.request())
        session.flush()
        session.add(rows.attempt())

    with pytest.raises(IntegrityError, match=r"(?i)unique"), database.transaction() as session:
        session.add(rows.attempt(owner="second"))


def test_one_form_is_open_per_space_thread_and_person(database: Database) -> None:
    with database.transaction() as session:
        session.add_all(
            [
                rows.conversation(),
                rows.conversation(ending=Ending.SENT),
                rows.conversation(ending=Ending.SENT),
                rows.conversation(thread="root"),
                rows.conversation(person_id="bob"),
                rows.conversation(room_id="other"),
            ]
        )

    with pytest.raises(IntegrityError, match=r"(?i)unique"), database.transaction() as session:
        session.add(rows.conversation(operation="precheck_subscriber"))


def test_the_number_of_a_request_is_never_given_twice(database: Database) -> None:
    for _ in range(2):
        with database.transaction() as session:
            session.add(rows.request())
    with database.transaction() as session:
        session.execute(text("DELETE FROM requests"))

    with database.transaction() as session:
        session.add(again := rows.request())

    assert again.number == 3
