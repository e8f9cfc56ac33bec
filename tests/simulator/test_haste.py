"""Whoever does not wait for the bot is told at once that a replay, which waits, may go otherwise."""

from collections.abc import Iterator
from threading import Thread

import httpx
import pytest

from bot.simulator import Simulator
from bot.simulator.dialogues import haste
from tests.simulator.kit import Space
from tests.simulator.recordings import LOST, Process, steps

WAITS = "a replay waits for it first, and may go otherwise."


@pytest.fixture
def at_work(sim: Simulator) -> Iterator[None]:
    """The bot has something to do all the time."""
    sim.recorder.haste.at_work = lambda: True
    yield
    sim.recorder.haste.at_work = lambda: False


def test_whoever_waits_for_the_bot_is_not_warned(sim: Simulator, control: httpx.Client, ann_in_support: Space) -> None:
    sim.bot_process = Process(lambda: None)
    ann_in_support.say("one")
    control.post("/control/faults", json=LOST).raise_for_status()
    control.post("/control/bot/kill").raise_for_status()

    assert len(steps(sim)) == 3
    assert sim.recorder.warnings == []


@pytest.mark.usefixtures("at_work")
def test_going_on_while_the_bot_is_at_work_is_warned_of(sim: Simulator, ann_in_support: Space) -> None:
    ann_in_support.say("one")

    assert sim.recorder.warnings == [f"Somebody went on while the bot was still at work: {WAITS}"]


@pytest.mark.usefixtures("at_work")
def test_changing_the_world_while_the_bot_is_at_work_is_warned_of(sim: Simulator, control: httpx.Client) -> None:
    control.delete("/control/faults").raise_for_status()
    assert sim.recorder.warnings == []

    control.post("/control/faults", json=LOST).raise_for_status()

    assert sim.recorder.warnings == [f"The world was changed while the bot was still at work: {WAITS}"]


@pytest.mark.usefixtures("at_work")
def test_killing_the_bot_at_its_work_is_warned_of(sim: Simulator, control: httpx.Client) -> None:
    sim.bot_process = Process(lambda: None)

    control.post("/control/bot/kill").raise_for_status()

    assert sim.recorder.warnings == [f"The bot ended while the bot was still at work: {WAITS}"]


def test_a_webhook_on_its_way_is_work_unless_all_are_held_back(
    sim: Simulator, ann: httpx.Client, bot: httpx.Client
) -> None:
    hook = {"name": "m", "targetUrl": "http://127.0.0.1:9/", "resource": "messages", "event": "created"}
    sim.webhook_faults.hold = True
    bot.post("/webhooks", json=hook).raise_for_status()

    Space(ann, sim.spaces["ann"]).say("held back")
    assert not sim.recorder.haste.now()
    sim.webhook_faults.delay = 60.0
    sim.webhook_faults.hold = False
    sim.world.touch()

    assert sim.recorder.haste.now()


def test_a_call_that_is_made_to_wait_for_long_is_waited_for_by_nobody(sim: Simulator, bot: httpx.Client) -> None:
    sim.recorder.haste.at_work = lambda: True
    fault = sim.faults.add(service="webex", kind="hang", seconds=haste.LONG + 60, times=1)
    calling = Thread(target=lambda: bot.get("/people/me"))
    calling.start()
    sim.wait_for(lambda: fault.waiting)

    assert not sim.recorder.haste.now()
    fault.release()
    calling.join(10)
    assert sim.recorder.haste.now()


def test_what_goes_wrong_for_some_seconds_is_warned_of(sim: Simulator, control: httpx.Client) -> None:
    control.post("/control/faults", json={"service": "webex", "kind": "empty", "lasts": 60}).raise_for_status()

    assert sim.recorder.warnings == [
        "Calls went wrong for some seconds: a replay has a pace of its own, and other calls may go wrong in it."
    ]


def test_saving_waits_for_the_bot(sim: Simulator, control: httpx.Client) -> None:
    looks = iter([True, True, False])
    sim.recorder.haste.at_work = lambda: next(looks, False)

    control.get("/play/dialogue.yaml").raise_for_status()

    assert next(looks, None) is None
    assert sim.recorder.warnings == []


def test_what_was_saved_before_the_bot_was_done_is_warned_of(
    sim: Simulator, control: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sim.recorder.haste, "over", lambda: False)

    control.get("/play/dialogue.yaml").raise_for_status()

    assert control.get("/play/dialogue").json()["warnings"] == [
        "Saved while the bot was still at work: what it has shown later is missing in that file."
    ]
