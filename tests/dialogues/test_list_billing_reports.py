"""An agent lists billing reports, and goes on from there."""

from datetime import UTC, datetime

from bot.testing.talking import Chat
from tests.dialogues.scenes import CONFIRMATION
from tests.dialogues.scenes_reports import files, month, there


def made_in(chat: Chat) -> datetime:
    """A month of the making that no other test has."""
    return datetime(1000 + chat.turn, 6, 15, tzinfo=UTC)


def narrowed(chat: Chat) -> str:
    year = made_in(chat).year
    return f"list billing reports after={year}-05 before={year}-07"


def test_those_of_a_time_are_listed_the_newest_month_first(chat: Chat) -> None:
    reports = chat.bot.simulator.broadworks.reports
    for period, fails in (("2020-04", False), ("2020-06", True), ("2020-05", False)):
        reports.add(period, at=made_in(chat), fails=fails)

    chat.say("ann", narrowed(chat))

    card = chat.expect("ann", "3 billing reports")
    lines = [line for line in card.text.splitlines() if " · " in line and "Request" not in line]
    assert lines[:3] == ["1 · June 2020", "2 · May 2020", "3 · April 2020"]
    assert card.buttons == ["Get 2", "Get 3", "Edit and list again"]


def test_one_alone_can_be_got_and_removed_from_the_list(chat: Chat) -> None:
    there(chat, at=made_in(chat))
    chat.say("ann", narrowed(chat))
    card = chat.expect("ann", "1 billing report")
    assert card.buttons == ["Get", "Remove", "Edit and list again"]

    chat.press("ann", card, "Get")
    chat.until(lambda: files(chat))
    chat.settle()
    chat.press("ann", card, "Remove")

    shown = chat.expect("ann", CONFIRMATION, "Its file cannot be had any more then.")
    assert month(chat) in shown.text
    assert "typed" in shown.inputs


def test_where_there_is_none_one_can_be_requested(chat: Chat) -> None:
    chat.say("ann", narrowed(chat))
    card = chat.expect("ann", "Webex has no billing report made in that time.")

    chat.press("ann", card, "Request a report")

    chat.expect("ann", "This form is open until")


def test_a_time_without_a_month_in_it_is_complained_of(chat: Chat) -> None:
    chat.say("ann", "list billing reports after=2020-05 before=2020-05")

    chat.expect("ann", "Made before must be later than Made after (2020-05): nothing lies between.")
