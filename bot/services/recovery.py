"""After a start: nothing that people wait for may have been forgotten, whatever became of the engine's own rows."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from bot.domain.request import Request, State
from bot.services.context import Context
from bot.services.deliveries import DELIVER
from bot.services.fulfilling import SETTLE
from bot.services.requests import FULFIL, PLAN
from bot.store import queries


def resume(session: Session, context: Context) -> int:
    """Ask again for everything that is not finished; every row decides for itself whether there is anything to do."""
    turn = f"{context.now():%Y%m%d%H%M%S%f}"
    asked = 0
    for request in queries.unfinished_requests(session):
        if kind := _next(request):
            context.later(session, kind, f"{request.number}.{turn}", request.try_at)
            asked += 1
    for delivery in queries.unsent_deliveries(session):
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
