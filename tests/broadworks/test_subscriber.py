"""One subscriber: read, made, changed and removed, each exactly where it was planned."""

import json
from typing import Any

import httpx
import pytest

from bot.broadworks.client import BroadWorksClient
from bot.domain.plan import Call
from bot.domain.provisioning import Done, Subscriber
from bot.errors import Refused, Unconfirmed
from tests.broadworks.calls import CONSENT, ID, NEW, ONE
from tests.broadworks.conftest import BASE_URL, MakeClient

ANN = {"id": ID, **NEW, "status": "updating", "selfActivated": "false", "new": {"kept": True}}
WRITERS = {
    "provision_subscriber": Call("POST", "broadworks/subscribers", NEW, BASE_URL),
    "update_subscriber": Call("PUT", ONE, {"package": "premium"}, BASE_URL),
    "remove_subscriber": Call("DELETE", ONE, {}, BASE_URL),
    "resend_consent": Call("POST", CONSENT, {}, BASE_URL),
}


class Far:
    """The other end, which keeps what arrives."""

    def __init__(self, answer: httpx.Response) -> None:
        self.answer = answer
        self.seen: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.seen.append(request)
        return self.answer


def test_a_subscriber_is_read_with_all_that_was_told(client_for: MakeClient) -> None:
    far = Far(httpx.Response(200, json=ANN, headers={"Trackingid": "ROUTER_1"}))

    found = client_for(far).subscriber(ID)

    assert (found.id, found.status, found.self_activated) == (ID, "updating", False)
    assert (found.fields, found.tracking_id) == (ANN, "ROUTER_1")


@pytest.mark.parametrize(
    ("subscriber_id", "raw_path"),
    [
        ("a?x=1#y", b"/v1/broadworks/subscribers/a%3Fx%3D1%23y"),
        ("a;b&c", b"/v1/broadworks/subscribers/a%3Bb%26c"),
        ("é", b"/v1/broadworks/subscribers/%C3%A9"),
    ],
)
def test_an_id_is_quoted(client_for: MakeClient, subscriber_id: str, raw_path: bytes) -> None:
    far = Far(httpx.Response(404))

    with pytest.raises(Refused):
        client_for(far).subscriber(subscriber_id)

    assert [each.url.raw_path for each in far.seen] == [raw_path]


@pytest.mark.parametrize("subscriber_id", ["", ".", "..", "../workspaces", "a/b", "a%2Fb", "a\\b", "a\n"])
def test_what_can_be_no_id_is_not_asked_for(client_for: MakeClient, subscriber_id: str) -> None:
    far = Far(httpx.Response(200, json=ANN))

    with pytest.raises(ValueError, match="no id"):
        client_for(far).subscriber(subscriber_id)

    assert far.seen == []


@pytest.mark.parametrize("name", ["provision_subscriber", "update_subscriber"])
def test_what_is_sent_is_the_planned_body(client_for: MakeClient, name: str) -> None:
    far = Far(httpx.Response(200, json=ANN))
    call = WRITERS[name]

    found = write(client_for(far), name, call)

    assert isinstance(found, Subscriber)
    assert (found.id, found.moving) == (ID, True)
    assert [json.loads(each.content) for each in far.seen] == [call.body]


def test_an_empty_value_is_sent_because_it_clears_a_field(client_for: MakeClient) -> None:
    far = Far(httpx.Response(200, json=ANN))

    client_for(far).update_subscriber(Call("PUT", ONE, {"mobilePhoneNumber": ""}, BASE_URL))

    assert far.seen[0].content == b'{"mobilePhoneNumber": ""}'


@pytest.mark.parametrize("name", ["provision_subscriber", "update_subscriber"])
@pytest.mark.parametrize("answered", [{}, {"id": None}, {"id": " "}, {"id": 7}, {"id": "x" * 5000}, {"items": [ANN]}])
def test_a_yes_without_an_id_leaves_it_unknown(client_for: MakeClient, name: str, answered: Any) -> None:
    far = Far(httpx.Response(200, json=answered))

    with pytest.raises(Unconfirmed, match="without the id of a subscriber"):
        write(client_for(far), name, WRITERS[name])

    assert len(far.seen) == 1


@pytest.mark.parametrize("answer", [httpx.Response(204), httpx.Response(200), httpx.Response(202, json={"id": ID})])
def test_a_removal_needs_no_words(client_for: MakeClient, answer: httpx.Response) -> None:
    far = Far(answer)

    assert client_for(far).remove_subscriber(WRITERS["remove_subscriber"]) == Done(ONE)
    assert [(each.method, each.content) for each in far.seen] == [("DELETE", b"")]


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, html="<h1>Please sign in</h1>"),
        httpx.Response(200, json={"message": "failure", "errors": [{"errorCode": 2001}]}),
        httpx.Response(200, json=[]),
    ],
)
def test_a_yes_that_says_something_else_leaves_the_removal_unknown(
    client_for: MakeClient, answer: httpx.Response
) -> None:
    with pytest.raises(Unconfirmed):
        client_for(Far(answer)).remove_subscriber(WRITERS["remove_subscriber"])


def astray(call: Call) -> list[Call]:
    other = "broadworks/workspaces" + call.path.removeprefix("broadworks/subscribers")
    return [
        Call(call.method, call.path, call.body, "https://sandbox.example/v1"),
        Call("PATCH", call.path, call.body, BASE_URL),
        Call(call.method, other, call.body, BASE_URL),
        Call(call.method, call.path + "/x", call.body, BASE_URL),
        Call(call.method, call.path.replace(ID, "..").replace("subscribers", "subscribers/..", 1), call.body, BASE_URL),
        Call(call.method, f"https://elsewhere.example/{call.path}", call.body, BASE_URL),
    ]


@pytest.mark.parametrize(
    ("name", "call"),
    [
        *[(name, call) for name, good in WRITERS.items() for call in astray(good)],
        ("remove_subscriber", Call("DELETE", ONE, {"why": "moved"}, BASE_URL)),
        ("resend_consent", Call("POST", CONSENT, {"why": "lost"}, BASE_URL)),
        ("update_subscriber", Call("PUT", "broadworks/subscribers", {}, BASE_URL)),
        ("remove_subscriber", Call("DELETE", "broadworks/subscribers/", {}, BASE_URL)),
        ("provision_subscriber", Call("POST", ONE, NEW, BASE_URL)),
    ],
)
def test_a_call_planned_for_another_place_or_purpose_is_not_sent(client_for: MakeClient, name: str, call: Call) -> None:
    far = Far(httpx.Response(200, json=ANN))

    with pytest.raises(ValueError, match=r"planned for|does not"):
        write(client_for(far), name, call)

    assert far.seen == []


def write(client: BroadWorksClient, name: str, call: Call) -> Any:
    return getattr(client, name)(call)
