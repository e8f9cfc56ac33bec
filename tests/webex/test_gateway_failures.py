"""Whatever Webex answers, or does not, comes out as one of few things that a caller can act upon."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.domain.actor import Person
from bot.errors import WebexBusy, WebexError, WebexNotFound, WebexRefused, WebexUnreachable
from bot.tracking import tracked
from bot.webex.answers import IncomingAction
from bot.webex.gateway import Gateway
from tests.webex.conftest import Webex


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        (None, 15),
        ("0", 1),
        ("7", 7),
        ("3600", 300),
        ("9" * 5000, 300),
        ("rand(30),add(30)", 15),
        ("2.5", 15),
        ("-1", 15),
        ("Fri, 31 Dec 1999 23:59:59 GMT", 15),
    ],
)
def test_when_limited_it_says_how_long_to_wait_within_bounds(
    webex: Webex, gateway: Gateway, said: str | None, wait: int
) -> None:
    webex.fault("status", status=429, retry_after=said)

    with pytest.raises(WebexBusy) as caught:
        gateway.me()

    assert caught.value.retry_after == wait
    assert webex.calls() == [("GET", "/people/me")]


def test_a_limit_told_by_a_gateway_in_html_is_a_limit(webex: Webex, gateway: Gateway) -> None:
    webex.fault("html", status=429)

    with pytest.raises(WebexBusy):
        gateway.me()


def test_locked_is_busy_if_they_say_for_how_long(webex: Webex, gateway: Gateway) -> None:
    webex.fault("status", status=423, retry_after=20)
    webex.fault("status", status=423)

    with pytest.raises(WebexBusy) as busy:
        gateway.me()
    with pytest.raises(WebexRefused) as refused:
        gateway.me()

    assert (busy.value.retry_after, refused.value.status) == (20, 423)


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ({"kind": "status", "status": 400}, WebexRefused),
        ({"kind": "status", "status": 401}, WebexRefused),
        ({"kind": "status", "status": 403}, WebexRefused),
        ({"kind": "status", "status": 404}, WebexNotFound),
        ({"kind": "status", "status": 409, "body": ["not", "an", "object"]}, WebexRefused),
        ({"kind": "status", "status": 400, "body": {"message": 5, "trackingId": []}}, WebexRefused),
        ({"kind": "html", "status": 404}, WebexNotFound),
        ({"kind": "status", "status": 500}, WebexUnreachable),
        ({"kind": "html", "status": 502}, WebexUnreachable),
        ({"kind": "empty", "status": 503}, WebexUnreachable),
        ({"kind": "broken_json"}, WebexUnreachable),
        ({"kind": "html", "status": 200}, WebexUnreachable),
        ({"kind": "body", "body": ["a list"]}, WebexUnreachable),
        ({"kind": "body", "body": {"items": ["a text"]}}, WebexUnreachable),
        ({"kind": "body", "body": {"displayName": "nobody"}}, WebexUnreachable),
        ({"kind": "status", "status": 201, "body": {"id": "x"}}, WebexUnreachable),
        ({"kind": "status", "status": 204}, WebexUnreachable),
    ],
)
def test_every_answer_is_one_of_ours(
    webex: Webex, gateway: Gateway, fault: dict[str, Any], kind: type[WebexError]
) -> None:
    webex.fault(**fault)

    with pytest.raises(WebexError) as caught:
        gateway.me()

    assert type(caught.value) is kind


@pytest.mark.parametrize("body", [{}, {"items": None}, {"items": 5}])
def test_a_list_without_items_is_unreadable(webex: Webex, gateway: Gateway, body: dict[str, Any]) -> None:
    webex.fault("body", body=body)

    with pytest.raises(WebexUnreachable):
        gateway.webhooks()


def test_a_person_without_readable_details_has_none_and_so_is_let_in_nowhere(webex: Webex, gateway: Gateway) -> None:
    webex.fault("body", body={"id": "x", "emails": [5]})
    webex.fault("body", body={"id": "y", "emails": None})

    assert [gateway.person("x"), gateway.person("y")] == [Person("x", "", "", ""), Person("y", "", "", "")]


def test_inputs_that_are_none_are_no_inputs(webex: Webex, gateway: Gateway) -> None:
    webex.fault("body", body={"id": "a", "messageId": "m", "roomId": "r", "personId": "p", "inputs": None})

    with tracked("BOT_1"):
        assert gateway.action("a") == IncomingAction("a", "m", "r", "p", {}, "BOT_1")


def test_a_read_is_sent_again_once_when_the_connection_breaks(webex: Webex, gateway: Gateway) -> None:
    webex.fault("drop_before")
    assert gateway.me().name == webex.sim.bot.display_name

    webex.fault("drop_before", times=2)
    with pytest.raises(WebexUnreachable, match="Webex did not answer as it should: ConnectionError"):
        gateway.person("x")

    assert webex.calls() == [("GET", "/people/me")] * 2 + [("GET", "/people/x")] * 2


def post(gateway: Gateway, *, room: str, **_: str) -> None:
    gateway.post(room, markdown="x")


def edit(gateway: Gateway, *, room: str, message: str) -> None:
    gateway.edit(message, room_id=room, markdown="x")


def delete(gateway: Gateway, *, message: str, **_: str) -> None:
    gateway.delete(message)


@pytest.mark.parametrize("write", [post, edit, delete])
@pytest.mark.parametrize("kind", ["drop_before", "drop_after"])
def test_nothing_else_is_ever_sent_twice(
    webex: Webex, gateway: Gateway, support: str, kind: str, write: Callable[..., None]
) -> None:
    message = gateway.post(support, markdown="first")
    webex.sim.calls.clear()
    webex.fault(kind)

    with pytest.raises(WebexUnreachable):
        write(gateway, room=support, message=message)

    assert len(webex.calls()) == 1


def test_an_answer_that_does_not_come_is_not_waited_for_for_long_nor_twice(webex: Webex) -> None:
    impatient = Gateway(token=webex.sim.bot.token, base_url=webex.url, timeout=1)
    webex.fault("hang", seconds=30)

    with pytest.raises(WebexUnreachable, match="ReadTimeout"):
        impatient.me()

    impatient.close()
    webex.sim.faults.clear()
    assert len(webex.sim.calls.to("webex", path="/people/me")) <= 1
