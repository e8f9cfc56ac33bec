"""Everything that can go wrong, in words: the catalogue is complete, and each of its scenarios does what it says."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import httpx
import pytest

from bot.simulator import Simulator
from bot.simulator.control.faults import KINDS, Fault
from bot.simulator.control.scenario import Scenario
from bot.simulator.control.scenarios import BY_KEY, GROUPS, SCENARIOS
from bot.simulator.control.switches import CARD_EDITS, Switches, WebhookFaults
from tests.simulator.kit import Receiver, Space, Ticks, client
from tests.simulator.test_webhook_faults import say_times
from tests.simulator.test_webhooks import create

OFF = {"on": False, "times": None, "left": None, "hits": None}


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def sim(ticks: Ticks, receiver: Receiver) -> Iterator[Simulator]:
    """A world whose seconds pass only when a test says so."""
    with receiver.client() as sender, Simulator(sender=sender, monotonic=ticks) as simulator:
        yield simulator


class Panel:
    """The scenarios as a page sees and sets them."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http

    def post(self, key: str, **body: Any) -> httpx.Response:
        return self._http.post(f"/control/scenarios/{key}", json=body)

    def begin(self, key: str, **body: Any) -> None:
        self.post(key, **body).raise_for_status()

    def end(self, key: str) -> None:
        self._http.delete(f"/control/scenarios/{key}").raise_for_status()

    def heal(self) -> None:
        self._http.delete("/control/scenarios").raise_for_status()

    def shown(self) -> dict[str, Any]:
        found: dict[str, Any] = self._http.get("/control/scenarios").raise_for_status().json()
        return found

    def state(self, key: str) -> dict[str, Any]:
        item = next(each for each in self.shown()["items"] if each["key"] == key)
        return {name: item[name] for name in OFF}

    def on(self) -> list[str]:
        return [item["key"] for item in self.shown()["items"] if item["on"]]


@pytest.fixture
def panel(control: httpx.Client) -> Panel:
    return Panel(control)


# The catalogue is complete.


def reached(target: str) -> set[str]:
    of_target = [each for each in SCENARIOS if each.target == target]
    return {name for each in of_target for name in each.body} | {each.count for each in of_target if each.counts}


def test_every_kind_of_fault_has_a_scenario() -> None:
    assert {each.body["kind"] for each in SCENARIOS if each.target == "faults"} == set(KINDS)


def test_every_switch_has_a_scenario() -> None:
    assert reached("switches") >= {each.name for each in fields(Switches)}


def test_every_way_of_editing_cards_but_the_real_one_has_a_scenario() -> None:
    assert {each.body.get("card_edits") for each in SCENARIOS} - {None} == set(CARD_EDITS) - {"real"}


def test_every_webhook_fault_has_a_scenario() -> None:
    assert reached("webhooks") == {each.name for each in fields(WebhookFaults)}


def test_every_scenario_has_a_key_words_and_a_hint_of_its_own() -> None:
    assert len(BY_KEY) == len({each.words for each in SCENARIOS}) == len(SCENARIOS)
    assert GROUPS == ("Webex", "BroadWorks", "Webhooks")
    assert all(each.hint.endswith(".") and not each.words.endswith(".") for each in SCENARIOS)
    assert all(each.counts or each.spans for each in SCENARIOS)


# Each one can be switched on and off.


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.key)
def test_a_scenario_is_shown_while_it_is_on(panel: Panel, scenario: Scenario) -> None:
    panel.begin(scenario.key)
    began = panel.on()
    panel.end(scenario.key)

    assert (began, panel.on()) == ([scenario.key], [])


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.key)
def test_everything_works_again_after_one_press(sim: Simulator, panel: Panel, scenario: Scenario) -> None:
    panel.begin(scenario.key, **({"lasts": 10} if scenario.spans else {}))
    sim.faults.add(service="webex", kind="status")

    panel.heal()

    assert (panel.on(), panel.shown()["others"], sim.faults.current()) == ([], [], [])
    assert (sim.switches, sim.webhook_faults) == (Switches(), WebhookFaults())


@pytest.mark.parametrize("scenario", [each for each in SCENARIOS if each.spans], ids=lambda scenario: scenario.key)
def test_a_timed_scenario_ends_by_itself(panel: Panel, ticks: Ticks, scenario: Scenario) -> None:
    panel.begin(scenario.key, lasts=10)
    ticks.now = 4.0
    assert panel.state(scenario.key)["left"] == 6.0

    ticks.now = 10.0

    assert panel.on() == []


@pytest.mark.parametrize("scenario", [each for each in SCENARIOS if each.counts], ids=lambda scenario: scenario.key)
def test_a_counted_scenario_shows_its_count(panel: Panel, scenario: Scenario) -> None:
    panel.begin(scenario.key, times=7)

    assert panel.state(scenario.key)["times"] == 7


def test_the_end_of_a_timed_switch_is_announced(
    sim: Simulator, panel: Panel, ticks: Ticks, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel.begin("broadworks-no-looking", lasts=10)
    told: list[Any] = []
    monkeypatch.setattr(sim.feed, "announce", lambda event, data: told.append((event, data)))

    ticks.now = 10.0
    sim.timers.look()

    assert sim.switches.workspaces_scope is True
    assert told == [("fault", {"kind": "switches"})]


# How long each lasts.


def test_a_fault_counts_what_it_meets_until_it_is_used_up(sim: Simulator, panel: Panel, bot: httpx.Client) -> None:
    panel.begin("webex-down", times=2)

    assert bot.get("/people/me").status_code == 503
    assert panel.state("webex-down") == {"on": True, "times": 1, "left": None, "hits": 1}
    assert bot.get("/people/me").status_code == 503
    assert panel.state("webex-down") == OFF
    assert bot.get("/people/me").status_code == 200


def test_beginning_anew_begins_anew(sim: Simulator, panel: Panel, bot: httpx.Client) -> None:
    panel.begin("webex-down", times=2)
    bot.get("/people/me")

    panel.begin("webex-down", lasts=60)

    assert len(sim.faults.current()) == 1
    assert panel.state("webex-down") == {"on": True, "times": None, "left": 60.0, "hits": 0}


def test_people_can_go_on_writing_while_webex_is_out_of_order_for_the_bot(panel: Panel, ann: httpx.Client) -> None:
    for scenario in SCENARIOS:
        if scenario.target == "faults" and scenario.group == "Webex":
            panel.begin(scenario.key)

    assert ann.get("/people/me").status_code == 200


def test_webhook_scenarios_are_counted_each_for_itself(
    sim: Simulator, panel: Panel, receiver: Receiver, bot: httpx.Client, ann: httpx.Client
) -> None:
    create(bot)
    panel.begin("webhooks-old-signature")
    panel.begin("webhooks-twice", times=2)

    ids = say_times(sim, ann, 1)
    assert panel.state("webhooks-twice")["times"] == 1
    ids += say_times(sim, ann, 2)

    assert receiver.told() == [ids[0], ids[0], ids[1], ids[1], ids[2]]
    assert panel.on() == ["webhooks-old-signature"]


def test_a_count_goes_with_the_value_that_it_was_set_for(sim: Simulator, panel: Panel) -> None:
    panel.begin("webhooks-twice", times=1)
    panel.end("webhooks-twice")
    panel.begin("webhooks-twice")

    sim.webhook_faults.used()

    assert panel.state("webhooks-twice") == {"on": True, "times": None, "left": None, "hits": None}


def test_webhooks_stay_held_when_the_time_is_changed(
    sim: Simulator, panel: Panel, receiver: Receiver, bot: httpx.Client, ann: httpx.Client
) -> None:
    create(bot)
    panel.begin("webhooks-hold", lasts=10)
    Space(ann, sim.spaces["ann"]).say()
    with pytest.raises(TimeoutError):
        sim.wait_idle(timeout=0)

    panel.begin("webhooks-hold", lasts=60)

    assert receiver.seen == []
    panel.end("webhooks-hold")
    sim.wait_idle()
    assert len(receiver.seen) == 1


# What was set in other ways is seen as well.


def test_a_switch_that_the_api_has_set_is_on_in_the_panel(panel: Panel, control: httpx.Client) -> None:
    control.post("/control/switches", json={"card_edits": "refused", "late_404": 4})
    control.post("/control/webhooks", json={"delay": 0.5, "times": 3})

    assert panel.on() == ["webex-no-edits", "webex-late-404", "webhooks-late"]
    assert panel.state("webex-late-404")["times"] == 4
    assert panel.state("webhooks-late")["times"] == 3


def test_a_timer_does_not_end_what_somebody_else_has_set_meanwhile(
    panel: Panel, control: httpx.Client, ticks: Ticks
) -> None:
    panel.begin("broadworks-no-looking", lasts=10)
    control.post("/control/switches", json={"workspaces_scope": True})
    control.post("/control/switches", json={"workspaces_scope": False})

    ticks.now = 10.0

    assert panel.on() == ["broadworks-no-looking"]


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"kind": "latency", "seconds": 2}, "Webex answers all calls 2 s late"),
        ({"kind": "hang", "seconds": 30, "person": "bot"}, "Webex keeps all calls by the bot waiting for 30 s"),
        (
            {"kind": "drop_after", "method": "post", "path": "/messages"},
            "Webex does POST calls to /messages, but the answer is lost",
        ),
        ({"kind": "drop_before", "service": "broadworks"}, "BroadWorks hangs up on all calls before anything is done"),
        ({"kind": "status"}, "Webex answers all calls with 500"),
        ({"kind": "status", "status": 504, "applied": True}, "Webex answers all calls with 504, after doing it"),
    ],
)
def test_a_fault_that_is_no_scenario_is_listed_in_words(
    sim: Simulator, panel: Panel, fault: dict[str, Any], words: str
) -> None:
    added = sim.faults.add(**{"service": "webex"} | fault)

    (other,) = panel.shown()["others"]

    assert (other["id"], other["words"], panel.on()) == (added.id, words, [])


def test_there_are_words_for_every_kind_of_fault(sim: Simulator, panel: Panel) -> None:
    for kind in KINDS:
        sim.faults.add(service="webex", kind=kind)

    assert len({other["words"] for other in panel.shown()["others"]}) == len(KINDS)


# What makes no sense is refused in words.


@pytest.mark.parametrize(
    ("key", "body", "words"),
    [
        ("webex-slow", {"times": 0}, "Times must be a whole number from 1 to 1000."),
        ("webex-slow", {"times": True}, "Times must be a whole number from 1 to 1000."),
        ("webex-slow", {"lasts": "long"}, "Lasts must be a number of seconds, more than 0 and at most 86400."),
        ("webex-slow", {"lasts": -1}, "Lasts must be a number of seconds, more than 0 and at most 86400."),
        ("webex-slow", {"times": 1, "lasts": 1}, "Either a number of times or some seconds, not both."),
        ("webex-slow", {"until": "noon"}, "A scenario takes times or lasts, not 'until'."),
        ("webhooks-hold", {"times": 1}, "This cannot be counted: Webhooks are held back."),
        ("webhooks-drop", {"lasts": 1}, "This cannot be timed, only counted: Webhooks are lost."),
    ],
)
def test_limits_that_make_no_sense_are_refused_and_change_nothing(
    panel: Panel, key: str, body: dict[str, Any], words: str
) -> None:
    refused = panel.post(key, **body)

    assert (refused.status_code, refused.json()["message"]) == (400, words)
    assert panel.on() == []


def test_a_scenario_that_does_not_exist_is_not_found(panel: Panel, control: httpx.Client) -> None:
    assert panel.post("webex-melts").status_code == 404
    assert control.delete("/control/scenarios/webex-melts").status_code == 404


def test_what_a_scenario_says_of_a_write_is_so(sim: Simulator, panel: Panel) -> None:
    lost = BY_KEY["broadworks-write-lost"]
    fault = Fault(**lost.body)

    assert fault.after
    assert fault.meets("broadworks", "POST", "/broadworks/workspaces", person="broadworks")
    assert not fault.meets("broadworks", "POST", "/broadworks/subscribers/validate", person="broadworks")
    with client(sim, sim.broadworks_token) as http:
        panel.begin(lost.key, times=1)
        assert http.get("/workspaces").status_code == 200
    assert panel.on() == [lost.key]
