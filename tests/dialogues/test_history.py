"""Somebody asks what happened: to a request, to a subscriber, by a person."""

from collections.abc import Callable

import pytest

from bot.testing.talking import Chat
from tests.dialogues.scenes import confirmation, form, number_of, workspace


@pytest.fixture
def done(chat: Chat) -> tuple[int, str]:
    """Ann has provisioned a workspace in the support space; its number and its user ID."""
    values = workspace(chat)
    shown = confirmation(chat, values, space="support")
    chat.press("ann", shown, "Provision")
    chat.expect_on(shown, "Workspace provisioned")
    return number_of(shown), values["userId"]


@pytest.mark.parametrize("words", ["history request {}", "History request {}", "history request number={}"])
def test_what_happened_to_a_request_is_told_to_its_asker(chat: Chat, done: tuple[int, str], words: str) -> None:
    chat.say("ann", words.format(done[0]))

    shown = chat.expect("ann", f"Request {done[0]}, provision workspace", "Request asked", "Request done")
    assert f"by Ann Test{chat.turn}" in shown.text
    assert "no rule asked for more" in shown.text
    assert shown.buttons == ["Show another"]


def test_whoever_may_not_see_a_request_is_not_told_that_it_exists(chat: Chat, done: tuple[int, str]) -> None:
    chat.say("bob", f"history request {done[0]}")

    chat.expect("bob", f"There is no request {done[0]} that you can see here.")
    chat.say("bob", f"history request {done[0]}", space="support")
    chat.expect("support", f"Request {done[0]}, provision workspace")


def test_the_words_alone_ask_which_one(chat: Chat) -> None:
    assert list(form(chat, "history request").inputs) == ["request"]


def test_a_long_history_is_shown_page_by_page(chat: Chat) -> None:
    shown = confirmation(chat, workspace(chat), space="support")
    for _ in range(4):
        chat.press("bob", shown, "Provision")
        chat.expect("support", "Only Ann")
    chat.press("ann", shown, "Provision")
    number = number_of(chat.expect_on(shown, "Workspace provisioned"))

    chat.say("ann", f"history request {number}")
    first = chat.expect("ann", "Request asked")
    chat.press("ann", first, "Next")

    last = chat.expect_on(first, "Request done")
    assert "Request asked" not in last.text
    assert first.text.count("Press refused") == 4
    assert "Next" not in last.buttons


def test_of_a_subscriber_what_may_not_be_seen_is_only_counted(chat: Chat, done: tuple[int, str]) -> None:
    chat.say("ann", f"history subscriber {done[1]}")
    chat.expect("ann", done[1], f"Request {done[0]}: request done", f"Request {done[0]}: request planned")
    chat.say("bob", f"history subscriber {done[1]}")

    shown = chat.expect("bob", "1 request about this subscriber cannot be shown to you here. Auditors see all.")
    assert f"Request {done[0]}" not in shown.text


def test_what_a_person_did_is_told_to_admins_and_refused_to_others(chat: Chat, done: tuple[int, str]) -> None:
    chat.say("bob", f"history person {chat.people['ann'].email}")
    chat.expect("bob", "“history person” is for auditors and admins. Ask one of them.")
    chat.say("bob", "history person")
    chat.expect("bob", "“history person” is for auditors and admins. Ask one of them.")
    chat.say("cleo", f"history person {chat.people['ann'].email}")

    chat.expect("cleo", f"Ann Test{chat.turn}", f"Request {done[0]}: request done")


def test_help_offers_it_to_those_who_may(special_chat: Callable[..., Chat]) -> None:
    chat = special_chat(BOT_AUDITORS="dora@example.com")
    chat.stranger("dora", email="dora@example.com")
    chat.say("ann", "help")
    chat.say("dora", "help", space="support")

    assert "history person" not in chat.expect("ann", "What I can do").text
    assert "history person" in chat.expect("support", "What I can do").text
    chat.say("dora", "history person dora@example.com", space="support")
    chat.expect("support", "request asked")
