"""The simulated world, and everybody's way into it."""

from collections.abc import Iterator

import httpx
import pytest

from bot.simulator import Simulator
from tests.simulator.kit import Receiver, Space, StillClock, client
from tests.simulator.shapes import conforming
from tests.simulator.subscribing import Subscribing
from tests.simulator.touring import Guest, visiting


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
def sim(clock: StillClock, receiver: Receiver) -> Iterator[Simulator]:
    with receiver.client() as sender, Simulator(clock=clock, sender=sender) as simulator:
        yield simulator


@pytest.fixture
def ann(sim: Simulator) -> Iterator[httpx.Client]:
    with client(sim, sim.people["ann"].token) as http:
        yield http


@pytest.fixture
def bob(sim: Simulator) -> Iterator[httpx.Client]:
    with client(sim, sim.people["bob"].token) as http:
        yield http


@pytest.fixture
def bot(sim: Simulator) -> Iterator[httpx.Client]:
    with client(sim, sim.bot.token) as http:
        yield http


@pytest.fixture
def broadworks(sim: Simulator) -> Iterator[httpx.Client]:
    with client(sim, sim.broadworks_token) as http:
        yield http


@pytest.fixture
def subscribers(sim: Simulator, control: httpx.Client) -> Iterator[Subscribing]:
    """Every answer must have its documented shape."""
    with conforming(sim, sim.broadworks_token) as http:
        yield Subscribing(http, control)


@pytest.fixture
def nobody(sim: Simulator) -> Iterator[httpx.Client]:
    with client(sim, None) as http:
        yield http


@pytest.fixture
def control(sim: Simulator) -> Iterator[httpx.Client]:
    """Of the simulator itself, not of the API: the paths begin with /control or /play."""
    with httpx.Client(transport=httpx.WSGITransport(app=sim.app), base_url="http://localhost:8099") as http:
        yield http


@pytest.fixture
def ann_in_support(sim: Simulator, ann: httpx.Client) -> Space:
    return Space(ann, sim.spaces["support"])


@pytest.fixture
def bot_in_support(sim: Simulator, bot: httpx.Client) -> Space:
    return Space(bot, sim.spaces["support"])


@pytest.fixture
def guest(sim: Simulator, broadworks: httpx.Client) -> Iterator[Guest]:
    """Takes the tour."""
    with visiting(sim, broadworks) as visitor:
        yield visitor
