"""One enterprise is looked for by its own name, and read as far as it can be."""

from typing import Any

import httpx
import pytest

from bot.domain.enterprise import Enterprise
from bot.errors import NeverSent, Refused, Unconfirmed
from tests.broadworks.conftest import MakeClient

SYNC = {"syncStatus": "COMPLETE", "usersAdded": 0}
ACME = {
    "id": "Y2lzY29zcGFyazovL3VzL0VOVEVSUFJJU0UvMQ",
    "orgId": "Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi8x",
    "spEnterpriseId": "Reseller1+acme",
    "provisioningId": "ZjViMzYxODc",
    "broadworksDirectorySync": {"enableDirSync": True, "directorySyncStatus": SYNC},
    "orgCreationTimeStamp": "2021-04-07T15:26:40.704911Z",
}


def listed(*items: Any) -> httpx.Response:
    return httpx.Response(200, json={"items": list(items)}, headers={"Trackingid": "T"})


def test_it_is_asked_for_by_its_whole_name_and_read_whole(client_for: MakeClient) -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return listed(ACME)

    found = client_for(answer).find_enterprise("Reseller1+acme")

    assert found == Enterprise(
        id=ACME["id"],  # type: ignore[arg-type]  # Only one value of the literal is no text.
        org_id="Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi8x",
        provisioning_id="ZjViMzYxODc",
        enterprise="Reseller1+acme",
        enabled=True,
        sync=SYNC,
        fields=ACME,
        tracking_id="T",
    )
    [request] = seen
    assert (request.method, request.url.raw_path) == (
        "GET",
        b"/v1/broadworks/enterprises?spEnterpriseId=Reseller1%2Bacme",
    )


@pytest.mark.parametrize("items", [[], [{**ACME, "spEnterpriseId": "Reseller1+other"}], [{"id": "1"}]])
def test_there_is_none_where_none_of_that_name_is_listed(client_for: MakeClient, items: list[Any]) -> None:
    assert client_for(lambda _request: listed(*items)).find_enterprise("Reseller1+acme") is None


def test_of_several_the_one_of_that_name_is_taken_whatever_its_case(client_for: MakeClient) -> None:
    other = {**ACME, "id": "other", "spEnterpriseId": "Reseller1+other"}

    found = client_for(lambda _request: listed(other, ACME)).find_enterprise("reseller1+ACME")

    assert found is not None
    assert found.id == ACME["id"]


@pytest.mark.parametrize(
    ("told", "enabled", "sync"),
    [
        ({"enableDirSync": "false", "directorySyncStatus": None}, False, {}),
        ({"enableDirSync": "perhaps", "directorySyncStatus": []}, None, {}),
        ("none", None, {}),
        (None, None, {}),
    ],
)
def test_what_cannot_be_read_of_its_directory_is_left_out(
    client_for: MakeClient, told: Any, *, enabled: bool | None, sync: dict[str, Any]
) -> None:
    found = client_for(lambda _request: listed({**ACME, "broadworksDirectorySync": told})).find_enterprise(
        "Reseller1+acme"
    )

    assert found is not None
    assert (found.enabled, found.sync, found.enterprise) == (enabled, sync, "Reseller1+acme")


@pytest.mark.parametrize("answered", [{}, {"items": None}, {"items": [{}]}, {"items": [{"id": ""}]}, []])
def test_a_list_that_cannot_be_read_is_not_taken_for_none(client_for: MakeClient, answered: Any) -> None:
    with pytest.raises(Unconfirmed):
        client_for(lambda _request: httpx.Response(200, json=answered)).find_enterprise("Reseller1+acme")


def test_a_token_that_may_not_look_is_refused_at_once(client_for: MakeClient) -> None:
    with pytest.raises(Refused) as caught:
        client_for(lambda _request: httpx.Response(403)).find_enterprise("Reseller1+acme")

    assert (caught.value.status, caught.value.tries) == (403, 1)


def test_a_name_too_long_for_any_address_is_never_sent(client_for: MakeClient) -> None:
    with pytest.raises(NeverSent):
        client_for(lambda _request: listed()).find_enterprise("x" * 100_000)
