"""What must happen later, enqueued in the transaction that asks for it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from dbos import DBOSClient, EnqueueOptions
from sqlalchemy import event
from sqlalchemy.orm import Session, sessionmaker

from bot.domain.desk import Clock
from bot.engine.queues import POSTS, QUEUE_OF
from bot.tracking import current

_TOUCHED = "queues to ring"


class EngineLater:
    """The ``later`` of the domain: a row in the engine's queue that commits together with the caller's rows."""

    def __init__(self, client: DBOSClient, *, clock: Clock) -> None:
        self._client = client
        self._clock = clock

    def __call__(self, session: Any, kind: str, key: str, at: datetime | None = None) -> None:
        """Run ``kind`` for ``key`` once the session commits, not before ``at``; asking twice is harmless."""
        queue = QUEUE_OF[kind]
        options: EnqueueOptions = {"workflow_name": kind, "queue_name": queue, "workflow_id": f"{kind}:{key}"}
        if queue == POSTS:
            # One message is never drawn by two workers at once.
            options["queue_partition_key"] = subject(key)
        delay = (at - self._clock()).total_seconds() if at else 0.0
        if delay > 0:
            options["delay_seconds"] = delay
        else:
            session.info.setdefault(_TOUCHED, set()).add(queue)
        self._client.enqueue_in_transaction(session, options, key, current())


def subject(key: str) -> str:
    """The row that a key is about: what stands before the dot."""
    return key.partition(".")[0]


def ring_on_commit(sessions: "sessionmaker[Session]", ring: Callable[[str], None]) -> None:
    """Wake the queues that a transaction has put something into, once it is committed."""

    def committed(session: Session) -> None:
        for queue in session.info.get(_TOUCHED, ()):
            ring(queue)

    event.listen(sessions, "after_commit", committed)
