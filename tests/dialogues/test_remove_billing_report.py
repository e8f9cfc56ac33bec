"""An agent removes a billing report: only after typing its month, once, and with a true end."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.testing.shown import Shown
from bot.testing.talking import Chat
from tests.dialogues.scenes import CONFIRMATION, number_of, state_of
from tests.dialogues.scenes_reports import REPORTS, month, reports, there


def asked_to_remove(chat: Chat) -> Shown:
    chat.say("ann", f"remove billing report {month(chat)}")
    shown = chat.expect("ann", CONFIRMATION, "Its file cannot be had any more then.")
    chat.quiet()
    return shown


def removals(chat: Chat) -> int:
    return len([each for each in chat.bot.simulator.calls.to("broadworks", "DELETE") if each.path.startswith(REPORTS)])


def test_what_is_there_is_shown_and_removed_once_its_month_was_typed(chat: Chat) -> None:
    there(chat, at=datetime(2025, 3, 1, 9, 30, tzinfo=UTC))
    shown = asked_to_remove(chat)

    chat.submit("ann", shown, "Remove", typed=month(chat))

    done = chat.expect_on(shown, "Billing report removed", "Requested: 1 Mar 2025 09:30 UTC")
    assert done.buttons == ["Request again", "List reports", "Remove another"]
    assert (reports(chat), removals(chat)) == ([], 1)
    assert state_of(chat, number_of(shown)) == "done"


@pytest.mark.parametrize("typed", ["", "yes", "2001-01"])
def test_nothing_is_removed_until_its_month_was_typed(chat: Chat, typed: str) -> None:
    there(chat)
    shown = asked_to_remove(chat)

    chat.submit("ann", shown, "Remove", typed=typed)

    chat.expect("ann", "into the card, then press the button again. Nothing was sent.")
    assert (len(reports(chat)), removals(chat)) == (1, 0)


def test_of_several_of_a_month_one_must_be_named_by_its_id(chat: Chat) -> None:
    one, other = there(chat), there(chat)
    chat.say("ann", f"remove billing report {month(chat)}")
    chat.expect("ann", f"Webex has 2 reports of {month(chat)}: say which by its ID")

    chat.say("ann", f"remove billing report {other.id}")
    shown = chat.expect("ann", CONFIRMATION)
    chat.submit("ann", shown, "Remove", typed=month(chat))

    chat.expect_on(shown, "Billing report removed")
    assert reports(chat) == [one]


def test_one_that_somebody_has_removed_meanwhile_is_told_to_be_gone(chat: Chat) -> None:
    one = there(chat)
    shown = asked_to_remove(chat)
    chat.bot.simulator.broadworks.reports.remove(one)

    chat.submit("ann", shown, "Remove", typed=month(chat))

    chat.expect_on(shown, "The billing report was not there any more", "somebody had removed it meanwhile")


def test_a_lost_answer_is_settled_by_looking(chat: Chat) -> None:
    one = there(chat)
    shown = asked_to_remove(chat)
    chat.fault(service="broadworks", method="DELETE", kind="drop_after", path=f"{REPORTS}/{one.id}", times=1)
    chat.submit("ann", shown, "Remove", typed=month(chat))
    chat.expect_on(shown, "Nobody knows yet whether it was done.")
    chat.settle()

    chat.forward(timedelta(seconds=2))

    chat.expect_on(shown, "Billing report removed", "Found by looking: it is gone.")
    assert removals(chat) == 1


def test_a_removal_that_never_arrived_can_be_sent_again(chat: Chat) -> None:
    one = there(chat)
    shown = asked_to_remove(chat)
    chat.fault(service="broadworks", method="DELETE", kind="drop_before", path=f"{REPORTS}/{one.id}", times=1)
    chat.submit("ann", shown, "Remove", typed=month(chat))
    chat.expect_on(shown, "Nobody knows yet whether it was done.")
    chat.settle()

    chat.forward(timedelta(minutes=5))
    still = chat.expect_on(shown, "The bot looked: the report is still there. You can send it again.")
    chat.press("ann", still, "Send again")

    chat.expect_on(shown, "Billing report removed")
    assert reports(chat) == []
