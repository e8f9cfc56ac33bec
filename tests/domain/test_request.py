"""The life of a request: each transition is allowed in some states, and refused in all others without a trace."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.actor import Actor, Role
from bot.domain.audit import AuditEvent, Happening
from bot.domain.plan import Call, Outcome, Plan, Step, Subject, Watched
from bot.domain.problem import Problem
from bot.domain.request import ENDED, Request, State, may_see
from bot.errors import NotAllowed, WrongState

ASKED_AT = datetime(2026, 7, 9, 14, 0, tzinfo=UTC)
NOW = ASKED_AT + timedelta(minutes=5)
LATER = NOW + timedelta(minutes=5)
CALL = Call("POST", "broadworks/workspaces", {"displayName": "Room"}, "https://webexapis.com/v1/")
PLAN = Plan("provision_workspace", CALL, made=ASKED_AT)
NEWER = Plan("provision_workspace", replace(CALL, body={"displayName": "Lobby"}), made=NOW)
WELL = Outcome(ok=True, data={"id": "place"}, tracking_id="THEIRS")
BADLY = Outcome(ok=False, problem=Problem("It was refused."), tracking_id="THEIRS")
SEEN = Watched("subscriber", "provisioning", since=NOW)
WATCHES = Outcome(ok=True, watched=SEEN, tracking_id="THEIRS")
REFUSED_CHECK = Outcome(ok=False, data={"passed": False}, tracking_id="THEIRS")

Does = Callable[[Request], AuditEvent | list[AuditEvent]]

DOES: dict[str, Does] = {
    "planned": lambda request: request.planned(NEWER, at=NOW),
    "answered": lambda request: request.answered(WELL, at=NOW),
    "confirm": lambda request: request.confirm(by="ann", plan_hash=PLAN.hash, at=NOW),
    "hold": lambda request: request.hold(at=NOW),
    "start": lambda request: request.start(at=NOW),
    "postpone": lambda request: request.postpone(LATER, at=NOW, outcome=BADLY),
    "finish": lambda request: request.finish(WELL, at=NOW),
    "watch": lambda request: request.watch(WATCHES, at=NOW),
    "stick": lambda request: request.stick(at=NOW),
    "put off": lambda request: request.put_off(LATER, by="ann", at=NOW),
    "stop watching": lambda request: request.stop_watching(by="ann", at=NOW),
    "lose": lambda request: request.lose(BADLY, at=NOW),
    "looked": lambda request: request.looked(BADLY, at=NOW),
    "settle": lambda request: request.settle(WELL, by="ann", at=NOW),
    "withdraw": lambda request: request.withdraw(by="ann", at=NOW),
    "expire": lambda request: request.expire(at=NOW),
}
OTHERWISE = {"confirm": "Nothing was sent."}
IS = {
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

# The fields that change besides the state and the version, and the audit event's kind, actor, detail and tracking id.
Change = tuple[State, dict[str, Any], Happening, str, dict[str, str], str | None]
ENDS = {"ended_at": NOW}
ALLOWED: dict[tuple[State, str], Change] = {
    (State.ASKED, "planned"): (State.ASKED, {"plan": NEWER}, Happening.PLANNED, "bot", {}, None),
    (State.ASKED, "answered"): (State.DONE, {"outcome": WELL, **ENDS}, Happening.ANSWERED, "bot", {}, "THEIRS"),
    (State.ASKED, "withdraw"): (State.WITHDRAWN, ENDS, Happening.WITHDRAWN, "ann", {}, None),
    (State.ASKED, "expire"): (State.EXPIRED, ENDS, Happening.EXPIRED, "bot", {}, None),
    (State.APPROVED, "hold"): (State.APPROVED, {"held": True}, Happening.HELD, "bot", {}, None),
    (State.RUNNING, "hold"): (State.APPROVED, {"held": True}, Happening.HELD, "bot", {}, None),
    (State.APPROVED, "start"): (State.RUNNING, {}, Happening.ATTEMPTED, "bot", {}, None),
    (State.APPROVED, "finish"): (State.DONE, {"outcome": WELL, **ENDS}, Happening.DONE, "bot", {}, "THEIRS"),
    (State.RUNNING, "postpone"): (
        State.APPROVED,
        {"outcome": BADLY, "try_at": LATER},
        Happening.POSTPONED,
        "bot",
        {"until": "2026-07-09T14:10:00+00:00"},
        None,
    ),
    (State.RUNNING, "finish"): (State.DONE, {"outcome": WELL, **ENDS}, Happening.DONE, "bot", {}, "THEIRS"),
    (State.RUNNING, "lose"): (State.UNKNOWN, {"outcome": BADLY}, Happening.UNKNOWN, "bot", {}, "THEIRS"),
    (State.UNKNOWN, "finish"): (State.DONE, {"outcome": WELL, **ENDS}, Happening.DONE, "bot", {}, "THEIRS"),
    (State.UNKNOWN, "looked"): (
        State.UNKNOWN,
        {"outcome": BADLY, "looked_at": NOW},
        Happening.CHECKED,
        "bot",
        {},
        None,
    ),
    (State.UNKNOWN, "settle"): (State.DONE, {"outcome": WELL, **ENDS}, Happening.SETTLED, "ann", {}, None),
    **{
        (state, "watch"): (
            State.WATCHING,
            {"outcome": WATCHES, "watched": SEEN, "webex_id": "subscriber"},
            Happening.WATCHED,
            "bot",
            {"status": "provisioning"},
            "THEIRS",
        )
        for state in (State.RUNNING, State.UNKNOWN, State.APPROVED, State.WATCHING, State.STUCK)
    },
    **{
        (state, "finish"): (State.DONE, {"outcome": WELL, **ENDS}, Happening.DONE, "bot", {}, "THEIRS")
        for state in (State.WATCHING, State.STUCK)
    },
    **{
        (state, "stop watching"): (State.UNWATCHED, ENDS, Happening.UNWATCHED, "ann", {}, None)
        for state in (State.WATCHING, State.STUCK)
    },
    (State.WATCHING, "stick"): (State.STUCK, {}, Happening.STUCK, "bot", {}, None),
    (State.STUCK, "put off"): (
        State.WATCHING,
        {"nudge_at": LATER},
        Happening.PUT_OFF,
        "ann",
        {"until": "2026-07-09T14:10:00+00:00"},
        None,
    ),
}
CONFIRMED = (State.ASKED, "confirm")
REFUSED = [(state, name) for state in State for name in DOES if (state, name) not in {*ALLOWED, CONFIRMED}]


def request(state: State = State.ASKED, **changed: Any) -> Request:
    fields: dict[str, Any] = {
        "operation": "provision_workspace",
        "asked_by": "ann",
        "asker_name": "Ann",
        "room_id": "room",
        "values": {"displayName": "Room"},
        "asked_at": ASKED_AT,
        "tracking_id": "OURS",
        "state": state,
        "version": 4,
        "plan": PLAN,
        "number": 7,
    }
    return Request(**(fields | changed))


def after(before: Request, **changed: Any) -> dict[str, Any]:
    """All fields of a request, with some changed."""
    return asdict(before) | {
        name: asdict(v) if isinstance(v, Outcome | Plan | Watched) else v for name, v in changed.items()
    }


@pytest.mark.parametrize(("state", "name"), ALLOWED, ids=str)
def test_an_allowed_transition_changes_what_it_says_and_is_audited(state: State, name: str) -> None:
    new, changed, what, actor, detail, tracking_id = ALLOWED[state, name]
    asked = request(state)
    before = deepcopy(asked)

    event = DOES[name](asked)

    assert asdict(asked) == after(before, state=new, version=5, **changed)
    assert event == AuditEvent(
        NOW,
        what,
        actor,
        request=7,
        detail=detail,
        from_state=state.value,
        to_state=new.value,
        plan_hash=NEWER.hash if name == "planned" else None,
        api_tracking_id=tracking_id,
    )


@pytest.mark.parametrize(("state", "name"), REFUSED, ids=str)
def test_a_refused_transition_says_why_and_changes_nothing(state: State, name: str) -> None:
    asked = request(state)
    before = deepcopy(asked)

    with pytest.raises(WrongState) as refused:
        DOES[name](asked)

    assert str(refused.value) == f"Request 7 {IS[state]}. {OTHERWISE.get(name, 'Nothing was changed by that.')}"
    assert asdict(asked) == asdict(before)


def test_nothing_happens_to_a_request_that_has_ended() -> None:
    assert {state for state, _ in ALLOWED} | {State.ASKED} == set(State) - ENDED
    assert {state for state in State if request(state).ended} == ENDED


def test_a_confirmation_is_audited_and_approved_since_no_policy_asks_for_more() -> None:
    asked = request()
    before = deepcopy(asked)

    events = asked.confirm(by="ann", plan_hash=PLAN.hash, at=NOW)

    assert asdict(asked) == after(before, state=State.APPROVED, version=6, confirmed_at=NOW)
    assert events == [
        AuditEvent(
            NOW,
            Happening.CONFIRMED,
            "ann",
            request=7,
            from_state="asked",
            to_state="asked",
            plan_hash=PLAN.hash,
        ),
        AuditEvent(
            NOW,
            Happening.APPROVED,
            "bot",
            request=7,
            from_state="asked",
            to_state="approved",
            plan_hash=PLAN.hash,
            rule="none",
        ),
    ]


def test_what_is_written_down_names_the_enterprise_that_was_said_or_that_the_plan_knows() -> None:
    said = request(values={"spEnterpriseId": "Reseller1+acme"})
    known = request(plan=replace(PLAN, subject=Subject(user_id="ann", enterprise="Reseller1+globex")))

    events = [each.withdraw(by="ann", at=NOW) for each in (said, known, request())]

    assert [each.enterprise for each in events] == ["Reseller1+acme", "Reseller1+globex", None]


@pytest.mark.parametrize("plan", [None, NEWER])
def test_only_what_was_read_can_be_confirmed(plan: Plan | None) -> None:
    asked = request(plan=plan)
    before = deepcopy(asked)

    with pytest.raises(WrongState, match=r"^Request 7 has changed since that card was drawn: look at its newest card."):
        asked.confirm(by="ann", plan_hash=PLAN.hash, at=NOW)
    assert asdict(asked) == asdict(before)


@pytest.mark.parametrize(
    ("press", "state"),
    [
        (lambda request: request.confirm(by="bob", plan_hash=PLAN.hash, at=NOW), State.ASKED),
        (lambda request: request.withdraw(by="bob", at=NOW), State.ASKED),
        (lambda request: request.settle(WELL, by="bob", at=NOW), State.UNKNOWN),
        (lambda request: request.settle(WELL, by="", at=NOW), State.UNKNOWN),
        (lambda request: request.send_again(by="bob", at=NOW), State.UNKNOWN),
        (lambda request: request.put_off(LATER, by="bob", at=NOW), State.STUCK),
        (lambda request: request.stop_watching(by="bob", at=NOW), State.WATCHING),
        (lambda request: request.demand_asker("bob"), State.DONE),
        # Who may not press does not learn in which state it is either.
        (lambda request: request.confirm(by="bob", plan_hash=PLAN.hash, at=NOW), State.DONE),
        (lambda request: request.withdraw(by="bob", at=NOW), State.RUNNING),
        (lambda request: request.settle(WELL, by="bob", at=NOW), State.DONE),
    ],
)
def test_only_who_asked_may_press(press: Callable[[Request], object], state: State) -> None:
    asked = request(state)
    before = deepcopy(asked)

    with pytest.raises(NotAllowed) as refused:
        press(asked)

    assert str(refused.value) == (
        "Only Ann, who asked, can press the buttons of request 7. Ask for it yourself, and you get your own."
    )
    assert asdict(asked) == asdict(before)


@pytest.mark.parametrize(("outcome", "state"), [(WELL, State.DONE), (REFUSED_CHECK, State.DONE), (BADLY, State.FAILED)])
def test_a_read_is_done_when_it_was_answered_whatever_the_answer(outcome: Outcome, state: State) -> None:
    asked = request(plan=None)

    asked.answered(outcome, at=NOW)

    assert (asked.state, asked.outcome, asked.ended_at) == (state, outcome, NOW)


@pytest.mark.parametrize("state", [State.RUNNING, State.UNKNOWN, State.APPROVED])
def test_a_write_that_was_refused_has_failed(state: State) -> None:
    asked = request(state)

    event = asked.finish(BADLY, at=NOW)

    assert (asked.state, asked.outcome, asked.ended_at) == (State.FAILED, BADLY, NOW)
    assert (event.what, event.api_tracking_id) == (Happening.FAILED, "THEIRS")


def test_a_person_may_say_that_it_does_not_exist() -> None:
    asked = request(State.UNKNOWN)

    event = asked.settle(BADLY, by="ann", at=NOW)

    assert (asked.state, asked.outcome, asked.ended_at) == (State.FAILED, BADLY, NOW)
    assert (event.what, event.actor, event.detail) == (Happening.SETTLED, "ann", {})
    assert (event.from_state, event.to_state) == ("unknown", "failed")


def test_only_a_write_that_left_no_trace_can_be_sent_again_by_its_asker() -> None:
    lost = request(State.UNKNOWN, outcome=BADLY)
    absent = request(State.UNKNOWN, outcome=replace(BADLY, absent=True))

    event = absent.send_again(by="ann", at=NOW)

    assert (absent.state, absent.outcome, absent.version) == (State.APPROVED, None, 5)
    assert (event.what, event.actor) == (Happening.SENT_AGAIN, "ann")
    with pytest.raises(WrongState, match=r"^Request 7 may have been done: it cannot be sent again. Press Check.$"):
        lost.send_again(by="ann", at=NOW)
    with pytest.raises(WrongState, match=r"^Request 7 is done already."):
        request(State.DONE, outcome=replace(BADLY, absent=True)).send_again(by="ann", at=NOW)


def test_what_is_watched_remembers_each_status_that_it_had() -> None:
    asked = request(State.RUNNING)
    asked.watch(WATCHES, at=NOW)
    asked.take_look(until=LATER)
    asked.look_again(at=LATER, looked_at=NOW)
    asked.stick(at=NOW)

    event = asked.watch(Outcome(ok=True, watched=Watched("subscriber", "pending", LATER, patient=True)), at=LATER)

    assert asked.watched == Watched("subscriber", "pending", LATER, patient=True, past=(Step("provisioning", NOW),))
    assert (asked.state, asked.looks, asked.looked_at) == (State.WATCHING, 0, NOW)
    assert event.detail == {"before": "provisioning", "status": "pending"}
    assert (event.from_state, event.to_state) == ("stuck", "watching")
    with pytest.raises(ValueError, match="nothing to be watched"):
        asked.watch(WELL, at=LATER)


def test_every_look_counts_and_only_what_was_seen_has_a_time() -> None:
    asked = request(State.WATCHING, looked_at=NOW, version=4)

    asked.take_look(until=LATER)
    assert (asked.look_at, asked.looks) == (LATER, 1)
    asked.look_again(at=NOW)
    assert (asked.look_at, asked.looks, asked.looked_at) == (NOW, 1, NOW)
    asked.look_again(at=NOW, looked_at=LATER)

    assert (asked.looked_at, asked.version) == (LATER, 4)


def test_what_has_ended_is_looked_at_no_more() -> None:
    asked = request(State.WATCHING, look_at=LATER, nudge_at=LATER)

    asked.finish(WELL, at=NOW)

    assert (asked.look_at, asked.nudge_at) == (None, None)
    with pytest.raises(WrongState, match=r"^Request 7 is done already."):
        asked.look_again(at=LATER)
    with pytest.raises(WrongState, match=r"^Request 7 is done already."):
        asked.take_look(until=LATER)


def test_what_cannot_be_taken_back_is_confirmed_by_typing_what_it_is_about() -> None:
    plan = replace(PLAN, typed="95547321@Example.com")
    asked = request(plan=plan)

    with pytest.raises(WrongState, match=r"^Type “95547321@Example.com” into the card, then press the button again."):
        asked.confirm(by="ann", plan_hash=plan.hash, typed="95547322@example.com", at=NOW)
    assert (asked.state, asked.confirmed_at) == (State.ASKED, None)

    asked.confirm(by="ann", plan_hash=plan.hash, typed=" 95547321@example.com ", at=NOW)
    assert asked.state is State.APPROVED


@pytest.mark.parametrize("waits", [{"held": True}, {"try_at": LATER}, {"held": True, "try_at": LATER}])
def test_a_confirmed_request_that_waits_can_still_be_withdrawn(waits: dict[str, Any]) -> None:
    asked = request(State.APPROVED, **waits)

    event = asked.withdraw(by="ann", at=NOW)

    assert (asked.state, asked.ended_at, asked.version) == (State.WITHDRAWN, NOW, 5)
    assert (event.from_state, event.to_state, event.detail) == ("approved", "withdrawn", {})


def test_what_waited_waits_no_longer_once_it_is_sent() -> None:
    asked = request(State.APPROVED, held=True, try_at=LATER)

    asked.start(at=NOW)

    assert (asked.held, asked.try_at) == (False, None)


def test_a_postponed_write_goes_again_and_comes_to_an_end() -> None:
    asked = request(version=1, plan=None)
    asked.planned(PLAN, at=NOW)
    asked.confirm(by="ann", plan_hash=PLAN.hash, at=NOW)
    asked.hold(at=NOW)
    asked.start(at=NOW)
    asked.postpone(LATER, at=NOW, outcome=BADLY)
    asked.start(at=LATER)
    asked.lose(BADLY, at=LATER)
    asked.looked(BADLY, at=LATER)
    asked.settle(WELL, by="ann", at=LATER)

    assert (asked.state, asked.version, asked.outcome) == (State.DONE, 11, WELL)


@pytest.mark.parametrize(
    ("person", "room", "roles", "expected"),
    [
        ("ann", "elsewhere", {Role.AGENT}, True),
        ("bob", "room", {Role.AGENT}, True),
        ("bob", "elsewhere", {Role.AGENT, Role.ADMIN}, True),
        ("bob", "elsewhere", {Role.AGENT, Role.APPROVER, Role.AUDITOR}, False),
        ("bob", "", {Role.AGENT}, False),
        ("", "elsewhere", set(), False),
    ],
)
def test_a_request_is_seen_by_its_asker_in_its_space_and_by_admins(
    person: str, room: str, roles: set[Role], *, expected: bool
) -> None:
    actor = Actor(person, "x@example.com", "X", frozenset(roles))

    assert may_see(request(), actor=actor, room_id=room) is expected


def test_a_second_confirmation_is_told_that_nothing_was_sent_twice() -> None:
    asked = request(State.DONE)
    asked.confirmed_at = NOW

    with pytest.raises(WrongState) as refused:
        DOES["confirm"](asked)

    assert str(refused.value) == "Request 7 is done already. Nothing was sent a second time."
