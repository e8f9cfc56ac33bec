"""The recorder writes down what is made to go wrong, whichever way, so that it goes wrong again in a replay."""

from typing import Any

import httpx
import pytest

from bot.simulator import Simulator
from bot.simulator.control.scenarios import SCENARIOS
from bot.simulator.dialogues.steps import Breaks, Forwards, Heals, Orders, Says, Sets, Shows, Step, Webhooks
from tests.simulator.kit import Space
from tests.simulator.recordings import LOST, Process, steps


@pytest.mark.parametrize(
    ("method", "path", "body", "recorded"),
    [
        ("POST", "faults", LOST, [Breaks(LOST)]),
        ("POST", "webhooks", {"hold": True}, [Webhooks({"hold": True})]),
        ("POST", "webhooks", {"hold": False}, []),
        ("POST", "switches", {"workspaces_scope": False}, [Sets({"workspaces_scope": False})]),
        ("POST", "switches", {"no_such_switch": True}, []),
        ("POST", "clock", {"forward": 90}, [Forwards(90)]),
        ("DELETE", "calls", None, []),
        ("DELETE", "faults", None, []),
    ],
)
def test_what_is_changed_about_the_world_is_recorded(
    sim: Simulator, control: httpx.Client, method: str, path: str, body: Any, recorded: list[Step]
) -> None:
    control.request(method, f"/control/{path}", json=body)

    assert steps(sim) == recorded


@pytest.mark.parametrize("key", [scenario.key for scenario in SCENARIOS])
def test_a_scenario_is_recorded_as_what_it_does(sim: Simulator, control: httpx.Client, key: str) -> None:
    control.post(f"/control/scenarios/{key}", json={}).raise_for_status()

    recorded = steps(sim)
    assert len(recorded) == 1
    with (
        Simulator() as other,
        httpx.Client(transport=httpx.WSGITransport(other.app), base_url=control.base_url) as same,
    ):
        path, body = next(iter(recorded[0].entry().items()))
        same.post(f"/control/{'faults' if path == 'fault' else path}", json=body).raise_for_status()
        assert steps(other) == recorded


def test_when_one_of_two_faults_is_taken_away_the_other_comes_again(sim: Simulator, control: httpx.Client) -> None:
    first = control.post("/control/faults", json=LOST).json()["id"]
    control.post("/control/faults", json={"service": "webex", "kind": "html"}).raise_for_status()

    control.delete(f"/control/faults/{first}").raise_for_status()

    second = Breaks({"service": "webex", "kind": "html"})
    assert steps(sim) == [Breaks(LOST), second, Heals(), second]


def test_when_the_last_thing_is_put_right_all_is_well(sim: Simulator, control: httpx.Client) -> None:
    control.post("/control/switches", json={"extra_info": True}).raise_for_status()
    control.post("/control/webhooks", json={"delay": 0.5}).raise_for_status()

    control.post("/control/switches", json={"extra_info": False}).raise_for_status()
    control.delete("/control/webhooks").raise_for_status()

    assert steps(sim) == [Sets({"extra_info": True}), Webhooks({"delay": 0.5}), Sets({"extra_info": False}), Heals()]


def test_a_fault_that_has_happened_is_not_taken_away_by_anybody(
    sim: Simulator, control: httpx.Client, broadworks: httpx.Client
) -> None:
    control.post("/control/faults", json={"service": "broadworks", "kind": "html", "times": 1}).raise_for_status()
    assert broadworks.get("/workspaces").status_code == 502
    control.post("/control/clock", json={"forward": 1}).raise_for_status()

    assert steps(sim) == [Breaks({"service": "broadworks", "kind": "html", "times": 1}), Forwards(1)]


def test_what_ends_by_itself_is_noted_before_the_next_act(
    sim: Simulator, control: httpx.Client, ann_in_support: Space
) -> None:
    control.post("/control/switches", json={"workspaces_scope": False}).raise_for_status()
    control.post("/control/webhooks", json={"hold": True}).raise_for_status()
    sim.switches.workspaces_scope = True
    sim.webhook_faults.hold = False
    ann_in_support.say("one")

    assert steps(sim)[2:] == [
        Webhooks({"hold": False}),
        Sets({"workspaces_scope": True}),
        Says("ann", "one", "support", 1),
    ]


def test_what_is_done_with_subscribers_cannot_be_replayed(sim: Simulator, control: httpx.Client) -> None:
    control.get("/control/subscribers").raise_for_status()
    assert sim.recorder.warnings == []

    control.post("/control/subscribers", json={"fill": 1}).raise_for_status()

    words = "Subscribers were made, or their users did something: that cannot be replayed."
    assert (steps(sim), sim.recorder.warnings) == ([], [words])


def test_every_switch_that_changes_by_itself_is_noted(
    sim: Simulator, control: httpx.Client, ann_in_support: Space
) -> None:
    switches = {"subscriber_outcome": "error", "provisioning_seconds": 9.0, "late_404": 2}
    control.post("/control/switches", json=switches).raise_for_status()
    sim.switches.subscriber_outcome, sim.switches.provisioning_seconds, sim.switches.late_404 = "by_rule", 5.0, 1
    ann_in_support.say("one")

    assert steps(sim) == [
        Sets(switches),
        Sets({"subscriber_outcome": "by_rule", "provisioning_seconds": 5.0}),
        Says("ann", "one", "support", 1),
    ]


def test_what_the_bot_says_while_it_comes_up_is_said_after_its_start(
    sim: Simulator, control: httpx.Client, bot_in_support: Space
) -> None:
    sim.bot_process = Process(lambda: bot_in_support.say("back"))

    control.post("/control/bot/kill").raise_for_status()
    control.post("/control/bot/start").raise_for_status()

    assert steps(sim) == [Orders("kill"), Orders("start"), Shows(1, "support", "back")]


def test_what_was_shown_before_a_change_stands_before_it(
    sim: Simulator, control: httpx.Client, bot_in_support: Space
) -> None:
    bot_in_support.say("before")
    control.post("/control/clock", json={"forward": 1}).raise_for_status()
    bot_in_support.say("after")

    assert steps(sim) == [Shows(1, "support", "before"), Forwards(1), Shows(2, "support", "after")]


def test_begun_anew_it_starts_with_what_is_wrong_then(
    sim: Simulator, control: httpx.Client, ann_in_support: Space
) -> None:
    sim.bot_process = Process(lambda: None)
    control.post("/control/faults", json=LOST).raise_for_status()
    control.post("/control/webhooks", json={"duplicate": 2, "times": 3}).raise_for_status()
    control.post("/control/switches", json={"late_404": 1}).raise_for_status()
    control.post("/control/bot/kill").raise_for_status()
    ann_in_support.say("one")

    sim.recorder.begin_anew()
    ann_in_support.say("two")

    assert steps(sim) == [
        Breaks(LOST),
        Webhooks({"duplicate": 2, "times": 3}),
        Sets({"late_404": 1}),
        Orders("kill"),
        Says("ann", "two", "support", 1),
    ]
