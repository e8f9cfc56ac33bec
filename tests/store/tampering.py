"""A history that was sealed when it was made, and somebody who has its database in hand."""

from sqlalchemy import text

from bot.store.migrate import migrate
from bot.store.session import Database

KEY = "k" * 32


def sealed(url: str) -> None:
    """A database whose head was sealed when it was made."""
    database = Database(url)
    migrate(database.engine, keys=[KEY])
    database.close()


def tamper(database: Database, *statements: str) -> None:
    """Somebody has the database in hand, and so no guard stands in the way."""
    with database.engine.begin() as connection:
        if database.shared:
            connection.execute(text("SET session_replication_role = replica"))
        else:
            found = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
            for name in found.scalars().all():
                connection.execute(text(f"DROP TRIGGER {name}"))
        for statement in statements:
            connection.execute(text(statement))
        if database.shared:
            connection.execute(text("SET session_replication_role = origin"))
