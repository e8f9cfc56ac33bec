"""Looking for workspaces gives the whole list or none."""

from typing import Any

import httpx
import pytest

from bot.broadworks.workspace_calls import PAGES
from bot.errors import NeverSent, Refused, Unconfirmed
from tests.broadworks.conftest import BASE_URL, MakeClient


def a_page(*names: str, link: str = "") -> httpx.Response:
    headers = {"Link": link} if link else {}
    return httpx.Response(200, json={"items": [{"id": name, "displayName": name} for name in names]}, headers=headers)


def test_the_name_is_sent_as_it_is(client_for: MakeClient) -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return a_page("one")

    found = client_for(answer).find_workspaces("Café + Bar & \ud800")

    assert found == [{"id": "one", "displayName": "one"}]
    assert [(each.method, each.url.path, dict(each.url.params)) for each in seen] == [
        ("GET", "/v1/workspaces", {"displayName": "Café + Bar & ?", "max": "100"})
    ]
    assert "content-type" not in seen[0].headers


@pytest.mark.parametrize("next_url", [f"{BASE_URL}/workspaces?cursor=2", "workspaces?cursor=2"])
def test_all_pages_are_followed(client_for: MakeClient, next_url: str) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.params.get("cursor") == "2":
            assert (request.url.path, request.headers["authorization"]) == ("/v1/workspaces", "Bearer made-up-token")
            return a_page("two", link=f'<{BASE_URL}/workspaces>; rel="first"')
        return a_page("one", link=f'<{BASE_URL}/workspaces>; rel="first", <{next_url}>; rel="next"')

    assert [each["id"] for each in client_for(answer).find_workspaces("Room")] == ["one", "two"]


@pytest.mark.parametrize(
    "link",
    [
        '<https://elsewhere.example/v1/workspaces>; rel="next"',
        '<http://webexapis.com/v1/workspaces>; rel="next"',
        '<https://webexapis.com:444/v1/workspaces>; rel="next"',
        '<//elsewhere.example/workspaces>; rel="next"',
        '<https://webexapis.com:x/v1/workspaces>; rel="next"',
    ],
)
def test_the_token_is_sent_nowhere_else(client_for: MakeClient, link: str) -> None:
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.host)
        return a_page("one", link=link)

    with pytest.raises(Unconfirmed, match="next page"):
        client_for(answer).find_workspaces("Room")

    assert seen == ["webexapis.com"]


def test_an_endless_list_is_not_taken_for_a_whole_one(client_for: MakeClient) -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return a_page("one", link=f'<{BASE_URL}/workspaces>; rel="next"')

    with pytest.raises(Unconfirmed, match="more than 10 pages"):
        client_for(answer).find_workspaces("Room")

    assert len(seen) == PAGES


@pytest.mark.parametrize(
    "answered", [{}, {"items": None}, {"items": {"id": "one"}}, {"items": [{"id": "one"}, "two"]}, []]
)
def test_a_list_that_cannot_be_read_is_asked_for_again(client_for: MakeClient, answered: Any) -> None:
    answers = [httpx.Response(200, json=answered), a_page("one")]

    found = client_for(lambda _request: answers.pop(0)).find_workspaces("Room")

    assert [each["id"] for each in found] == ["one"]


def test_a_token_that_may_not_look_is_refused_at_once(client_for: MakeClient) -> None:
    with pytest.raises(Refused) as caught:
        client_for(lambda _request: httpx.Response(403)).find_workspaces("Room")

    assert (caught.value.status, caught.value.tries) == (403, 1)


def test_a_name_too_long_for_any_address_is_never_sent(client_for: MakeClient) -> None:
    with pytest.raises(NeverSent):
        client_for(lambda _request: a_page()).find_workspaces("x" * 100_000)
