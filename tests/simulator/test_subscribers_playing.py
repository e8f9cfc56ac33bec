"""How a provisioning ends on purpose, and what the playground does in place of the users it waits for."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from bot.simulator import Simulator
from bot.simulator.control.switches import OUTCOMES, Outcome
from bot.simulator.provisioning.subscriber import STATUSES
from tests.simulator.kit import StillClock, refusal
from tests.simulator.subscribing import Subscribing

TAKEN = [{"errorCode": 10022, "description": "The BroadWorks UserID is already associated with an existing user"}]
ELSEWHERE = [{"description": "The email is already in use in another organization"}]


def ends(subscribers: Subscribing, clock: StillClock, **change: Any) -> tuple[str, Any]:
    accepted = subscribers.create(**change)
    clock.forward(5)
    subscriber = subscribers.now(accepted)
    assert ("personId" in subscriber) == (subscriber["status"] == "provisioned")
    return subscriber["status"], subscriber.get("errors")


@pytest.mark.parametrize(
    ("email", "end"),
    [
        ("john@fail.example.com", ("provisioned", None)),
        (None, ("pending_email_input", None)),
        ("john.untrusted@example.com", ("pending_email_input", None)),
        ("verify-john@example.com", ("pending_email_validation", None)),
        ("johnCONSENT@example.com", ("pending_user_migration", None)),
        ("john+fail@example.com", ("error", TAKEN)),
        ("elsewhere@example.com", ("error", ELSEWHERE)),
        ("stuck@example.com", ("provisioning", None)),
        ("rigid@example.com", ("provisioned", None)),
        ("fail.consent.verify@example.com", ("pending_email_validation", None)),
    ],
)
def test_the_email_decides_how_a_provisioning_ends(
    subscribers: Subscribing, clock: StillClock, email: str | None, end: tuple[str, Any]
) -> None:
    assert ends(subscribers, clock, email=email) == end


@pytest.mark.parametrize(
    ("outcome", "end"),
    [
        ("by_rule", ("pending_user_migration", None)),
        ("provisioned", ("provisioned", None)),
        ("error", ("error", TAKEN)),
        ("never", ("provisioning", None)),
        ("pending_email_input", ("pending_email_input", None)),
        ("pending_email_validation", ("pending_email_validation", None)),
        ("pending_user_migration", ("pending_user_migration", None)),
    ],
)
def test_a_switch_decides_for_everybody_instead(
    sim: Simulator, subscribers: Subscribing, clock: StillClock, outcome: Outcome, end: tuple[str, Any]
) -> None:
    sim.switches.subscriber_outcome = outcome

    assert ends(subscribers, clock, email="consent@example.com") == end


def test_every_status_can_be_brought_about() -> None:
    assert set(STATUSES) - set(OUTCOMES) == {"provisioning", "updating"}


@pytest.mark.parametrize("outcome", ["never", "error"])
def test_the_switch_decides_how_updates_end(
    sim: Simulator, subscribers: Subscribing, clock: StillClock, outcome: Outcome
) -> None:
    accepted = subscribers.create()
    clock.forward(5)
    sim.switches.subscriber_outcome = outcome

    subscribers.put(accepted, firstName="Jon").raise_for_status()
    clock.forward(3600)

    status = {"never": "updating", "error": "error"}[outcome]
    assert (subscribers.now(accepted)["status"], subscribers.now(accepted)["firstName"]) == (status, "John")


def test_how_long_things_take_is_a_switch(sim: Simulator, subscribers: Subscribing, clock: StillClock) -> None:
    sim.switches.provisioning_seconds = 600.0
    sim.switches.customer_seconds = 60.0
    accepted = subscribers.create(spEnterpriseId="Reseller1+new")

    clock.forward(659.9)
    assert subscribers.status(accepted) == "provisioning"
    clock.forward(0.1)
    assert subscribers.status(accepted) == "provisioned"


# The user does something.


def test_who_consents_is_provisioned_after_some_seconds(subscribers: Subscribing, clock: StillClock) -> None:
    accepted = subscribers.create(email="consent@example.com")
    clock.forward(5)

    played = subscribers.act(accepted, "consent")

    assert played.status_code == 200
    assert played.json() == subscribers.now(accepted) | {"acts": [], "consentMails": 0}
    assert subscribers.status(accepted) == "provisioning"
    clock.forward(5)
    assert subscribers.status(accepted) == "provisioned"


def test_who_had_no_email_gives_one_and_validates_it(
    sim: Simulator, subscribers: Subscribing, clock: StillClock
) -> None:
    accepted = subscribers.create(email=None)
    clock.forward(5)

    given = subscribers.act(accepted, "email", email="ann@example.com").json()
    assert (given["status"], given["email"], given["acts"]) == (
        "pending_email_validation",
        "ann@example.com",
        ["validate"],
    )
    assert subscribers.found(email="ann@example.com") == [accepted["userId"]]
    subscribers.act(accepted, "validate").raise_for_status()
    clock.forward(5)
    provisioned = subscribers.now(accepted)
    assert (provisioned["status"], provisioned["personId"]) == ("provisioned", sim.people["ann"].id)


def test_what_the_email_says_beside_a_pause_counts_when_the_pause_is_over(
    subscribers: Subscribing, clock: StillClock
) -> None:
    accepted = subscribers.create(email="verify.consent.elsewhere@example.com")
    seen = []
    for act in ("validate", "consent"):
        clock.forward(5)
        seen.append(subscribers.status(accepted))
        subscribers.act(accepted, act).raise_for_status()
    clock.forward(5)

    assert seen == ["pending_email_validation", "pending_user_migration"]
    assert subscribers.now(accepted)["errors"] == ELSEWHERE


def test_a_switch_that_makes_everybody_wait_does_not_make_them_wait_twice(
    sim: Simulator, subscribers: Subscribing, clock: StillClock
) -> None:
    sim.switches.subscriber_outcome = "pending_user_migration"
    accepted = subscribers.create()
    clock.forward(5)

    subscribers.act(accepted, "consent").raise_for_status()
    clock.forward(5)

    assert subscribers.status(accepted) == "provisioned"


def test_nobody_does_what_nobody_waits_for(subscribers: Subscribing, clock: StillClock) -> None:
    accepted = subscribers.create(email="consent@example.com")
    clock.forward(5)

    assert refusal_of(subscribers.act(accepted, "validate")) == (
        409,
        "This is for subscribers in pending_email_validation only, and this one is pending_user_migration.",
    )
    assert refusal_of(subscribers.act(accepted, "dance")) == (400, "act must be one of email, validate, consent.")
    assert refusal_of(subscribers.act({"id": "unknown"}, "consent")) == (404, "There is no such subscriber.")
    assert subscribers.status(accepted) == "pending_user_migration"


@pytest.mark.parametrize(("email", "status"), [("taken@example.com", 409), ("john", 400), (None, 400)])
def test_an_email_that_cannot_be_is_not_given(
    subscribers: Subscribing, clock: StillClock, email: str | None, status: int
) -> None:
    accepted = subscribers.create(email=None)
    clock.forward(5)

    assert subscribers.act(accepted, "email", email=email).status_code == status
    assert subscribers.status(accepted) == "pending_email_input"


def refusal_of(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["message"]


# The playground sees them.


def test_the_unfinished_are_shown_with_what_their_users_can_do(
    subscribers: Subscribing, control: httpx.Client, clock: StillClock
) -> None:
    waiting = subscribers.another(61, email="consent@example.com")
    subscribers.another(62)
    clock.forward(5)
    subscribers.consent_mail(waiting).raise_for_status()
    running = subscribers.another(63)

    shown = control.get("/control/subscribers").json()

    assert shown == {
        "items": [
            {**running, "acts": [], "consentMails": 0},
            {**subscribers.now(waiting), "acts": ["consent"], "consentMails": 1},
        ],
        "counts": {"provisioned": 2, "pending_user_migration": 1, "provisioning": 1},
    }


def test_what_is_played_is_announced_and_wakes_who_waits(
    sim: Simulator, subscribers: Subscribing, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Any] = []
    monkeypatch.setattr(sim.feed, "announce", lambda event, data: told.append((event, data)))
    accepted = subscribers.create(email="consent@example.com")
    clock.forward(5)
    version = sim.world.version

    subscribers.act(accepted, "consent").raise_for_status()

    assert told == [("subscriber", {"kind": "consent", "id": accepted["id"]})]
    assert sim.world.wait_beyond(version, 0)


def test_broadworks_can_be_filled(sim: Simulator, control: httpx.Client) -> None:
    filled = control.post("/control/subscribers", json={"fill": 60}).json()

    assert filled == {"counts": {"provisioned": 60, "error": 1}}
    assert len(sim.broadworks.subscribers) == 61


@pytest.mark.parametrize("count", [0, -1, 100_000, 100_001, "5", True, None])
def test_a_fill_that_makes_no_sense_fills_nothing(sim: Simulator, control: httpx.Client, count: Any) -> None:
    assert refusal_of(control.post("/control/subscribers", json={"fill": count}))[0] == 400
    assert len(sim.broadworks.subscribers) == 1


# The calls go through the same gate as all others.


@pytest.mark.parametrize("under", ["", "/broadworks"])
def test_the_consent_mail_is_a_call_of_broadworks_on_both_paths(
    sim: Simulator, subscribers: Subscribing, under: str
) -> None:
    sim.faults.add(service="broadworks", kind="status", status=503)

    assert refusal(subscribers.consent_mail({"id": "x"}, under=under))[0] == 503


@pytest.mark.parametrize(
    ("scenario", "method"), [("write-lost", "POST"), ("change-lost", "PUT"), ("removal-lost", "DELETE")]
)
def test_the_answer_to_a_write_of_a_subscriber_can_be_lost(
    sim: Simulator, subscribers: Subscribing, control: httpx.Client, clock: StillClock, scenario: str, method: str
) -> None:
    there = subscribers.another(61)
    clock.forward(5)
    control.post(f"/control/scenarios/broadworks-{scenario}", json={"times": 1}).raise_for_status()

    sent: dict[str, Callable[[], object]] = {
        "POST": lambda: subscribers.another(62),
        "PUT": lambda: subscribers.put(there, firstName="Jon"),
        "DELETE": lambda: subscribers.delete(there),
    }
    with pytest.raises(ConnectionResetError):
        sent[method]()

    clock.forward(5)
    names = [each.facts["firstName"] for each in sim.broadworks.subscribers]
    assert names == {"POST": ["Tara", "John", "John"], "PUT": ["Tara", "Jon"], "DELETE": ["Tara"]}[method]
