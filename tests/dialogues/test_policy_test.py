"""Somebody wants to know who would have to approve something."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.testing.talking import Chat

POLICY = """
[[rule]]
name = "premium at night"
when = { package = "premium", outside = { from = "08:00", until = "18:00", zone = "Europe/Paris" } }
need = { expires = "8h", reason = true, step = [{ from = "admin", space = "here" }] }

[[rule]]
name = "bob"
when.requester = "bob@example.com"
need = "none"
"""
NIGHT = "policy test provision subscriber package=premium at=2026-11-27T23:00+01:00"


@pytest.fixture
def chat(special_chat: Callable[..., Chat], tmp_path: Path) -> Chat:
    """A chat with a bot that goes by a policy of its own."""
    file = tmp_path / "policy.toml"
    file.write_text(POLICY, "utf-8")
    return special_chat(BOT_POLICY=str(file))


def test_the_rule_that_decides_is_named_with_its_line(chat: Chat) -> None:
    chat.say("ann", NIGHT)

    shown = chat.expect(
        "ann", "One approval is needed, none by who asks.", "“premium at night”, line 2 of policy.toml."
    )
    assert "An admin, asked in the space where it is asked for." in shown.text
    assert "It expires on 28 Nov 2026 06:00 UTC." in shown.text
    assert "Who asks must say why." in shown.text
    assert shown.buttons == ["Test something else"]


def test_the_words_alone_bring_a_form_with_one_input(chat: Chat) -> None:
    chat.say("ann", "policy test")
    shown = chat.expect("ann", "This form is open until")
    assert shown.inputs == {"question": ""}

    chat.submit("ann", shown, "Test", question="remove subscriber enterprise=Reseller1+acme")

    chat.expect_on(shown, "Two approvals are needed", "None: the policy says nothing of it.")


def test_what_holds_for_somebody_else_is_for_admins(chat: Chat) -> None:
    chat.say("ann", f"policy test remove subscriber as={chat.people['bob'].email}")
    chat.expect("ann", "Only an admin of this bot may test for somebody else.")

    chat.say("cleo", f"policy test remove subscriber as={chat.people['cleo'].email}")
    chat.expect("cleo", "Two approvals are needed", "(admin, agent)")


def test_an_operation_that_there_is_not_is_guessed(chat: Chat) -> None:
    chat.say("ann", "policy test remov subscriber")

    shown = chat.expect("ann", "No operation begins with “remov subscriber”.", "“remove subscriber”")
    chat.press("ann", shown, "Test something else")
    assert chat.expect("ann", "This form is open until").inputs == {"question": "remov subscriber"}


def test_a_line_that_is_no_command_is_not_taken_for_the_answer_to_the_form(chat: Chat) -> None:
    chat.say("ann", "policy test")
    chat.expect("ann", "This form is open until")

    chat.say("ann", "hello there")

    chat.expect("ann", "I did not understand “hello there”.")
