"""The simulated provisioning API has no route and gives no answer that is not documented, and that would be noticed."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, Response, jsonify, request_finished

from bot.simulator import Simulator
from tests.broadworks.shapes import DOCUMENTED, ENDPOINTS
from tests.conformity import Conformity, provisioning_routes, reached
from tests.simulator.kit import StillClock, client

ERRORS = [{"errorCode": 1001, "description": "Missing.", "fieldName": "email"}]
REFUSAL = {"message": "Bad.", "errors": ERRORS, "trackingId": "T_1"}


def heard(
    conformity: Conformity, method: str, path: str, *, told: Any, status: int = 200, said: Any = None
) -> tuple[list[str], list[str]]:
    """What is wrong with an answer, and with what was asked, where that was taken."""
    app = Flask("made up")

    @app.route("/v1/<path:_any>", methods=["GET", "POST", "PUT", "DELETE"])
    def answer(_any: str) -> tuple[Response, int]:
        return (Response() if told is None else jsonify(told)), status

    with app.test_request_context(f"/v1{path}", method=method, json=said):
        app.full_dispatch_request()
    return [text.partition(": ")[2] for text in conformity.taken("answers")], conformity.taken("requests")


@pytest.mark.parametrize(
    ("method", "path", "status", "told", "wrong"),
    [
        ("GET", "/broadworks/subscribers", 200, {"items": [{"id": "1", "status": "gone"}]}, 1),
        ("GET", "/broadworks/subscribers", 200, [], 1),
        ("GET", "/broadworks/subscribers", 200, {}, 1),
        ("GET", "/broadworks/subscribers/1", 200, {"id": "1", "colour": "red", "created": "today"}, 2),
        ("GET", "/broadworks/subscribers/1", 201, {"id": "1"}, 1),
        ("DELETE", "/broadworks/subscribers/1", 204, {}, 1),
        ("DELETE", "/broadworks/subscribers/1", 200, None, 1),
        ("GET", "/broadworks/enterprises/1", 200, {}, 1),
        ("GET", "/broadworks/billing/reports/1", 200, {"status": "COMPLETED", "errors": [{"errorCode": 1}]}, 1),
        ("POST", "/broadworks/subscribers/validate", 200, {"message": "success", "info": {"infoCode": "100"}}, 1),
        ("GET", "/broadworks/subscribers", 400, {"message": "Bad."}, 1),
        ("GET", "/broadworks/subscribers", 400, {**REFUSAL, "errors": [{"number": 1}]}, 1),
        ("GET", "/broadworks/subscribers", 404, None, 1),
    ],
)
def test_an_answer_that_is_not_documented_is_noticed(
    conformity: Conformity, method: str, path: str, status: int, told: Any, wrong: int
) -> None:
    answers, _ = heard(conformity, method, path, told=told, status=status)

    assert len(answers) == wrong
    assert conformity.taken("answers") == []


@pytest.mark.parametrize(
    ("method", "path", "status", "told"),
    [
        ("GET", "/broadworks/subscribers", 200, {"items": [{"id": "1", "selfActivated": "false"}]}),
        ("POST", "/broadworks/subscribers/1/emails/consentMove", 204, None),
        ("POST", "/subscribers/1/emails/consentMove", 204, None),
        ("GET", "/workspaces/1", 200, {"id": "1", "more": "of the general API"}),
        ("GET", "/broadworks/subscribers", 400, REFUSAL),
        ("GET", "/rooms", 200, {"of": "another service"}),
    ],
)
def test_what_is_documented_is_nothing_to_speak_of(
    conformity: Conformity, method: str, path: str, status: int, told: Any
) -> None:
    assert heard(conformity, method, path, told=told, status=status) == ([], [])


@pytest.mark.parametrize(
    ("method", "path", "said", "wrong"),
    [
        ("GET", "/broadworks/subscribers?colour=red&cursor=50", None, 1),
        ("PUT", "/broadworks/workspaces/1", {"displayName": "Hall"}, 1),
        ("POST", "/broadworks/billing/reports", {"billingPeriod": "2026-13"}, 1),
        ("POST", "/broadworks/billing/reports", {"billingPeriod": "2026-12"}, 0),
        ("DELETE", "/broadworks/workspaces/1", {"really": True}, 1),
    ],
)
def test_a_request_that_is_taken_although_it_is_not_documented_is_noticed(
    conformity: Conformity, method: str, path: str, said: Any, wrong: int
) -> None:
    _, requests = heard(conformity, method, path, told={}, said=said)

    assert len(requests) == wrong


def test_what_is_refused_may_have_been_anything(conformity: Conformity) -> None:
    answers, requests = heard(conformity, "GET", "/broadworks/subscribers?colour=red", told=REFUSAL, status=400)

    assert (answers, requests) == ([], [])


@pytest.fixture
def sim() -> Iterator[Simulator]:
    with Simulator(clock=StillClock()) as simulator:
        yield simulator


def test_every_route_of_the_simulated_api_is_documented(sim: Simulator) -> None:
    assert {route for route in provisioning_routes(sim) if reached(*route) is None} == set()


def test_every_answer_in_this_process_is_heard_of_whichever_thread_gives_it(
    sim: Simulator, conformity: Conformity
) -> None:
    before = conformity.seen["list 200"]

    def ask() -> None:
        with client(sim, sim.broadworks_token) as http:
            http.get("broadworks/subscribers").raise_for_status()

    asking = [threading.Thread(target=ask) for _ in range(2)]
    for each in asking:
        each.start()
    for each in asking:
        each.join()

    assert conformity.seen["list 200"] == before + 2
    assert request_finished.receivers


def test_the_endpoint_without_an_id_comes_before_the_one_with_it() -> None:
    assert reached("POST", "/broadworks/subscribers/validate") == "validate"
    assert reached("HEAD", "/broadworks/subscribers/1") == "get"
    assert reached("PATCH", "/broadworks/subscribers/1") is None
    assert set(DOCUMENTED) < set(ENDPOINTS)
