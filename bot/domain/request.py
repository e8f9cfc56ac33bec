"""One asking, from the words of a person to a true end.

asked -> approved -> running -> done | failed | watching | unknown
asked -> done | failed (a read)      asked -> withdrawn | expired
approved -> withdrawn (while it waits) | done | failed | watching (what was sent before was answered late)
running -> approved (answered "later", or not let in)
unknown -> done | failed | watching | approved (no trace of it)
watching -> done | failed | stuck | unwatched      stuck -> watching | done | failed | unwatched
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.actor import Actor, Role
from bot.domain.audit import AuditEvent, Happening
from bot.domain.plan import Outcome, Plan, Watched
from bot.errors import NotAllowed, WrongState


class State(StrEnum):
    """Where a request is; the last word on what may happen to it next."""

    ASKED = "asked"
    APPROVED = "approved"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    UNKNOWN = "unknown"
    WATCHING = "watching"
    STUCK = "stuck"
    UNWATCHED = "unwatched"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


_PRESENT = {
    State.ASKED: "is waiting for a confirmation",
    State.APPROVED: "is confirmed already and on its way",
    State.RUNNING: "is being sent to Webex right now",
    State.DONE: "is done already",
    State.FAILED: "has ended without success",
    State.UNKNOWN: "was sent, and nobody knows yet how it ended",
    State.WATCHING: "was accepted by Webex, which is working on it",
    State.STUCK: "was accepted by Webex, which is still working on it",
    State.UNWATCHED: "was accepted by Webex, and is not watched any more",
    State.WITHDRAWN: "was withdrawn",
    State.EXPIRED: "has expired",
}

ENDED = frozenset({State.DONE, State.FAILED, State.UNWATCHED, State.WITHDRAWN, State.EXPIRED})
WATCHED = frozenset({State.WATCHING, State.STUCK})
"""Webex has accepted it and works on it, and the bot looks how far it is."""


@dataclass
class Request:
    """One asking, with its plan and its outcome.

    ``number`` is what people call it by; ``version`` counts its transitions, so that a button knows what it was
    drawn for. Every method that changes the state returns the audit event to be stored with it. ``user_id`` and
    ``webex_id`` are whom it is about. What Webex works on is looked at again at ``look_at``, after ``looks`` looks at
    its present status, and people are told at ``nudge_at`` that it takes long.
    """

    operation: str
    asked_by: str
    asker_name: str
    room_id: str
    values: dict[str, str]
    asked_at: datetime
    tracking_id: str
    state: State = State.ASKED
    version: int = 1
    plan: Plan | None = None
    outcome: Outcome | None = None
    warnings: tuple[str, ...] = ()
    confirmed_at: datetime | None = None
    ended_at: datetime | None = None
    try_at: datetime | None = None
    looked_at: datetime | None = None
    held: bool = False
    user_id: str = ""
    webex_id: str = ""
    watched: Watched | None = None
    look_at: datetime | None = None
    looks: int = 0
    nudge_at: datetime | None = None
    number: int | None = None

    @property
    def local(self) -> bool:
        """It is about something of the bot's own: Webex hears nothing of it."""
        return self.plan is not None and self.plan.call.local

    @property
    def enterprise(self) -> str | None:
        """Whose subscriber or workspace it is about, as far as that was said or is known."""
        planned = self.plan.subject.enterprise if self.plan is not None else ""
        return planned or self.values.get("spEnterpriseId") or None

    @property
    def ended(self) -> bool:
        """Nothing more will happen to it by itself or by a button."""
        return self.state in ENDED

    @property
    def locked_out(self) -> bool:
        """It waits because Webex does not let the bot in, and not because writes are off."""
        return self.held and self.outcome is not None

    def demand_asker(self, person_id: str) -> None:
        """Only who asked may press; raises NotAllowed."""
        if person_id != self.asked_by:
            raise NotAllowed(
                f"Only {self.asker_name}, who asked, can press the buttons of request {self.number}. "
                "Ask for it yourself, and you get your own."
            )

    def planned(self, plan: Plan, *, at: datetime) -> AuditEvent:
        """The checks are through; a person can look at what will be sent."""
        self._demand({State.ASKED})
        self.plan = plan
        self.user_id, self.webex_id = plan.subject.user_id, plan.subject.webex_id
        return self._moved(State.ASKED, Happening.PLANNED, at=at, plan_hash=plan.hash)

    def answered(self, outcome: Outcome, *, at: datetime) -> AuditEvent:
        """A read has its answer, good or bad."""
        self._demand({State.ASKED})
        self.outcome = outcome
        self.ended_at = at
        state = State.DONE if outcome.problem is None else State.FAILED
        return self._moved(state, Happening.ANSWERED, at=at, api_tracking_id=outcome.tracking_id)

    def confirm(self, *, by: str, plan_hash: str, at: datetime, typed: str = "") -> list[AuditEvent]:
        """The asker has read what will be sent and wants it sent; no policy asks for more.

        ``typed`` is what was typed beside the button, where the plan wants that.
        """
        self.demand_asker(by)
        nothing = "Nothing was changed" if self.local else "Nothing was sent"
        self._demand({State.ASKED}, otherwise=f"{nothing}{' a second time' if self.confirmed_at else ''}.")
        if self.plan is None or self.plan.hash != plan_hash:
            raise WrongState(f"Request {self.number} has changed since that card was drawn: look at its newest card.")
        if self.plan.typed and typed.strip().casefold() != self.plan.typed.casefold():
            raise WrongState(f"Type “{self.plan.typed}” into the card, then press the button again. {nothing}.")
        self.confirmed_at = at
        confirmed = self._moved(State.ASKED, Happening.CONFIRMED, at=at, by=by, plan_hash=plan_hash)
        approved = self._moved(State.APPROVED, Happening.APPROVED, at=at, plan_hash=plan_hash, rule="none")
        return [confirmed, approved]

    def hold(self, *, at: datetime, outcome: Outcome | None = None) -> AuditEvent:
        """Writes are off, or Webex does not let the bot in, as ``outcome`` tells then: it waits, and says so."""
        self._demand({State.APPROVED, State.RUNNING})
        self.held, self.try_at, self.outcome = True, None, outcome
        return self._moved(State.APPROVED, Happening.HELD if outcome is None else Happening.HELD_OUTSIDE, at=at)

    def start(self, *, at: datetime) -> AuditEvent:
        """The write is about to be sent."""
        self._demand({State.APPROVED})
        self.held, self.try_at = False, None
        return self._moved(State.RUNNING, Happening.ATTEMPTED, at=at)

    def postpone(self, until: datetime, *, at: datetime, outcome: Outcome) -> AuditEvent:
        """They answered "later", or it never got there: nothing was changed, it goes again at ``until``."""
        self._demand({State.RUNNING})
        self.try_at = until
        self.outcome = outcome
        return self._moved(State.APPROVED, Happening.POSTPONED, at=at, until=until.isoformat())

    def finish(self, outcome: Outcome, *, at: datetime) -> AuditEvent:
        """The write was answered, yes or no, or what it began has ended."""
        self._demand({State.RUNNING, State.UNKNOWN, State.APPROVED, *WATCHED})
        self.outcome = outcome
        self.ended_at = at
        self.look_at = self.nudge_at = None
        state = State.DONE if outcome.ok else State.FAILED
        happening = Happening.DONE if outcome.ok else Happening.FAILED
        return self._moved(state, happening, at=at, api_tracking_id=outcome.tracking_id)

    def watch(self, outcome: Outcome, *, at: datetime) -> AuditEvent:
        """Webex has accepted it, or has come one status further with it: ``outcome.watched`` says how far."""
        self._demand({State.RUNNING, State.UNKNOWN, State.APPROVED, *WATCHED})
        if outcome.watched is None:
            raise ValueError("there is nothing to be watched")
        before = self.watched.status if self.watched else ""
        self.outcome, self.watched, self.looks = outcome, outcome.watched.after(self.watched), 0
        self.webex_id = self.webex_id or outcome.watched.id
        told = {"status": outcome.watched.status} | ({"before": before} if before else {})
        return self._moved(State.WATCHING, Happening.WATCHED, at=at, api_tracking_id=outcome.tracking_id, **told)

    def take_look(self, *, until: datetime) -> None:
        """Somebody looks now, and nobody else ``until`` then; it changes nothing that anybody is shown."""
        self._demand(set(WATCHED))
        self.look_at = until
        self.looks += 1

    def look_again(self, *, at: datetime, looked_at: datetime | None = None) -> None:
        """The bot looks at ``at``; ``looked_at`` is when it last got to see anything, if it just has."""
        self._demand(set(WATCHED))
        self.look_at = at
        self.looked_at = looked_at or self.looked_at

    def stick(self, *, at: datetime) -> AuditEvent:
        """It has taken so long that somebody should do something about it."""
        self._demand({State.WATCHING})
        self.nudge_at = None
        return self._moved(State.STUCK, Happening.STUCK, at=at)

    def put_off(self, until: datetime, *, by: str, at: datetime) -> AuditEvent:
        """The asker wants to be reminded later."""
        self.demand_asker(by)
        self._demand({State.STUCK})
        self.nudge_at = until
        return self._moved(State.WATCHING, Happening.PUT_OFF, at=at, by=by, until=until.isoformat())

    def stop_watching(self, *, by: str, at: datetime) -> AuditEvent:
        """The asker does not want to hear of it any more; what Webex works on goes on."""
        self.demand_asker(by)
        self._demand(set(WATCHED))
        self.ended_at = at
        self.look_at = self.nudge_at = None
        return self._moved(State.UNWATCHED, Happening.UNWATCHED, at=at, by=by)

    def send_again(self, *, by: str, at: datetime) -> AuditEvent:
        """A look has found no trace of the write, and the asker wants it sent once more."""
        self.demand_asker(by)
        self._demand({State.UNKNOWN})
        if self.outcome is None or not self.outcome.absent:
            raise WrongState(f"Request {self.number} may have been done: it cannot be sent again. Press Check.")
        self.outcome = None
        return self._moved(State.APPROVED, Happening.SENT_AGAIN, at=at, by=by)

    def lose(self, outcome: Outcome, *, at: datetime) -> AuditEvent:
        """Nobody knows whether the write was done."""
        self._demand({State.RUNNING})
        self.outcome = outcome
        return self._moved(State.UNKNOWN, Happening.UNKNOWN, at=at, api_tracking_id=outcome.tracking_id)

    def looked(self, outcome: Outcome, *, at: datetime) -> AuditEvent:
        """The bot looked for what the write should have made and cannot tell."""
        self._demand({State.UNKNOWN})
        self.looked_at = at
        self.outcome = outcome
        return self._moved(State.UNKNOWN, Happening.CHECKED, at=at)

    def settle(self, outcome: Outcome, *, by: str, at: datetime) -> AuditEvent:
        """A person has looked and says how it ended."""
        self.demand_asker(by)
        self._demand({State.UNKNOWN})
        self.outcome = outcome
        self.ended_at = at
        state = State.DONE if outcome.ok else State.FAILED
        return self._moved(state, Happening.SETTLED, at=at, by=by)

    def withdraw(self, *, by: str, at: datetime) -> AuditEvent:
        """The asker does not want it any more."""
        self.demand_asker(by)
        if not (self.state is State.ASKED or (self.state is State.APPROVED and (self.held or self.try_at))):
            self._demand({State.ASKED})
        self.ended_at = at
        return self._moved(State.WITHDRAWN, Happening.WITHDRAWN, at=at, by=by)

    def expire(self, *, at: datetime) -> AuditEvent:
        """Nobody confirmed it in time."""
        self._demand({State.ASKED})
        self.ended_at = at
        return self._moved(State.EXPIRED, Happening.EXPIRED, at=at)

    def _demand(self, allowed: set[State], *, otherwise: str = "Nothing was changed by that.") -> None:
        if self.state not in allowed:
            raise WrongState(f"Request {self.number} {_PRESENT[self.state]}. {otherwise}")

    def _moved(
        self,
        state: State,
        what: Happening,
        *,
        at: datetime,
        by: str = "bot",
        plan_hash: str | None = None,
        rule: str | None = None,
        api_tracking_id: str | None = None,
        **detail: str,
    ) -> AuditEvent:
        before, self.state = self.state, state
        self.version += 1
        return AuditEvent(
            at,
            what,
            by,
            request=self.number,
            detail=detail,
            from_state=before.value,
            to_state=state.value,
            plan_hash=plan_hash,
            rule=rule,
            enterprise=self.enterprise,
            api_tracking_id=api_tracking_id,
        )


def may_see(request: Request, *, actor: Actor, room_id: str) -> bool:
    """A request is shown to its asker, in the space where it was asked, and to admins."""
    return actor.person_id == request.asked_by or room_id == request.room_id or Role.ADMIN in actor.roles


def may_see_history(request: Request, *, actor: Actor | None, room_id: str) -> bool:
    """What happened to a request is told to those who may see it, and to auditors."""
    return actor is not None and (Role.AUDITOR in actor.roles or may_see(request, actor=actor, room_id=room_id))
