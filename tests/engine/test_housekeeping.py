"""What is finished is thrown away in time, and what is not stays."""

import threading
from datetime import timedelta

from dbos import DBOS

from bot.engine.housekeeping import Housekeeper
from bot.testing.talking import Chat
from tests.dialogues.scenes import form


def kept(*status: str) -> int:
    return len(DBOS.list_workflows(status=list(status), load_input=False, load_output=False))


def test_finished_work_is_deleted_after_a_day_and_the_keys_of_events_after_a_month(fresh_chat: Chat) -> None:
    chat = fresh_chat
    shown = form(chat, "precheck")
    chat.settle()
    engine, finished, waiting = chat.bot.application.engine, kept("SUCCESS"), kept("DELAYED")
    assert finished > 0
    assert waiting > 0

    assert engine.tidy() == 0
    chat.bot.clock.offset += timedelta(days=1, minutes=1)
    assert engine.tidy() == finished
    events = chat.bot.application.inbox.counts()["done"]
    chat.bot.clock.offset += timedelta(days=29)
    assert engine.tidy() == events > 0

    assert kept("SUCCESS") == 0
    assert kept("DELAYED") == waiting
    chat.submit("ann", shown, "Check", email="one@example.com")
    chat.expect_on(shown, "Webex expects this to work")


def test_a_round_that_fails_does_not_end_the_housekeeping() -> None:
    rounds: list[int] = []
    twice = threading.Event()

    def work() -> None:
        rounds.append(1)
        if len(rounds) > 1:
            twice.set()
        raise ValueError("made up")

    housekeeper = Housekeeper(work, every=timedelta(milliseconds=1))
    housekeeper.start()

    assert twice.wait(5)
    housekeeper.stop()


def test_a_round_that_cannot_wait_comes_at_once() -> None:
    done = threading.Event()
    housekeeper = Housekeeper(done.set, every=timedelta(days=1), at_once=True)
    housekeeper.start()

    assert done.wait(5)
    housekeeper.stop()
