"""Presses that are late, from the wrong person or from nobody: each gets a plain answer and changes nothing."""

from typing import Any

import pytest

from bot.domain.press import CARD_KEY, Press, Purpose
from bot.signing import Signer
from bot.testing.running import KEY
from bot.testing.talking import Chat
from tests.dialogues.scenes import WORKSPACES, audited, confirmation, form, number_of, state_of, workspace

UNREADABLE = "I cannot read this button: the card is not one of mine"


def signed(key: str, press: Press) -> dict[str, Any]:
    """The data of a button, signed with a key."""
    return {CARD_KEY: Signer([key]).sign(press)}


@pytest.mark.parametrize("button", ["Provision", "Edit", "Cancel"])
def test_the_buttons_of_a_request_are_its_askers_alone(chat: Chat, button: str) -> None:
    shown = confirmation(chat, workspace(chat), space="support")
    number = number_of(shown)
    chat.quiet()

    chat.press("bob", shown, button)

    chat.expect("support", f"Only Ann Test{chat.turn}, who asked, can press the buttons of request {number}.")
    chat.settle()
    assert chat.sent(WORKSPACES) == []
    assert state_of(chat, number) == "asked"
    assert [(each.what, each.detail) for each in audited(chat, actor="bob")] == [
        ("press refused", {"room": chat.rooms["support"], "why": "NotAllowed"})
    ]


@pytest.mark.parametrize(
    "data",
    [
        {},
        {CARD_KEY: "garbled"},
        {CARD_KEY: 7},
        {CARD_KEY: "x" * 9000},
        {CARD_KEY: {"purpose": "confirm"}},
        {"provision": "yes"},
        signed("another-key-that-is-not-the-bots-own", Press(Purpose.CONFIRM, "somebody", request=1)),
    ],
)
def test_a_button_that_the_bot_did_not_sign_does_nothing(chat: Chat, data: dict[str, Any]) -> None:
    shown = confirmation(chat, workspace(chat))
    chat.quiet()

    chat.act("ann", shown, data)

    chat.expect("ann", UNREADABLE)
    chat.settle()
    assert chat.sent(WORKSPACES) == []


def test_data_that_was_changed_after_signing_does_nothing(chat: Chat) -> None:
    shown = confirmation(chat, workspace(chat))
    text = shown.data("Provision")[CARD_KEY]

    chat.act("ann", shown, {CARD_KEY: text[:-2] + ("AA" if not text.endswith("AA") else "BB")})

    chat.expect("ann", UNREADABLE)


@pytest.mark.parametrize(
    ("press", "answer"),
    [
        (Press(Purpose.CONFIRM, "x", request=999_999), "I do not know that request any more."),
        (Press(Purpose.SUBMIT, "x", conversation=999_999), "I do not know that form any more."),
        (Press(Purpose.SAY, "somebody else", words="help"), "That button was drawn for somebody else."),
    ],
)
def test_a_button_for_what_is_gone_says_so(chat: Chat, press: Press, answer: str) -> None:
    shown = form(chat, "precheck")

    chat.act("ann", shown, signed(KEY, press))

    chat.expect("ann", answer)


def test_a_confirmation_is_bound_to_what_was_read(chat: Chat) -> None:
    values = workspace(chat)
    shown = confirmation(chat, values)
    other = Press(Purpose.CONFIRM, chat.people["ann"].id, request=number_of(shown), plan_hash="of something else")

    chat.act("ann", shown, signed(KEY, other))

    chat.expect("ann", "has changed since that card was drawn: look at its newest card.")
    assert chat.workspaces(values["userId"]) == []


def test_a_button_of_one_space_pressed_in_another_still_asks_who_presses(chat: Chat) -> None:
    values = workspace(chat)
    anns = confirmation(chat, values)
    public = form(chat, "precheck", who="bob", space="support")

    chat.act("bob", public, anns.data("Provision"))

    chat.expect("support", "Only Ann")
    assert chat.workspaces(values["userId"]) == []


def test_inputs_cannot_override_what_a_button_means(chat: Chat) -> None:
    shown = form(chat, "precheck")

    chat.act("ann", shown, {**shown.data("Check"), "email": "one@example.com", "unknown": "x", "package": ["basic"]})

    chat.expect_on(shown, "Webex expects this to work", "E-mail: one@example.com")


def test_values_that_are_too_long_are_complained_about(chat: Chat) -> None:
    shown = form(chat, "precheck")

    chat.submit("ann", shown, "Check", email="one@example.com", firstName="x" * 5000)

    chat.expect_on(shown, "First name has 2000 characters; at most 256 fit.")


def test_a_card_of_somebody_else_is_not_taken_over_by_a_press_that_claims_to_come_from_it(chat: Chat) -> None:
    anns = confirmation(chat, workspace(chat), space="support")
    others = workspace(chat, userId=f"bob.{chat.turn}@example.com", extension=f"{chat.turn + 30000}")
    bobs = confirmation(chat, others, who="bob", space="support")

    chat.act("ann", bobs, anns.data("Edit"))

    chat.expect("support", "This form is open until")
    assert chat.expect_on(bobs, "Nothing has been sent yet").buttons == ["Provision", "Edit", "Cancel"]
