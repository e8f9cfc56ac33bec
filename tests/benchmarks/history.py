"""What the chain of the history takes: to verify it, time per event and memory; to add to it, a share of a transaction.

python -m tests.benchmarks.history [EVENTS]
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event, insert, update
from sqlalchemy.orm import Session, sessionmaker

from bot.domain.chain import FIELDS, START, VERSION, hashed
from bot.store import chain
from bot.store.session import TURN, Database
from bot.store.tables import audit_events, audit_head
from tests.crash.house import REPOSITORY
from tests.postgres import PostgresMissing, Server
from tests.store import rows
from tests.store.conftest import migrated

EVENTS = 1_000_000
TRANSACTIONS, ROUNDS = 300, 5
_BATCH = 10_000


def measure(events: int = EVENTS, *, transactions: int = TRANSACTIONS) -> dict[str, Any]:
    """On both databases, or on one where the other is not installed."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        found["sqlite"] = _measure(_in_a_file(Path(folder)), events, transactions=transactions)
    try:
        server = Server()
    except PostgresMissing:
        return {"benchmark": "history", **found}
    try:
        found["postgres"] = _measure(lambda: server.copy(migrated), events, transactions=transactions)
    finally:
        server.close()
    return {"benchmark": "history", **found}


def _in_a_file(folder: Path) -> Callable[[], str]:
    def new() -> str:
        url = f"sqlite:///{tempfile.mkdtemp(dir=folder)}/bot.sqlite"
        migrated(url)
        return url

    return new


def _measure(new: Callable[[], str], events: int, *, transactions: int) -> dict[str, Any]:
    few, many = (_verified(_filled(new(), count)) for count in (events // 10, events))
    return {
        "few": few,
        "many": many,
        "many_to_few": {name: round(many[name] / few[name], 3) for name in ("microseconds_per_event", "peak_kb")},
        "adding": _adding(new, transactions),
        "goal": {"peak_kb": 1.2, "chained_to_plain": 1.5},
    }


def _filled(url: str, count: int) -> str:
    """A history of so many events, as the bot would have written it."""
    database = Database(url)
    last = START
    with database.engine.begin() as connection:
        connection.execute(update(audit_head).values(length=count))
        for first in range(1, count + 1, _BATCH):
            batch = []
            for number in range(first, min(first + _BATCH, count + 1)):
                batch.append(_event(number, last))
                last = batch[-1]["hash"]
            connection.execute(insert(audit_events), batch)
        connection.execute(update(audit_head).values(hash=last))
    database.close()
    return url


def _event(number: int, previous: str) -> dict[str, Any]:
    """A transition of a request, with everything that one tells."""
    at = rows.NOW + timedelta(seconds=number)
    said: dict[str, Any] = {
        "version": VERSION,
        "id": number,
        "previous": previous,
        "at": at.replace(tzinfo=None).isoformat(" ", timespec="microseconds"),
        "what": "request approved",
        "actor": "bot",
        "request": number // 6 + 1,
        "detail": "{}",
        "tracking_id": f"BOT_{number:032x}",
        "message_id": f"message {number}" * 4,
        "from_state": "asked",
        "to_state": "approved",
        "rule": "none",
        "plan_hash": f"{number:064x}",
        "enterprise": "Reseller1+acme",
        "webex_tracking_id": None,
        "api_tracking_id": None,
    }
    link = hashed([said[name] for name in FIELDS])
    return {**said, "at": at, "detail": {}, "hash": link}


def _verified(url: str) -> dict[str, Any]:
    """Verify it in a process of its own, whose memory nothing else has used."""
    command = [sys.executable, "-m", "tests.benchmarks.verifying", url]
    answer = subprocess.run(command, capture_output=True, check=True, cwd=REPOSITORY)
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


def _adding(new: Callable[[], str], transactions: int) -> dict[str, Any]:
    """The same transactions with the chain and without, in turn: a request and the three events of its beginning."""
    databases = {"chained": Database(new(), keys=["k" * 32]), "plain": Database(new())}
    with databases["chained"].engine.begin() as connection:
        chain.vouch(connection, keys=databases["chained"].keys)
    sessions = {"chained": databases["chained"].sessions, "plain": _unlinked(databases["plain"])}
    took: dict[str, list[float]] = {name: [] for name in sessions}
    for _ in range(ROUNDS):
        for name, each in sessions.items():
            took[name] += [_timed(each) for _ in range(transactions // ROUNDS)]
    for database in databases.values():
        database.close()
    medians = {name: round(1000 * statistics.median(each), 3) for name, each in took.items()}
    return {"median_ms": medians, "chained_to_plain": round(medians["chained"] / medians["plain"], 3)}


def _unlinked(database: Database) -> "sessionmaker[Session]":
    """Transactions that take turns, and add events without any link."""
    found = sessionmaker(database.engine)

    def take_turn(_session: Session, _transaction: Any, connection: Connection) -> None:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({TURN})")

    if database.shared:
        event.listen(found, "after_begin", take_turn)
    with database.engine.begin() as connection:
        # The guard lets nothing in that is not linked.
        of = " ON audit_events" if database.shared else ""
        connection.exec_driver_sql(f"DROP TRIGGER audit_events_linked{of}")
    return found


def _timed(sessions: "sessionmaker[Session]") -> float:
    began = time.perf_counter()
    with sessions.begin() as session:
        session.add(rows.request())
        session.flush()
        session.add_all([rows.audit_event(actor=f"person {number}") for number in range(3)])
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS)) + "\n")
