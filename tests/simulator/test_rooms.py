"""/rooms and /memberships: spaces and who is in them."""

import httpx
import pytest

from bot.simulator import Simulator
from tests.simulator.kit import StillClock, items, refusal

CREATED = "2026-07-09T14:12:03.123Z"


def titles(response: httpx.Response) -> list[str]:
    return [room["title"] for room in items(response)]


def membership_of(http: httpx.Client, room: str, email: str) -> str:
    found = items(http.get("/memberships", params={"roomId": room, "personEmail": email}))
    return str(found[0]["id"])


def test_a_group_room_is_shown_whole(sim: Simulator, bot: httpx.Client) -> None:
    room = sim.spaces["support"]

    assert bot.get(f"/rooms/{room}").json() == {
        "id": room,
        "title": "BroadWorks support",
        "type": "group",
        "isLocked": False,
        "isAnnouncementOnly": False,
        "isReadOnly": False,
        "isPublic": False,
        "lastActivity": CREATED,
        "creatorId": sim.people["ann"].id,
        "ownerId": sim.people["ann"].org_id,
        "created": CREATED,
    }


def test_a_direct_room_has_the_name_of_the_other(sim: Simulator, bot: httpx.Client, ann: httpx.Client) -> None:
    room = sim.spaces["ann"]

    assert bot.get(f"/rooms/{room}").json()["title"] == "Ann Archer"
    assert ann.get(f"/rooms/{room}").json()["title"] == "Provisioning"


def test_only_the_own_rooms_are_listed_and_found(sim: Simulator, bob: httpx.Client) -> None:
    assert titles(bob.get("/rooms", params={"type": "direct"})) == ["Provisioning"]
    assert titles(bob.get("/rooms", params={"type": "group"})) == ["BroadWorks support"]
    expected = (404, "Could not find a room with provided ID.")
    assert refusal(bob.get(f"/rooms/{sim.spaces['ann']}")) == expected


def test_rooms_are_sorted_as_asked(sim: Simulator, clock: StillClock, bob: httpx.Client) -> None:
    clock.forward(60)
    bob.post("/rooms", json={"title": "New"})
    clock.forward(60)
    bob.post("/messages", json={"roomId": sim.spaces["support"], "text": "hi"})

    by_activity = titles(bob.get("/rooms"))
    by_creation = titles(bob.get("/rooms", params={"sortBy": "created"}))
    ids = [room["id"] for room in items(bob.get("/rooms", params={"sortBy": "id"}))]

    assert by_activity == ["BroadWorks support", "New", "Provisioning"]
    assert by_creation == ["New", "BroadWorks support", "Provisioning"]
    assert ids == sorted(ids)


@pytest.mark.parametrize("query", [{"type": "team"}, {"sortBy": "size"}, {"max": "0"}, {"max": "many"}])
def test_a_query_that_makes_no_sense_is_refused(bob: httpx.Client, query: dict[str, str]) -> None:
    assert refusal(bob.get("/rooms", params=query))[0] == 400


def test_lists_come_in_pages_that_name_the_next(bot: httpx.Client) -> None:
    first = bot.get("/rooms", params={"max": 3, "sortBy": "id"})
    second = bot.get(first.links["next"]["url"])

    assert len(items(first)) == 3
    assert first.links["next"]["rel"] == "next"
    assert len(items(second)) == 1
    assert "Link" not in second.headers


def test_who_creates_a_room_is_in_it(sim: Simulator, ann: httpx.Client) -> None:
    room = ann.post("/rooms", json={"title": "New"}).raise_for_status().json()
    members = items(ann.get("/memberships", params={"roomId": room["id"]}))

    assert [member["personEmail"] for member in members] == ["ann@example.com"]
    assert refusal(ann.post("/rooms", json={"title": " "})) == (400, "Title cannot be empty.")


def test_only_group_rooms_can_be_renamed(sim: Simulator, ann: httpx.Client) -> None:
    room = sim.spaces["support"]

    assert ann.put(f"/rooms/{room}", json={"title": "Renamed"}).json()["title"] == "Renamed"
    assert ann.get(f"/rooms/{room}").json()["title"] == "Renamed"
    assert refusal(ann.put(f"/rooms/{sim.spaces['ann']}", json={"title": "Mine"}))[0] == 400


def test_a_deleted_room_is_gone_with_its_messages(sim: Simulator, ann: httpx.Client, bob: httpx.Client) -> None:
    room = sim.spaces["support"]
    message = ann.post("/messages", json={"roomId": room, "text": "hi"}).json()["id"]

    assert ann.delete(f"/rooms/{room}").status_code == 204
    assert bob.get(f"/rooms/{room}").status_code == 404
    assert bob.get(f"/messages/{message}").status_code == 404


def test_a_direct_room_can_be_given_up(sim: Simulator, ann: httpx.Client, bot: httpx.Client) -> None:
    assert ann.delete(f"/rooms/{sim.spaces['ann']}").status_code == 204
    assert bot.get(f"/rooms/{sim.spaces['ann']}").status_code == 404


def test_who_does_not_moderate_leaves_where_others_delete(ann: httpx.Client, bob: httpx.Client) -> None:
    room = ann.post("/rooms", json={"title": "Locked", "isLocked": True}).json()["id"]
    ann.post("/memberships", json={"roomId": room, "personEmail": "bob@example.com"})

    assert bob.delete(f"/rooms/{room}").status_code == 204
    assert bob.get(f"/rooms/{room}").status_code == 404
    assert ann.get(f"/rooms/{room}").status_code == 200
    assert ann.delete(f"/rooms/{room}").status_code == 204
    assert ann.get(f"/rooms/{room}").status_code == 404


def test_only_moderators_post_in_a_room_for_announcements(ann: httpx.Client, bob: httpx.Client) -> None:
    body = {"title": "News", "isLocked": True, "isAnnouncementOnly": True}
    room = ann.post("/rooms", json=body).json()["id"]
    ann.post("/memberships", json={"roomId": room, "personEmail": "bob@example.com"})

    assert ann.post("/messages", json={"roomId": room, "text": "news"}).status_code == 200
    assert refusal(bob.post("/messages", json={"roomId": room, "text": "me too"}))[0] == 403


def test_a_membership_is_shown_whole(sim: Simulator, bot: httpx.Client) -> None:
    room = sim.spaces["support"]
    found = membership_of(bot, room, "ann@example.com")

    assert bot.get(f"/memberships/{found}").json() == {
        "id": found,
        "roomId": room,
        "roomType": "group",
        "personId": sim.people["ann"].id,
        "personEmail": "ann@example.com",
        "personDisplayName": "Ann Archer",
        "personOrgId": sim.people["ann"].org_id,
        "isModerator": False,
        "isMonitor": False,
        "isRoomHidden": False,
        "created": CREATED,
    }


def test_without_a_room_the_own_memberships_are_listed(sim: Simulator, bob: httpx.Client) -> None:
    rooms = {found["roomId"] for found in items(bob.get("/memberships"))}

    assert rooms == {sim.spaces["support"], sim.spaces["bob"]}


def test_one_person_is_looked_up_in_a_room_only(sim: Simulator, bob: httpx.Client) -> None:
    ann = sim.people["ann"].id
    found = items(bob.get("/memberships", params={"roomId": sim.spaces["support"], "personId": ann}))

    assert [one["personId"] for one in found] == [ann]
    expected = (400, "Required String parameter 'roomId' is not present")
    assert refusal(bob.get("/memberships", params={"personId": ann})) == expected


def test_people_are_added_once(sim: Simulator, ann: httpx.Client) -> None:
    dave = sim.world.add_person("Dave Drew")
    body = {"roomId": sim.spaces["support"], "personId": dave.id, "isModerator": True}

    assert ann.post("/memberships", json=body).json()["isModerator"] is True
    assert refusal(ann.post("/memberships", json=body)) == (409, "Person is already in the room.")


def test_whom_to_add_must_be_clear(sim: Simulator, ann: httpx.Client) -> None:
    room = sim.spaces["support"]

    neither = ann.post("/memberships", json={"roomId": room})
    unknown = ann.post("/memberships", json={"roomId": room, "personEmail": "x@example.com"})

    assert refusal(neither) == (400, "Must specify either personId or personEmail.")
    assert refusal(unknown)[0] == 404


def test_nobody_joins_or_leaves_a_direct_room(sim: Simulator, ann: httpx.Client) -> None:
    room = sim.spaces["ann"]
    own = membership_of(ann, room, "ann@example.com")

    added = ann.post("/memberships", json={"roomId": room, "personEmail": "bob@example.com"})

    assert refusal(added)[0] == 403
    assert refusal(ann.delete(f"/memberships/{own}"))[0] == 403


def test_only_a_moderator_adds_to_and_removes_from_a_locked_room(ann: httpx.Client, bob: httpx.Client) -> None:
    room = ann.post("/rooms", json={"title": "Locked", "isLocked": True}).json()["id"]
    ann.post("/memberships", json={"roomId": room, "personEmail": "bob@example.com"})
    anns, bobs = membership_of(bob, room, "ann@example.com"), membership_of(bob, room, "bob@example.com")

    added = bob.post("/memberships", json={"roomId": room, "personEmail": "cleo@example.com"})

    assert refusal(added)[0] == 403
    assert refusal(bob.delete(f"/memberships/{anns}"))[0] == 403
    assert bob.delete(f"/memberships/{bobs}").status_code == 204


def test_a_membership_can_be_made_moderator_and_hidden(sim: Simulator, ann: httpx.Client) -> None:
    found = membership_of(ann, sim.spaces["support"], "bob@example.com")

    moderator = ann.put(f"/memberships/{found}", json={"isModerator": True}).json()
    hidden = ann.put(f"/memberships/{found}", json={"isRoomHidden": True}).json()

    assert (moderator["isModerator"], moderator["isRoomHidden"]) == (True, False)
    assert (hidden["isModerator"], hidden["isRoomHidden"]) == (True, True)
    assert refusal(ann.put(f"/memberships/{found}", json={}))[0] == 400


def test_who_was_removed_sees_the_room_no_more(sim: Simulator, ann: httpx.Client, bob: httpx.Client) -> None:
    found = membership_of(ann, sim.spaces["support"], "bob@example.com")

    assert ann.delete(f"/memberships/{found}").status_code == 204

    assert bob.get(f"/rooms/{sim.spaces['support']}").status_code == 404
    assert refusal(ann.get(f"/memberships/{found}"))[0] == 404
