"""A workspace is changed and removed once, looked at as often as it takes."""

import json

import httpx
import pytest

from bot.domain.plan import Call
from bot.domain.provisioning import Done, Workspace
from bot.errors import Busy, Refused, Unconfirmed
from tests.broadworks.conftest import BASE_URL, MakeClient

ID = "Y2lzY29zcGFyazovL3VzL1BMQUNFLzE"
PATH = f"broadworks/workspaces/{ID}"
BODY = {"userId": "9@sp.com", "extension": ""}
UPDATE = Call("PUT", PATH, BODY, BASE_URL)
REMOVE = Call("DELETE", PATH, {}, BASE_URL)
TOLD = {"id": ID, "userId": "9@sp.com", "created": 5, "new": {"kept": True}}


def test_an_update_is_sent_as_it_was_planned_and_its_answer_kept_whole(client_for: MakeClient) -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json=TOLD, headers={"Trackingid": "T"})

    assert client_for(answer).update_workspace(UPDATE) == Workspace(ID, TOLD, "T")
    [sent] = seen
    assert (sent.method, str(sent.url), json.loads(sent.content)) == ("PUT", f"{BASE_URL}/{PATH}", BODY)


def test_a_removal_is_sent_without_a_body(client_for: MakeClient) -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(204, headers={"Trackingid": "T"})

    assert client_for(answer).remove_workspace(REMOVE) == Done(PATH, "T")
    assert [(each.method, str(each.url), each.content) for each in seen] == [("DELETE", f"{BASE_URL}/{PATH}", b"")]


@pytest.mark.parametrize(
    ("status", "kind"), [(404, Refused), (409, Refused), (429, Busy), (500, Unconfirmed), (200, None)]
)
def test_neither_is_ever_sent_again(client_for: MakeClient, status: int, kind: type[Exception] | None) -> None:
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.method)
        return httpx.Response(status, json={"message": "no"} if kind else {"id": ID})

    client = client_for(answer)
    for write, call in ((client.update_workspace, UPDATE), (client.remove_workspace, REMOVE)):
        if kind is None:
            write(call)
            continue
        with pytest.raises(kind):
            write(call)

    assert seen == ["PUT", "DELETE"]


@pytest.mark.parametrize("status", [502, 503, 429])
def test_a_look_is_tried_again(client_for: MakeClient, status: int) -> None:
    answers = [httpx.Response(status), httpx.Response(200, json={"id": ID, "displayName": "Room"})]

    found = client_for(lambda _request: answers.pop(0)).workspace(ID)

    assert found.fields["displayName"] == "Room"


@pytest.mark.parametrize(("status", "gone"), [(403, False), (404, True)])
def test_a_look_says_whether_it_may_not_or_there_is_nothing(client_for: MakeClient, status: int, *, gone: bool) -> None:
    with pytest.raises(Refused) as caught:
        client_for(lambda _request: httpx.Response(status)).workspace(ID)

    assert (caught.value.status, caught.value.gone, caught.value.tries) == (status, gone, 1)


@pytest.mark.parametrize(
    "call",
    [
        Call("PUT", f"broadworks/subscribers/{ID}", BODY, BASE_URL),
        Call("PUT", f"workspaces/{ID}", BODY, BASE_URL),
        Call("POST", PATH, BODY, BASE_URL),
        Call("PUT", "broadworks/workspaces/../subscribers", BODY, BASE_URL),
        Call("PUT", PATH, BODY, "https://elsewhere.example/v1"),
        Call("DELETE", PATH, BODY, BASE_URL),
        Call("DELETE", "broadworks/workspaces/", {}, BASE_URL),
    ],
)
def test_what_was_planned_for_another_place_is_not_sent(client_for: MakeClient, call: Call) -> None:
    def answer(_request: httpx.Request) -> httpx.Response:
        raise AssertionError("It was sent.")

    client = client_for(answer)
    write = client.remove_workspace if call.method == "DELETE" else client.update_workspace

    with pytest.raises(ValueError, match=r"planned for|does not"):
        write(call)


@pytest.mark.parametrize("identity", ["", "..", "a/b", "a b", "a%2fb"])
def test_what_can_be_no_id_is_never_asked_for(client_for: MakeClient, identity: str) -> None:
    with pytest.raises(ValueError, match="no id"):
        client_for(lambda _request: httpx.Response(200)).workspace(identity)
