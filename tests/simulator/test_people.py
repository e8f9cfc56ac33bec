"""/people: who the caller and others are."""

from typing import Any

import httpx
import pytest

from bot.simulator import Simulator
from bot.simulator.ids import steady
from tests.simulator.kit import items, refusal

CREATED = "2026-07-09T14:12:03.123Z"


def names(response: httpx.Response) -> list[str]:
    return [person["displayName"] for person in items(response)]


def test_the_bot_sees_itself(sim: Simulator, bot: httpx.Client) -> None:
    expected: dict[str, Any] = {
        "id": sim.bot.id,
        "emails": ["provisioning@webex.bot"],
        "displayName": "Provisioning",
        "nickName": "Provisioning",
        "orgId": steady("ORGANIZATION", "example.com"),
        "created": CREATED,
        "type": "bot",
        "phoneNumbers": [],
        "firstName": "Provisioning",
        "lastName": "",
        "status": "unknown",
    }

    assert bot.get("/people/me").json() == expected
    assert bot.get(f"/people/{sim.bot.id}").json() == expected


def test_people_of_another_organisation_are_shown_with_less(sim: Simulator, bot: httpx.Client) -> None:
    guest = sim.world.add_person("Gus Guest", email="gus@elsewhere.test", kind="appuser")

    assert bot.get(f"/people/{guest.id}").json() == {
        "id": guest.id,
        "emails": ["gus@elsewhere.test"],
        "displayName": "Gus Guest",
        "nickName": "Gus",
        "orgId": steady("ORGANIZATION", "elsewhere.test"),
        "created": CREATED,
        "type": "appuser",
    }


def test_nobody_has_an_unknown_id(ann: httpx.Client) -> None:
    assert refusal(ann.get("/people/b0a1"))[0] == 404


def test_only_the_own_organisation_is_searched_by_email_and_name(sim: Simulator, bot: httpx.Client) -> None:
    sim.world.add_person("Anna", email="anna@elsewhere.test")

    assert names(bot.get("/people", params={"email": "ANN@example.com"})) == ["Ann Archer"]
    assert names(bot.get("/people", params={"email": "anna@elsewhere.test"})) == []
    assert names(bot.get("/people", params={"displayName": "an"})) == ["Ann Archer"]


def test_ids_find_people_anywhere(sim: Simulator, bot: httpx.Client) -> None:
    anna = sim.world.add_person("Anna", email="anna@elsewhere.test")
    ids = f"{sim.people['bob'].id},{anna.id},unknown"

    assert names(bot.get("/people", params={"id": ids})) == ["Bob Baker", "Anna"]
    assert refusal(bot.get("/people", params={"id": ",".join(["x"] * 86)}))[0] == 400


def test_a_search_must_be_for_something(bot: httpx.Client) -> None:
    expected = (400, "Email, displayName, or id list should be specified.")

    assert refusal(bot.get("/people")) == expected


def test_two_people_cannot_have_one_name_or_address(sim: Simulator) -> None:
    with pytest.raises(ValueError, match="called ann"):
        sim.world.add_person("Ann Other", email="other@example.com")
    with pytest.raises(ValueError, match=r"ann@example\.com"):
        sim.world.add_person("Annie", email="ann@example.com")


def test_a_bot_has_an_address_of_bots(sim: Simulator) -> None:
    assert sim.world.add_person("echo", kind="bot").email == "echo@webex.bot"
    assert sim.people["echo"].display_name == "Echo"
