"""Several processes on one PostgreSQL: when one is killed, another answers what it had acknowledged and writes once."""

import os
import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.house import House, until
from tests.crash.test_burst import (
    ANSWERED,
    PROVISIONED,
    email_on,
    let_loose,
    make_lanes,
    provision,
    show_confirmations,
    stick_at,
)
from tests.postgres import Server

UNKNOWN = "Nobody knows yet whether it was done."
WORKSPACES = "/broadworks/workspaces"


@pytest.fixture
def house(tmp_path: Path, postgres: Server) -> Iterator[House]:
    with House(tmp_path, database=postgres.empty()) as found:
        yield found


def posts(house: House) -> Counter[str]:
    """How often each workspace was asked for."""
    calls = house.simulator.calls.to("broadworks", "POST", WORKSPACES)
    return Counter(str(each.body["displayName"]) for each in calls if each.body)


@pytest.mark.crash
@pytest.mark.parametrize("verb", ["serve", "worker"])
def test_what_a_killed_process_had_acknowledged_and_was_writing_is_finished_by_another(house: House, verb: str) -> None:
    lanes = make_lanes(house)[:4]
    first = house.bot()
    first.start()
    house.register()
    show_confirmations(house, lanes)
    # One write is under way, its answer does not come; and each lane is stuck at its third event.
    house.simulator.webhook_faults.hold = True
    for lane in lanes:
        let_loose(house, lane)
    events = [event for lane in lanes for event in lane.events]
    stuck = stick_at(house, [lane.events[2] for lane in lanes])
    silent = house.simulator.faults.add(
        service="broadworks", kind="hang", method="POST", path=WORKSPACES, seconds=300, times=1
    )
    house.simulator.webhook_faults.hold = False
    until(lambda: set(events) <= set(house.acknowledged))
    until(lambda: sum(each.waiting for each in stuck) == len(lanes) and silent.waiting == 1)
    until(lambda: len(house.saying(PROVISIONED)) == len(lanes) - 1)
    until(lambda: house.inbox()["new"] == len(events) - 2 * len(lanes))
    second = house.another(verb)
    second.launch()
    until(lambda: "the bot is ready" in (house.folder / f"{verb}.log").read_text())

    first.kill()
    house.simulator.faults.clear()

    until(lambda: not house.inbox()["new"])
    until(lambda: len({email_on(each) for each in house.saying(ANSWERED)}) == len(events) // 2, every=0.5)
    until(lambda: len(house.saying(PROVISIONED)) + len(house.saying(UNKNOWN)) == len(events) // 2, every=0.5)
    assert len(posts(house)) == len(events) // 2
    assert set(posts(house).values()) == {1}
    assert second.running
    second.stop()
    assert second.exit_code == 0


@pytest.mark.crash
def test_a_process_that_was_only_frozen_finds_its_write_settled_and_goes_on(house: House) -> None:
    first, second = house.bot(), house.another("worker")
    first.start()
    house.register()
    ann = house.person("Ann")
    house.say(ann, provision(1))
    card = house.expect("Nothing has been sent yet")
    slow = house.simulator.faults.add(service="broadworks", kind="hang", method="POST", path=WORKSPACES, seconds=300)
    house.press(ann, card, "Provision")
    until(lambda: slow.waiting == 1)

    os.killpg(first.pid, signal.SIGSTOP)
    second.launch()
    house.expect(UNKNOWN)
    slow.release()
    house.simulator.faults.clear()
    house.expect(PROVISIONED, "Found by looking")
    os.killpg(first.pid, signal.SIGCONT)

    house.say(ann, "help")
    house.expect("What I can do")
    assert posts(house) == {"Room 001": 1}
    assert [each for each in house.history(1) if each in {"write attempted", "outcome unknown", "request done"}] == [
        "write attempted",
        "outcome unknown",
        "request done",
    ]
    first.stop()
    assert first.exit_code == 0
