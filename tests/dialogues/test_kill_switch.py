"""With writes switched off, what was confirmed waits; switched on, it goes on by itself."""

from collections.abc import Callable

import pytest

from bot.testing.talking import Chat
from tests.dialogues.scenes import WORKSPACES, audited, confirmation, number_of, state_of, workspace


@pytest.fixture
def chat(special_chat: Callable[..., Chat]) -> Chat:
    """A chat with a bot that must not write."""
    return special_chat(BOT_WRITES="off")


def test_what_was_confirmed_waits_and_goes_on_once_when_writes_are_on_again(chat: Chat) -> None:
    values = workspace(chat)
    chat.quiet()
    shown = confirmation(chat, values)
    assert "Writes are switched off just now" in shown.text

    chat.press("ann", shown, "Provision")
    waiting = chat.expect_on(shown, "Writes are switched off.", "Nothing has been sent.")
    chat.settle()
    assert chat.sent(WORKSPACES) == []
    chat.bot.restart(BOT_WRITES="on")

    chat.expect_on(shown, "Workspace provisioned")
    chat.settle()
    assert len(chat.sent(WORKSPACES)) == len(chat.workspaces(values["userId"])) == 1
    held = [each.what for each in audited(chat, request=number_of(waiting)) if "held" in each.what]
    assert held == ["request held: writes are off"]


def test_what_waits_can_be_taken_back(chat: Chat) -> None:
    shown = confirmation(chat, workspace(chat))
    chat.press("ann", shown, "Provision")
    waiting = chat.expect_on(shown, "Writes are switched off.")

    chat.press("ann", waiting, "Cancel")

    chat.expect_on(shown, "Cancelled", "Nothing was changed in Webex.")
    assert state_of(chat, number_of(shown)) == "withdrawn"


def test_what_waits_can_be_edited_by_a_button_from_before(chat: Chat) -> None:
    values = workspace(chat)
    shown = confirmation(chat, values)
    chat.press("ann", shown, "Provision")
    chat.expect_on(shown, "Writes are switched off.", "Nothing has been sent.")

    chat.act("ann", shown, shown.data("Edit"))

    assert chat.expect_on(shown, "This form is open until").inputs == values
    assert state_of(chat, number_of(shown)) == "withdrawn"


def test_checks_go_on_as_usual(chat: Chat) -> None:
    chat.say("ann", "check one@example.com")

    chat.expect("ann", "Webex expects this to work")
