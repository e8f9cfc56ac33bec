"""Use cases without engine and Webex: a real database, a clock that a test moves, an API that is one function."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.broadworks.client import BroadWorksClient
from bot.broadworks.codes import CodeBook
from bot.broadworks.wire import Wire
from bot.domain.actor import Actor
from bot.domain.attempt import Attempt
from bot.domain.audit import AuditEvent
from bot.domain.checks import check
from bot.domain.delivery import Place
from bot.domain.desk import Desk
from bot.domain.operation import Operation
from bot.domain.request import Request
from bot.engine.later import subject
from bot.operations import catalogue
from bot.services import fulfilling, planning, requests, settling
from bot.services.context import Context, Rules
from bot.services.enterprises import KnownEnterprises
from bot.services.views import view_of
from bot.services.work import Work
from bot.signing import Signer
from bot.simulator.provisioning.records import PROVISIONING_ID
from bot.store import processes, queries, tables
from bot.store.history import StoredRequests
from bot.store.registry import StoredRegistry
from bot.store.session import Database
from bot.store.templates import StoredTemplates
from bot.store.unknown_codes import StoredUnknownCodes
from bot.testing.running import KEY
from bot.testing.shown import Shown
from cards.render import render

BASE_URL = "https://webexapis.com/v1"
NOW = datetime(2026, 11, 21, 18, 36, 20, tzinfo=UTC)
ANN = Actor("Y2lzY29zcGFyazovL3VzL1BFT1BMRS9hbm4", "ann@example.com", "Ann Archer")
PLACE = Place("a-room", direct=True)

Api = Callable[[httpx.Request], httpx.Response]
_turns = itertools.count(1)


class Clock:
    """The time, which stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def seconds(self) -> float:
        return self.now.timestamp()

    def move(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass(frozen=True)
class Asked:
    """One asking for something later: what, for which row, and in how many seconds."""

    kind: str
    key: str
    seconds: float


@dataclass
class World:
    """What the use cases are handed; ``api`` answers whatever is sent, and ``sent`` keeps it."""

    database: Database
    clock: Clock = field(default_factory=Clock)
    rules: Rules = field(default_factory=lambda: Rules(domains=frozenset({"example.com"})))
    owner: str = "this process"
    api: Api = field(default=lambda _: httpx.Response(404))
    sent: list[httpx.Request] = field(default_factory=list)
    later: list[Asked] = field(default_factory=list)
    operations: tuple[Operation, ...] = field(default_factory=catalogue)
    _client: BroadWorksClient = field(init=False)

    def __post_init__(self) -> None:
        self._client = BroadWorksClient(
            Wire(
                base_url=BASE_URL,
                token="made-up-token",
                tracking=lambda: "BOT_1",
                transport=httpx.MockTransport(self._answer),
                clock=self.clock.seconds,
                now=self.clock,
            )
        )

    def close(self) -> None:
        self._client.close()

    @property
    def context(self) -> Context:
        return Context(self.clock, self._later, self.operations, self.rules)

    @property
    def work(self) -> Work:
        codes = CodeBook.load()
        desk = Desk(
            broadworks=self._client,
            registry=StoredRegistry(self.database),
            templates=StoredTemplates(self.database, now=self.clock),
            enterprises=KnownEnterprises(),
            requests=StoredRequests(self.database),
            codes=codes,
            unknown_codes=StoredUnknownCodes(self.database, codes),
            clock=self.clock,
        )
        return Work(self.database, self.context, desk, self.owner)

    def ask(self, words: str, **values: str) -> int:
        """Somebody asks for something; returns the number of the request."""
        operation = next(each for each in self.context.operations if each.words == words)
        with self.database.transaction() as session:
            checked = check(operation.form, values)
            assert checked.complaints == ()
            asked = requests.ask(session, self.context, operation=operation, actor=ANN, place=PLACE, checked=checked)
            return requests.demand_number(asked)

    def ask_precheck(self) -> int:
        """Somebody asks whether a subscriber would be accepted."""
        return self.ask("precheck subscriber", email="one@example.com")

    def confirmed(self) -> int:
        """Somebody has asked for a workspace and confirmed it."""
        number = self.planned()
        with self.database.transaction() as session:
            request = session.get_one(Request, number)
            assert request.plan
            requests.confirm(session, self.context, request=request, actor=ANN, plan_hash=request.plan.hash)
        return number

    def planned(self) -> int:
        """Somebody has asked for a workspace, different each time, and sees what would be sent."""
        turn = next(_turns)
        number = self.ask(
            "provision workspace",
            displayName=f"Room {turn}",
            userId=f"room.{turn}@example.com",
            spEnterpriseId="Reseller1+acme",
            provisioningId=PROVISIONING_ID,
            extension=f"{turn + 10000}",
        )
        self._look_around(number)
        return number

    def _look_around(self, number: int) -> None:
        """What a plan of a workspace looks at before is not what the API of a test is about: nothing is there."""
        api, sent = self.api, list(self.sent)
        self.api = lambda _request: httpx.Response(200, json={"items": []})
        self.plan(number)
        self.api, self.sent[:] = api, sent

    def plan(self, number: int) -> None:
        planning.plan_request(self.work, number)

    def fulfil(self, number: int) -> None:
        fulfilling.fulfil(self.work, number)

    def settle(self, number: int) -> None:
        settling.settle(self.work, number)

    def request(self, number: int) -> Request:
        """The request as it is stored."""
        with self.database.transaction() as session:
            return session.get_one(Request, number)

    def change(self, number: int, what: Callable[[Session, Request], Any]) -> None:
        """Do something to a request in a transaction."""
        with self.database.transaction() as session:
            what(session, session.get_one(Request, number))

    def attempts(self, number: int) -> list[tuple[int, str, int]]:
        """Number, fate and uses of every attempt of a request."""
        with self.database.transaction() as session:
            found = session.scalars(select(Attempt).order_by(tables.attempts.c.number)).all()
            return [(each.number, each.fate.value, each.uses) for each in found if each.request == number]

    def happenings(self, number: int) -> list[str]:
        """What was written down about a request."""
        with self.database.transaction() as session:
            found = session.scalars(select(AuditEvent).order_by(tables.audit_events.c.id))
            return [each.what.value for each in found if each.request == number]

    def awaited(self, number: int) -> list[tuple[str, float]]:
        """What was asked for later about a request, messages left out, with the seconds until then."""
        about = [each for each in self.later if each.kind != "deliver" and subject(each.key) == str(number)]
        return [(each.kind, each.seconds) for each in about]

    def card(self, number: int) -> Shown:
        """The card of a request as it would be sent now."""
        with self.database.transaction() as session:
            [delivery] = queries.deliveries_of(session, request=number)
            view = view_of(session, self.context, delivery, sign=Signer([KEY]).sign)
        return Shown({"attachments": [{"content": render(view).card}]})

    def be_at_work(self) -> None:
        """Others know that this process lives."""
        with self.database.engine.begin() as connection:
            processes.beat(connection, self.owner)

    def leave(self) -> None:
        """Others know that this process is gone."""
        with self.database.engine.begin() as connection:
            processes.leave(connection, self.owner)
            processes.forget(connection, self.owner)

    def reborn(self) -> "World":
        """Another process on the same database, at the same time."""
        return replace(self, owner="another process", sent=[], later=[])

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.sent.append(request)
        return self.api(request)

    def _later(self, session: Any, kind: str, key: str, at: datetime | None = None) -> None:
        self.later.append(Asked(kind, key, (at - self.clock()).total_seconds() if at else 0.0))
