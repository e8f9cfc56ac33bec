"""The queues, and which kind of work goes where."""

from dbos import DBOS, Queue

from bot.services.conversations import LAPSE
from bot.services.deliveries import DELIVER
from bot.services.ending import NUDGE, WATCH
from bot.services.fulfilling import SETTLE
from bot.services.requests import EXPIRE, FULFIL, LOOK, PLAN

API, POSTS, CLOCK = "api", "posts", "clock"

QUEUE_OF = {
    **dict.fromkeys((PLAN, FULFIL, LOOK, SETTLE, WATCH), API),
    DELIVER: POSTS,
    **dict.fromkeys((LAPSE, EXPIRE, NUDGE), CLOCK),
}

POLL_SECONDS = 1.0
"""Polling finds only what was delayed, or put in by another process; the doorbell does the rest."""


def register_queues() -> list[Queue]:
    """Declare the queues; the engine has been launched."""
    return [
        DBOS.register_queue(API, worker_concurrency=16, polling_interval_sec=POLL_SECONDS),
        DBOS.register_queue(POSTS, worker_concurrency=16, partition_concurrency=1, polling_interval_sec=POLL_SECONDS),
        DBOS.register_queue(CLOCK, worker_concurrency=16, polling_interval_sec=POLL_SECONDS),
    ]
