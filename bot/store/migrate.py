"""Bring the database to the newest shape, whatever shape it has."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

ALONE = 0x626F7402
"""The advisory lock of PostgreSQL under which one process after the other looks what there is to do."""


def migrate(engine: Engine) -> None:
    """Run all migrations that the database has not seen, in one transaction; another process waits for its end."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            # A migration may take as long as it takes.
            connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ALONE})")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
