"""Runs migrations on the connection that was handed over; new ones name only SQL's own types."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context

from bot.store.tables import metadata
from bot.store.types import Cut, Moment, Stored


def plain(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    """A migration must not change its meaning when a type of ours does."""
    if kind != "type":
        return False
    if isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, Cut):
        return f"sa.String(length={item.length})"
    if isinstance(item, Stored):
        return "sa.Text()"
    return f"sa.String(length={item.length})" if isinstance(item, sa.Enum) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=plain,
)
with context.begin_transaction():
    context.run_migrations()
