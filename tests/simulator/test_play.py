"""/play: whom the page can play, and what it is told as it happens."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

import httpx
import pytest

from bot.simulator import Simulator
from bot.simulator.feed import KEPT, Feed
from tests.simulator.kit import Space


def told(stream: Iterator[str], count: int) -> list[tuple[str, dict[str, Any]]]:
    """The next events of a stream, by name and data, but for the hints, which carry none."""
    found = []
    for line in islice((each for each in stream if not each.endswith("data: {}\n\n")), count):
        event, data = line.strip().split("\n")
        found.append((event.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


def listening(sim: Simulator, key: str) -> Iterator[str]:
    stream = sim.feed.stream(sim.people[key].id)
    assert next(stream) == ": connected\n\n"
    return stream


def test_the_config_names_people_bot_and_spaces(sim: Simulator, control: httpx.Client) -> None:
    guest = sim.world.add_person("Gus Guest", email="gus@elsewhere.test", kind="appuser")
    room = sim.world.add_room("Others", members=[guest])
    people = sim.people

    def person(key: str, name: str, role: str | None, kind: str = "person") -> dict[str, Any]:
        facts = {"key": key, "name": name, "email": people[key].email, "id": people[key].id}
        return facts | {"token": f"play-{key}-token", "role": role, "type": kind}

    def space(key: str, title: str, kind: str, members: list[str]) -> dict[str, Any]:
        return {"key": key, "id": sim.spaces[key], "title": title, "type": kind, "members": members}

    assert control.get("/play/config").json() == {
        "people": [
            person("ann", "Ann Archer", "agent"),
            person("bob", "Bob Baker", "approver"),
            person("cleo", "Cleo Carter", "admin"),
            person("gus", "Gus Guest", None, "appuser"),
        ],
        "bot": {"id": sim.bot.id, "name": "Provisioning", "email": "provisioning@webex.bot"},
        "spaces": [
            space("support", "BroadWorks support", "group", ["ann", "bob", "cleo", "bot"]),
            space("ann", "Ann Archer", "direct", ["ann", "bot"]),
            space("bob", "Bob Baker", "direct", ["bob", "bot"]),
            space("cleo", "Cleo Carter", "direct", ["cleo", "bot"]),
            {"key": room.id, "id": room.id, "title": "Others", "type": "group", "members": ["gus"]},
        ],
    }


def test_messages_are_told_to_who_is_there(sim: Simulator, ann: httpx.Client, ann_in_support: Space) -> None:
    anns, bobs = listening(sim, "ann"), listening(sim, "bob")
    room = ann_in_support.room

    secret = Space(ann, sim.spaces["ann"]).say()["id"]
    shared = ann_in_support.say()["id"]
    ann.put(f"/messages/{shared}", json={"roomId": room, "text": "new"})
    ann.delete(f"/messages/{shared}")

    everywhere = [
        ("message", {"kind": kind, "roomId": room, "messageId": shared}) for kind in ("created", "updated", "deleted")
    ]
    secretly = ("message", {"kind": "created", "roomId": sim.spaces["ann"], "messageId": secret})
    assert told(anns, 4) == [secretly, *everywhere]
    assert told(bobs, 3) == everywhere


def test_changes_of_rooms_are_told(sim: Simulator, ann: httpx.Client) -> None:
    stream = listening(sim, "ann")

    room = ann.post("/rooms", json={"title": "New"}).json()["id"]
    ann.put(f"/rooms/{room}", json={"title": "Newer"})

    created, updated = ("room", {"kind": "created", "roomId": room}), ("room", {"kind": "updated", "roomId": room})
    assert told(stream, 3) == [created, created, updated]


def test_changes_of_the_simulator_are_told_to_everybody(sim: Simulator, control: httpx.Client) -> None:
    stream = listening(sim, "cleo")

    fault = control.post("/control/faults", json={"service": "webex", "kind": "status"}).json()
    control.delete(f"/control/faults/{fault['id']}")
    control.post("/control/faults", json={"service": "webex", "kind": "status"})
    control.delete("/control/faults")
    control.post("/control/switches", json={"late_404": 1})
    control.post("/control/webhooks", json={"drop": 1})
    control.delete("/control/webhooks")

    kinds = ("faults", "faults", "faults", "faults", "switches", "webhooks", "webhooks")
    assert told(stream, 7) == [("fault", {"kind": kind}) for kind in kinds]


def test_a_quiet_stream_has_a_heartbeat() -> None:
    stream = Feed(heartbeat=0.01).stream("ann")

    assert list(islice(stream, 2)) == [": connected\n\n", ": still here\n\n"]


def test_a_page_that_does_not_keep_up_is_cut_off() -> None:
    feed = Feed()
    stream = feed.stream("ann")
    next(stream)

    for _ in range(KEPT + 1):
        feed.announce("fault", {})

    assert list(stream) == []
    assert feed.listeners == 0


def test_streams_end_with_the_simulator(sim: Simulator) -> None:
    before = listening(sim, "ann")
    sim.close()
    after = sim.feed.stream(sim.people["ann"].id)

    assert list(before) == []
    assert list(after) == [": connected\n\n"]
    assert sim.feed.listeners == 0


@pytest.mark.parametrize("token", ["", "wrong"])
def test_nobody_listens_without_a_token(control: httpx.Client, token: str) -> None:
    assert control.get("/play/events", params={"token": token}).status_code == 401
