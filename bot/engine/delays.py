"""Bring nearer what was put off, for a clock that was put forward.

The engine can change the delay of one workflow after the other, which takes long where many wait, and it finds what
is due within a second, not at once. Its table and its look are private to the pinned version: a contract test
stands guard over them.
"""

from datetime import timedelta

from dbos._dbos import _get_dbos_instance
from sqlalchemy import update


def bring_nearer(*, by: timedelta) -> None:
    """Everything that was put off is due earlier by so much, and what is due by now may begin."""
    system = _get_dbos_instance()._sys_db  # noqa: SLF001 - nothing public does it.
    rows = system.tables.workflow_status
    nearer = rows.c.delay_until_epoch_ms - int(by.total_seconds() * 1000)
    with system.engine.begin() as connection:
        connection.execute(update(rows).where(rows.c.status == "DELAYED").values(delay_until_epoch_ms=nearer))
    system.transition_delayed_workflows()
