"""Bring the database to the newest shape, whatever shape it has."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, inspect

from bot.store import chain, tables

ALONE = 0x626F7402
"""The advisory lock of PostgreSQL under which one process after the other looks what there is to do."""


def migrate(engine: Engine, *, keys: chain.Keys = ()) -> None:
    """Run all migrations that the database has not seen, in one transaction; another process waits for its end.

    ``keys`` seal the head of the history when it is new, and again when there is a newer key.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            # A migration may take as long as it takes.
            connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ALONE})")
        config.attributes["connection"] = connection
        is_new = not _has_chain(connection)
        command.upgrade(config, "head")
        seal = chain.vouch if is_new else chain.renew
        seal(connection, keys=keys)


def _has_chain(connection: Connection) -> bool:
    return inspect(connection).has_table(tables.audit_head.name)
