"""The client and the simulated API understand each other."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from bot.broadworks.client import BroadWorksClient
from bot.broadworks.codes import CodeBook
from bot.broadworks.wire import Wire
from bot.domain.enterprise import EnterpriseFilter, SyncStatus
from bot.domain.places import CONSENT, consent_path, directory_path, external_user_path, subscriber_path
from bot.domain.plan import Call
from bot.domain.provisioning import Done, Info, Precheck, Subscriber, SubscriberFilter, SubscriberStatus
from bot.errors import ApiComplaint, Busy, Refused, Unconfirmed
from bot.simulator import Simulator
from tests.broadworks.conftest import Time

if TYPE_CHECKING:
    from bot.domain import api, desk

BASE_URL = "http://127.0.0.1/v1"
PASSED = Info("100", "Provisioning preCheck validation successful.")


@pytest.fixture
def sim() -> Iterator[Simulator]:
    with Simulator() as simulator:
        yield simulator


def client_of(sim: Simulator, *, token: str, clock: Time) -> BroadWorksClient:
    return BroadWorksClient(
        Wire(
            base_url=BASE_URL,
            token=token,
            tracking=lambda: "BOT_1",
            transport=httpx.WSGITransport(app=sim.app),
            clock=clock,
        )
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
    broadworks: api.BroadWorks = client
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


# Subscribers.

BEN = {
    "userId": "95547321@example.com",
    "spEnterpriseId": "Reseller1+acme",
    "firstName": "Ben",
    "lastName": "Example",
    "package": "standard",
    "email": "ben@example.com",
    "extension": "51212",
}


def provision(sim: Simulator, client: BroadWorksClient, **change: str) -> Subscriber:
    body = {"provisioningId": sim.broadworks.seeded_workspaces[0]["provisioningId"], **BEN, **change}
    return client.provision_subscriber(Call("POST", "broadworks/subscribers", body, BASE_URL))


def planned(method: str, subscriber: Subscriber, body: dict[str, Any] | None = None) -> Call:
    return Call(method, subscriber_path(subscriber.id), body or {}, BASE_URL)


def test_a_subscriber_lives_from_its_provisioning_to_its_removal(sim: Simulator, client: BroadWorksClient) -> None:
    asked = provision(sim, client)
    sim.clock.forward(3600)
    made = client.subscriber(asked.id)
    changing = client.update_subscriber(planned("PUT", made, {"package": "premium"}))
    sim.clock.forward(3600)
    changed = client.subscriber(asked.id)
    removed = client.remove_subscriber(planned("DELETE", changed))
    with pytest.raises(Refused) as gone:
        client.subscriber(asked.id)

    assert (asked.moving, asked.person_id, asked.created) == (True, "", asked.last_status_change)
    assert (made.known_status, bool(made.person_id)) == (SubscriberStatus.PROVISIONED, True)
    assert (changing.status, changing.package) == ("updating", "standard")
    assert (changed.status, changed.package, changed.self_activated) == ("provisioned", "premium", False)
    assert (removed, gone.value.status) == (Done(subscriber_path(asked.id), "BOT_1"), 404)


def test_a_provisioning_that_fails_in_the_background_says_why(sim: Simulator, client: BroadWorksClient) -> None:
    sim.switches.subscriber_outcome = "error"
    asked = provision(sim, client)
    sim.clock.forward(3600)

    found = client.subscriber(asked.id)

    assert (found.status, found.ended, found.moving, found.waiting) == ("error", True, False, False)
    assert [bool(each.description) for each in found.errors] == [True]


def test_every_filter_finds_whom_it_should(sim: Simulator, client: BroadWorksClient) -> None:
    sim.clock.forward(60)
    ben = provision(sim, client)
    assert ben.created is not None
    before = ben.created - timedelta(milliseconds=1)

    for wanted in (
        SubscriberFilter(user_id=ben.user_id),
        SubscriberFilter(email=ben.email),
        SubscriberFilter(enterprise=ben.enterprise, provisioning_id=ben.provisioning_id, after=before),
        SubscriberFilter(status=(SubscriberStatus.PROVISIONING, SubscriberStatus.UPDATING)),
        SubscriberFilter(last_status_change=before, self_activated=False),
    ):
        assert [each.id for each in client.subscribers(wanted)] == [ben.id]
    assert list(client.subscribers(SubscriberFilter(user_id=ben.user_id, after=ben.created))) == []
    assert list(client.subscribers(SubscriberFilter(person_id="UEVPUExF"))) == []


@pytest.mark.parametrize("empty_pages", [False, True])
def test_a_long_list_is_read_page_by_page(sim: Simulator, client: BroadWorksClient, *, empty_pages: bool) -> None:
    sim.broadworks.fill(230)
    sim.switches.empty_pages = empty_pages

    found = [each.id for each in client.subscribers(SubscriberFilter(enterprise="Reseller1+company0", max=7))]

    assert len(set(found)) == len(found) == 100
    assert len({each.id for each in client.subscribers(SubscriberFilter())}) >= 230


def test_a_page_leads_to_the_next_even_later(sim: Simulator, client: BroadWorksClient) -> None:
    sim.broadworks.fill(30)
    wanted = SubscriberFilter(enterprise="Reseller1+company0", status=("provisioned", "error"), max=10)

    first = client.subscriber_page(wanted)
    client.remove_subscriber(planned("DELETE", first.items[0]))
    second = client.subscriber_page(wanted, first.next)

    assert len({each.id for each in (*first.items, *second.items)}) == 20


@pytest.mark.parametrize(("real", "pattern"), [("documented", CONSENT[0]), ("broadworks", CONSENT[1])])
def test_the_consent_mail_is_sent_once_at_whichever_address_is_real(
    sim: Simulator, client: BroadWorksClient, real: Any, pattern: str
) -> None:
    sim.switches.consent_path = real
    sim.switches.subscriber_outcome = "pending_user_migration"
    asked = provision(sim, client)
    sim.clock.forward(3600)
    call = Call("POST", consent_path(asked.id), {}, BASE_URL)

    done = client.resend_consent(call)

    assert client.subscriber(asked.id).waiting
    assert (done.path, done.tries) == (consent_path(asked.id, pattern=pattern), 1 + CONSENT.index(pattern))
    assert [each.consent_mails for each in sim.broadworks.subscribers if each.id == asked.id] == [1]


def test_a_consent_mail_for_whom_nobody_knows_is_refused(client: BroadWorksClient) -> None:
    with pytest.raises(Refused) as caught:
        client.resend_consent(Call("POST", consent_path("unknown"), {}, BASE_URL))

    assert (caught.value.status, caught.value.tries) == (404, 1)


@pytest.mark.parametrize("kind", ["drop_after", "html", "empty", "broken_json"])
def test_a_subscriber_that_was_made_unseen_is_unknown_and_made_once(
    sim: Simulator, client: BroadWorksClient, kind: str
) -> None:
    sim.faults.add(service="broadworks", kind=kind, applied=True, times=1)

    with pytest.raises(Unconfirmed):
        provision(sim, client)

    assert len(list(client.subscribers(SubscriberFilter(user_id=BEN["userId"])))) == 1


# Enterprises.


def test_enterprises_and_their_directories_are_understood_as_the_simulator_shows_them(
    sim: Simulator, client: BroadWorksClient
) -> None:
    found = client.find_enterprise("Reseller1+acme")
    assert found is not None
    path = directory_path(found.id)
    before = client.directory_sync(found.id)
    begun = client.sync_directory(Call("POST", path, {"syncStatus": "SYNC_NOW"}, BASE_URL))
    with pytest.raises(Busy) as busy:
        client.sync_directory(Call("POST", path, {"syncStatus": "SYNC_NOW"}, BASE_URL))
    sim.clock.forward(60)
    after = client.directory_sync(found.id)
    user = Call("POST", external_user_path(found.id), {"userId": "new@sp.com"}, BASE_URL)
    synced = client.sync_external_user(user)
    off = client.set_directory_sync(Call("PUT", path, {"enableDirSync": False}, BASE_URL))

    assert (found.enterprise, found.enabled, bool(found.org_id), bool(found.provisioning_id)) == (
        "Reseller1+acme",
        True,
        True,
        True,
    )
    assert [each.known_status for each in (before, begun, after)] == list(SyncStatus)
    assert (busy.value.status, busy.value.retry_after) == (429, 30.0)
    assert after.started is not None
    assert after.ended == after.succeeded == after.started + timedelta(seconds=20)
    assert after.counts["usersAdded"] == after.counts["totalExternalUsersInCI"]
    assert (synced.status, synced.user["userId"], off.enabled) == ("ADD", "new@sp.com", False)


def test_a_directory_that_failed_says_why(sim: Simulator, client: BroadWorksClient) -> None:
    sim.switches.directory_failures = 1
    found = client.find_enterprise("Reseller1+acme")
    assert found is not None
    client.sync_directory(Call("POST", directory_path(found.id), {"syncStatus": "SYNC_NOW"}, BASE_URL))
    sim.clock.forward(60)
    failed = client.directory_sync(found.id)

    assert (failed.failed, failed.running, [each.code for each in failed.errors]) == (True, False, ["6003"])


def test_a_long_list_of_enterprises_is_read_page_by_page(sim: Simulator, client: BroadWorksClient) -> None:
    sim.broadworks.fill(25_000)

    found = list(client.enterprises(EnterpriseFilter(starts_with="Reseller1+company", max=100)))

    assert len({each.id for each in found}) == len(found) == 250
    assert client.find_enterprise("Reseller1+nobody") is None
