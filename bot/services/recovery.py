"""Asks again, at a start and now and then, for whatever people wait for and no job of the engine is to do."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from bot.domain.request import WATCHED, Request, State
from bot.services.context import Context
from bot.services.conversations import LAPSE
from bot.services.deliveries import DELIVER
from bot.services.ending import NUDGE, WATCH
from bot.services.fulfilling import SETTLE
from bot.services.requests import EXPIRE, FULFIL, PLAN
from bot.store import queries

Waiting = Collection[tuple[str, int]]
"""The jobs that are still to be done, as kind and row."""


def resume(session: Session, context: Context, *, waiting: Waiting, starting: bool = True) -> int:
    """Ask again for what is not finished and not ``waiting``; returns how much.

    Every row decides for itself whether there is anything to do, so asking once too often is harmless. What was under
    way when the process died is taken up only when ``starting``.
    """
    turn = f"{context.now():%Y%m%d%H%M%S%f}"
    asked = 0
    for request in queries.unfinished_requests(session):
        died = request.state in {State.RUNNING, State.UNKNOWN}
        for kind, at in _next(context, request):
            # Whoever was looking when the process died holds what was looked at, and its job finds nothing to do.
            held = starting and kind == WATCH
            if ((kind, request.number) not in waiting or held) and (starting or not died):
                context.later(session, kind, f"{request.number}.{turn}", at)
                asked += 1
    for conversation in queries.open_conversations(session):
        if (LAPSE, conversation.id) not in waiting:
            context.later(session, LAPSE, f"{conversation.id}.{turn}", conversation.expires_at)
            asked += 1
    for delivery in queries.unsent_deliveries(session):
        if (DELIVER, delivery.id) not in waiting:
            context.later(session, DELIVER, f"{delivery.id}.{turn}")
            asked += 1
    return asked


def _next(context: Context, request: Request) -> list[tuple[str, datetime | None]]:
    """What a request waits for, and until when."""
    if request.state is State.ASKED:
        expires = request.plan.made + context.rules.confirmation_life if request.plan else None
        return [(PLAN, None) if expires is None else (EXPIRE, expires)]
    if request.state in WATCHED:
        return [(WATCH, request.look_at), *([(NUDGE, request.nudge_at)] if request.nudge_at else [])]
    steps = {State.APPROVED: FULFIL, State.RUNNING: FULFIL, State.UNKNOWN: SETTLE}
    return [(steps[request.state], request.try_at)]
