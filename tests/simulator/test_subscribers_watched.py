"""Whoever watches hears of it when the work on a subscriber ends."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from bot.simulator import Simulator
from bot.simulator.clock import Clock
from bot.simulator.provisioning.records import BroadWorks
from tests.simulator.kit import Receiver, StillClock, Ticks
from tests.simulator.shapes import conforming
from tests.simulator.subscribing import JOHN, Subscribing


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def sim(clock: StillClock, ticks: Ticks, receiver: Receiver) -> Iterator[Simulator]:
    """A world whose seconds pass only when a test says so."""
    with receiver.client() as sender, Simulator(clock=clock, sender=sender, monotonic=ticks) as simulator:
        yield simulator


@pytest.fixture
def restless() -> Iterator[None]:
    """Threads take turns as often as they can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.fixture
def told(sim: Simulator, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    announced: list[Any] = []
    monkeypatch.setattr(sim.feed, "announce", lambda event, data: announced.append((event, data)))
    return announced


def test_the_end_of_a_provisioning_is_announced(
    sim: Simulator, subscribers: Subscribing, ticks: Ticks, told: list[Any]
) -> None:
    accepted = subscribers.create()
    ticks.now = 4.9
    sim.timers.look()
    assert told == []

    ticks.now = 5.0
    sim.timers.look()

    assert told == [("subscriber", {"kind": "changed", "id": accepted["id"]})]


def test_whoever_waits_sees_a_provisioning_end(control: httpx.Client) -> None:
    with Simulator() as sim, conforming(sim, sim.broadworks_token) as http:
        sim.switches.provisioning_seconds = 0.05
        accepted = Subscribing(http, control).create()

        provisioned = sim.wait_for(
            lambda: [one for one in sim.broadworks.subscribers if one.id == accepted["id"] and one.person_id]
        )

    assert provisioned[0].status == "provisioned"


def test_many_may_look_at_once_while_time_passes(restless: None) -> None:
    clock = StillClock()
    state = BroadWorks(Clock(clock))
    made = [state.create_subscriber(JOHN | {"userId": f"{n}@x.example", "email": f"{n}@x.example"}) for n in range(300)]
    clock.forward(5)

    with ThreadPoolExecutor(8) as looking:
        counts = list(looking.map(lambda _: state.subscribers.counts(), range(32)))

    assert counts == [{"provisioned": 301}] * 32
    assert {one.status for one in made} == {"provisioned"}
