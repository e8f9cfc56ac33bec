"""A bot that is killed in the middle of a burst loses nothing and does nothing twice."""

import re
from dataclasses import dataclass, field

import pytest

from bot.simulator.control.faults import Fault
from bot.simulator.entities import Person, Room
from bot.simulator.provisioning.records import PROVISIONING_ID
from bot.testing.shown import Shown
from tests.crash.house import House, until

PROVISIONED = "Workspace provisioned"
ANSWERED = "Webex expects this to work"


@dataclass
class Lane:
    """One person in one space: what was prepared, what is asked for, and the events in which it is."""

    person: Person
    room: Room
    numbers: range
    confirmations: list[Shown] = field(default_factory=list)
    events: list[str] = field(default_factory=list)


@pytest.mark.crash
def test_two_hundred_acknowledged_events_survive_a_kill_in_the_middle_of_the_burst(house: House) -> None:
    lanes = make_lanes(house)
    bot = house.bot()
    bot.start()
    house.register()
    show_confirmations(house, lanes)
    house.simulator.webhook_faults.hold = True
    for lane in lanes:
        let_loose(house, lane)
    stuck = stick_at(house, [lane.events[2] for lane in lanes])
    events = [event for lane in lanes for event in lane.events]
    assert len(set(events)) == 200

    house.simulator.webhook_faults.hold = False
    until(lambda: set(events) <= set(house.acknowledged))
    until(lambda: all(fault.waiting for fault in stuck))
    until(lambda: len(house.saying(PROVISIONED)) == 20, every=0.5)
    bot.kill()
    before = house.inbox()
    house.simulator.faults.clear()
    house.bot().start()

    until(lambda: not house.inbox()["new"], every=0.5)
    until(lambda: len(house.saying(PROVISIONED)) == 100, every=0.5)
    until(lambda: len({email_on(each) for each in house.saying(ANSWERED)}) == 100, every=0.5)
    assert (before["new"], before["parked"]) == (160, 0)
    assert house.workspaces == [f"Room {number:03}" for number in range(100)]
    assert house.writes == 100
    assert {email_on(each) for each in house.saying(ANSWERED)} == {f"new{n:03}@example.com" for n in range(100)}
    assert house.ready() == (200, {"ready": True, "checks": {"engine": "ok", "inbox": "ok", "work": "ok"}})


def make_lanes(house: House) -> list[Lane]:
    """Five people, each alone with the bot and in three spaces together with the others."""
    people = [house.person(name) for name in ("Ann", "Bob", "Cleo", "Dora", "Emil")]
    groups = [house.group(f"Space {turn}", people) for turn in range(3)]
    places = [(person, room) for person in people for room in (house.direct(person), *groups)]
    return [Lane(person, room, range(5 * turn, 5 * turn + 5)) for turn, (person, room) in enumerate(places)]


def show_confirmations(house: House, lanes: list[Lane]) -> None:
    """Let everybody ask for five workspaces, and wait for the cards on which they can be confirmed."""
    for lane in lanes:
        for number in lane.numbers:
            house.say(lane.person, provision(number), room=lane.room)
    wanted = sum(len(lane.numbers) for lane in lanes)
    until(lambda: len(house.saying("Nothing has been sent yet")) == wanted, every=0.5)
    cards = {name_on(each): each for each in house.saying("Nothing has been sent yet")}
    for lane in lanes:
        lane.confirmations = [cards[f"Room {number:03}"] for number in lane.numbers]


def let_loose(house: House, lane: Lane) -> None:
    """Press and type in turn."""
    for number, card in zip(lane.numbers, lane.confirmations, strict=True):
        lane.events.append(house.press(lane.person, card, "Provision"))
        text = f"precheck new{number:03}@example.com package=standard"
        lane.events.append(house.say(lane.person, text, room=lane.room))


def stick_at(house: House, events: list[str]) -> list[Fault]:
    """Nobody is told what these events are about, for longer than the test lasts.

    A fault for each: where the bot has given up a call and tries it again, one fault for all would count that twice.
    """
    facts = {"service": "webex", "kind": "hang", "method": "GET", "seconds": 300}
    paths = (f"/(messages|attachment/actions)/{re.escape(event)}" for event in events)
    return [house.simulator.faults.add(**facts, path=path) for path in paths]


def provision(number: int) -> str:
    """The line that asks for one workspace."""
    return (
        f'provision workspace name="Room {number:03}" user=room{number:03}@example.com '
        f"enterprise=Reseller1+acme pid={PROVISIONING_ID} ext={70000 + number}"
    )


def name_on(shown: Shown) -> str:
    """The workspace that a card is about."""
    return _found(r"Room \d{3}", shown)


def email_on(shown: Shown) -> str:
    """The address that a card is about."""
    return _found(r"new\d{3}@example\.com", shown)


def _found(pattern: str, shown: Shown) -> str:
    found = re.search(pattern, shown.text)
    assert found, shown.text
    return found[0]
