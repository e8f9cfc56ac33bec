"""What else people say: help, their requests, and things that must not be guessed."""

import pytest

from bot.domain.actor import Role
from bot.operations import catalogue
from bot.testing.talking import Chat
from tests.dialogues.scenes import VALIDATE, WORKSPACES, confirmation, form, number_of, workspace


def asked(chat: Chat, *, who: str = "ann", space: str = "") -> int:
    """Somebody has a precheck done; returns the number of the request."""
    chat.say(who, "check one@example.com", space=space)
    return number_of(chat.expect(space or who, "Webex expects this to work"))


def test_a_sentence_that_contains_a_command_runs_nothing_and_offers_it(chat: Chat) -> None:
    chat.quiet()

    chat.say("ann", "please do not provision this workspace")

    shown = chat.expect("ann", "“please do not provision this workspace”", "Nothing was run.", "Did you mean this?")
    assert "provision workspace" in shown.buttons
    chat.settle()
    assert chat.calls("broadworks") == []


def test_what_was_offered_can_be_pressed_by_who_had_said_it_and_nobody_else(chat: Chat) -> None:
    chat.say("ann", "please provision", space="support")
    offered = chat.expect("support", "Did you mean this?")

    chat.press("bob", offered, "provision workspace")
    chat.expect("support", "That button was drawn for somebody else.")
    chat.press("ann", offered, "provision workspace")

    shown = chat.expect("support", "Provision workspace", "This form is open until")
    assert shown.parent_id == offered.parent_id


@pytest.mark.parametrize("words", ["hello", "cancel my order", "show request abc", "my requests please"])
def test_what_is_no_command_is_not_guessed(chat: Chat, words: str) -> None:
    chat.say("ann", words)

    shown = chat.expect("ann", f"I did not understand “{words}”. Nothing was run.")
    assert shown.buttons


@pytest.mark.parametrize("words", ["help", "HELP", ""])
def test_help_tells_everything_that_can_be_asked_for(chat: Chat, words: str) -> None:
    chat.say("ann", words or " ", space="support")

    offered = [operation for operation in catalogue() if operation.role is Role.AGENT]
    shown = chat.expect("support", "What I can do", *(operation.words for operation in offered))
    assert shown.buttons == [operation.title for operation in offered]


@pytest.mark.parametrize("words", ["help precheck", "help check", "help precheck subscriber"])
def test_help_with_one_of_them_tells_its_fields_by_every_name(chat: Chat, words: str) -> None:
    chat.say("ann", words)

    shown = chat.expect("ann", "E-mail *: email, mail", "Phone number: primaryPhoneNumber, phone, number, primary")
    chat.press("ann", shown, "Precheck subscriber")
    chat.expect("ann", "This form is open until")


def test_my_requests_are_my_own_newest_first_and_each_can_be_shown(chat: Chat) -> None:
    asked(chat, who="bob")
    first, second = asked(chat), asked(chat)

    chat.say("ann", "my requests")

    listed = chat.expect("ann", f"{second} · Precheck subscriber", "done")
    assert listed.buttons == [str(second), str(first)]
    chat.press("ann", listed, str(first))
    chat.expect("ann", f"Request {first} · asked by Ann", "Webex expects this to work")


def test_who_has_asked_for_nothing_has_no_requests(chat: Chat) -> None:
    chat.say("ann", "my requests")

    chat.expect("ann", "There are no requests to show.")


@pytest.mark.parametrize("words", ["show request {}", "Show Request #{}", "show request # {}"])
def test_a_request_is_shown_by_its_number(chat: Chat, words: str) -> None:
    number = asked(chat)

    chat.say("ann", words.format(number))

    chat.expect("ann", f"Request {number} · asked by Ann")


def test_a_request_of_somebody_else_is_shown_in_the_space_where_it_was_asked(chat: Chat) -> None:
    number = asked(chat, space="support")

    chat.say("bob", f"show request {number}", space="support")

    chat.expect("support", f"Request {number} · asked by Ann")


def test_a_request_from_elsewhere_is_refused_like_one_that_does_not_exist(chat: Chat) -> None:
    number = asked(chat)

    chat.say("bob", f"show request {number}")
    chat.expect("bob", f"There is no request {number} that you can see here.")
    chat.say("bob", "show request 999999999")
    chat.expect("bob", "There is no request 999999999 that you can see here.")


def test_an_admin_may_see_every_request(chat: Chat) -> None:
    number = asked(chat)

    chat.say("cleo", f"show request {number}")

    chat.expect("cleo", f"Request {number} · asked by Ann")


def test_a_request_that_is_shown_twice_changes_in_both_messages(chat: Chat) -> None:
    first = confirmation(chat, workspace(chat))
    chat.say("ann", f"show request {number_of(first)}")
    second = chat.expect("ann", "Nothing has been sent yet")
    chat.quiet()

    chat.press("ann", second, "Provision")

    chat.expect_on(first, "Workspace provisioned")
    chat.expect_on(second, "Workspace provisioned")
    assert len(chat.sent(WORKSPACES)) == 1


def test_cancel_without_a_form_says_that_there_is_none(chat: Chat) -> None:
    chat.say("ann", "cancel")

    chat.expect("ann", "There is nothing open here that you could cancel.")


def test_what_was_typed_is_shown_as_it_was_typed_and_does_nothing(chat: Chat) -> None:
    nasty = f"<@personId:{chat.people['bob'].id}> **bold** [link](http://example.com)"

    chat.say("ann", nasty)

    shown = chat.expect("ann", "I did not understand “&lt;@personId:")
    assert shown.message.get("mentionedPeople") is None
    chat.quiet()
    assert chat.sent(VALIDATE) == []


def test_cancel_gives_up_what_waits_for_its_confirmation_here(chat: Chat) -> None:
    shown = confirmation(chat, workspace(chat))

    chat.say("ann", "cancel.")

    chat.expect_on(shown, "Cancelled", "Nothing was changed in Webex.")
    chat.expect("ann", f"Cancelled: request {number_of(shown)}, provision workspace.")


def test_thanks_is_no_value_where_the_bot_asks_by_text(chat: Chat) -> None:
    form(chat, "precheck")
    chat.say("ann", "text")
    chat.expect("ann", "**E-mail**?")

    chat.say("ann", "Thanks!")

    chat.expect("ann", "I did not take “Thanks!” as a value.")


@pytest.mark.parametrize(("words", "meant"), [("prechek ann@example.com", "precheck subscriber"), ("hepl me", "help")])
def test_a_slip_in_the_words_is_noticed_whatever_follows_them(chat: Chat, words: str, meant: str) -> None:
    chat.say("ann", words)

    assert any(title.startswith(meant) for title in chat.expect("ann", "Did you mean this?").buttons)


def test_what_was_typed_after_words_that_were_not_understood_is_not_lost(chat: Chat) -> None:
    chat.say("ann", f"resnd consnt nobody.{chat.turn}@example.com")

    shown = chat.expect("ann", "Did you mean this?")
    chat.press("ann", shown, f"resend consent nobody.{chat.turn}@example.com")
    chat.expect("ann", f"Webex knows no subscriber “nobody.{chat.turn}@example.com”.")


def test_an_address_alone_is_offered_to_what_only_reads(chat: Chat) -> None:
    chat.say("ann", "ann@example.com")

    assert chat.expect("ann", "Did you mean this?").buttons == [
        "find subscribers ann@example.com",
        "precheck subscriber ann@example.com",
        "show subscriber ann@example.com",
    ]


def test_half_a_command_about_somebody_who_is_there_opens_no_form_for_somebody_new(chat: Chat) -> None:
    chat.say("ann", "update nobody@example.com ext=4455")

    assert chat.expect("ann", "Did you mean this?").buttons[0] == "update subscriber nobody@example.com ext=4455"


def test_what_takes_all_that_was_typed_is_offered_first(chat: Chat) -> None:
    chat.say("ann", "remove nobody@example.com")

    assert chat.expect("ann", "Did you mean this?").buttons[0] == "remove subscriber nobody@example.com"
