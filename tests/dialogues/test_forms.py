"""Forms that are being filled in: by card and by text, by several people, for a long time."""

import pytest

from bot.testing.shown import Shown
from bot.testing.talking import Chat
from tests.dialogues.scenes import CONFIRMATION, VALIDATE, WORKSPACES, confirmation, form, number_of, workspace


def filled(shown: Shown) -> dict[str, str]:
    """What stands in the inputs of a form."""
    return {name: value for name, value in shown.inputs.items() if value}


def test_forms_of_two_people_in_one_space_never_mix(chat: Chat) -> None:
    anns = form(chat, "precheck first=Ann", space="support")
    bobs = form(chat, "precheck first=Bob", who="bob", space="support")

    chat.say("bob", "mail=bob@example.com", space="support", thread=bobs.parent_id)
    chat.expect("support", "Webex expects this to work", "First name: Bob", "E-mail: bob@example.com")
    chat.press("bob", anns, "Cancel")
    chat.expect("support", "This form is somebody else's. Say “precheck subscriber” to get your own.")
    chat.submit("ann", anns, "Check", email="ann@example.com")

    chat.expect_on(anns, "Webex expects this to work", "First name: Ann", "E-mail: ann@example.com")


def test_a_second_form_takes_the_place_of_the_first_which_says_so(chat: Chat) -> None:
    first = form(chat, "precheck")

    form(chat, "provision workspace")

    chat.expect_on(first, "Precheck subscriber", "Another form has taken its place.")


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("precheck", {"firstName": "Ann", "package": "basic"}),
        ("precheck last=Newman", {"lastName": "Newman"}),
    ],
)
def test_the_same_form_keeps_its_values_unless_the_line_brings_others(
    chat: Chat, words: str, kept: dict[str, str]
) -> None:
    first = form(chat, "precheck first=Ann pkg=basic")

    chat.say("ann", words)

    chat.expect_on(first, "Another form has taken its place.")
    assert filled(chat.expect("ann", "This form is open until")) == kept


def test_a_form_can_be_cancelled_by_its_button(chat: Chat) -> None:
    shown = form(chat, "precheck")

    chat.press("ann", shown, "Cancel")

    over = chat.expect_on(shown, "Precheck subscriber", "Cancelled. Nothing was sent.")
    chat.act("ann", shown, shown.data("Cancel"))
    chat.expect("ann", "This form is closed already: it was cancelled.")
    assert over.buttons == []


def test_a_form_can_be_cancelled_by_a_word(chat: Chat) -> None:
    shown = form(chat, "precheck", space="support")

    chat.say("ann", "cancel", space="support")

    chat.expect("support", "Cancelled: precheck subscriber. Nothing was changed.")
    chat.expect_on(shown, "Cancelled. Nothing was sent.")


def test_a_form_that_nobody_touches_expires_and_says_so(chat: Chat) -> None:
    shown = form(chat, "precheck first=Ann")

    chat.forward(chat.bot.application.context.rules.form_life)

    over = chat.expect_on(shown, "Nobody sent this form in time. Nothing was sent to Webex.")
    assert over.buttons == ["Ask again"]
    chat.press("ann", over, "Ask again")
    assert filled(chat.expect("ann", "This form is open until")) == {}


def test_an_expired_form_that_is_sent_all_the_same_comes_back_with_everything_in_it(chat: Chat) -> None:
    shown = form(chat, "precheck first=Ann")
    chat.forward(chat.bot.application.context.rules.form_life)
    chat.expect_on(shown, "Nobody sent this form in time.")

    chat.submit("ann", shown, "Check", email="ann@example.com")

    again = chat.expect("ann", "That form had expired. Here is what you typed: press once more.")
    assert filled(again) == {"email": "ann@example.com", "firstName": "Ann"}
    chat.submit("ann", again, "Check")
    chat.expect_on(again, "Webex expects this to work")


def test_a_form_that_is_being_filled_in_does_not_expire(chat: Chat) -> None:
    life = chat.bot.application.context.rules.form_life
    shown = form(chat, "precheck")
    chat.forward(life / 2)
    chat.submit("ann", shown, "Check", email="wrong")
    again = chat.expect_on(shown, "1 thing to put right")

    chat.forward(life / 2)
    chat.settle()

    chat.submit("ann", again, "Check", email="ann@example.com")
    chat.expect_on(shown, "Webex expects this to work")


def test_a_restart_between_form_and_answer_loses_nothing(chat: Chat) -> None:
    shown = form(chat, "precheck first=Ann")
    waiting = confirmation(chat, workspace(chat), who="bob")

    chat.bot.restart()

    chat.submit("ann", shown, "Check", email="ann@example.com")
    chat.expect_on(shown, "Webex expects this to work", "First name: Ann")
    chat.press("bob", waiting, "Provision")
    chat.expect_on(waiting, "Workspace provisioned")


def test_a_form_that_is_sent_twice_makes_one_request(chat: Chat) -> None:
    shown = form(chat, "precheck")
    chat.quiet()

    chat.submit("ann", shown, "Check", email="ann@example.com")
    chat.submit("ann", shown, "Check", email="ann@example.com")

    answer = chat.expect_on(shown, "Webex expects this to work")
    chat.expect("ann", f"This form was already sent: it is request {number_of(answer)}.")
    assert len(chat.sent(VALIDATE)) == 1


def test_a_form_can_be_filled_in_by_text_with_each_wrong_answer_asked_again(chat: Chat) -> None:
    values = workspace(chat, extension="")
    shown = form(chat, "provision workspace")
    answers = [
        ("text", "Display name"),
        (values["displayName"], "User ID"),
        ("room 1", "User ID cannot contain spaces."),
        (values["userId"], "Enterprise"),
        (values["spEnterpriseId"], "Give a phone number or an extension"),
    ]

    for said, question in answers:
        chat.say("ann", said)
        chat.expect("ann", question, "?", "Reply with it, or say `cancel`.")
    chat.say("ann", values["primaryPhoneNumber"])

    asked = chat.expect("ann", CONFIRMATION)
    chat.expect_on(shown, "Sent. The answer has its own card.")
    chat.press("ann", asked, "Provision")
    chat.expect_on(asked, "Workspace provisioned")
    assert [each["displayName"] for each in chat.workspaces(values["userId"])] == [values["displayName"]]


def test_by_text_an_answer_is_taken_for_what_was_asked_though_nothing_is_needed(chat: Chat) -> None:
    form(chat, "find subscribers")
    chat.say("ann", "text")
    chat.expect("ann", "**E-mail**?")

    chat.say("ann", "acme")

    chat.expect("ann", "E-mail is not an e-mail address", "**E-mail**?")


def test_fields_that_are_typed_go_into_the_open_form(chat: Chat) -> None:
    shown = form(chat, "precheck first=Ann")

    chat.say("ann", "pkg=gold last=Newman")
    again = chat.expect_on(shown, "2 things to put right")
    assert filled(again) == {"firstName": "Ann", "lastName": "Newman"}
    chat.say("ann", "pkg=basic ann@example.com")

    chat.expect("ann", "Webex expects this to work", "Package: basic", "First name: Ann", "Last name: Newman")
    chat.expect_on(shown, "Sent. The answer has its own card.")


def test_an_answer_need_not_be_in_the_thread_of_its_form(chat: Chat) -> None:
    form(chat, "precheck", space="support")

    chat.say("ann", "text", space="support")
    chat.expect("support", "E-mail", "Mention me in your reply, with it")
    chat.say("ann", "ann@example.com", space="support")

    chat.expect("support", "Webex expects this to work", "ann@example.com")


def test_a_reply_in_a_thread_of_a_direct_space_is_an_answer_too(chat: Chat) -> None:
    shown = form(chat, "precheck")

    chat.say("ann", "ann@example.com", thread=shown.id)

    chat.expect("ann", "Webex expects this to work")


def test_what_is_no_answer_leaves_the_form_alone(chat: Chat) -> None:
    shown = form(chat, "precheck first=Ann")
    chat.quiet()

    chat.say("ann", "is anybody there")

    chat.expect("ann", "I did not understand “is anybody there”.")
    still = chat.now(shown)
    assert still is not None
    assert filled(still) == {"firstName": "Ann"}
    assert chat.sent(VALIDATE) == chat.sent(WORKSPACES) == []
