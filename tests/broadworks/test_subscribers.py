"""Looking for subscribers: every filter is sent, every page is fetched when it is needed and not before."""

import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from itertools import count, islice
from typing import Any

import httpx
import pytest

from bot.broadworks.client import BroadWorksClient
from bot.broadworks.paging import EMPTY_PAGES
from bot.domain.provisioning import SubscriberFilter, SubscriberStatus
from bot.errors import NeverSent, Refused, Unconfirmed
from tests.broadworks.conftest import BASE_URL, MakeClient, Time

LIST = f"{BASE_URL}/broadworks/subscribers"
EVERYBODY = SubscriberFilter()
ACME = SubscriberFilter(enterprise="Reseller1+acme", status=("error", "updating"), max=2)


def a_page(*ids: str, link: str = "") -> httpx.Response:
    headers = {"Link": link} if link else {}
    return httpx.Response(200, json={"items": [{"id": each} for each in ids]}, headers=headers)


def onward(url: str) -> str:
    return f'<{LIST}>; rel="first", <{url}>; rel="next"'


class Book:
    """A list of so many pages, which notes each that is asked for."""

    def __init__(self, *pages: list[str]) -> None:
        self.pages = pages
        self.asked: list[int] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        assert (request.url.path, request.headers["authorization"]) == (
            "/v1/broadworks/subscribers",
            "Bearer made-up-token",
        )
        number = int(request.url.params.get("cursor", "0"))
        self.asked.append(number)
        more = number + 1 < len(self.pages)
        following = request.url.copy_set_param("cursor", number + 1)
        return a_page(*self.pages[number], link=onward(str(following)) if more else "")


def ids(client: BroadWorksClient, wanted: SubscriberFilter = EVERYBODY) -> Iterator[str]:
    return (each.id for each in client.subscribers(wanted))


def query_of(client_for: MakeClient, wanted: SubscriberFilter) -> dict[str, str]:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return a_page()

    client_for(answer).subscriber_page(wanted)
    return dict(seen[0].url.params)


# What is asked for.


def test_every_filter_is_sent_under_its_own_name(client_for: MakeClient) -> None:
    wanted = SubscriberFilter(
        user_id="95547321@example.com",
        person_id="UEVPUExF",
        email="ann+test@example.com",
        provisioning_id="ZjViMzYxODc",
        enterprise="Reseller1+acme & é",
        last_status_change=datetime(2020, 1, 15, 0, 0, 0, 245999, tzinfo=UTC),
        status=("error", SubscriberStatus.PROVISIONED),
        after=datetime(2020, 1, 15, 2, 0, tzinfo=timezone(timedelta(hours=2))),
        self_activated=False,
        max=10,
    )

    assert query_of(client_for, wanted) == {
        "userId": "95547321@example.com",
        "personId": "UEVPUExF",
        "email": "ann+test@example.com",
        "provisioningId": "ZjViMzYxODc",
        "spEnterpriseId": "Reseller1+acme & é",
        "lastStatusChange": "1579046400245",
        "status": "error,provisioned",
        "after": "1579046400000",
        "selfActivated": "false",
        "max": "10",
    }


def test_a_plus_stays_a_plus(client_for: MakeClient) -> None:
    seen: list[bytes] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.query)
        return a_page()

    client_for(answer).subscriber_page(SubscriberFilter(enterprise="Reseller1+acme"))

    assert seen == [b"spEnterpriseId=Reseller1%2Bacme"]


@pytest.mark.parametrize(
    ("wanted", "query"),
    [
        (EVERYBODY, {}),
        (SubscriberFilter(self_activated=True), {"selfActivated": "true"}),
        (SubscriberFilter(status=("removing",)), {"status": "removing"}),
        (SubscriberFilter(email="\ud800"), {"email": "?"}),
        (
            SubscriberFilter(after=datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC)),
            {"after": "0"},
        ),
    ],
)
def test_what_is_not_given_is_not_sent(client_for: MakeClient, wanted: SubscriberFilter, query: dict[str, str]) -> None:
    assert query_of(client_for, wanted) == query


def test_what_is_too_long_for_any_address_is_never_sent(client_for: MakeClient) -> None:
    with pytest.raises(NeverSent):
        client_for(lambda _request: a_page()).subscriber_page(SubscriberFilter(email="x" * 100_000))


# Page by page.


def test_a_page_leads_to_the_next(client_for: MakeClient) -> None:
    book = Book(["1", "2"], ["3"])
    client = client_for(book)

    first = client.subscriber_page(ACME)
    second = client.subscriber_page(ACME, first.next)

    assert [each.id for each in (*first.items, *second.items)] == ["1", "2", "3"]
    assert (second.next, book.asked) == (None, [0, 1])


def test_a_page_is_found_again_by_another_client_of_the_same_place(client_for: MakeClient) -> None:
    first = client_for(Book(["1"], ["2"])).subscriber_page(ACME)

    second = client_for(Book(["1"], ["2"])).subscriber_page(ACME, first.next)

    assert [each.id for each in second.items] == ["2"]


@pytest.mark.parametrize(
    "following",
    [
        f"{LIST}?cursor=2",
        f"{LIST}/?cursor=2",
        "https://webexapis.com:443/v1/broadworks/subscribers?cursor=2",
        "https://WEBEXAPIS.com/v1/broadworks/subscribers?cursor=2#here",
        "/v1/broadworks/subscribers?cursor=2",
        "broadworks/subscribers?cursor=2",
        f"{LIST}?cursor=2&spEnterpriseId=Reseller1%2Bacme&status=error,updating&max=100",
        f"{LIST}?cursor=2&spEnterpriseId=Reseller1+acme&status=updating%2C%20error",
        f"{LIST}?cursor=2&spEnterpriseId=reseller1%2BACME&after=2026-11-21T00:00:00Z",
    ],
)
def test_a_link_may_be_written_in_many_ways(client_for: MakeClient, following: str) -> None:
    seen: list[httpx.URL] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.url)
        return a_page("1", link=onward(following)) if len(seen) == 1 else a_page("2")

    assert list(ids(client_for(answer), ACME)) == ["1", "2"]
    assert (seen[1].scheme, seen[1].host, seen[1].port, seen[1].path) == (
        "https",
        "webexapis.com",
        None,
        "/v1/broadworks/subscribers",
    )
    assert seen[1].params["cursor"] == "2"


ASTRAY = [
    "https://elsewhere.example/v1/broadworks/subscribers?cursor=2",
    "http://webexapis.com/v1/broadworks/subscribers?cursor=2",
    "https://webexapis.com:444/v1/broadworks/subscribers?cursor=2",
    "https://webexapis.com@elsewhere.example/v1/broadworks/subscribers",
    "https://me:secret@webexapis.com/v1/broadworks/subscribers",
    "//elsewhere.example/v1/broadworks/subscribers",
    "https://webexapis.com:x/v1/broadworks/subscribers",
    "https://[/",
    f"{BASE_URL}/people?cursor=2",
    f"{BASE_URL}/broadworks/subscribers/validate",
    f"{BASE_URL}/broadworks/subscribers/../workspaces",
    "https://webexapis.com/v2/broadworks/subscribers?cursor=2",
    f"{LIST}?spEnterpriseId=Reseller1%2Bexample",
    f"{LIST}?cursor=2&status=error",
    f"{LIST}?cursor=2&status=error,updating&status=provisioned",
    f"{LIST}?cursor=2&email=ann@example.com",
    f"{LIST}?cursor=2&selfActivated=true",
    "",
]


@pytest.mark.parametrize("link", [each for each in ASTRAY if each])
def test_the_token_goes_nowhere_else_and_the_list_stays_the_list(client_for: MakeClient, link: str) -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return a_page("1", link=onward(link))

    with pytest.raises(Unconfirmed, match=r"the link to its next page (leads|cannot)"):
        client_for(answer).subscriber_page(ACME)

    assert len(seen) == 1


@pytest.mark.parametrize("page", ASTRAY)
def test_a_page_that_comes_back_changed_is_not_asked_for(client_for: MakeClient, page: str) -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return a_page()

    with pytest.raises(ValueError, match=r"leads|cannot"):
        client_for(answer).subscriber_page(ACME, page)

    assert seen == []


@pytest.mark.parametrize(
    "answered",
    [{}, {"items": None}, {"items": {"id": "1"}}, {"items": ["1"]}, {"items": [{"id": "1"}, {"email": "ann"}]}, []],
)
def test_a_page_that_cannot_be_read_is_asked_for_again(client_for: MakeClient, answered: Any) -> None:
    answers = [httpx.Response(200, json=answered), a_page("1")]

    found = client_for(lambda _request: answers.pop(0)).subscriber_page(EVERYBODY)

    assert [each.id for each in found.items] == ["1"]


# All pages.


def test_nothing_is_sent_before_somebody_looks(client_for: MakeClient) -> None:
    book = Book(["1", "2"], ["3"], [], ["4"])
    found = ids(client_for(book))

    asked = [list(book.asked)]
    for _ in range(4):
        next(found)
        asked.append(list(book.asked))

    assert asked == [[], [0], [0], [0, 1], [0, 1, 2, 3]]
    assert list(found) == []


def test_who_looks_at_some_asks_for_no_more(client_for: MakeClient) -> None:
    book = Book(*[[str(number)] for number in range(50)])

    assert list(islice(ids(client_for(book)), 3)) == ["0", "1", "2"]
    assert book.asked == [0, 1, 2]


def test_pages_are_as_large_as_they_can_be_unless_a_size_is_wanted(client_for: MakeClient) -> None:
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.params["max"])
        return a_page()

    client = client_for(answer)
    assert list(client.subscribers(EVERYBODY)) + list(client.subscribers(ACME)) == []
    assert seen == ["100", "2"]


def test_each_page_has_its_own_patience(client_for: MakeClient, passing: Time) -> None:
    book = Book(["1"], ["2"], ["3"])
    busy: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        cursor = request.url.params.get("cursor", "0")
        if busy.count(cursor) < 1:
            busy.append(cursor)
            return httpx.Response(429, headers={"Retry-After": "30"})
        return book(request)

    assert list(ids(client_for(answer))) == ["1", "2", "3"]
    assert passing.sleeps == [30.0] * 3


def test_a_failure_comes_after_what_was_there_before_it(client_for: MakeClient) -> None:
    book = Book(["1"], ["2"])

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(410) if "cursor" in request.url.params else book(request)

    found = ids(client_for(answer))

    assert next(found) == "1"
    with pytest.raises(Refused):
        next(found)


@pytest.mark.parametrize("loop", [[0], [1, 0], [1, 2, 1], [1, 1]])
def test_a_list_that_leads_in_a_circle_is_noticed_at_once(client_for: MakeClient, loop: list[int]) -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        following = loop[min(len(seen), len(loop)) - 1]
        url = f"{LIST}?max=100&cursor={following}" if following else f"{LIST}?max=100"
        return a_page(str(len(seen)), link=onward(url))

    found: list[str] = []
    with pytest.raises(Unconfirmed, match="without an end"):
        found.extend(ids(client_for(answer)))

    assert len(seen) == len(loop)


def test_a_list_of_empty_pages_has_no_end(client_for: MakeClient) -> None:
    cursors = count(1)

    def answer(_request: httpx.Request) -> httpx.Response:
        return a_page(link=onward(f"{LIST}?cursor={next(cursors)}"))

    with pytest.raises(Unconfirmed, match="without an end"):
        list(ids(client_for(answer)))

    assert next(cursors) == EMPTY_PAGES + 1


def test_empty_pages_between_others_end_no_list(client_for: MakeClient) -> None:
    book = Book(*[[] if number % 2 else [str(number)] for number in range(2 * EMPTY_PAGES + 2)])

    assert len(list(ids(client_for(book)))) == EMPTY_PAGES + 1


def test_a_long_list_takes_the_memory_of_a_page(client_for: MakeClient) -> None:
    pages = 60
    padding = "x" * 200

    def answer(request: httpx.Request) -> httpx.Response:
        number = int(request.url.params.get("cursor", "0"))
        items = [{"id": f"{number}-{each}", "lastName": padding} for each in range(100)]
        headers = {"Link": onward(f"{LIST}?cursor={number + 1}")} if number + 1 < pages else {}
        return httpx.Response(200, json={"items": items}, headers=headers)

    found = ids(client_for(answer))
    list(islice(found, 1000))
    tracemalloc.start()
    rest = sum(1 for _ in found)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert rest == 5_000
    # One page, in its several forms, takes a few hundred thousand bytes; all of them would take ten million.
    assert peak < 2_000_000
