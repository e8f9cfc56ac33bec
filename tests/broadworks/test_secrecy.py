"""The token is sent and never shown; the log has the facts of a call and none of its contents."""

import traceback
from typing import Any

import httpx
import pytest
from structlog.testing import capture_logs

from bot.broadworks.auth import BearerAuth
from bot.broadworks.client import BroadWorksClient
from bot.broadworks.wire import Wire
from bot.domain.plan import Call
from bot.errors import BroadWorksError, SettingsError
from tests.broadworks.calls import KNOWN
from tests.broadworks.conftest import BASE_URL, TOKEN, MakeClient, Time, make_client


def test_the_token_is_on_each_request_and_in_no_repr() -> None:
    auth = BearerAuth(TOKEN)

    request = next(auth.auth_flow(httpx.Request("GET", BASE_URL)))

    assert request.headers["Authorization"] == f"Bearer {TOKEN}"
    assert TOKEN not in repr(auth) + str(auth)
    assert repr(auth) == "BearerAuth(token hidden)"


@pytest.mark.parametrize("token", ["", "two words", "line\nbreak", "with-é", "tab\t"])
def test_what_can_be_no_token_is_refused_without_being_shown(token: str) -> None:
    with pytest.raises(SettingsError) as caught:
        BearerAuth(token)

    assert not token or token not in str(caught.value)


def test_the_client_shows_where_it_points_and_not_its_token() -> None:
    client = make_client(lambda _request: httpx.Response(200), clock=lambda: 0.0)

    assert repr(client) == "BroadWorksClient('https://webexapis.com/v1')"
    client.close()


def test_an_answered_call_is_logged_by_its_facts(client_for: MakeClient) -> None:
    def answer(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"items": []}, headers={"Trackingid": "ROUTER_1"})

    with capture_logs() as logs:
        client_for(answer).find_workspaces("Secret Room")

    assert logs == [
        {
            "event": "broadworks call",
            "log_level": "info",
            "method": "GET",
            "path": "workspaces",
            "status": 200,
            "seconds": 0.0,
            "tracking_id": "BOT_1",
            "webex_tracking_id": "ROUTER_1",
        }
    ]


def test_a_call_without_an_answer_is_logged_too(client_for: MakeClient) -> None:
    def fail(_request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("")

    call = Call("POST", "broadworks/workspaces", {"displayName": "Secret Room"}, BASE_URL)
    with capture_logs() as logs, pytest.raises(BroadWorksError):
        client_for(fail).provision_workspace(call)

    assert logs == [
        {
            "event": "broadworks call",
            "log_level": "info",
            "method": "POST",
            "path": "broadworks/workspaces",
            "status": None,
            "seconds": 0.0,
            "tracking_id": "BOT_1",
            "failure": "No answer (ReadTimeout)",
        }
    ]


def test_neither_words_nor_bodies_nor_token_reach_the_log(client_for: MakeClient) -> None:
    def answer(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(503, json={"message": "ann@example.com is secret", "trackingId": "ROUTER_1"})

    with capture_logs() as logs, pytest.raises(BroadWorksError) as caught:
        client_for(answer).precheck({"email": "ann@example.com"})

    shown: list[Any] = [logs, caught.value]
    assert "ann@example.com" not in repr(shown)
    assert TOKEN not in repr(shown)


@pytest.mark.parametrize("name", KNOWN)
def test_no_token_of_a_source_is_in_a_log_an_exception_or_its_traceback(passing: Time, name: str) -> None:
    """Neither the first one, which is refused, nor the one that is got instead, which is refused too."""

    class Two:
        def access(self) -> str:
            return "hush-first-token"

        def instead_of(self, refused: str) -> str:
            return f"hush-instead-of-{refused}"

        def give_up(self, refused: str) -> None:
            given_up.append(refused)

    given_up: list[str] = []
    seen: list[str] = []

    def refuse(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers["Authorization"])
        return httpx.Response(401, json={"message": "no"})

    wire = Wire(
        base_url=BASE_URL,
        token=Two(),
        tracking=lambda: "BOT_1",
        transport=httpx.MockTransport(refuse),
        clock=passing,
    )
    client = BroadWorksClient(wire)
    with capture_logs() as logs, pytest.raises(BroadWorksError) as caught:
        KNOWN[name].make(client)
    client.close()

    assert seen == ["Bearer hush-first-token", "Bearer hush-instead-of-hush-first-token"]
    assert given_up == ["hush-instead-of-hush-first-token"]
    shown = [repr(logs), repr(caught.value), str(caught.value), repr(client), repr(BearerAuth(Two()))]
    assert "hush" not in "".join([*shown, *traceback.format_exception(caught.value)])


@pytest.mark.parametrize(("ours", "sent"), [("BOT_1", "BOT_1"), ("BOT\r\n_1", "BOT_1"), ("", None)])
def test_the_tracking_id_of_the_bot_is_sent_if_there_is_one(ours: str, sent: str | None) -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"items": []})

    client = BroadWorksClient(
        Wire(base_url=BASE_URL + "/", token=TOKEN, tracking=lambda: ours, transport=httpx.MockTransport(answer))
    )
    client.find_workspaces("Room")
    client.close()

    assert [request.headers.get("TrackingID") for request in seen] == [sent]
