"""The kit for those who extend the bot says what it does, and leaves nothing behind."""

from pathlib import Path

import pytest
import structlog

from bot.errors import SettingsError
from bot.testing import AnotherBotRuns, Chat, opening
from tests.dialogues.scenes import form


def test_a_chat_has_a_bot_of_its_own_and_ends_it() -> None:
    # Another test of the same process may have left a way of logging.
    before = structlog.get_config() if structlog.is_configured() else None

    with opening.chat(BOT_WRITES="off") as talk:
        talk.say("ann", "help")
        talk.expect("ann", "What I can do")
        database = Path(talk.bot.settings.database_url.removeprefix("sqlite:///"))
        assert database.exists()

    assert not talk.bot.settings.writes
    assert not database.exists()
    assert (structlog.get_config() if structlog.is_configured() else None) == before


def test_what_cannot_be_opened_stands_in_nobodys_way() -> None:
    for _ in range(2):
        with pytest.raises(SettingsError, match="BOT_WRITES"), opening.chat(BOT_WRITES="perhaps"):
            pass


def test_a_second_bot_in_a_process_is_refused_in_words(chat: Chat) -> None:
    with pytest.raises(AnotherBotRuns, match="Close the first chat before you open the next"), opening.chat():
        pass

    chat.say("ann", "help")
    chat.expect("ann", "What I can do")


def test_the_card_of_a_space_is_the_newest_message_that_has_one(chat: Chat) -> None:
    older = form(chat, "precheck")
    newer = form(chat, "provision workspace")
    chat.say("ann", "show request 999999")
    chat.expect("ann", "There is no request 999999")

    assert chat.card("ann").id == newer.id != older.id


def test_what_is_not_shown_is_told_with_what_is(chat: Chat) -> None:
    chat.say("ann", "show request 999999")
    chat.expect("ann", "There is no request 999999")

    with pytest.raises(AssertionError) as failed:
        chat.expect("ann", "Here is request 999999", within=0.1)

    assert str(failed.value) == (
        "Nobody was shown ('Here is request 999999',). The bot showed:\n"
        "There is no request 999999 that you can see here."
    )


def test_a_button_that_is_not_there_is_told_with_those_that_are(chat: Chat) -> None:
    shown = form(chat, "precheck")

    with pytest.raises(AssertionError, match=r"There is no button 'Send' among \['More fields', 'Check', 'Cancel'\]"):
        chat.press("ann", shown, "Send")


def test_logs_are_as_they_were_after_a_chat() -> None:
    processors = [structlog.dev.ConsoleRenderer()]
    structlog.configure(processors=processors)
    try:
        with opening.few_logs():
            assert structlog.get_config()["processors"] is not processors

        assert structlog.get_config()["processors"] is processors
    finally:
        structlog.reset_defaults()
