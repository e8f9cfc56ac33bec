"""Enterprises and their directories are asked for as documented, and read however they come."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.broadworks.enterprise import directory, enterprise
from bot.domain.enterprise import DirectorySync, Enterprise, EnterpriseFilter, SyncStatus
from bot.domain.places import directory_path, external_user_path
from bot.domain.plan import Call
from bot.domain.provisioning import Info
from bot.errors import Unconfirmed
from tests.broadworks import shapes
from tests.broadworks.conftest import BASE_URL, MakeClient
from tests.broadworks.test_shapes import ids, of, problems, sent_by, texts

ACME: dict[str, Any] = {
    "id": "Y2lzY29zcGFyazovL3VzL0VOVEVSUFJJU0UvMQ",
    "orgId": "Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi8x",
    "spEnterpriseId": "Reseller1+acme",
    "provisioningId": "ZjViMzYxODc",
    "broadworksDirectorySync": {
        "enableDirSync": True,
        "directorySyncStatus": {
            "lastSyncStartTime": "2021-04-07T15:26:40.704911Z",
            "lastSyncEndTime": "2021-04-07T15:26:42.695060Z",
            "syncStatus": "COMPLETE",
            "usersAdded": 44,
            "lastSyncTrackingId": "NA_1",
        },
    },
}


def listed(*names: str, link: str = "") -> httpx.Response:
    items = [{"id": name, "spEnterpriseId": name} for name in names]
    return httpx.Response(200, json={"items": items}, headers={"Link": link} if link else {})


def read(**sync: Any) -> DirectorySync:
    found = directory({"directorySyncStatus": sync})
    assert found
    return found


def test_an_enterprise_is_read_whole() -> None:
    started = datetime(2021, 4, 7, 15, 26, 40, 704911, tzinfo=UTC)
    found = enterprise(ACME, tracking_id="ROUTER_1")

    assert found == Enterprise(
        id=ACME["id"],
        org_id=ACME["orgId"],
        provisioning_id="ZjViMzYxODc",
        enterprise="Reseller1+acme",
        sync=DirectorySync(
            enabled=True,
            status="COMPLETE",
            started=started,
            ended=datetime(2021, 4, 7, 15, 26, 42, 695060, tzinfo=UTC),
            sync_tracking_id="NA_1",
            counts={"usersAdded": 44},
            fields=ACME["broadworksDirectorySync"],
            tracking_id="ROUTER_1",
        ),
        fields=ACME,
        tracking_id="ROUTER_1",
    )
    assert (found.enabled, Enterprise("1").enabled) == (True, None)


def test_what_cannot_be_read_is_left_out_and_shown_raw() -> None:
    odd = {
        "id": "1",
        "broadworksDirectorySync": {
            "enableDirSync": "false",
            "directorySyncStatus": {
                "syncStatus": "PAUSED",
                "usersAdded": "7",
                "robotsAdded": 3.0,
                "usersDeleted": None,
                "machinesAdded": True,
                "lastSyncStartTime": "soon",
                "errors": [{"errorCode": "6003", "description": "away"}, "odd"],
            },
        },
    }

    found = enterprise(odd)

    assert found is not None
    assert found.sync == DirectorySync(
        enabled=False,
        status="PAUSED",
        counts={"usersAdded": 7, "robotsAdded": 3},
        errors=(Info("6003", "away"), Info("", "odd")),
        fields=odd["broadworksDirectorySync"],  # type: ignore[arg-type]  # The inner object of the literal above.
    )
    assert (found.sync.known_status, found.fields) == (None, odd)


@pytest.mark.parametrize("sync", [{}, {"broadworksDirectorySync": "off"}, {"broadworksDirectorySync": {"x": 1}}])
def test_an_enterprise_may_say_nothing_of_its_directory(sync: dict[str, Any]) -> None:
    found = enterprise({"id": "1", **sync})

    assert found is not None
    assert found.sync is None


@pytest.mark.parametrize(
    ("sync", "running", "failed"),
    [
        ({}, False, False),
        ({"syncStatus": "NOT_SYNCED"}, False, False),
        ({"syncStatus": "in_progress"}, True, False),
        ({"syncStatus": "COMPLETE"}, False, False),
        ({"syncStatus": "COMPLETE", "errors": [{"errorCode": 6003}]}, False, True),
        ({"syncStatus": "IN_PROGRESS", "errors": [{"errorCode": 6003}]}, True, False),
        ({"syncStatus": "FAILED"}, False, True),
        ({"syncStatus": "STARTING", "lastSyncStartTime": "2021-04-07T15:26:40Z"}, True, False),
        (
            {
                "syncStatus": "HALF_WAY",
                "lastSyncStartTime": "2021-04-08T15:26:40Z",
                "lastSyncEndTime": "2021-04-07T16:00:00Z",
            },
            True,
            False,
        ),
        (
            {
                "syncStatus": "PARTIAL",
                "lastSyncStartTime": "2021-04-07T15:26:40Z",
                "lastSyncEndTime": "2021-04-07T16:00:00Z",
            },
            False,
            True,
        ),
    ],
)
def test_how_far_a_synchronisation_is(sync: dict[str, Any], *, running: bool, failed: bool) -> None:
    found = read(**sync)

    assert (found.running, found.failed) == (running, failed)


def test_the_known_words_are_known_in_any_case() -> None:
    assert [read(syncStatus=each.value.lower()).known_status for each in SyncStatus] == list(SyncStatus)


def test_the_plus_of_an_enterprise_is_sent_as_one(client_for: MakeClient) -> None:
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.raw_path.decode())
        return listed("Reseller1+acme")

    client = client_for(answer)
    client.enterprise_page(EnterpriseFilter(enterprise="Reseller1+acme", starts_with="Res+", max=10))
    client.find_enterprise("Reseller1+acme")

    assert seen == [
        "/v1/broadworks/enterprises?spEnterpriseId=Reseller1%2Bacme&startsWith=Res%2B&max=10",
        "/v1/broadworks/enterprises?spEnterpriseId=Reseller1%2Bacme&max=1000",
    ]


def test_all_pages_are_followed_and_none_that_leads_elsewhere(client_for: MakeClient) -> None:
    following = f'<{BASE_URL}/broadworks/enterprises?startsWith=Res&cursor=2>; rel="next"'

    def answer(request: httpx.Request) -> httpx.Response:
        return listed("two") if "cursor" in request.url.params else listed("one", link=following)

    client = client_for(answer)
    page = client.enterprise_page(EnterpriseFilter(starts_with="Res"))

    assert [each.id for each in client.enterprises(EnterpriseFilter(starts_with="Res"))] == ["one", "two"]
    assert [each.id for each in client.enterprise_page(EnterpriseFilter(starts_with="Res"), page.next).items] == ["two"]
    with pytest.raises(ValueError, match="another list"):
        client.enterprise_page(EnterpriseFilter(starts_with="Other"), page.next)


def test_a_list_that_goes_round_is_not_taken_for_a_whole_one(client_for: MakeClient) -> None:
    link = f'<{BASE_URL}/broadworks/enterprises?cursor=2>; rel="next"'

    with pytest.raises(Unconfirmed, match="list of enterprises leads on"):
        list(client_for(lambda _request: listed("one", link=link)).enterprises(EnterpriseFilter()))


@pytest.mark.parametrize(
    ("named", "found"),
    [(["Reseller1+acme"], True), (["reseller1+ACME"], True), (["Reseller1+acme2"], False), ([], False), ([""], True)],
)
def test_the_enterprise_of_a_name_is_that_of_no_other(client_for: MakeClient, named: list[str], *, found: bool) -> None:
    items = [{"id": str(number), "spEnterpriseId": name} for number, name in enumerate(named)]
    client = client_for(lambda _request: httpx.Response(200, json={"items": items}))

    assert (client.find_enterprise("Reseller1+acme") is not None) is found


def test_the_flat_shape_of_the_published_schema_is_one_enterprise(client_for: MakeClient) -> None:
    client = client_for(lambda _request: httpx.Response(200, json=ACME))

    assert [each.enterprise for each in client.enterprise_page(EnterpriseFilter()).items] == ["Reseller1+acme"]


@pytest.mark.parametrize("answered", [{}, {"items": None}, {"items": [{"spEnterpriseId": "x"}]}])
def test_a_list_that_cannot_be_read_is_asked_for_again(client_for: MakeClient, answered: Any) -> None:
    answers = [httpx.Response(200, json=answered), listed("one")]

    found = client_for(lambda _request: answers.pop(0)).enterprise_page(EnterpriseFilter())

    assert [each.id for each in found.items] == ["one"]


@pytest.mark.parametrize("most", [0, 1001])
def test_a_page_is_no_larger_than_webex_makes_it(most: int) -> None:
    with pytest.raises(ValueError, match="1 to 1000"):
        EnterpriseFilter(max=most)


@pytest.mark.parametrize("path", ["broadworks/enterprises", "broadworks/enterprises/1", "broadworks/enterprises/1/x"])
def test_a_call_for_another_place_is_not_sent(client_for: MakeClient, path: str) -> None:
    client = client_for(lambda _request: httpx.Response(200))

    for method, write in (
        ("PUT", client.set_directory_sync),
        ("POST", client.sync_directory),
        ("POST", client.sync_external_user),
    ):
        with pytest.raises(ValueError, match="does not"):
            write(Call(method, path, {}, BASE_URL))


filters = st.builds(EnterpriseFilter, enterprise=texts, starts_with=texts, max=st.none() | st.integers(1, 1000))


@settings(deadline=None)
@given(filters, ids)
def test_whatever_is_asked_for_is_documented(wanted: EnterpriseFilter, identity: str) -> None:
    path, user = directory_path(identity), external_user_path(identity)
    sent = [
        *sent_by(lambda client: client.enterprise_page(wanted)),
        *sent_by(lambda client: client.directory_sync(identity)),
        *sent_by(lambda client: client.set_directory_sync(Call("PUT", path, {"enableDirSync": False}, BASE_URL))),
        *sent_by(lambda client: client.sync_directory(Call("POST", path, {"syncStatus": "SYNC_NOW"}, BASE_URL))),
    ]
    told = {"userResponse": {}, "status": "ADD"}
    call = Call("POST", user, {"userId": identity}, BASE_URL)
    sent += sent_by(lambda client: client.sync_external_user(call), answer=told)

    assert [problems(each) for each in sent] == [[]] * 5


@settings(deadline=None)
@given(identity=ids, told=of(shapes.ENTERPRISE))
def test_every_documented_answer_is_read_whole(identity: str, told: dict[str, Any]) -> None:
    found: list[Enterprise] = []
    sent_by(
        lambda client: found.extend(client.enterprises(EnterpriseFilter())),
        answer={"items": [{**told, "id": identity}]},
    )

    [one] = found
    sync = told.get("broadworksDirectorySync", {})
    status = sync.get("directorySyncStatus", {})
    assert (one.id, one.enabled) == (
        identity,
        {"true": True, "false": False}.get(str(sync.get("enableDirSync")).lower()),
    )
    assert (one.sync.counts if one.sync else {}).items() >= {
        (name, number) for name, number in status.items() if isinstance(number, int)
    }
