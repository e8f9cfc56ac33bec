"""The client and the simulated API understand each other."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import httpx
import pytest

from bot.broadworks.client import BroadWorksClient
from bot.broadworks.codes import CodeBook
from bot.domain.plan import Call
from bot.domain.provisioning import Info, Precheck
from bot.errors import ApiComplaint, Busy, Refused, Unconfirmed
from bot.simulator import Simulator
from tests.broadworks.conftest import Time

if TYPE_CHECKING:
    from bot.domain import desk

BASE_URL = "http://127.0.0.1/v1"
PASSED = Info("100", "Provisioning preCheck validation successful.")


@pytest.fixture
def sim() -> Iterator[Simulator]:
    with Simulator() as simulator:
        yield simulator


def client_of(sim: Simulator, *, token: str, clock: Time) -> BroadWorksClient:
    return BroadWorksClient(
        base_url=BASE_URL,
        token=token,
        tracking=lambda: "BOT_1",
        transport=httpx.WSGITransport(app=sim.app),
        clock=clock,
    )


@pytest.fixture
def client(sim: Simulator, passing: Time) -> Iterator[BroadWorksClient]:
    made = client_of(sim, token=sim.broadworks_token, clock=passing)
    yield made
    made.close()


def room(sim: Simulator) -> Call:
    lobby = sim.broadworks.seeded_workspaces[0]
    body = {name: lobby[name] for name in ("provisioningId", "spEnterpriseId")}
    return Call("POST", "broadworks/workspaces", {**body, "userId": "9@sp.com", "displayName": "Room"}, BASE_URL)


def test_both_are_what_the_desk_asks_for(client: BroadWorksClient) -> None:
    broadworks: desk.BroadWorks = client
    codes: desk.Codes = CodeBook.load()

    assert (broadworks.base_url, codes.explain("100").known) == (BASE_URL, True)


def test_a_subscriber_passes_in_every_shape_of_the_answer(sim: Simulator, client: BroadWorksClient) -> None:
    found = client.precheck({"email": "new@example.com"})
    sim.switches.info_as_object = True
    as_object = client.precheck({"email": "new@example.com"})

    assert found == as_object == Precheck(passed=True, message="success", infos=(PASSED,), tracking_id="BOT_1")


def test_a_subscriber_without_email_is_refused_in_their_words(client: BroadWorksClient) -> None:
    with pytest.raises(Refused) as caught:
        client.precheck({})

    assert caught.value.status == 400
    assert caught.value.complaints == (
        ApiComplaint(description="Provisioning preCheck validation failed."),
        ApiComplaint("1001", "Null parameter: email is mandatory.", "email"),
    )


def test_a_workspace_is_made_and_found(sim: Simulator, client: BroadWorksClient) -> None:
    made = client.provision_workspace(room(sim))

    found = client.find_workspaces("Room")

    assert made.fields == sim.broadworks.workspaces[0]
    assert [each["id"] for each in found] == [made.id]


def test_an_unknown_token_is_refused(sim: Simulator, passing: Time) -> None:
    stranger = client_of(sim, token="unknown", clock=passing)

    with pytest.raises(Refused) as caught:
        stranger.precheck({"email": "new@example.com"})

    assert caught.value.status == 401
    stranger.close()


def test_a_busy_api_is_waited_for(sim: Simulator, client: BroadWorksClient, passing: Time) -> None:
    sim.faults.add(service="broadworks", kind="status", status=429, retry_after=7, times=2)

    found = client.precheck({"email": "new@example.com"})

    assert (found.tries, found.waited, passing.sleeps) == (3, 14.0, [7.0, 7.0])


def test_a_busy_api_is_not_waited_for_with_a_write(sim: Simulator, client: BroadWorksClient) -> None:
    sim.faults.add(service="broadworks", kind="status", status=429, retry_after=7, times=1)

    with pytest.raises(Busy) as caught:
        client.provision_workspace(room(sim))

    assert caught.value.retry_after == 7.0
    assert sim.broadworks.workspaces == []


@pytest.mark.parametrize("kind", ["drop_after", "html", "empty", "broken_json"])
def test_a_write_that_was_done_unseen_is_unknown_and_sent_once(
    sim: Simulator, client: BroadWorksClient, kind: str
) -> None:
    sim.faults.add(service="broadworks", kind=kind, applied=True, times=1)

    with pytest.raises(Unconfirmed):
        client.provision_workspace(room(sim))

    assert len(sim.broadworks.workspaces) == 1
