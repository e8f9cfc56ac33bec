"""A write is sent at most once, whatever dies or freezes when; and a person can always find out how it ended."""

import os
import re
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.bot_process import BotProcess
from bot.simulator.provisioning.records import PROVISIONING_ID
from bot.testing.shown import Shown
from tests.crash.house import House, until
from tests.crash.runner import ATTEMPT_LIFE, CALL_LIMIT

UNKNOWN = "Nobody knows yet whether it was done."
CONFIRMED = ["request asked", "request planned", "request confirmed", "request approved", "write attempted"]
_WHERE = f"enterprise=Reseller1+acme pid={PROVISIONING_ID} ext=51212"


@dataclass(frozen=True)
class Write:
    """One write as people ask for it: its ``line``, its ``path``, what a card says of its good end.

    ``made`` are the names of what there is of it in the simulated API.
    """

    line: str
    path: str
    done: str
    made: Callable[[House], list[str]]

    def __str__(self) -> str:
        return self.path.rpartition("/")[2]

    def count(self, house: House) -> tuple[int, list[str]]:
        """How many times it arrived, and what came of it."""
        return len(house.simulator.calls.to("broadworks", "POST", self.path)), self.made(house)


WORKSPACE = Write(
    f'provision workspace name="Conference Room" user=95547321@example.com {_WHERE}',
    "/broadworks/workspaces",
    "Workspace provisioned",
    lambda house: house.workspaces,
)
SUBSCRIBER = Write(
    f"provision subscriber 95547321@example.com first=Conference last=Room package=basic mail=c@a.com {_WHERE}",
    "/broadworks/subscribers",
    "Subscriber provisioned",
    lambda house: [
        f"{each.facts['firstName']} {each.facts['lastName']}"
        for each in house.simulator.broadworks.subscribers
        if each.facts["userId"] == "95547321@example.com"
    ],
)
BOTH = pytest.mark.parametrize("write", [WORKSPACE, SUBSCRIBER], ids=str)
ONCE = (1, ["Conference Room"])


def start(house: House, point: str) -> BotProcess:
    """Start the bot that meets its fate at a point of its first write."""
    bot = house.bot("-m", "tests.crash.runner", point)
    bot.start()
    return bot


def confirm(house: House, write: Write) -> Shown:
    """Ann asks for a workspace and confirms it; returns the card."""
    house.simulator.switches.provisioning_seconds = 1.0
    house.register()
    house.say(house.person("Ann"), write.line)
    shown = house.expect("Nothing has been sent yet")
    house.press(house.person("Ann"), shown, "Provision")
    return shown


def killed_at(house: House, point: str, write: Write = WORKSPACE) -> float:
    """Let the bot be killed at a point of its first write, and start another on the same files; returns when."""
    bot = start(house, point)
    confirm(house, write)
    until(lambda: bot.exit_code is not None)
    died = time.monotonic()
    assert bot.exit_code == -signal.SIGKILL
    start(house, "never")
    return died


def check(house: House, *, died: float) -> None:
    """Wait until nobody could still be sending, and let the bot look once more."""
    time.sleep(max(0.0, died + (ATTEMPT_LIFE + CALL_LIMIT).total_seconds() - time.monotonic()))
    looked = house.history(1).count("outcome looked for")
    house.press(house.person("Ann"), house.expect(UNKNOWN), "Check")
    until(lambda: house.history(1).count("outcome looked for") > looked)


@pytest.mark.crash
def test_a_write_killed_before_the_socket_was_never_sent_and_a_person_closes_it(house: House) -> None:
    died = killed_at(house, "before")

    shown = house.expect(UNKNOWN, "did not find it for certain")
    assert shown.buttons == ["Check", "Close", "Close"]
    check(house, died=died)
    house.press(house.person("Ann"), house.expect(UNKNOWN), "Close", ended="failed", comment="I looked")

    closed = house.expect("Workspace not provisioned", "it does not exist in Webex", "Comment: I looked")
    assert closed.id == shown.id
    assert WORKSPACE.count(house) == (0, [])
    told = compact(house.history(1))
    assert told == [*CONFIRMED, "outcome unknown", "outcome looked for", "outcome settled by a person"]
    assert house.ready()[0] == 200


@pytest.mark.crash
def test_a_write_of_which_a_look_finds_no_trace_can_be_sent_again(house: House) -> None:
    killed_at(house, "before", SUBSCRIBER)

    until(lambda: "Send again" in house.expect(UNKNOWN).buttons)
    assert SUBSCRIBER.count(house) == (0, [])
    house.press(house.person("Ann"), house.expect(UNKNOWN), "Send again")

    house.expect(SUBSCRIBER.done)
    assert SUBSCRIBER.count(house) == ONCE
    lost = [*CONFIRMED, "outcome unknown", "outcome looked for"]
    assert compact(house.history(1)) == [*lost, "request to be sent again", "write attempted", "request done"]


@pytest.mark.crash
@BOTH
@pytest.mark.parametrize("point", ["sent", "answered"])
def test_a_write_killed_after_the_socket_is_found_by_looking_and_not_sent_again(
    house: House, point: str, write: Write
) -> None:
    killed_at(house, point, write)

    house.expect(write.done)
    assert write.count(house) == ONCE
    assert compact(house.history(1)) == [*CONFIRMED, "outcome unknown", "request done"]
    assert house.ready()[0] == 200


@pytest.mark.crash
def test_where_the_bot_may_not_look_a_person_settles_what_became_of_it(house: House) -> None:
    house.simulator.switches.workspaces_scope = False
    died = killed_at(house, "answered")

    house.expect(UNKNOWN, "The bot may not look")
    check(house, died=died)
    house.press(house.person("Ann"), house.expect(UNKNOWN), "Close", ended="done")

    house.expect("Workspace provisioned", "it exists in Webex")
    assert WORKSPACE.count(house) == ONCE
    told = compact(house.history(1))
    assert told == [*CONFIRMED, "outcome unknown", "outcome looked for", "outcome settled by a person"]


@pytest.mark.crash
@BOTH
def test_a_process_frozen_at_the_socket_sends_nothing_after_the_deadline(house: House, write: Write) -> None:
    bot = start(house, "connecting")
    confirm(house, write)
    until(lambda: stopped(bot.pid))
    assert house.history(1) == CONFIRMED

    time.sleep(ATTEMPT_LIFE.total_seconds() + 0.1)
    os.kill(bot.pid, signal.SIGCONT)
    until(lambda: "request postponed" in house.history(1))
    assert write.count(house) == (0, [])

    house.expect(write.done)
    assert write.count(house) == ONCE
    assert compact(house.history(1)) == [*CONFIRMED, "request postponed", "write attempted", "request done"]


@pytest.mark.crash
@BOTH
def test_a_process_frozen_for_longer_than_any_call_takes_sends_at_most_once(house: House, write: Write) -> None:
    bot = start(house, "frozen")
    confirm(house, write)
    until(lambda: stopped(bot.pid))

    time.sleep((ATTEMPT_LIFE + 2 * CALL_LIMIT).total_seconds())
    os.kill(bot.pid, signal.SIGCONT)

    # It may be sent again as it was never sent, or given up as overdue, whichever comes first.
    until(lambda: house.history(1)[-1] in {"request done", "request failed"})
    assert (house.history(1)[-1], write.count(house)) in [("request done", ONCE), ("request failed", (0, []))]


def stopped(process: int) -> bool:
    """Whether a process is stopped by a signal."""
    found = re.search(r"^State:\s+(\w)", Path(f"/proc/{process}/status").read_text(), re.MULTILINE)
    return found is not None and found[1] == "T"


def compact(history: Sequence[str]) -> list[str]:
    """The history without immediate repetitions: the bot and people look as often as they like, at what they like."""
    told = [each for each in history if each != "status seen"]
    return [each for turn, each in enumerate(told) if turn == 0 or told[turn - 1] != each]
