"""After a start: nothing that people wait for may have been forgotten, whatever became of the engine's own rows."""

from collections.abc import Callable, Collection

from sqlalchemy.orm import Session

from bot.domain.request import Request, State
from bot.services.context import Context
from bot.services.deliveries import DELIVER
from bot.services.fulfilling import SETTLE
from bot.services.requests import FULFIL, PLAN
from bot.store import queries


def resume(session: Session, context: Context, *, waiting: Collection[tuple[str, int]]) -> int:
    """Ask again for what is not finished, unless it is among the jobs ``waiting`` as kind and row; returns how much.

    Every row decides for itself whether there is anything to do, so asking once too often is harmless.
    """
    turn = f"{context.now():%Y%m%d%H%M%S%f}"
    asked = 0
    for request in queries.unfinished_requests(session):
        kind = _next(request)
        if kind is not None and (kind, request.number) not in waiting:
            context.later(session, kind, f"{request.number}.{turn}", request.try_at)
            asked += 1
    for delivery in queries.unsent_deliveries(session):
        if (DELIVER, delivery.id) not in waiting:
            context.later(session, DELIVER, f"{delivery.id}.{turn}")
            asked += 1
    return asked


def _next(request: Request) -> str | None:
    steps: dict[State, Callable[[Request], str | None]] = {
        State.ASKED: lambda asked: PLAN if asked.plan is None else None,
        State.APPROVED: lambda _: FULFIL,
        State.RUNNING: lambda _: FULFIL,
        State.UNKNOWN: lambda _: SETTLE,
    }
    return steps[request.state](request)
