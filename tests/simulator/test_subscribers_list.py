"""The list of subscribers: its filters, and its pages, which stay where they are while subscribers come and go."""

from itertools import chain

import httpx
import pytest

from bot.simulator import Simulator
from bot.simulator.clock import Clock
from bot.simulator.provisioning.records import OTHER_PROVISIONING_ID, PROVISIONING_ID, BroadWorks
from bot.simulator.provisioning.subscriber import STATUSES, Subscriber
from bot.simulator.provisioning.subscriber_search import Search
from tests.simulator.kit import StillClock, refusal
from tests.simulator.subscribing import JOHN, Subscribing
from tests.simulator.test_broadworks import errors

# 2026-07-09T14:12:03.123Z, the moment at which every test begins.
BEGAN = 1783606323123
TARA = "95540001@example.com"


@pytest.fixture
def five(subscribers: Subscribing) -> list[str]:
    return [subscribers.another(number)["userId"] for number in range(61, 66)]


# Filters.


@pytest.mark.parametrize(
    "query",
    [
        {"userId": "95547321@EXAMPLE.com"},
        {"email": "John.Andersen@example.com"},
        {"provisioningId": PROVISIONING_ID, "spEnterpriseId": "Reseller1+acme"},
        {"status": "error,provisioning"},
        {"status": " updating , provisioning "},
        {"selfActivated": "False", "status": "provisioning"},
        {"userId": "95547321@example.com", "email": "", "personId": ""},
    ],
)
def test_a_filter_finds_whom_it_describes(subscribers: Subscribing, query: dict[str, str]) -> None:
    subscribers.create()

    assert subscribers.found(**query) == ["95547321@example.com"]


@pytest.mark.parametrize(
    "query",
    [
        {"userId": "95547321@example.com", "status": "error"},
        {"userId": "95547321@example.com", "email": "taken@example.com"},
        {"spEnterpriseId": "Reseller1+ACME"},
        {"provisioningId": OTHER_PROVISIONING_ID},
        {"personId": "unknown"},
        {"selfActivated": "true"},
    ],
)
def test_all_filters_must_fit(subscribers: Subscribing, query: dict[str, str]) -> None:
    subscribers.create()

    assert subscribers.found(**query) == []


def test_an_answer_has_all_of_a_subscriber(subscribers: Subscribing, clock: StillClock) -> None:
    accepted = subscribers.create()
    clock.forward(5)

    found = subscribers.http.get("/broadworks/subscribers", params={"userId": JOHN["userId"]}).json()

    assert found == {"items": [subscribers.now(accepted)]}


@pytest.mark.parametrize(
    ("after", "found"),
    [
        (BEGAN - 1, [TARA, "61@example.com"]),
        (BEGAN, ["61@example.com"]),
        ("2026-07-09T14:12:03.122Z", [TARA, "61@example.com"]),
        ("2026-07-09T14:12:03.123Z", ["61@example.com"]),
        ("2026-07-09T16:12:03.123+02:00", ["61@example.com"]),
        ("2026-07-09T14:12:04", ["61@example.com"]),
        ("2026-07-10", []),
    ],
)
def test_a_date_finds_what_came_after_it_and_not_at_it(
    subscribers: Subscribing, clock: StillClock, after: int | str, found: list[str]
) -> None:
    clock.forward(10)
    subscribers.another(61)

    assert subscribers.found(after=after) == found
    assert subscribers.found(lastStatusChange=after) == found


def test_a_change_of_status_is_found_by_its_own_moment(subscribers: Subscribing, clock: StillClock) -> None:
    subscribers.another(61)
    clock.forward(60)

    assert subscribers.found(after=BEGAN) == []
    assert subscribers.found(lastStatusChange=BEGAN + 4999) == ["61@example.com"]
    assert subscribers.found(lastStatusChange=BEGAN + 5000) == []


def test_every_filter_that_makes_no_sense_is_named(subscribers: Subscribing) -> None:
    query = {"status": "error,provisioning_error", "after": "yesterday", "lastStatusChange": "9" * 30}

    refused = subscribers.http.get("/broadworks/subscribers", params={**query, "selfActivated": "maybe"})

    date = "{} must be a date: epoch time in milliseconds, or ISO 8601."
    assert errors(refused) == (
        400,
        [
            {"description": f"status must be one or more of {', '.join(STATUSES)}.", "fieldName": "status"},
            {"description": date.format("after"), "fieldName": "after"},
            {"description": date.format("lastStatusChange"), "fieldName": "lastStatusChange"},
            {"description": "selfActivated must be true or false.", "fieldName": "selfActivated"},
        ],
    )


@pytest.mark.parametrize("query", [{"max": "0"}, {"max": "many"}, {"cursor": "elsewhere"}, {"cursor": "-1"}])
def test_a_page_that_cannot_be_is_refused(subscribers: Subscribing, query: dict[str, str]) -> None:
    assert refusal(subscribers.http.get("/broadworks/subscribers", params=query))[0] == 400


# Pages.


def test_a_page_has_fifty_subscribers_unless_asked_and_a_hundred_at_most(
    sim: Simulator, subscribers: Subscribing
) -> None:
    sim.broadworks.fill(119)

    assert [len(page) for page in subscribers.pages()] == [50, 50, 20]
    assert [len(page) for page in subscribers.pages(max=100)] == [100, 20]
    assert [len(page) for page in subscribers.pages(max=1000)] == [100, 20]
    assert [len(page) for page in subscribers.pages(max=60)] == [60, 60]


def test_the_next_page_has_the_same_filters(sim: Simulator, subscribers: Subscribing) -> None:
    sim.broadworks.fill(300)

    pages = subscribers.pages(spEnterpriseId="Reseller1+company1", status="provisioned,error", max=40)

    everyone = [one for one in sim.broadworks.subscribers if one.facts["spEnterpriseId"] == "Reseller1+company1"]
    expected = [one.facts["userId"] for one in everyone if one.status in {"provisioned", "error"}]
    assert [len(page) for page in pages] == [40, 40, 19]
    assert list(chain.from_iterable(pages)) == expected


def test_pages_stay_where_they_are_while_subscribers_come_and_go(subscribers: Subscribing, five: list[str]) -> None:
    first = subscribers.http.get("/broadworks/subscribers", params={"max": 2})
    ids = [each["id"] for each in first.json()["items"]]

    for gone in ids:
        subscribers.delete({"id": gone}).raise_for_status()
    subscribers.another(66)

    second = subscribers.http.get(first.links["next"]["url"])
    third = subscribers.http.get(second.links["next"]["url"])
    assert [each["userId"] for each in first.json()["items"]] == [TARA, five[0]]
    assert [each["userId"] for each in second.json()["items"]] == [five[1], five[2]]
    assert [each["userId"] for each in third.json()["items"]] == [five[3], five[4]]
    assert "next" in third.links


def test_pages_stay_where_they_are_while_a_status_changes(
    subscribers: Subscribing, clock: StillClock, five: list[str]
) -> None:
    first = subscribers.http.get("/broadworks/subscribers", params={"status": "provisioning,provisioned", "max": 3})

    clock.forward(5)

    second = subscribers.http.get(first.links["next"]["url"])
    assert [each["userId"] for each in second.json()["items"]] == five[2:]


def test_pages_can_be_empty_and_still_lead_on(sim: Simulator, subscribers: Subscribing, five: list[str]) -> None:
    sim.switches.empty_pages = True

    assert subscribers.pages(max=3) == [[], [TARA, *five[:2]], [], five[2:]]
    assert subscribers.pages(status="error") == [[], []]


def test_a_search_is_answered_from_a_url_of_its_own(subscribers: Subscribing, five: list[str]) -> None:
    """A plus in the ID of an enterprise survives the way through the link."""
    response = subscribers.http.get("/broadworks/subscribers", params={"spEnterpriseId": "Reseller1+acme", "max": 4})

    following = httpx.URL(response.links["next"]["url"])

    assert following.path == "/v1/broadworks/subscribers"
    assert following.params["spEnterpriseId"] == "Reseller1+acme"
    assert [each["userId"] for each in subscribers.http.get(following).json()["items"]] == five[4:]


# Many.


@pytest.mark.parametrize(
    "query",
    [{}, {"cursor": "1000"}, {"status": "provisioned,error"}, {"selfActivated": "true"}, {"lastStatusChange": "1"}],
)
def test_of_many_subscribers_only_those_of_the_page_are_looked_at(
    sim: Simulator, subscribers: Subscribing, query: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sim.broadworks.fill(3000)
    looked_at: list[Subscriber] = []
    finds = Search.finds

    def noted(search: Search, one: Subscriber) -> bool:
        looked_at.append(one)
        return finds(search, one)

    monkeypatch.setattr(Search, "finds", noted)

    assert len(subscribers.found(**query, max=100)) == 100
    assert len(looked_at) < 120


def test_a_fill_makes_the_same_subscribers_in_every_run_and_goes_on_where_it_ended(sim: Simulator) -> None:
    other = BroadWorks(Clock(StillClock()))
    other.fill(150)
    sim.broadworks.fill(100)
    sim.broadworks.fill(50)

    one, same = ([each.shown() for each in state.subscribers] for state in (sim.broadworks, other))
    assert one == same
    assert len({each["userId"] for each in one}) == 151
    assert set(sim.broadworks.subscribers.counts()) == {"provisioned", "error", "pending_email_input"}
