"""/control: everything about the simulator that can be set and looked at."""

import json
from typing import Any

import httpx
import pytest

from bot.simulator import Simulator
from tests.simulator.kit import StillClock, announced, card, client
from tests.simulator.test_webhooks import create

SWITCHES = {
    "card_edits": "real",
    "late_404": 0,
    "thread_reply_refused": False,
    "info_as_object": False,
    "extra_info": False,
    "workspaces_scope": True,
    "subscriber_outcome": "by_rule",
    "provisioning_seconds": 5.0,
    "customer_seconds": 180.0,
    "consent_path": "documented",
    "empty_pages": False,
    "directory_seconds": 20.0,
    "directory_failures": 0,
    "cluster": "free",
    "report_seconds": 5.0,
    "reports_failing": 0,
    "report_links_expired": 0,
    "report_link_elsewhere": False,
    "report_link_page": False,
    "access_expired": False,
    "refresh_revoked": False,
    "refresh_once": False,
}
WEBHOOKS = {
    "duplicate": 0,
    "reorder": 0,
    "delay": 0.0,
    "drop": 0,
    "legacy_signature": False,
    "hold": False,
    "times": None,
}


def test_the_overview_shows_all_of_it(sim: Simulator, control: httpx.Client, bot: httpx.Client) -> None:
    create(bot)
    six = {"type": "AdaptiveCard", "version": "1.3", "body": [], "actions": [{"type": "Action.Submit"}] * 6}
    bot.post("/messages", json={"roomId": sim.spaces["ann"], "text": "x", "attachments": card(six)})
    sim.wait_idle()

    assert control.get("/control").json() == {
        "faults": [],
        "webhooks": WEBHOOKS,
        "switches": SWITCHES,
        "clock": {"now": "2026-07-09T14:12:03.123Z", "ahead": 0.0},
        "counters": {
            "messages": 1,
            "actions": 0,
            "webhooks": 1,
            "workspaces": 0,
            "subscribers": 1,
            "calls": {"webex": 2, "broadworks": 0},
            "deliveries": {"sent": 1, "failed": 0, "dropped": 0, "waiting": 0},
            "listeners": 0,
        },
        "warnings": ["6 actions, of which 5 are drawn."],
        "bot": {"process": False, "running": False, "state": "none", "seconds": None},
    }


def test_a_fault_can_be_added_listed_and_removed(control: httpx.Client, ann: httpx.Client) -> None:
    added = control.post("/control/faults", json={"service": "webex", "kind": "status", "status": 429})
    fault = added.json()

    assert added.status_code == 200
    assert fault == {
        "service": "webex",
        "kind": "status",
        "method": None,
        "path": None,
        "status": 429,
        "retry_after": None,
        "body": None,
        "headers": {},
        "seconds": 0.0,
        "times": None,
        "applied": False,
        "person": None,
        "lasts": None,
        "id": fault["id"],
        "hits": 0,
        "waiting": 0,
        "left": None,
    }
    assert ann.get("/people/me").status_code == 429
    assert control.get("/control/faults").json() == {"items": [fault | {"hits": 1}]}
    assert control.delete(f"/control/faults/{fault['id']}").status_code == 204
    assert control.delete(f"/control/faults/{fault['id']}").status_code == 404
    assert ann.get("/people/me").status_code == 200


@pytest.mark.parametrize("path", ["switches", "webhooks", "faults"])
def test_whatever_is_set_in_whatever_way_is_announced(
    sim: Simulator, control: httpx.Client, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    told = announced(sim, monkeypatch)
    body = {
        "switches": {"late_404": 1},
        "webhooks": {"drop": 1},
        "faults": {"service": "webex", "kind": "status"},
    }[path]

    control.post(f"/control/{path}", json=body)
    assert told == [("fault", {"kind": path})]

    control.delete("/control/scenarios")
    assert told == [("fault", {"kind": path})] * 2


def test_all_faults_can_be_removed(sim: Simulator, control: httpx.Client, ann: httpx.Client) -> None:
    sim.faults.add(service="webex", kind="status")

    assert control.delete("/control/faults").status_code == 204
    assert ann.get("/people/me").status_code == 200


@pytest.mark.parametrize(
    "body",
    [{"service": "webex"}, {"service": "webex", "kind": "status", "colour": "red"}, {"service": "", "kind": ""}],
)
def test_a_fault_that_makes_no_sense_is_refused(control: httpx.Client, body: dict[str, Any]) -> None:
    assert control.post("/control/faults", json=body).status_code == 400


def test_control_takes_json_objects(control: httpx.Client) -> None:
    assert control.post("/control/switches", content=b"late_404=1").status_code == 415
    assert control.post("/control/switches", json=[]).status_code == 400


def test_switches_are_set_one_by_one(sim: Simulator, control: httpx.Client) -> None:
    set_one = control.post("/control/switches", json={"card_edits": "strict"})
    set_two = control.post("/control/switches", json={"late_404": 2, "workspaces_scope": False})

    assert set_one.json() == SWITCHES | {"card_edits": "strict"}
    assert set_two.json() == SWITCHES | {"card_edits": "strict", "late_404": 2, "workspaces_scope": False}
    assert sim.switches.card_edits == "strict"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("switches", {"card_edits": "never"}),
        ("switches", {"late_404": True}),
        ("switches", {"late_404": -1}),
        ("switches", {"extra_info": 1}),
        ("switches", {"late_404": 1, "colour": "red"}),
        ("webhooks", {"delay": "long"}),
        ("webhooks", {"times": 0}),
        ("webhooks", {"duplicate": 0.5}),
        ("webhooks", {"delay": 1e300}),
    ],
)
def test_a_value_that_makes_no_sense_sets_nothing(control: httpx.Client, path: str, body: dict[str, Any]) -> None:
    assert control.post(f"/control/{path}", json=body).status_code == 400

    overview = control.get("/control").json()
    assert (overview["switches"], overview["webhooks"]) == (SWITCHES, WEBHOOKS)


def test_webhook_faults_are_set_and_taken_back(control: httpx.Client) -> None:
    wanted = {"duplicate": 1, "delay": 0.5, "times": 3}

    assert control.post("/control/webhooks", json=wanted).json() == WEBHOOKS | wanted
    assert control.delete("/control/webhooks").status_code == 204
    assert control.get("/control").json()["webhooks"] == WEBHOOKS


def test_the_clock_can_be_put_forward(sim: Simulator, control: httpx.Client, clock: StillClock) -> None:
    moved = control.post("/control/clock", json={"forward": 90})

    assert moved.json() == {"now": "2026-07-09T14:13:33.123Z", "ahead": 90.0}
    clock.forward(10)
    assert sim.world.stamp() == "2026-07-09T14:13:43.123Z"


def test_who_listens_to_the_clock_is_told_how_far_ahead_it_is(
    sim: Simulator, control: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = announced(sim, monkeypatch)
    ahead: list[float] = []
    sim.clock.listen(ahead.append)

    for seconds in (60, 30):
        control.post("/control/clock", json={"forward": seconds})

    assert ahead == [60, 90]
    assert told == [("fault", {"kind": "clock"})] * 2


@pytest.mark.parametrize("forward", [-1, "1", True, None, float("inf"), float("nan"), 1e12])
def test_the_clock_never_goes_back_and_never_out_of_sight(sim: Simulator, control: httpx.Client, forward: Any) -> None:
    answer = control.post(
        "/control/clock", content=json.dumps({"forward": forward}), headers={"Content-Type": "application/json"}
    )

    assert answer.status_code == 400
    assert sim.clock.ahead == 0
    with pytest.raises(ValueError, match="forward"):
        sim.clock.forward(-1)


def test_calls_are_remembered_newest_last(
    sim: Simulator, control: httpx.Client, ann: httpx.Client, broadworks: httpx.Client, nobody: httpx.Client
) -> None:
    ann.get("/rooms", params={"max": 1}, headers={"TrackingID": "mine"})
    broadworks.post("/broadworks/workspaces", json={"userId": "x"}, headers={"TrackingID": "yours"})
    nobody.get("/people/me", headers={"Authorization": "Bearer wrong"})

    seen = control.get("/control/calls").json()["items"]

    assert [call.pop("seconds") >= 0 for call in seen] == [True] * 3
    common = {"at": "2026-07-09T14:12:03.123Z", "fault": None}
    assert seen[:2] == [
        common
        | {"n": 1, "service": "webex", "method": "GET", "path": "/rooms", "query": "max=1", "status": 200}
        | {"person": "ann", "tracking_id": "mine"},
        common
        | {"n": 2, "service": "broadworks", "method": "POST", "path": "/broadworks/workspaces", "query": ""}
        | {"status": 400, "person": "broadworks", "tracking_id": "yours"},
    ]
    assert (seen[2]["status"], seen[2]["person"]) == (401, None)
    only = control.get("/control/calls", params={"service": "broadworks"}).json()["items"]
    assert [call["n"] for call in only] == [2]
    assert [call.body for call in sim.calls.to("broadworks", "POST")] == [{"userId": "x"}]


def test_calls_can_be_forgotten_but_stay_counted(sim: Simulator, control: httpx.Client, ann: httpx.Client) -> None:
    ann.get("/people/me")

    assert control.delete("/control/calls").status_code == 204

    assert len(sim.calls) == 0
    assert control.get("/control").json()["counters"]["calls"] == {"webex": 1, "broadworks": 0}


@pytest.mark.parametrize("path", ["/control", "/control/calls", "/play/config", "/play/renderer"])
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "127.0.0.1"}, 200),
        ({"Host": "[::1]:8080"}, 200),
        ({"Host": "evil.example.com"}, 403),
        ({"Host": "localhost.evil.example.com:8099"}, 403),
        ({"Origin": "http://localhost:8099"}, 200),
        ({"Origin": "http://evil.example.com"}, 403),
        ({"Origin": "http://localhost:9999"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://["}, 403),
        ({"Origin": "https://localhost:8099"}, 403),
        ({"Origin": "//localhost:8099"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "document"}, 200),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "iframe"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "image"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Dest": "script"}, 403),
    ],
)
def test_only_pages_of_this_machine_control_the_simulator(
    control: httpx.Client, path: str, headers: dict[str, str], status: int
) -> None:
    assert control.get(path, headers=headers).status_code == status


def test_an_unknown_page_is_not_answered_as_the_api_would(control: httpx.Client) -> None:
    response = control.get("/nowhere")

    assert (response.status_code, response.headers["Content-Type"]) == (404, "text/html; charset=utf-8")


def test_the_api_is_for_this_machine_too_as_a_name_may_be_pointed_here_from_elsewhere(sim: Simulator) -> None:
    with client(sim, sim.bot.token) as http:
        assert http.get("/people/me", headers={"Host": "evil.example"}).status_code == 403
