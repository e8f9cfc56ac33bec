"""What can be made to go wrong with calls of the API."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from bot.simulator import Simulator
from bot.simulator.problems import TEXTS
from tests.simulator.kit import Ticks, client
from tests.simulator.test_broadworks import WORKSPACE, provision


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def timed(ticks: Ticks) -> Iterator[Simulator]:
    """A world whose seconds pass only when a test says so."""
    with Simulator(monotonic=ticks) as simulator:
        yield simulator


@pytest.fixture
def people(timed: Simulator) -> Iterator[httpx.Client]:
    with client(timed, timed.people["ann"].token) as http:
        yield http


@pytest.fixture
def told(timed: Simulator, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the pages are told: each time, whether there is a fault."""
    found: list[str] = []
    monkeypatch.setattr(timed.feed, "announce", lambda *_: found.append("a hit" if timed.faults.current() else "gone"))
    return found


def test_a_status_is_answered_in_the_envelope_and_nothing_is_done(sim: Simulator, broadworks: httpx.Client) -> None:
    sim.faults.add(service="broadworks", kind="status", status=503, retry_after=7, headers={"X-Edge": "1"}, times=1)

    refused = provision(broadworks)

    assert refused.status_code == 503
    assert refused.json() == {
        "message": TEXTS[503],
        "errors": [{"description": TEXTS[503]}],
        "trackingId": refused.headers["TrackingID"],
    }
    assert (refused.headers["Retry-After"], refused.headers["X-Edge"]) == ("7", "1")
    assert sim.broadworks.workspaces == []
    assert provision(broadworks).status_code == 200


@pytest.mark.parametrize("retry_after", ["garbage", "99999999", "-5", ""])
def test_retry_after_may_be_silly(sim: Simulator, ann: httpx.Client, retry_after: str) -> None:
    sim.faults.add(service="webex", kind="status", status=429, retry_after=retry_after)

    assert ann.get("/people/me").headers["Retry-After"] == retry_after


@pytest.mark.parametrize(
    ("fault", "status", "kind", "text"),
    [
        ({"kind": "status"}, 500, "application/json", None),
        ({"kind": "status", "status": 418}, 418, "application/json", None),
        ({"kind": "status", "body": {"code": 1}}, 500, "application/json", '{"code": 1}'),
        (
            {"kind": "html"},
            502,
            "text/html",
            "<html><head><title>502</title></head><body><center><h1>502</h1></center><hr></body></html>",
        ),
        ({"kind": "html", "status": 429, "body": "<p>Slow"}, 429, "text/html", "<p>Slow"),
        ({"kind": "empty", "status": 429}, 429, None, ""),
        ({"kind": "broken_json"}, 200, "application/json", '{"message": "The server'),
        ({"kind": "body", "body": {"message": "success"}}, 200, "application/json", '{"message": "success"}'),
        ({"kind": "body", "body": "words"}, 200, "application/json", "words"),
        ({"kind": "body"}, 200, "application/json", ""),
    ],
)
def test_answers_can_be_anything(
    sim: Simulator, ann: httpx.Client, fault: dict[str, Any], status: int, kind: str | None, text: str | None
) -> None:
    sim.faults.add(service="webex", **fault)

    answer = ann.get("/people/me")

    assert answer.status_code == status
    if kind:
        assert answer.headers["Content-Type"].startswith(kind)
    assert text is None or answer.text == text


def test_a_fault_meets_only_its_service_method_and_path(
    sim: Simulator, ann: httpx.Client, broadworks: httpx.Client
) -> None:
    sim.faults.add(service="webex", kind="status", method="get", path="/people/m.")

    assert ann.get("/people/me").status_code == 500
    assert ann.get("/people/me2").status_code == 404
    assert ann.put("/people/me", json={}).status_code == 405
    assert broadworks.get("/workspaces").status_code == 200


def test_faults_come_one_after_another(sim: Simulator, ann: httpx.Client) -> None:
    sim.faults.add(service="webex", kind="status", status=500, times=1)
    sim.faults.add(service="webex", kind="status", status=502, times=2)

    assert [ann.get("/people/me").status_code for _ in range(4)] == [500, 502, 502, 200]
    assert sim.faults.current() == []


def test_a_connection_cut_before_does_nothing(sim: Simulator, broadworks: httpx.Client) -> None:
    sim.faults.add(service="broadworks", kind="drop_before")

    with pytest.raises(ConnectionResetError):
        provision(broadworks)

    assert sim.broadworks.workspaces == []


def test_a_connection_cut_after_has_done_it(sim: Simulator, broadworks: httpx.Client) -> None:
    sim.faults.add(service="broadworks", kind="drop_after", method="POST", path="/broadworks/workspaces", times=1)

    with pytest.raises(ConnectionResetError):
        provision(broadworks)

    assert [workspace["userId"] for workspace in sim.broadworks.workspaces] == ["95547321@sp.com"]
    (call,) = sim.calls
    assert (call.status, call.fault, call.body) == (None, "drop_after", WORKSPACE)


def test_any_answer_can_come_after_the_deed(sim: Simulator, broadworks: httpx.Client) -> None:
    sim.faults.add(service="broadworks", kind="html", status=504, applied=True)

    assert provision(broadworks).status_code == 504
    assert len(sim.broadworks.workspaces) == 1


def test_a_fault_can_be_for_one_person_only(sim: Simulator, ann: httpx.Client, bot: httpx.Client) -> None:
    sim.faults.add(service="webex", kind="status", person="bot", times=1)

    assert ann.get("/people/me").status_code == 200
    assert [bot.get("/people/me").status_code for _ in range(2)] == [500, 200]


def test_a_fault_is_over_when_its_time_is_up(
    timed: Simulator, ticks: Ticks, people: httpx.Client, told: list[str]
) -> None:
    fault = timed.faults.add(service="webex", kind="status", lasts=10)
    told.clear()

    ticks.now = 7.0
    assert timed.faults.shown(fault)["left"] == 3.0
    assert people.get("/people/me").status_code == 500
    ticks.now = 10.0
    assert people.get("/people/me").status_code == 200

    assert timed.faults.current() == []
    assert told == ["a hit", "gone"]


def test_the_end_of_a_timed_fault_lets_those_go_who_wait_in_it(
    timed: Simulator, ticks: Ticks, people: httpx.Client
) -> None:
    fault = timed.faults.add(service="webex", kind="hang", seconds=3600, lasts=10)

    with ThreadPoolExecutor() as pool:
        hanging = pool.submit(people.get, "/people/me")
        timed.wait_for(lambda: fault.waiting)
        ticks.now = 10.0
        timed.timers.look()
        answer = hanging.result(timeout=10)

    assert answer.status_code == 200


def test_pages_hear_of_each_hit(sim: Simulator, ann: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Any] = []
    sim.faults.add(service="webex", kind="status", times=2)
    monkeypatch.setattr(sim.feed, "announce", lambda event, data: heard.append((event, data)))

    for _ in range(3):
        ann.get("/people/me")

    assert heard == [("fault", {"kind": "faults"})] * 2


def test_a_slow_call_goes_on(sim: Simulator, ann: httpx.Client) -> None:
    sim.faults.add(service="webex", kind="latency", seconds=0.01, times=1)
    sim.faults.add(service="webex", kind="status", status=503, times=1)

    assert ann.get("/people/me").status_code == 503
    assert sim.calls[-1].seconds >= 0.01


@pytest.mark.parametrize("release", ["remove", "clear", "close", "release"])
def test_a_hanging_call_goes_on_when_it_is_let_go(sim: Simulator, broadworks: httpx.Client, release: str) -> None:
    fault = sim.faults.add(service="broadworks", kind="hang", seconds=3600, times=1)

    with ThreadPoolExecutor() as pool:
        hanging = pool.submit(provision, broadworks)
        sim.wait_for(lambda: fault.waiting)
        assert sim.faults.current() == [fault]
        assert sim.broadworks.workspaces == []
        {
            "remove": lambda: sim.faults.remove(fault.id),
            "clear": sim.faults.clear,
            "close": sim.close,
            "release": fault.release,
        }[release]()
        answer = hanging.result(timeout=10)

    assert answer.status_code == 200
    assert sim.faults.current() == []


def test_a_closed_simulator_has_no_faults(sim: Simulator, ann: httpx.Client) -> None:
    sim.close()
    sim.faults.add(service="webex", kind="status")

    assert ann.get("/people/me").status_code == 200


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"service": "mail"}, "Service must be one of webex, broadworks."),
        ({"kind": "slow"}, "Kind must be one of latency, hang, .*"),
        ({"times": 0}, "Times must be a whole number from 1, or left empty."),
        ({"times": "1"}, "Times must be .*"),
        ({"times": True}, "Times must be .*"),
        ({"status": 99}, "Status must be a whole number between 200 and 599."),
        ({"status": "abc"}, "Status must be .*"),
        ({"path": "("}, "Path is not a pattern that can be read: .*"),
        ({"path": 5}, "Path must be text."),
        ({"method": ["GET"]}, "Method must be text."),
        ({"seconds": "long"}, "Seconds must be a number between 0 and 86400."),
        ({"seconds": float("inf")}, "Seconds must be .*"),
        ({"seconds": None}, "Seconds must be .*"),
        ({"lasts": 0}, "Lasts must be more than no time at all."),
        ({"lasts": -1}, "Lasts must be a number .*"),
        ({"retry_after": [5]}, "Retry-After must be .*"),
        ({"retry_after": "5\nX: 1"}, "Retry-After must be .*"),
        ({"retry_after": "5 €"}, "Retry-After must be of plain letters and signs."),
        ({"headers": {"X": "5 €"}}, "Headers must be of plain letters and signs."),
        ({"headers": {"X": "5\0"}}, "Headers must be of plain letters and signs."),
        ({"headers": "X"}, "Headers must be names with their values."),
        ({"headers": {"X": "1\r\nY: 2"}}, "Headers must be of one line each."),
        ({"applied": "yes"}, "Applied must be true or false."),
        ({"colour": "red"}, "A fault has no 'colour'; it has applied, .*"),
    ],
)
def test_a_fault_that_makes_no_sense_is_refused_in_words(sim: Simulator, fault: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=rf"^{words}$"):
        sim.faults.add(**{"service": "webex", "kind": "status"} | fault)

    assert sim.faults.current() == []


def test_what_every_fault_needs_must_be_said(sim: Simulator) -> None:
    with pytest.raises(ValueError, match=r"^Kind and service must be said\.$"):
        sim.faults.add()
