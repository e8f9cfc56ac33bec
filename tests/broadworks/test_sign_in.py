"""What the token endpoint answers becomes tokens, a refusal, or that nobody knows; nothing of it is shown."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
from structlog.testing import capture_logs

from bot.broadworks.sign_in import SignIn
from bot.domain.tokens import Granted
from bot.errors import NoToken, TokenDead
from tests.broadworks.conftest import BASE_URL, NOW, Handler

CLIENT = {"client_id": "C123", "client_secret": "hush-client"}
GRANTED = {
    "access_token": "hush-access",
    "expires_in": 1209600,
    "refresh_token": "hush-refresh-2",
    "refresh_token_expires_in": "7776000",
    "token_type": "Bearer",
}
REFRESH = "hush-refresh-1"

MakeSignIn = Callable[[Handler], SignIn]


@pytest.fixture
def sign_in_for() -> Iterator[MakeSignIn]:
    made: list[SignIn] = []

    def make(handler: Handler) -> SignIn:
        found = SignIn(
            base_url=BASE_URL + "/",
            client_id=CLIENT["client_id"],
            client_secret=CLIENT["client_secret"],
            tracking=lambda: "BOT_1",
            transport=httpx.MockTransport(handler),
            now=lambda: NOW,
        )
        made.append(found)
        return found

    yield make
    for each in made:
        each.close()


def test_a_refresh_token_is_sent_as_a_form_and_gives_the_next_tokens(sign_in_for: MakeSignIn) -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json=GRANTED)

    granted = sign_in_for(answer).refreshed(REFRESH)

    assert granted == Granted("hush-access", "hush-refresh-2", NOW, NOW + timedelta(days=14), NOW + timedelta(days=90))
    [request] = seen
    assert (request.method, str(request.url)) == ("POST", f"{BASE_URL}/access_token")
    assert request.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert request.headers["TrackingID"] == "BOT_1"
    assert "Authorization" not in request.headers
    client = {name: [value] for name, value in CLIENT.items()}
    asked = {"grant_type": ["refresh_token"], "refresh_token": [REFRESH]}
    assert parse_qs(request.content.decode()) == asked | client


def test_a_code_is_exchanged_with_its_verifier(sign_in_for: MakeSignIn) -> None:
    seen: list[dict[str, list[str]]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(parse_qs(request.content.decode()))
        return httpx.Response(200, json=GRANTED)

    granted = sign_in_for(answer).first("hush-code", verifier="hush-verifier", redirect_uri="http://127.0.0.1:1/cb")

    assert granted.refresh == "hush-refresh-2"
    assert seen == [
        {
            "grant_type": ["authorization_code"],
            "code": ["hush-code"],
            "redirect_uri": ["http://127.0.0.1:1/cb"],
            "code_verifier": ["hush-verifier"],
            **{name: [value] for name, value in CLIENT.items()},
        }
    ]


@pytest.mark.parametrize(
    ("changes", "refresh", "lives"),
    [
        ({"refresh_token": None}, REFRESH, True),
        ({"expires_in": None}, "hush-refresh-2", False),
        ({"expires_in": "soon"}, "hush-refresh-2", False),
        ({"expires_in": True}, "hush-refresh-2", False),
        ({"expires_in": 0}, "hush-refresh-2", False),
        ({"expires_in": -5}, "hush-refresh-2", False),
        ({"expires_in": [1]}, "hush-refresh-2", False),
        ({"expires_in": 10**400}, "hush-refresh-2", False),
        ({"expires_in": 1e300}, "hush-refresh-2", True),
        ({"something": "new"}, "hush-refresh-2", True),
    ],
    ids=repr,
)
def test_what_is_missing_or_makes_no_sense_breaks_nothing(
    sign_in_for: MakeSignIn, changes: dict[str, Any], refresh: str, *, lives: bool
) -> None:
    said = json.dumps({name: value for name, value in {**GRANTED, **changes}.items() if value is not None})

    granted = sign_in_for(lambda _request: httpx.Response(200, text=said)).refreshed(REFRESH)

    assert (granted.access, granted.refresh, granted.expires_at is not None) == ("hush-access", refresh, lives)


@pytest.mark.parametrize(
    ("status", "body", "why"),
    [
        (400, {"error": "invalid_grant", "error_description": "hush"}, "status 400 (invalid_grant)"),
        (401, {"message": "hush", "errors": [{"description": "hush"}], "trackingId": "ROUTER_1"}, "status 401"),
        (403, {"error": {"hush": 1}}, "status 403"),
        (400, {"error": "hush hush-access"}, "status 400"),
    ],
)
def test_a_refusal_is_the_death_of_the_token(
    sign_in_for: MakeSignIn, status: int, body: dict[str, Any], why: str
) -> None:
    with pytest.raises(TokenDead) as caught:
        sign_in_for(lambda _request: httpx.Response(status, json=body)).refreshed(REFRESH)

    assert str(caught.value) == f"Webex refused a new token with {why}"
    assert caught.value.tracking_id == body.get("trackingId")


def test_a_client_that_webex_does_not_know_is_told_as_such(sign_in_for: MakeSignIn) -> None:
    with pytest.raises(TokenDead, match="does not know the bot's client ID and secret"):
        sign_in_for(lambda _request: httpx.Response(401, json={"error": "invalid_client"})).refreshed(REFRESH)


def unreachable(_request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("hush-refresh-1")


def silent(_request: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout("hush-refresh-1")


@pytest.mark.parametrize(
    "answer",
    [
        unreachable,
        silent,
        lambda _request: httpx.Response(503, json={"error": "invalid_grant"}),
        lambda _request: httpx.Response(429),
        lambda _request: httpx.Response(302, headers={"Location": "https://elsewhere.example/"}),
        lambda _request: httpx.Response(400, html="<h1>A proxy</h1>"),
        lambda _request: httpx.Response(401, text=""),
        lambda _request: httpx.Response(200, json={"access_token": ""}),
        lambda _request: httpx.Response(200, json={"access_token": "hush\r\nX: y"}),
        lambda _request: httpx.Response(200, json={"access_token": 5}),
        lambda _request: httpx.Response(200, text="hush-access"),
        lambda _request: httpx.Response(200, text='{"access_token": "hush-acc'),
    ],
    ids=[
        *("unreachable", "silent", "503", "429", "elsewhere", "page of a proxy", "nothing"),
        *("empty token", "token of two lines", "token of no text", "no JSON", "broken off"),
    ],
)
def test_whatever_is_no_refusal_of_webex_is_no_death(sign_in_for: MakeSignIn, answer: Handler) -> None:
    with pytest.raises(NoToken) as caught:
        sign_in_for(answer).refreshed(REFRESH)

    assert not isinstance(caught.value, TokenDead)
    assert "hush" not in str(caught.value)


def test_a_login_without_a_refresh_token_is_of_no_use(sign_in_for: MakeSignIn) -> None:
    said = {"access_token": "hush-access"}

    with pytest.raises(NoToken, match="no refresh token"):
        sign_in_for(lambda _request: httpx.Response(200, json=said)).first("c", verifier="v", redirect_uri="http://x")


def test_a_renewal_is_logged_by_its_facts_alone(sign_in_for: MakeSignIn) -> None:
    answered = httpx.Response(200, json=GRANTED, headers={"Trackingid": "ROUTER_1"})
    with capture_logs() as logs:
        sign_in = sign_in_for(lambda _request: answered)
        granted = sign_in.refreshed(REFRESH)
    with capture_logs() as failed, pytest.raises(NoToken):
        sign_in_for(silent).refreshed(REFRESH)

    common = {"event": "asked for tokens", "log_level": "info", "grant": "refresh_token", "tracking_id": "BOT_1"}
    for line in (*logs, *failed):
        line.pop("seconds")
    assert logs == [{**common, "status": 200, "webex_tracking_id": "ROUTER_1"}]
    assert failed == [{**common, "status": None, "failure": "No answer (ReadTimeout)"}]
    assert "hush" not in repr((sign_in, granted))
