"""One request on its way through everything that goes wrong, to its end and the truth about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import httpx
from sqlalchemy import select, update

from bot.app import REMIND_EVERY
from bot.domain.attempt import Attempt
from bot.domain.checks import check
from bot.domain.form import Values
from bot.domain.request import Request, State
from bot.errors import WrongState
from bot.services import recovery, requests
from bot.services.context import Rules
from bot.services.views import view_of
from bot.signing import Signer
from bot.store import queries
from bot.store.tables import deliveries
from bot.testing.running import KEY
from bot.testing.shown import Shown
from cards.render import render
from tests.services.kit import ANN, PLACE
from tests.walk.house import House
from tests.walk.jobs import Jobs
from tests.walk.process import Killed, Process
from tests.walk.tally import Tally
from tests.walk.writes import Write, turn

MOST_JOBS = 200
"""Far more than any request needs: what has not come to rest by then never will."""

RULES = Rules(domains=frozenset({"example.com"}))


@dataclass(frozen=True)
class Trap:
    """What happens when a moment is met, so many times."""

    moment: str
    act: "Callable[[Walk], httpx.Response | None]"
    times: int = 1


@dataclass
class Traps:
    """Those that still lie before some processes; one is met only when those before it were."""

    walk: "Walk"
    left: list[Trap] = field(default_factory=list)

    def at(self, moment: str) -> httpx.Response | None:
        """A process has come to a moment."""
        if not self.left or self.left[0].moment != moment:
            return None
        trap = self.left.pop(0)
        if trap.times > 1:
            self.left.insert(0, replace(trap, times=trap.times - 1))
        return trap.act(self.walk)


@dataclass
class Walk:
    """Owns one request, the processes that work on it one after the other, and what lies before them."""

    house: House
    write: Write
    rules: Rules = RULES
    hasty: bool = False
    jobs: Jobs = field(default_factory=Jobs)
    tally: Tally = field(default_factory=Tally)
    number: int = 0
    again: int = 0
    failures: list[Exception] = field(default_factory=list)
    late: list[tuple[datetime, Callable[[], object]]] = field(default_factory=list)
    traps: Traps = field(init=False)
    process: Process = field(init=False)
    values: Values = field(init=False)

    def __post_init__(self) -> None:
        self.traps = Traps(self)
        self.process = self.born()
        self.values = self.write.values(self.house, turn())

    # What happens.

    def born(self) -> Process:
        """Another process on the same database."""
        return Process(self.house, self.jobs, rules=self.rules, at=self.traps.at, tally=self.tally)

    def take_over(self, traps: Sequence[Trap] = (), *, reaped: bool) -> Process:
        """Another process works on, while the one that is returned stands still.

        It is ``reaped`` where the engine takes it for dead, and has the other one do its job.
        """
        still = self.process
        self.traps = Traps(self, list(traps))
        self.process = self.born()
        if reaped:
            self.jobs.recover(self.now)
        return still

    def ask(self) -> None:
        """Ann asks, and sees what would be sent."""
        context = self.process.context
        operation = next(each for each in context.operations if each.words == self.write.words)
        with self.process.database.transaction() as session:
            checked = check(operation.form, self.values, templates=queries.templates(session))
            assert checked.complaints == ()
            asked = requests.ask(session, context, operation=operation, actor=ANN, place=PLACE, checked=checked)
            self.number = requests.demand_number(asked)
        self.run(until=self.now)

    def confirm(self) -> None:
        """Ann has read what would be sent, and wants it sent."""
        plan = self.request.plan
        assert plan, self.request.outcome
        self.press(requests.confirm, plan_hash=plan.hash, typed=plan.typed)

    def go(self, traps: Sequence[Trap]) -> None:
        """From the asking to where nothing happens any more by itself; traps lie behind the confirmation."""
        self.ask()
        self.confirm()
        self.traps.left.extend(traps)
        self.rest()

    def rest(self) -> None:
        """Work until nothing happens any more by itself, though every process that dies is followed by another."""
        while True:
            try:
                self.run()
            except Killed:
                self.restart()
            else:
                request = self.request
                if request.ended or request.held or not self.remind():
                    return

    def run(self, *, until: datetime | None = None) -> None:
        """Do what is due until then, or all there is, in the order of time."""
        for _ in range(MOST_JOBS):
            job = self.jobs.take()
            if job is None or (until is not None and job.at > until):
                self.jobs.put_back(job)
                return
            # Nobody waits a whole day to see that a confirmation would have expired which was given long ago.
            if job.kind != requests.EXPIRE or self.state is State.ASKED:
                self.pass_to(job.at)
            self.process.do(job)
            if self.hasty and self.send_again():
                self.hasty = False
        raise AssertionError("It does not come to rest.")

    def restart(self) -> None:
        """The next process takes up what the one before it has left."""
        self.leave(self.process)
        self.process = self.born()
        self.jobs.recover(self.now)
        self._resume(starting=True)

    def remind(self) -> bool:
        """What the bot does every few minutes; whether there was anything that had been forgotten."""
        self.pass_to(self.now + REMIND_EVERY)
        return self._resume(starting=False) > 0

    def pass_to(self, moment: datetime) -> None:
        """Time passes, and what was still on its way arrives."""
        for at, arrive in sorted(self.late, key=lambda each: each[0]):
            if at <= moment:
                self.house.clock.now = max(self.now, at)
                self.late.remove((at, arrive))
                arrive()
        self.house.clock.now = max(self.now, moment)

    def keep_back(self, seconds: float) -> None:
        """What is being sent just now arrives after so many seconds."""
        arrive = self.process.line.kept_back()
        self.late.append((self.now + timedelta(seconds=seconds), arrive))

    def switch(self, *, on: bool) -> None:
        """Whether writes are on, for whatever process claims next."""
        self.rules = replace(self.rules, writes=on)
        self.process.obey(self.rules)

    def _resume(self, *, starting: bool) -> int:
        with self.process.database.transaction() as session:
            session.execute(update(deliveries).values(shown=deliveries.c.wanted))
            others = [each for each in queries.unfinished_requests(session) if each.number != self.number]
            waiting = self.jobs.unfinished() | {(kind, each.number or 0) for each in others for kind in KINDS}
            return recovery.resume(session, self.process.context, waiting=waiting, starting=starting)

    def leave(self, process: Process) -> None:
        """It does nothing any more."""
        self.failures += process.failures
        process.close()

    # What people do and see.

    def press(self, what: Callable[..., None], **inputs: Any) -> None:
        """Ann presses a button; raises WrongState if that means nothing now."""
        with self.process.database.transaction() as session:
            request = session.get_one(Request, self.number)
            what(session, self.process.context, request=request, actor=ANN, **inputs)

    def send_again(self) -> bool:
        """Ann presses Send again if that is offered and, if she is told to wait, looks at it later."""
        if self.state is not State.UNKNOWN or self.again_title not in self.card.buttons:
            return False
        try:
            self.press(requests.send_again)
        except WrongState:
            return False
        self.again += 1
        return True

    def close_truly(self) -> None:
        """Ann has looked in Webex and says what she saw."""
        ended = State.DONE if self.was_done else State.FAILED
        self.press(requests.close, ended=ended.value, comment="")

    @property
    def card(self) -> Shown:
        """The card of the request as it would be sent now."""
        with self.process.database.reading() as session:
            delivery = queries.deliveries_of(session, request=self.number)[0]
            view = view_of(session, self.process.context, delivery, sign=Signer([KEY]).sign)
        return Shown({"attachments": [{"content": render(view).card}]})

    # What is so.

    @property
    def now(self) -> datetime:
        return self.house.clock()

    @property
    def request(self) -> Request:
        with self.house.database.reading() as session:
            return session.get_one(Request, self.number)

    @property
    def state(self) -> State:
        return self.request.state

    @property
    def again_title(self) -> str:
        """What the button is called that has it sent once more."""
        operation = self.process.context.by_name[self.request.operation]
        return f"{operation.verb} again" if self.write.own else "Send again"

    @property
    def was_done(self) -> bool:
        """Whether the world shows it."""
        return self.write.done(self.house, self.values) > 0

    def attempts(self) -> list[tuple[int, str, int]]:
        """Number, fate and uses of every attempt."""
        with self.house.database.reading() as session:
            found = session.scalars(select(Attempt)).all()
            return [(each.number, each.fate.value, each.uses) for each in found if each.request == self.number]

    # What must be so.

    def assert_true(self) -> None:
        """Nothing was done twice, nobody was told what is not so, and nobody is left without a way out."""
        assert self.traps.left == [], "It never came there."
        assert [*self.failures, *self.process.failures] == []
        assert self.jobs.unfinished() == set()
        assert self.write.done(self.house, self.values) <= 1
        assert self.tally.done <= 1
        assert self.tally.uncertain <= 1 + self.again
        told = {State.DONE: True, State.FAILED: False, State.WITHDRAWN: False}
        request = self.request
        if request.state is State.UNKNOWN:
            assert not (self.was_done and self.write.found), "A look should have found it."
            again = {self.again_title} if self.write.missed and not self.was_done else set()
            look = {"Check"} if self.write.found else set()
            # How a change of the bot's own has ended, a look always tells.
            close = set() if self.write.own else {"Close"}
            assert set(self.card.buttons) == look | again | close
        else:
            assert request.state in told, f"It is {request.state} for ever."
            assert told[request.state] is self.was_done

    def assert_ends(self) -> None:
        """What a person does with what nobody knows ends it, and truly."""
        if self.state is State.UNKNOWN and not self.send_again():
            self.close_truly()
        self.rest()
        self.assert_true()
        assert self.request.ended

    def close(self) -> None:
        self.leave(self.process)


KINDS = ("plan", "expire", "watch", "nudge", "fulfil", "settle")
"""What recovery asks for of a request."""
