"""What every use case is handed: the clock, the catalogue, the rules of this installation."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from sqlalchemy.orm import Session

from bot.domain.audit import AuditEvent
from bot.domain.desk import Clock, Later
from bot.domain.operation import Operation
from bot.domain.policy import NO_POLICY, Policy
from bot.services.enterprises import KnownEnterprises
from bot.tracking import current, source

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Rules:
    """What the operator has set.

    ``domains`` are lower-case; empty ``spaces`` means every space. ``environment`` is empty in production. The bot
    ``renews`` its own token where a client for that is set. With 0 ``audit_days`` the history is kept for ever;
    ``policy`` says who must approve what.
    """

    domains: frozenset[str]
    spaces: frozenset[str] = frozenset()
    admins: frozenset[str] = frozenset()
    region: str | None = None
    writes: bool = True
    renews: bool = False
    environment: str = ""
    form_life: timedelta = timedelta(hours=1)
    confirmation_life: timedelta = timedelta(hours=24)
    attempt_life: timedelta = timedelta(seconds=10)
    call_limit: timedelta = timedelta(seconds=120)
    patience: timedelta = timedelta(seconds=2)
    notice_after: timedelta = timedelta(seconds=10)
    stuck_after: timedelta = timedelta(minutes=30)
    remind_after: timedelta = timedelta(hours=24)
    auditors: frozenset[str] = frozenset()
    audit_days: int = 0
    policy: Policy = NO_POLICY


@dataclass(frozen=True)
class Context:
    """The bundle that use cases share; built once, in ``app.py``."""

    clock: Clock
    later: Later
    operations: tuple[Operation, ...]
    rules: Rules
    enterprises: KnownEnterprises = field(default_factory=KnownEnterprises)
    by_name: dict[str, Operation] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {operation.name: operation for operation in self.operations})

    def now(self) -> datetime:
        """The time, once per use of it."""
        return self.clock()


def note(session: Session, *events: AuditEvent | Sequence[AuditEvent]) -> None:
    """Write audit events in the transaction of what they tell of, under the tracking id of what is being worked on."""
    for event in events:
        for each in [event] if isinstance(event, AuditEvent) else event:
            each.tracking_id = current() or None
            each.message_id, each.webex_tracking_id = source().id or None, source().tracking_id or None
            session.add(each)
            # The row is the truth and names people; the line, which does not, is for whoever follows the log.
            about = {"request": each.request} if each.request is not None else {}
            log.info("audit", what=each.what.value, **about)
