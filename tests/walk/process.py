"""One process of the bot as a walk needs it: it passes named moments, and may die at each of them.

The moments of a write: claim begins | commits | committed, connecting, sending, halfway, sent, carried out,
record begins | commits | committed. A change of the bot's own passes sending, halfway and carried out instead of a
socket. Those of a look: settle begins ..., looking, looked, found begins ...; those of watching: watch begins ...,
following, followed, watched begins ...
"""

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import httpx
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from bot.broadworks.client import BroadWorksClient
from bot.broadworks.codes import CodeBook
from bot.broadworks.wire import Wire
from bot.domain.desk import Desk
from bot.engine.workflows import AGAIN, MAX_TURNS
from bot.operations import catalogue
from bot.services import conversations, deliveries, ending, fulfilling, planning, requests, settling, watching
from bot.services.context import Context, Rules
from bot.services.enterprises import KnownEnterprises
from bot.services.work import Work
from bot.store.history import StoredHistory, StoredRequests
from bot.store.registry import StoredRegistry
from bot.store.session import Database
from bot.store.templates import StoredTemplates
from bot.store.unknown_codes import StoredUnknownCodes
from tests.walk.house import House
from tests.walk.jobs import Job, Jobs
from tests.walk.tally import Tally

At = Callable[[str], httpx.Response | None]
"""Called at each moment; what it returns is answered in place of the API, what it raises happens there."""

BASE_URL = "http://127.0.0.1/v1"
"""The simulator answers only to those who call it by an address of this machine."""

CODES = CodeBook.load()
_ASKED = "asked for later"
_owners = itertools.count(1)

Names = tuple[str, str, str]
"""The three moments of a transaction."""

_OWN: Names = ("sending", "halfway", "carried out")

_TRANSACTIONS = {
    requests.FULFIL: ("claim", "record"),
    fulfilling.SETTLE: ("settle", "found"),
    requests.LOOK: ("found",),
    ending.WATCH: ("watch", "watched"),
}
"""The transactions of a job in their order; the last one may be tried again and again."""

_READS = {
    fulfilling.SETTLE: ("looking", "looked"),
    requests.LOOK: ("looking", "looked"),
    ending.WATCH: ("following", "followed"),
}


class Killed(BaseException):
    """The process ends here: nothing that comes after happens."""


class Process:
    """Does the jobs, each as the engine would have it done."""

    def __init__(self, house: House, jobs: Jobs, *, rules: Rules, at: At, tally: Tally) -> None:
        self._house = house
        self._jobs = jobs
        self.at = at
        self.failures: list[Exception] = []
        self._moments: Iterator[str] = iter(())
        self._reads: tuple[str, str] | None = None
        self.line = Line(house, tally=tally, process=self)
        self._client = BroadWorksClient(
            Wire(
                base_url=BASE_URL,
                token=house.simulator.broadworks_token,
                tracking=lambda: "BOT_1",
                transport=self.line,
                clock=house.clock.seconds,
                now=house.clock,
            )
        )
        self.database = Tapped(house.database, transactions=self._transactions, at=at, commit=jobs.add)
        own = Tapped(house.database, transactions=lambda: _OWN, at=at, commit=lambda _: tally.kept())
        desk = Desk(
            broadworks=self._client,
            registry=StoredRegistry(house.database),
            templates=StoredTemplates(own, now=house.clock),
            enterprises=KnownEnterprises(),
            requests=StoredRequests(house.database),
            history=StoredHistory(house.database),
            codes=CODES,
            unknown_codes=StoredUnknownCodes(house.database, CODES),
            clock=house.clock,
        )
        context = Context(house.clock, _later(house), catalogue(), rules)
        self.work = Work(self.database, context, desk, f"process {next(_owners)}")
        self._does: dict[str, Callable[[int], None]] = {
            requests.PLAN: lambda number: planning.plan_request(self.work, number),
            requests.FULFIL: lambda number: fulfilling.fulfil(self.work, number),
            requests.LOOK: lambda number: settling.look(self.work, number),
            fulfilling.SETTLE: lambda number: settling.settle(self.work, number),
            ending.WATCH: lambda number: watching.watch(self.work, number),
            requests.EXPIRE: self._in_transaction(requests.expire),
            ending.NUDGE: self._in_transaction(watching.nudge),
            conversations.LAPSE: self._in_transaction(conversations.lapse),
        }

    @property
    def context(self) -> Context:
        return self.work.context

    def close(self) -> None:
        self._client.close()

    def obey(self, rules: Rules) -> None:
        """Other rules from now on."""
        self.work = replace(self.work, context=replace(self.work.context, rules=rules))

    def do(self, job: Job) -> None:
        """Do a job to its end; it stays with the engine if this process dies of it.

        Another one can be done in the middle of it, as by another thread.
        """
        outer = self._moments, self._reads
        names = _TRANSACTIONS.get(job.kind, ("other",))
        self._moments = itertools.chain(names[:-1], itertools.repeat(names[-1]))
        self._reads = _READS.get(job.kind)
        try:
            self._does[job.kind](job.number)
        except (OperationalError, PoolTimeout) as exc:
            self._again(job, exc)
        except Exception as exc:  # noqa: BLE001 - the engine would write it down, and a walk tells it.
            self.failures.append(exc)
        self._jobs.done(job)
        self._moments, self._reads = outer

    def reads(self) -> tuple[str, str] | None:
        """The moments of a read of the job that is being done."""
        return self._reads

    def _again(self, job: Job, exc: Exception) -> None:
        """As the engine does it; at the end it gives up, and somebody is alarmed."""
        turn = job.key.count(AGAIN)
        if turn < MAX_TURNS:
            at = self._house.clock() + timedelta(seconds=5 * 2**turn)
            self._jobs.add([Job(job.kind, f"{job.key}{AGAIN}", at)])

    def _in_transaction(self, use_case: Callable[[Session, Context, int], None]) -> Callable[[int], None]:
        def do(row: int) -> None:
            with self.database.transaction() as session:
                use_case(session, self.context, row)

        return do

    def _transactions(self) -> Names:
        name = next(self._moments, "other")
        return f"{name} begins", f"{name} commits", f"{name} committed"


class Tapped(Database):
    """The database as one process sees it; what is asked for later is kept when it commits, and only then."""

    def __init__(
        self, shared: Database, *, transactions: Callable[[], Names], at: At, commit: Callable[[list[Job]], None]
    ) -> None:
        self._shared = shared
        self._transactions = transactions
        self._at = at
        self._commit = commit

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        begins, commits, committed = self._transactions()
        self._at(begins)
        with self._shared.transaction() as session:
            session.info[_ASKED] = []
            yield session
            session.flush()
            self._at(commits)
        self._commit(session.info[_ASKED])
        self._at(committed)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with self._shared.reading() as session:
            yield session


def _later(house: House) -> Callable[..., None]:
    """What people are shown is tested elsewhere, so no message is sent here."""

    def later(session: Any, kind: str, key: str, at: datetime | None = None) -> None:
        if kind != deliveries.DELIVER:
            session.info[_ASKED].append(Job(kind, key, max(at or house.clock(), house.clock())))

    return later


class Line(httpx.BaseTransport):
    """What lies between the client and the simulated API: the steps that a real connection goes through."""

    def __init__(self, house: House, *, tally: Tally, process: Process) -> None:
        self._far = httpx.WSGITransport(app=house.simulator.app)
        self._tally = tally
        self._process = process
        self._under_way: httpx.Request | None = None

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.method == "GET" or request.url.path.endswith("/validate"):
            return self._read(request)
        self._under_way = request
        at, trace = self._process.at, request.extensions["trace"]
        at("connecting")
        trace("http11.send_request_headers.started", {})
        send = self._tally.send()
        at("sending")
        trace("http11.send_request_body.started", {})
        at("halfway")
        return send.answer(at("sent") or self._far_end(request, at=at))

    def kept_back(self) -> Callable[[], object]:
        """What is under way, to be carried out when it is called."""
        request = self._under_way
        assert request
        return lambda: self.carry_out(request)

    def _far_end(self, request: httpx.Request, *, at: At) -> httpx.Response:
        answer = self.carry_out(request)
        return at("carried out") or answer

    def carry_out(self, request: httpx.Request) -> httpx.Response:
        """Let the API do it, whoever waits for its answer."""
        answer = self._far.handle_request(request)
        answer.read()
        self._tally.arrived(answer)
        return answer

    def _read(self, request: httpx.Request) -> httpx.Response:
        asked, answered = self._process.reads() or ("asking", "asked")
        found = self._process.at(asked) or self._far.handle_request(request)
        return self._process.at(answered) or found
