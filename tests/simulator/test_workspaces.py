"""Updating and removing a workspace, in answers that all have their documented shapes."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from bot.simulator import Simulator
from tests.simulator.kit import refusal
from tests.simulator.shapes import conforming
from tests.simulator.test_broadworks import EXTENSION_TAKEN, PHONE_TAKEN, USER_TAKEN, errors, provision

UNREACHABLE = {"description": "A workspace needs a primaryPhoneNumber or an extension.", "fieldName": "extension"}
TARA = {"userId": "95540001@example.com", "primaryPhoneNumber": "+1-240-555-0100"}
LOBBY = {"userId": "95540002@sp.com", "primaryPhoneNumber": "+12405550101", "extension": "50101"}


@pytest.fixture
def http(sim: Simulator) -> Iterator[httpx.Client]:
    with conforming(sim, sim.broadworks_token) as client:
        yield client


@pytest.fixture
def room(http: httpx.Client) -> dict[str, Any]:
    """A workspace with everything that one can have."""
    found: dict[str, Any] = provision(http).raise_for_status().json()
    return found


def put(http: httpx.Client, room: dict[str, Any], **change: Any) -> httpx.Response:
    return http.put(f"/broadworks/workspaces/{room['id']}", json=change)


def test_an_update_shows_the_new_values_at_once(sim: Simulator, http: httpx.Client, room: dict[str, Any]) -> None:
    new = {"userId": "77@sp.com", "primaryPhoneNumber": "+1-240-555-7777", "extension": "57777"}

    response = put(http, room, **new)

    assert (response.status_code, response.json()) == (200, room | new)
    assert sim.broadworks.workspaces == [room | new]


def test_what_cannot_be_updated_is_ignored(http: httpx.Client, room: dict[str, Any]) -> None:
    assert put(http, room, displayName="Hall", spEnterpriseId="Reseller1+example", colour="red").json() == room
    assert put(http, room, extension=None).json() == room
    assert put(http, room).json() == room


@pytest.mark.parametrize("gone", ["primaryPhoneNumber", "extension"])
def test_what_is_sent_empty_goes_if_the_other_one_stays(http: httpx.Client, room: dict[str, Any], gone: str) -> None:
    kept = {name: value for name, value in room.items() if name != gone}
    (other,) = {"primaryPhoneNumber", "extension"} - {gone}

    assert put(http, room, **{gone: ""}).json() == kept
    assert errors(put(http, room, **{other: ""})) == (400, [UNREACHABLE])
    assert put(http, room, **{other: "", gone: "57777"}).status_code == 200


def test_both_cannot_go_at_once_and_the_user_id_not_at_all(http: httpx.Client, room: dict[str, Any]) -> None:
    assert errors(put(http, room, primaryPhoneNumber="", extension="")) == (400, [UNREACHABLE])
    assert errors(put(http, room, userId=""))[0] == 400
    assert errors(put(http, room, primaryPhoneNumber=7))[0] == 400


def test_a_workspace_without_both_can_be_given_another_user_id(http: httpx.Client) -> None:
    bare = provision(http, primaryPhoneNumber=None, extension=None).json()

    assert put(http, bare, userId="77@sp.com").json() == bare | {"userId": "77@sp.com"}


@pytest.mark.parametrize(
    ("taken", "complaints"),
    [(TARA, [USER_TAKEN, PHONE_TAKEN]), (LOBBY, [USER_TAKEN, PHONE_TAKEN, EXTENSION_TAKEN])],
)
def test_what_somebody_or_something_else_has_is_refused(
    sim: Simulator, http: httpx.Client, room: dict[str, Any], taken: dict[str, str], complaints: list[Any]
) -> None:
    assert errors(put(http, room, **taken)) == (409, complaints)
    assert sim.broadworks.workspaces == [room]


def test_its_own_values_are_not_taken(http: httpx.Client, room: dict[str, Any]) -> None:
    own = {name: room[name] for name in ("userId", "primaryPhoneNumber", "extension")}

    assert put(http, room, **own).json() == room


def test_what_was_removed_is_gone_and_its_values_are_free(
    sim: Simulator, http: httpx.Client, room: dict[str, Any]
) -> None:
    path = f"/broadworks/workspaces/{room['id']}"

    assert http.delete(path).status_code == 204

    assert [refusal(each)[0] for each in (http.delete(path), put(http, room, extension="5"))] == [404, 404]
    assert refusal(http.get(f"/workspaces/{room['id']}"))[0] == 404
    assert sim.broadworks.workspaces == []
    assert provision(http).status_code == 200


def test_what_was_there_before_can_be_changed_and_removed_too(sim: Simulator, http: httpx.Client) -> None:
    (lobby,) = sim.broadworks.seeded_workspaces

    assert put(http, lobby, extension="50111").json()["extension"] == "50111"
    assert http.delete(f"/broadworks/workspaces/{lobby['id']}").status_code == 204
    assert sim.broadworks.all_workspaces() == []


def test_the_general_list_has_its_documented_shape(http: httpx.Client, room: dict[str, Any]) -> None:
    assert http.get(f"/workspaces/{room['id']}").json()["displayName"] == room["displayName"]
    assert len(http.get("/workspaces").json()["items"]) == 2


def test_only_the_administrator_may(sim: Simulator, room: dict[str, Any], bot: httpx.Client, ann: httpx.Client) -> None:
    for other in (bot, ann):
        assert put(other, room, extension="5").status_code == 403
        assert other.delete(f"/broadworks/workspaces/{room['id']}").status_code == 403
    assert sim.broadworks.workspaces == [room]
