"""Whoever watches hears of it when the work on a subscriber ends."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from bot.simulator import Simulator
from tests.simulator.kit import Receiver, StillClock, Ticks
from tests.simulator.shapes import conforming
from tests.simulator.subscribing import Subscribing


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def sim(clock: StillClock, ticks: Ticks, receiver: Receiver) -> Iterator[Simulator]:
    """A world whose seconds pass only when a test says so."""
    with receiver.client() as sender, Simulator(clock=clock, sender=sender, monotonic=ticks) as simulator:
        yield simulator


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
