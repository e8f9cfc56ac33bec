"""What runs in the background is handed this: transactions, the context, the desk."""

from collections.abc import Callable, Container
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

import structlog
from sqlalchemy.orm import Session

from bot.domain.desk import Desk
from bot.domain.operation import Risk
from bot.domain.plan import Outcome
from bot.domain.problem import Problem
from bot.domain.request import Request
from bot.errors import BroadWorksError, Declined
from bot.failures import explain
from bot.services.context import Context
from bot.services.hearing import Hearing
from bot.store.session import Database

log = structlog.get_logger(__name__)
T = TypeVar("T")


@dataclass(frozen=True)
class Ran(Generic[T]):
    """What running a part of an operation gave: a value, or the exception that it ended in."""

    value: T | None = None
    exc: Exception | None = None


@dataclass(frozen=True)
class Work:
    """Work that calls BroadWorks has several short transactions, and none is open during a call.

    ``owner`` names this process, so that a write under way here is told from one that a dead process left;
    ``hearing`` is what one piece of work hears of codes.
    """

    database: Database
    context: Context
    desk: Desk
    owner: str
    hearing: Hearing | None = None

    def piece(self) -> "Work":
        """One piece of this work, which remembers the unknown codes that it meets."""
        hearing = Hearing(self.desk.codes)
        return replace(self, desk=replace(self.desk, codes=hearing), hearing=hearing)

    def keep_codes(self, session: Session, *, request: int, only: Container[str] | None = None) -> None:
        """Count the unknown codes that this piece has met, in the transaction of what came of it."""
        if self.hearing is not None:
            self.hearing.keep(session, at=self.context.now(), request=request, only=only)

    def run(self, part: Callable[[], T], *, request: int | None) -> Ran[T]:
        """Run a part of an operation; whatever it raises becomes a value, because the row must tell how it ended."""
        try:
            return Ran(value=part())
        except (BroadWorksError, Declined) as exc:
            return Ran(exc=exc)
        except Exception as exc:
            log.exception("an operation failed by a bug", request=request)
            return Ran(exc=exc)

    def failed(self, request: Request, exc: Exception) -> Outcome:
        """The outcome of a request that ended in an exception, said for the person who asked."""
        problem = self.problem(request, exc)
        return Outcome(ok=False, problem=problem, tracking_id=problem.tracking_id, tries=problem.tries)

    def problem(self, request: Request, exc: Exception) -> Problem:
        """What to tell the person whose request met an exception."""
        operation = self.context.by_name[request.operation]
        return explain(
            exc,
            codes=self.desk.codes,
            doing=operation.words,
            ours=request.tracking_id,
            changes=operation.risk is not Risk.READ,
        )
