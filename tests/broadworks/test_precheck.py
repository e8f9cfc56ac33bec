"""A precheck is a read: retried within bounds, and passed only if Webex says so."""

import json
from typing import Any

import httpx
import pytest

from bot.broadworks.client import BroadWorksClient
from bot.domain.provisioning import Info, Precheck
from bot.errors import BroadWorksError, Busy, NeverSent, Refused, Unconfirmed
from tests.broadworks.conftest import Handler, MakeClient, Time

BODY = {"email": "ann@example.com", "package": "standard"}
SUCCESS = {
    "message": "success",
    "info": [{"infoCode": 100, "description": "Provisioning preCheck validation successful."}],
}
PASSED = Info("100", "Provisioning preCheck validation successful.")


def in_turn(*answers: httpx.Response | Exception) -> Handler:
    """Gives one answer after the other, the last one for ever."""
    left = list(answers)

    def answer(_request: httpx.Request) -> httpx.Response:
        found = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(found, Exception):
            raise found
        return httpx.Response(found.status_code, headers=found.headers, content=found.content)

    return answer


def failing(client: BroadWorksClient) -> BroadWorksError:
    with pytest.raises(BroadWorksError) as caught:
        client.precheck(BODY)
    return caught.value


def test_what_is_sent_is_the_body_with_token_and_tracking_id(client_for: MakeClient) -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json=SUCCESS, headers={"Trackingid": "ROUTER_1"})

    found = client_for(answer).precheck(BODY)

    assert found == Precheck(passed=True, message="success", infos=(PASSED,), tracking_id="ROUTER_1", tries=1)
    assert [(request.method, str(request.url)) for request in seen] == [
        ("POST", "https://webexapis.com/v1/broadworks/subscribers/validate")
    ]
    assert json.loads(seen[0].content) == BODY
    headers = seen[0].headers
    assert {name: headers[name] for name in ("authorization", "trackingid", "content-type", "accept")} == {
        "authorization": "Bearer made-up-token",
        "trackingid": "BOT_1",
        "content-type": "application/json",
        "accept": "application/json",
    }


@pytest.mark.parametrize(
    ("answered", "passed", "infos"),
    [
        (SUCCESS, True, (PASSED,)),
        ({"message": "Success"}, True, ()),
        ({"message": " SUCCESS ", "info": None}, True, ()),
        (
            {"message": "success", "info": {"infoCode": "100", "description": "fine", "new": 1}},
            True,
            (Info("100", "fine"),),
        ),
        (
            {"message": "success", "info": [{"infoCode": 207, "new": {}}, "odd"]},
            True,
            (Info("207", ""), Info("", "odd")),
        ),
        ({"message": "success", "errors": [{"errorCode": 10022}]}, False, (Info("10022", ""),)),
        (
            {"message": "failure", "errors": [{"errorCode": 1001, "description": "Null", "fieldName": "email"}]},
            False,
            (Info("1001", "Null (email)"),),
        ),
        (
            {
                "message": "failure",
                "errors": [{"errorCode": 1001, "description": "email is null", "fieldName": "email"}],
            },
            False,
            (Info("1001", "email is null"),),
        ),
        ({"message": "failure", "errorCode": 1002}, False, (Info("1002", ""),)),
        ({"message": "failure", "errorCode": {"errorCode": 1002}}, False, (Info("1002", ""),)),
        ({"message": 100}, False, ()),
        ({}, False, ()),
    ],
)
def test_it_has_passed_only_if_webex_says_success(
    client_for: MakeClient, *, answered: dict[str, Any], passed: bool, infos: tuple[Info, ...]
) -> None:
    found = client_for(in_turn(httpx.Response(200, json=answered))).precheck(BODY)

    assert (found.passed, found.infos) == (passed, infos)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", "Webex answered 200, but without a body"),
        (b"<html>", "Webex answered 200, but its body cannot be read"),
        (b'{"message": "success"', "Webex answered 200, but its body cannot be read"),
        (b"[]", "Webex answered 200, but its body cannot be read"),
        (b'{"message": "' + b"x" * 2_000_000 + b'"}', "Webex answered 200, but its body broke off or is too long"),
    ],
)
def test_a_yes_that_cannot_be_read_is_asked_for_again(client_for: MakeClient, content: bytes, text: str) -> None:
    exc = failing(client_for(in_turn(httpx.Response(200, content=content, headers={"Trackingid": "ROUTER_1"}))))

    assert isinstance(exc, Unconfirmed)
    assert (str(exc), exc.status, exc.tracking_id, exc.tries) == (text, 200, "ROUTER_1", 4)


@pytest.mark.parametrize(
    "first",
    [
        httpx.Response(500),
        httpx.Response(502, html="<html>"),
        httpx.Response(503),
        httpx.Response(504),
        httpx.Response(408),
        httpx.Response(429),
        httpx.Response(423),
        httpx.Response(204),
        httpx.ReadTimeout(""),
        httpx.RemoteProtocolError(""),
        httpx.ConnectError(""),
        httpx.PoolTimeout(""),
    ],
)
def test_what_may_pass_is_tried_again(
    client_for: MakeClient, passing: Time, first: httpx.Response | httpx.TransportError
) -> None:
    found = client_for(in_turn(first, httpx.Response(200, json=SUCCESS))).precheck(BODY)

    assert (found.passed, found.tries, len(passing.sleeps)) == (True, 2, 1)
    assert abs(found.waited - passing.sleeps[0]) < 0.001
    assert 0.5 <= passing.sleeps[0] <= 1.5


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 405, 409, 410, 415, 428, 501])
def test_a_plain_no_is_not_asked_for_again(client_for: MakeClient, passing: Time, status: int) -> None:
    exc = failing(client_for(in_turn(httpx.Response(status))))

    assert (exc.status, exc.tries, passing.sleeps) == (status, 1, [])


def test_it_gives_up_after_four_tries_with_growing_waits(client_for: MakeClient, passing: Time) -> None:
    exc = failing(
        client_for(in_turn(httpx.Response(503, json={"message": "down"}, headers={"Trackingid": "ROUTER_1"})))
    )

    assert isinstance(exc, Unconfirmed)
    assert (exc.tries, exc.status, exc.tracking_id) == (4, 503, "ROUTER_1")
    assert [int(lower <= slept <= lower + 1) for lower, slept in zip((0.5, 1, 2), passing.sleeps, strict=True)] == [
        1,
        1,
        1,
    ]


@pytest.mark.parametrize("raised", [httpx.ConnectError(""), httpx.ConnectTimeout("")])
def test_what_never_left_keeps_its_kind(client_for: MakeClient, raised: httpx.TransportError) -> None:
    exc = failing(client_for(in_turn(raised)))

    assert isinstance(exc, NeverSent)
    assert exc.tries == 4


def test_retry_after_is_honoured(client_for: MakeClient, passing: Time) -> None:
    busy = httpx.Response(429, headers={"Retry-After": "20"})

    found = client_for(in_turn(busy, busy, httpx.Response(200, json=SUCCESS))).precheck(BODY)

    assert (found.tries, found.waited, passing.sleeps) == (3, 40.0, [20.0, 20.0])


def test_retry_after_beyond_the_bound_is_told_at_once(client_for: MakeClient, passing: Time) -> None:
    exc = failing(client_for(in_turn(httpx.Response(429, headers={"Retry-After": "300"}))))

    assert isinstance(exc, Busy)
    assert (exc.retry_after, exc.tries, passing.sleeps) == (300.0, 1, [])


def test_retry_after_beyond_what_is_left_is_told_at_once(client_for: MakeClient, passing: Time) -> None:
    exc = failing(client_for(in_turn(httpx.Response(423, headers={"Retry-After": "30"}))))

    assert isinstance(exc, Busy)
    assert (exc.retry_after, exc.tries, passing.sleeps) == (30.0, 2, [30.0])


def test_retry_after_nothing_is_no_reason_to_hurry(client_for: MakeClient, passing: Time) -> None:
    client_for(in_turn(httpx.Response(429, headers={"Retry-After": "0"}), httpx.Response(200, json=SUCCESS))).precheck(
        BODY
    )

    assert passing.sleeps[0] >= 0.5


def test_all_tries_together_stay_within_the_bound(client_for: MakeClient, passing: Time) -> None:
    timeouts: list[float] = []

    def slow(request: httpx.Request) -> httpx.Response:
        read = request.extensions["timeout"]["read"]
        timeouts.append(read)
        passing.seconds += read
        raise httpx.ReadTimeout("", request=request)

    started = passing.seconds
    exc = failing(client_for(slow))

    assert isinstance(exc, Unconfirmed)
    assert exc.tries == len(timeouts) == 2
    assert timeouts[0] == 30.0
    assert passing.seconds - started <= 45.0


def test_their_words_survive_a_refusal(client_for: MakeClient) -> None:
    body = {"message": "no", "errors": [{"errorCode": 1001, "description": "Null parameter", "fieldName": "email"}]}

    exc = failing(client_for(in_turn(httpx.Response(400, json=body))))

    assert isinstance(exc, Refused)
    assert [(each.code, each.description, each.field) for each in exc.complaints] == [
        (None, "no", None),
        ("1001", "Null parameter", "email"),
    ]
