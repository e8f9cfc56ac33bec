"""The workflows: short, safe to run again, each looking at its row first."""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any, Literal

import structlog
from dbos import DBOS, SQLAlchemyDatasource
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from bot.domain.event import Envelope
from bot.engine.handover import EventFailed
from bot.engine.later import subject
from bot.engine.posting import Poster
from bot.engine.queues import QUEUE_OF
from bot.engine.receiving import Receiver, Transact
from bot.errors import WebexBusy, WebexError, WebexRefused, WebexUnreachable
from bot.services import conversations, deliveries, ending, fulfilling, planning, requests, settling, watching
from bot.services.work import Work
from bot.store import queries
from bot.store.inbox import InboxRow
from bot.tracking import current, tracked

log = structlog.get_logger(__name__)

RECEIVE = "receive"
AGAIN = "~"
"""Marks each further turn in the key of a job that met a database which was locked or away."""

MAX_TURNS = 5

_OF_REQUESTS = frozenset(
    {
        requests.PLAN,
        requests.FULFIL,
        requests.LOOK,
        fulfilling.SETTLE,
        requests.EXPIRE,
        ending.WATCH,
        ending.NUDGE,
    }
)
"""The kinds of work whose subject is a request, so that the log can name it."""

Isolation = Literal["SERIALIZABLE", "READ COMMITTED"]

Receive = Callable[[str, dict[str, Any]], dict[str, Any]]
"""The receiving workflow: tracking id and envelope in; out what the hand-over must know."""


@dataclass(frozen=True)
class Jobs:
    """What the workflows call."""

    receiver: Receiver
    poster: Poster
    work: Work


def register(
    jobs: Jobs, datasource: SQLAlchemyDatasource, *, ring: Callable[[str], None], isolation: Isolation
) -> Receive:
    """Make the workflows known to the engine, before it is launched; returns the one that receives.

    ``ring`` wakes a queue when one of its jobs ends, because there may be more than it could take on at once.
    """
    work = jobs.work
    runs: dict[str, Callable[[int], None]] = {
        requests.PLAN: lambda number: planning.plan_request(work, number),
        requests.FULFIL: lambda number: fulfilling.fulfil(work, number),
        requests.LOOK: lambda number: settling.look(work, number),
        fulfilling.SETTLE: lambda number: settling.settle(work, number),
        requests.EXPIRE: _in_transaction(work, requests.expire),
        ending.WATCH: lambda number: watching.watch(work, number),
        ending.NUDGE: _in_transaction(work, watching.nudge),
        conversations.LAPSE: _in_transaction(work, conversations.lapse),
        deliveries.DELIVER: jobs.poster.deliver,
    }
    for kind, run in runs.items():
        _register_job(kind, run, work, ring=ring)
    return _register_receive(jobs.receiver, datasource, isolation=isolation)


def run_receive(receive: Receive, row: InboxRow) -> None:
    """Run the receiving workflow of a row; raises what the hand-over must act upon.

    That is WebexBusy, WebexUnreachable or EventFailed.
    """
    result = receive(row.tracking_id, _portable(row.envelope))
    if "busy" in result:
        raise WebexBusy(float(result["busy"]))
    if "away" in result:
        raise WebexUnreachable(str(result["away"]))
    if "error" in result:
        raise EventFailed(str(result["error"]))


def _portable(envelope: Envelope) -> dict[str, Any]:
    return {**asdict(envelope), "data": dict(envelope.data)}


def _in_transaction(work: Work, use_case: Callable[..., None]) -> Callable[[int], None]:
    def run(row_id: int) -> None:
        with work.database.transaction() as session:
            use_case(session, work.context, row_id)

    return run


def _register_job(kind: str, run: Callable[[int], None], work: Work, *, ring: Callable[[str], None]) -> None:
    @DBOS.workflow(name=kind)
    def job(key: str, tracking_id: str) -> None:
        began = time.monotonic()
        with tracked(tracking_id):
            try:
                run(int(subject(key)))
            except Exception as exc:  # noqa: BLE001 - an exception would end the workflow silently.
                with work.database.transaction() as session:
                    _failed(session, work, kind=kind, key=key, exc=exc)
            else:
                log.info("work done", seconds=_since(began), **_named(kind, key))
        ring(QUEUE_OF[kind])


def _failed(session: Session, work: Work, *, kind: str, key: str, exc: Exception) -> None:
    """Try again what a database that was locked or away has stopped; readiness shows whatever else has failed."""
    turn = key.count(AGAIN)
    if isinstance(exc, OperationalError | PoolTimeout) and turn < MAX_TURNS:
        log.warning("the database did not answer in time", **_named(kind, key))
        work.context.later(session, kind, f"{key}{AGAIN}", work.context.now() + timedelta(seconds=5 * 2**turn))
        return
    log.error("work has failed for good", exc_info=exc, **_named(kind, key))
    error = type(exc).__name__
    queries.record_failure(session, kind=kind, key=key, at=work.context.now(), error=error, tracking_id=current())


def _named(kind: str, key: str) -> dict[str, Any]:
    """What the log says of a job; its subject too, where that is a request."""
    names = {"kind": kind, "key": key}
    return {**names, "request": int(subject(key))} if kind in _OF_REQUESTS else names


def _register_receive(receiver: Receiver, datasource: SQLAlchemyDatasource, *, isolation: Isolation) -> Receive:
    def transact(use_case: Callable[[Session], None]) -> None:
        # The engine keeps a checkpoint in the same transaction, so this happens once, whatever dies when.
        run = datasource.run_tx_step
        run({"name": "dispatch", "isolation_level": isolation}, lambda: use_case(datasource.sql_session()))

    @DBOS.workflow(name=RECEIVE)
    def receive(tracking_id: str, envelope: dict[str, Any]) -> dict[str, Any]:
        event, began = Envelope(**envelope), time.monotonic()
        with tracked(tracking_id):
            result = _received(receiver, event, transact)
            outcome = next(iter(result), "done")
            log.info("event handled", resource=event.resource, key=event.key, outcome=outcome, seconds=_since(began))
        return result

    return receive


def _received(receiver: Receiver, event: Envelope, transact: Transact) -> dict[str, Any]:
    """What the hand-over must know: nothing, or why the event was not handled."""
    try:
        receiver.receive(event, transact)
    except WebexBusy as exc:
        return {"busy": exc.retry_after}
    except WebexUnreachable as exc:
        return {"away": str(exc)}
    except WebexError as exc:
        # A token that is not accepted may be renewed: that is no fault of the event.
        locked_out = isinstance(exc, WebexRefused) and exc.status == 401
        return {"away" if locked_out else "error": str(exc)}
    except Exception as exc:
        # An exception would end the workflow silently: so its row tells of it, and it is tried again.
        log.exception("an event could not be handled")
        return {"error": type(exc).__name__}
    return {}


def _since(began: float) -> float:
    return round(time.monotonic() - began, 3)
