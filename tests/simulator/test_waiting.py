"""Waiting for something to happen, without polling."""

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from bot.simulator import Simulator
from tests.simulator.kit import Space


def test_what_is_true_already_is_not_waited_for(sim: Simulator) -> None:
    assert sim.wait_for(lambda: "now", timeout=0) == "now"


def test_a_wait_ends_with_the_change_that_was_waited_for(sim: Simulator, ann_in_support: Space) -> None:
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(sim.wait_for, lambda: list(sim.world.messages), 10)
        message = ann_in_support.say()["id"]

        assert waiting.result() == [message]


def test_what_is_waited_for_may_call_the_api(sim: Simulator, ann: httpx.Client, bob: httpx.Client) -> None:
    room = sim.spaces["support"]

    def listed() -> object:
        return bob.get("/messages", params={"roomId": room}).json()["items"]

    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(sim.wait_for, listed, 10)
        Space(ann, room).say()

        assert waiting.result()


def test_waiting_in_vain_ends_too(sim: Simulator) -> None:
    with pytest.raises(TimeoutError, match=r"0\.01 seconds"):
        sim.wait_for(lambda: None, timeout=0.01)


def test_a_simulator_delivers_with_a_client_of_its_own() -> None:
    with Simulator() as sim:
        sim.wait_idle(timeout=1)
