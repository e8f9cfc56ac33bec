"""Enterprises of the simulated BroadWorks: who they are, and how their directories are kept in step by its clock."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from bot.simulator import Simulator
from bot.simulator.provisioning import enterprises as rules
from bot.simulator.provisioning.directory import UNREACHABLE
from bot.simulator.provisioning.enterprise_routes import id_of
from bot.simulator.provisioning.records import OTHER_PROVISIONING_ID, PROVISIONING_ID
from tests.simulator.kit import StillClock, items
from tests.simulator.shapes import conforming
from tests.simulator.subscribing import BODY

ACME, EXAMPLE = "Reseller1+acme", "Reseller1+example"
DAY = 86_400.0


@pytest.fixture
def http(sim: Simulator) -> Iterator[httpx.Client]:
    """Every answer must have its documented shape."""
    with conforming(sim, sim.broadworks_token) as client:
        yield client


def path(enterprise: str) -> str:
    return f"/broadworks/enterprises/{id_of(enterprise)}/broadworksDirectorySync"


def names(http: httpx.Client, **query: Any) -> list[str]:
    return [each["spEnterpriseId"] for each in items(http.get("/broadworks/enterprises", params=query))]


def directory(http: httpx.Client, enterprise: str = ACME) -> dict[str, Any]:
    found: dict[str, Any] = http.get(path(enterprise)).raise_for_status().json()
    return found


def status(http: httpx.Client, enterprise: str = ACME) -> str:
    return str(directory(http, enterprise)["directorySyncStatus"]["syncStatus"])


def switch(http: httpx.Client, enterprise: str, *, on: bool) -> httpx.Response:
    return http.put(path(enterprise), json={"enableDirSync": on})


def sync(http: httpx.Client, enterprise: str = ACME) -> httpx.Response:
    return http.post(path(enterprise), json={"syncStatus": "SYNC_NOW"})


def sync_user(http: httpx.Client, user_id: str) -> httpx.Response:
    return http.post(f"{path(ACME)}/externalUser", json={"userId": user_id})


def words(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["message"]


def test_every_customer_is_an_enterprise_with_its_template(http: httpx.Client) -> None:
    found = items(http.get("/broadworks/enterprises"))

    assert [(each["spEnterpriseId"], each["provisioningId"]) for each in found] == [
        (ACME, PROVISIONING_ID),
        (EXAMPLE, PROVISIONING_ID),
    ]
    assert [each["broadworksDirectorySync"]["enableDirSync"] for each in found] == [True, False]
    assert found[0]["id"] == id_of(ACME)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"spEnterpriseId": ACME}, [ACME]),
        ({"spEnterpriseId": "Reseller1+ac"}, []),
        ({"startsWith": "Reseller1+e"}, [EXAMPLE]),
        ({"startsWith": "acme"}, []),
        ({"spEnterpriseId": ACME, "startsWith": "Reseller1"}, [ACME]),
    ],
)
def test_they_are_found_by_the_whole_name_or_by_how_it_begins(
    http: httpx.Client, query: dict[str, str], found: list[str]
) -> None:
    assert names(http, **query) == found


def test_a_plus_that_is_not_encoded_is_a_space(http: httpx.Client) -> None:
    assert items(http.get(f"/broadworks/enterprises?spEnterpriseId={ACME}")) == []


def test_many_come_in_pages(sim: Simulator, http: httpx.Client) -> None:
    sim.broadworks.fill(25_000)
    first = http.get("/broadworks/enterprises", params={"startsWith": "Reseller1+company"})
    seen = [items(first)]
    while "next" in (response := first).links:
        first = http.get(response.links["next"]["url"])
        seen.append(items(first))

    assert [len(page) for page in seen] == [100, 100, 50]
    assert len(names(http, max=2000)) == 252
    assert len({each["id"] for page in seen for each in page}) == 250
    enabled = [each["broadworksDirectorySync"]["enableDirSync"] for page in seen for each in page]
    assert 0 < enabled.count(True) < 250


def test_a_new_customer_is_there_once_it_was_made(sim: Simulator, http: httpx.Client) -> None:
    body = {**BODY, "spEnterpriseId": "Reseller1+new", "provisioningId": OTHER_PROVISIONING_ID}
    http.post("/broadworks/subscribers", json=body).raise_for_status()
    before = names(http)
    sim.clock.forward(sim.switches.customer_seconds)

    assert before == [ACME, EXAMPLE]
    assert names(http) == [ACME, EXAMPLE, "Reseller1+new"]


def test_a_synchronisation_goes_from_never_to_complete_with_counts(sim: Simulator, http: httpx.Client) -> None:
    assert directory(http) == {"enableDirSync": True, "directorySyncStatus": {"syncStatus": "NOT_SYNCED"}}
    begun = sync(http).raise_for_status().json()
    sim.clock.forward(19)
    running = directory(http)["directorySyncStatus"]
    sim.clock.forward(1)
    done = directory(http)["directorySyncStatus"]

    assert begun == {"enableDirSync": True, "directorySyncStatus": {"syncStatus": "IN_PROGRESS"}}
    assert (running["syncStatus"], running["lastSyncStartTime"]) == ("IN_PROGRESS", "2026-07-09T14:12:03.123456Z")
    assert (done["syncStatus"], done["lastSyncEndTime"]) == ("COMPLETE", "2026-07-09T14:12:23.123456Z")
    assert done["lastSuccessfulSyncTime"] == done["lastSyncEndTime"]
    assert done["lastSyncTrackingId"] == running["lastSyncTrackingId"]
    assert done["usersAdded"] == done["totalExternalUsersInCI"] > 0
    assert done["userContactsAdded"] == done["totalUserContactsInContactService"]


def test_the_next_one_finds_changes_only(sim: Simulator, http: httpx.Client) -> None:
    for _ in range(2):
        sync(http).raise_for_status()
        sim.clock.forward(20)

    done = directory(http)["directorySyncStatus"]
    assert (done["usersAdded"], done["usersUpdated"] > 0, done["usersDeleted"]) == (0, True, 0)


def test_one_that_fails_says_why_and_is_done_again_after_a_day(sim: Simulator, http: httpx.Client) -> None:
    sim.switches.directory_failures = 1
    sync(http).raise_for_status()
    sim.clock.forward(20)
    failed = directory(http)["directorySyncStatus"]
    sim.clock.forward(DAY + 20)
    again = directory(http)["directorySyncStatus"]

    assert (failed["syncStatus"], failed["errors"]) == ("FAILED", [UNREACHABLE])
    assert "lastSuccessfulSyncTime" not in failed
    assert (sim.switches.directory_failures, again["syncStatus"]) == (0, "COMPLETE")


def test_one_comes_by_itself_within_a_week_and_then_every_week(sim: Simulator, http: httpx.Client) -> None:
    switch(http, EXAMPLE, on=True).raise_for_status()
    before = status(http, EXAMPLE)
    sim.clock.forward(7 * DAY + 20)
    first = directory(http, EXAMPLE)["directorySyncStatus"]["lastSyncStartTime"]
    sim.clock.forward(7 * DAY)
    second = directory(http, EXAMPLE)["directorySyncStatus"]["lastSyncStartTime"]

    assert (before, status(http, EXAMPLE)) == ("NOT_SYNCED", "COMPLETE")
    assert first[:10] < second[:10]
    assert first[10:] == second[10:]


def test_whoever_switches_it_off_has_none_any_more(sim: Simulator, http: httpx.Client) -> None:
    off = switch(http, ACME, on=False).raise_for_status().json()
    sim.clock.forward(30 * DAY)

    assert off == {"enableDirSync": False, "directorySyncStatus": {"syncStatus": "NOT_SYNCED"}}
    assert status(http) == "NOT_SYNCED"
    assert words(sync(http)) == (409, rules.DISABLED)
    assert words(sync_user(http, "new@sp.com")) == (409, rules.DISABLED)


def test_a_failure_while_it_is_switched_off_is_the_last_one(sim: Simulator, http: httpx.Client) -> None:
    sim.switches.directory_failures = 1
    sync(http).raise_for_status()
    sim.clock.forward(20)
    assert status(http) == "FAILED"
    switch(http, ACME, on=False).raise_for_status()
    sim.clock.forward(30 * DAY)

    assert status(http) == "FAILED"


def test_it_cannot_be_switched_off_while_it_runs(http: httpx.Client) -> None:
    sync(http).raise_for_status()

    assert words(switch(http, ACME, on=False)) == (409, rules.UNDER_WAY)
    assert switch(http, ACME, on=True).status_code == 200


def test_one_runs_on_a_cluster_at_a_time(sim: Simulator, http: httpx.Client) -> None:
    body = {**BODY, "spEnterpriseId": "Reseller1+new", "provisioningId": OTHER_PROVISIONING_ID}
    http.post("/broadworks/subscribers", json=body).raise_for_status()
    sim.clock.forward(sim.switches.customer_seconds)
    for enterprise in (EXAMPLE, "Reseller1+new"):
        switch(http, enterprise, on=True).raise_for_status()
    sync(http).raise_for_status()
    second, itself = sync(http, EXAMPLE), sync(http)
    elsewhere = sync(http, "Reseller1+new")
    sim.clock.forward(20)

    assert words(second) == words(itself) == (429, rules.BUSY)
    assert second.headers["Retry-After"] == "30"
    assert elsewhere.status_code == 200
    assert sync(http, EXAMPLE).status_code == 200


@pytest.mark.parametrize(("cluster", "told"), [("busy", "30"), ("busy_silent", None)])
def test_a_switch_makes_the_cluster_busy_with_or_without_a_word_for_how_long(
    sim: Simulator, http: httpx.Client, cluster: str, told: str | None
) -> None:
    sim.switches.cluster = cluster  # type: ignore[assignment]  # One of its words.
    response = sync(http)

    assert (response.status_code, response.headers.get("Retry-After"), status(http)) == (429, told, "NOT_SYNCED")


def test_a_scheduled_one_keeps_nobody_waiting_but_its_own_enterprise(
    sim: Simulator, http: httpx.Client, clock: StillClock
) -> None:
    switch(http, EXAMPLE, on=True).raise_for_status()
    sim.broadworks.directories.of(ACME).scheduled = None
    sim.switches.directory_seconds = 30 * DAY
    due = sim.broadworks.directories.of(EXAMPLE).scheduled
    assert due
    sim.clock.forward((due - clock()).total_seconds())

    assert status(http, EXAMPLE) == "IN_PROGRESS"
    assert sync(http, EXAMPLE).status_code == 429
    assert sync(http).status_code == 200


def test_what_becomes_of_a_single_user_depends_on_who_it_is(sim: Simulator, http: httpx.Client) -> None:
    assert words(sync_user(http, "new.user@sp.com")) == (409, rules.NEVER_SYNCED)
    sync(http).raise_for_status()
    sim.clock.forward(20)
    asked = ("new.user@sp.com", "New.User@sp.com", "changed@sp.com", "changed@sp.com", "gone@sp.com")
    became = [sync_user(http, each).raise_for_status().json() for each in asked]

    assert [each["status"] for each in became] == ["ADD", "NO_OPERATION", "UPDATE", "UPDATE", "DELETE"]
    assert became[0]["userResponse"] | {"number": "", "extension": ""} == {
        "userId": "new.user@sp.com",
        "firstName": "New",
        "lastName": "User",
        "number": "",
        "extension": "",
    }
    assert [words(sync_user(http, each)) for each in ("gone@sp.com", "nobody@sp.com")] == [(404, rules.NO_USER)] * 2


def test_a_user_who_has_webex_is_no_external_one(sim: Simulator, http: httpx.Client) -> None:
    http.post("/broadworks/subscribers", json=BODY).raise_for_status()
    sync(http).raise_for_status()
    sim.clock.forward(20)

    assert words(sync_user(http, BODY["userId"])) == (409, rules.HAS_WEBEX)


@pytest.mark.parametrize(
    ("method", "tail", "body", "field"),
    [
        ("PUT", "", {}, "enableDirSync"),
        ("POST", "", {}, "syncStatus"),
        ("POST", "", {"syncStatus": "SYNC_LATER"}, "syncStatus"),
        ("POST", "/externalUser", {}, "userId"),
        ("POST", "/externalUser", {"userId": ""}, "userId"),
    ],
)
def test_what_is_asked_for_wrongly_is_refused(
    http: httpx.Client, method: str, tail: str, body: dict[str, str], field: str
) -> None:
    response = http.request(method, path(ACME) + tail, json=body)

    assert response.status_code == 400
    assert [each["fieldName"] for each in response.json()["errors"]] == [field]


@pytest.mark.parametrize("method", ["GET", "PUT", "POST"])
def test_there_is_nothing_for_an_enterprise_that_is_not_there(http: httpx.Client, method: str) -> None:
    response = http.request(method, path("Reseller1+other"), json={})

    assert response.status_code == 404
