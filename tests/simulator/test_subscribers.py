"""Provisioning a subscriber: what is accepted, what is refused, and what becomes of it as time passes."""

from typing import Any

import httpx
import pytest

from bot.simulator import Simulator
from bot.simulator.ids import steady
from bot.simulator.provisioning.records import OTHER_PROVISIONING_ID
from tests.simulator.kit import StillClock, refusal
from tests.simulator.shapes import conforming
from tests.simulator.subscribing import BODY, JOHN, Subscribing
from tests.simulator.test_broadworks import (
    EMAIL_TAKEN,
    EXTENSION_TAKEN,
    PHONE_TAKEN,
    USER_TAKEN,
    errors,
    precheck,
    provision,
)

ACCEPTED = "2026-07-09T14:12:03.123Z"
NEW = "Reseller1+new"
USER_BELONGS = {
    "errorCode": 10022,
    "description": "The BroadWorks UserID is already associated with an existing user",
}


def test_what_was_accepted_is_provisioning_and_maps_to_nobody_yet(subscribers: Subscribing) -> None:
    response = subscribers.ask()
    subscriber = response.json()

    assert response.status_code == 200
    assert subscriber == {
        "id": subscriber["id"],
        **JOHN,
        "status": "provisioning",
        "created": ACCEPTED,
        "lastStatusChange": ACCEPTED,
        "selfActivated": False,
    }
    assert subscribers.now(subscriber) == subscriber


def test_a_subscriber_is_provisioned_after_some_seconds(subscribers: Subscribing, clock: StillClock) -> None:
    accepted = subscribers.create()

    clock.forward(4.9)
    assert subscribers.now(accepted) == accepted
    clock.forward(60)
    assert subscribers.now(accepted) == accepted | {
        "personId": steady("PEOPLE", "john.andersen@example.com"),
        "status": "provisioned",
        "lastStatusChange": "2026-07-09T14:12:08.123Z",
    }


def test_a_clock_that_is_put_forward_counts(sim: Simulator, subscribers: Subscribing) -> None:
    accepted = subscribers.create()

    sim.clock.forward(5)

    assert subscribers.status(accepted) == "provisioned"


def test_a_subscriber_maps_to_the_webex_user_who_has_the_email(
    sim: Simulator, subscribers: Subscribing, clock: StillClock
) -> None:
    accepted = subscribers.create(email="Ann@example.com")

    clock.forward(5)

    assert subscribers.now(accepted)["personId"] == sim.people["ann"].id


def test_whether_somebody_was_self_activated_is_told_as_text_or_as_a_boolean(subscribers: Subscribing) -> None:
    told = [subscribers.another(number)["selfActivated"] for number in range(61, 65)]

    assert told == [False, "false", False, "false"]


def test_every_required_field_that_is_missing_is_named(sim: Simulator, subscribers: Subscribing) -> None:
    required = ("provisioningId", "userId", "spEnterpriseId", "firstName", "lastName", "package")

    refused = subscribers.http.post("/broadworks/subscribers", json={})

    assert errors(refused) == (
        400,
        [
            {"errorCode": 1001, "description": f"Null parameter: {field} is mandatory.", "fieldName": field}
            for field in required
        ],
    )
    assert len(sim.broadworks.subscribers) == 1


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"firstName": ""}, "firstName", 1002),
        ({"userId": "x" * 162}, "userId", 1002),
        ({"package": "gold"}, "package", None),
        ({"email": "john"}, "email", None),
        ({"primaryPhoneNumber": "none"}, "primaryPhoneNumber", None),
        ({"extension": 1212}, "extension", None),
        ({"provisioningId": "unknown"}, "provisioningId", None),
        ({"provisioningId": OTHER_PROVISIONING_ID}, "provisioningId", None),
    ],
)
def test_what_cannot_be_is_refused(
    sim: Simulator, subscribers: Subscribing, change: dict[str, Any], field: str, code: int | None
) -> None:
    status, found = errors(subscribers.ask(**change))

    assert (status, [(error["fieldName"], error.get("errorCode")) for error in found]) == (400, [(field, code)])
    assert len(sim.broadworks.subscribers) == 1


def test_whatever_is_taken_is_named_at_once(subscribers: Subscribing) -> None:
    subscribers.create()

    refused = subscribers.ask(email="John.Andersen@EXAMPLE.com", primaryPhoneNumber="+12405551212")

    assert errors(refused) == (409, [USER_TAKEN, EMAIL_TAKEN, PHONE_TAKEN, EXTENSION_TAKEN])


def test_the_same_extension_is_free_in_another_enterprise(subscribers: Subscribing) -> None:
    subscribers.create()

    there = subscribers.ask(
        spEnterpriseId="Reseller1+example", userId="9@example.com", email="nine@example.com", primaryPhoneNumber=None
    )

    assert there.status_code == 200


def test_a_workspace_takes_what_subscribers_cannot_have_any_more(
    subscribers: Subscribing, broadworks: httpx.Client
) -> None:
    provision(broadworks).raise_for_status()

    assert errors(subscribers.ask(userId="95547321@sp.com")) == (409, [USER_TAKEN, PHONE_TAKEN, EXTENSION_TAKEN])


def test_a_subscriber_takes_what_prechecks_and_workspaces_cannot_have_any_more(
    subscribers: Subscribing, broadworks: httpx.Client
) -> None:
    subscribers.create()

    checked = precheck(broadworks, email=BODY["email"], extension="51212", spEnterpriseId="Reseller1+acme")
    assert errors(checked) == (409, [USER_TAKEN, EMAIL_TAKEN, PHONE_TAKEN, EXTENSION_TAKEN])
    assert errors(provision(broadworks, userId=BODY["userId"])) == (409, [USER_TAKEN, PHONE_TAKEN, EXTENSION_TAKEN])


def test_the_first_subscriber_of_an_enterprise_waits_for_it_to_be_made(
    subscribers: Subscribing, clock: StillClock
) -> None:
    first = subscribers.create(spEnterpriseId=NEW, provisioningId=OTHER_PROVISIONING_ID)
    clock.forward(120)
    second = subscribers.another(62, spEnterpriseId=NEW, provisioningId=OTHER_PROVISIONING_ID)

    clock.forward(64.9)
    assert [subscribers.status(each) for each in (first, second)] == ["provisioning", "provisioning"]
    clock.forward(0.1)
    assert [subscribers.status(each) for each in (first, second)] == ["provisioned", "provisioned"]


def test_a_new_enterprise_keeps_the_template_it_began_with(subscribers: Subscribing) -> None:
    subscribers.create(spEnterpriseId=NEW, provisioningId=OTHER_PROVISIONING_ID)

    status, found = errors(subscribers.ask(spEnterpriseId=NEW, userId="9@example.com", email="nine@example.com"))

    assert status == 400
    assert found == [{"description": "The customer is bound to another provisioningId.", "fieldName": "provisioningId"}]


def test_a_new_enterprise_can_have_workspaces_once_it_is_made(
    subscribers: Subscribing, broadworks: httpx.Client, clock: StillClock
) -> None:
    subscribers.create(spEnterpriseId=NEW)

    clock.forward(179.9)
    assert provision(broadworks, spEnterpriseId=NEW, primaryPhoneNumber=None, extension=None).status_code == 404
    clock.forward(0.1)
    assert provision(broadworks, spEnterpriseId=NEW, primaryPhoneNumber=None, extension=None).status_code == 200


def test_nobody_is_found_under_an_unknown_id(subscribers: Subscribing) -> None:
    assert refusal(subscribers.get("unknown")) == (404, "Could not find a subscriber with provided ID.")


def test_the_bot_and_people_have_no_right_to_subscribers_and_strangers_are_unknown(sim: Simulator) -> None:
    for token, status in ((sim.bot.token, 403), (sim.people["ann"].token, 403), (None, 401), ("unknown", 401)):
        with conforming(sim, token) as http:
            everything = [
                http.get("/broadworks/subscribers"),
                http.post("/broadworks/subscribers", json=BODY),
                http.get("/broadworks/subscribers/x"),
                http.put("/broadworks/subscribers/x", json={}),
                http.delete("/broadworks/subscribers/x"),
                http.post("/subscribers/x/emails/consentMove"),
            ]
        assert [response.status_code for response in everything] == [status] * 6
    assert len(sim.broadworks.subscribers) == 1


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_only_json_objects_are_taken(sim: Simulator, subscribers: Subscribing, method: str) -> None:
    path = "/broadworks/subscribers"
    if method == "PUT":
        path = f"{path}/{next(iter(sim.broadworks.subscribers)).id}"
    json = {"Content-Type": "application/json"}

    assert subscribers.http.request(method, path, data={"userId": "x"}).status_code == 415
    assert subscribers.http.request(method, path, content=b"{", headers=json).status_code == 400
    assert subscribers.http.request(method, path, json=[]).status_code == 400
    assert subscribers.http.request("DELETE", "/broadworks/subscribers").status_code == 405
