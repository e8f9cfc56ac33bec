"""Updating and removing a subscriber, and sending the consent mail again."""

from typing import Any

import pytest

from bot.simulator import Simulator
from tests.simulator.kit import StillClock, refusal
from tests.simulator.subscribing import JOHN, Subscribing
from tests.simulator.test_broadworks import EXTENSION_TAKEN, PHONE_TAKEN, USER_TAKEN, errors

OTHER_PERSON = {"userId": "62@example.com", "primaryPhoneNumber": "+1-240-555-1313", "extension": "62"}


@pytest.fixture
def john(subscribers: Subscribing, clock: StillClock) -> dict[str, Any]:
    """Somebody provisioned."""
    accepted = subscribers.create()
    clock.forward(5)
    return subscribers.now(accepted)


def test_an_update_shows_the_old_values_until_it_is_done(
    subscribers: Subscribing, clock: StillClock, john: dict[str, Any]
) -> None:
    new = {
        "userId": "77@example.com",
        "firstName": "Jon",
        "primaryPhoneNumber": "+1-240-555-7777",
        "package": "premium",
    }

    response = subscribers.put(john, **new, timezone="Europe/Berlin")
    assert response.status_code == 200
    assert response.json() == john | {"status": "updating", "lastStatusChange": "2026-07-09T14:12:08.123Z"}
    clock.forward(4.9)
    assert subscribers.now(john) == response.json()
    clock.forward(0.1)
    assert subscribers.now(john) == john | new | {"lastStatusChange": "2026-07-09T14:12:13.123Z"}


def test_what_cannot_be_updated_is_ignored(subscribers: Subscribing, clock: StillClock, john: dict[str, Any]) -> None:
    fixed = {"email": "x@example.com", "language": "de", "spEnterpriseId": "Reseller1+example", "provisioningId": "x"}

    assert subscribers.put(john, **fixed).status_code == 200
    clock.forward(5)

    assert {name: subscribers.now(john)[name] for name in JOHN} == JOHN


@pytest.mark.parametrize(
    ("change", "gone"),
    [
        ({"mobilePhoneNumber": ""}, "mobilePhoneNumber"),
        ({"primaryPhoneNumber": ""}, "primaryPhoneNumber"),
        ({"extension": ""}, "extension"),
        ({"extension": "", "primaryPhoneNumber": "+1-240-555-7777"}, "extension"),
    ],
)
def test_an_empty_number_is_removed(
    subscribers: Subscribing, clock: StillClock, john: dict[str, Any], change: dict[str, str], gone: str
) -> None:
    subscribers.put(john, **change).raise_for_status()
    clock.forward(5)

    assert set(john) - set(subscribers.now(john)) == {gone}


def test_nobody_stays_without_number_and_extension(
    subscribers: Subscribing, clock: StillClock, john: dict[str, Any]
) -> None:
    number = {
        "description": "primaryPhoneNumber can only be removed if the extension is set.",
        "fieldName": "primaryPhoneNumber",
    }
    extension = {
        "description": "extension can only be removed if the primaryPhoneNumber is set.",
        "fieldName": "extension",
    }

    assert errors(subscribers.put(john, primaryPhoneNumber="", extension="")) == (400, [number, extension])
    subscribers.put(john, extension="").raise_for_status()
    clock.forward(5)
    assert errors(subscribers.put(john, primaryPhoneNumber="")) == (400, [number])
    subscribers.put(john, primaryPhoneNumber="", extension="51213").raise_for_status()


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"firstName": ""}, "firstName", 1002),
        ({"userId": " "}, "userId", 1002),
        ({"timezone": ""}, "timezone", 1002),
        ({"package": "gold"}, "package", None),
        ({"mobilePhoneNumber": "none"}, "mobilePhoneNumber", None),
        ({"lastName": 5}, "lastName", None),
    ],
)
def test_an_update_that_cannot_be_is_refused(
    subscribers: Subscribing, john: dict[str, Any], change: dict[str, Any], field: str, code: int | None
) -> None:
    status, found = errors(subscribers.put(john, **change))

    assert (status, [(error["fieldName"], error.get("errorCode")) for error in found]) == (400, [(field, code)])
    assert subscribers.now(john) == john


def test_an_update_cannot_take_what_others_have_but_may_repeat_its_own(
    subscribers: Subscribing, john: dict[str, Any]
) -> None:
    subscribers.another(62, **OTHER_PERSON)

    assert errors(subscribers.put(john, **OTHER_PERSON)) == (409, [USER_TAKEN, PHONE_TAKEN, EXTENSION_TAKEN])
    assert subscribers.put(john, userId=john["userId"], extension=john["extension"]).status_code == 200


def test_what_an_update_asks_for_is_taken_at_once_and_what_it_gives_up_is_free_when_it_is_done(
    subscribers: Subscribing, clock: StillClock, john: dict[str, Any]
) -> None:
    subscribers.put(john, userId="77@example.com").raise_for_status()

    new = {"email": "x@example.com", "primaryPhoneNumber": None, "extension": None}
    assert subscribers.found(userId="77@example.com") == []
    assert errors(subscribers.ask(**new, userId="77@example.com")) == (409, [USER_TAKEN])
    assert errors(subscribers.ask(**new, userId=john["userId"])) == (409, [USER_TAKEN])
    clock.forward(5)
    assert subscribers.found(userId="77@example.com") == ["77@example.com"]
    assert subscribers.ask(**new, userId=john["userId"]).status_code == 200


def test_only_one_update_at_a_time_and_only_of_the_provisioned(subscribers: Subscribing, john: dict[str, Any]) -> None:
    new = subscribers.another(62)
    subscribers.put(john, firstName="Jon").raise_for_status()

    assert refusal(subscribers.put(john, firstName="Jo")) == (409, "An update of this subscriber is in progress.")
    assert refusal(subscribers.put(new, firstName="Jo")) == (
        409,
        "Only a provisioned subscriber can be updated, and this one is provisioning.",
    )
    assert subscribers.http.put("/broadworks/subscribers/unknown", json={}).status_code == 404


def test_an_update_that_fails_leaves_the_old_values_and_can_be_tried_again(
    subscribers: Subscribing, clock: StillClock, sim: Simulator
) -> None:
    accepted = subscribers.create(email="rigid@example.com")
    clock.forward(5)
    subscribers.put(accepted, firstName="Jon").raise_for_status()
    clock.forward(5)

    failed = subscribers.now(accepted)
    assert (failed["status"], failed["firstName"]) == ("error", "John")
    assert failed["errors"] == [{"description": "The subscriber could not be updated on Webex"}]
    sim.switches.subscriber_outcome = "provisioned"
    subscribers.put(accepted, firstName="Jon").raise_for_status()
    clock.forward(5)
    mended = subscribers.now(accepted)
    assert (mended["status"], mended["firstName"], mended.get("errors")) == ("provisioned", "Jon", None)


def test_who_was_removed_is_gone_with_the_mapping_and_everything_is_free_again(
    subscribers: Subscribing, clock: StillClock, john: dict[str, Any]
) -> None:
    assert subscribers.found(personId=john["personId"]) == [john["userId"]]

    assert subscribers.delete(john).status_code == 204

    assert [subscribers.get(john["id"]).status_code, subscribers.delete(john).status_code] == [404, 404]
    assert subscribers.found(personId=john["personId"]) == subscribers.found(userId=john["userId"]) == []
    again = subscribers.create()
    clock.forward(5)
    assert again["id"] != john["id"]
    # The Webex user had stayed.
    assert subscribers.now(again)["personId"] == john["personId"]


def test_who_was_removed_in_the_middle_of_an_update_stays_away(
    subscribers: Subscribing, clock: StillClock, john: dict[str, Any]
) -> None:
    subscribers.put(john, userId="77@example.com").raise_for_status()
    subscribers.delete(john).raise_for_status()

    clock.forward(5)

    assert subscribers.found() == ["95540001@example.com"]
    assert subscribers.ask(userId="77@example.com").status_code == 200


@pytest.mark.parametrize(
    ("path", "works", "fails"), [("documented", "", "/broadworks"), ("broadworks", "/broadworks", "")]
)
def test_one_of_the_two_paths_of_the_consent_mail_works(
    sim: Simulator, subscribers: Subscribing, clock: StillClock, path: Any, works: str, fails: str
) -> None:
    sim.switches.consent_path = path
    waiting = subscribers.create(email="consent@example.com")
    clock.forward(5)

    assert subscribers.consent_mail(waiting, under=fails).status_code == 404
    assert subscribers.consent_mail(waiting, under=works).status_code == 204
    assert subscribers.consent_mail(waiting, under=works).status_code == 204

    held = sim.broadworks.subscribers.get(waiting["id"])
    assert (subscribers.status(waiting), held.consent_mails if held else None) == ("pending_user_migration", 2)


def test_nobody_else_gets_a_consent_mail(subscribers: Subscribing, john: dict[str, Any]) -> None:
    assert refusal(subscribers.consent_mail(john)) == (
        409,
        "This is for subscribers in pending_user_migration only, and this one is provisioned.",
    )
    assert subscribers.consent_mail({"id": "unknown"}).status_code == 404
