"""What was asked once is asked again: the same, or a copy to be changed; a change is always shown first."""

import pytest

from bot.testing.talking import Chat
from tests.dialogues.scenes import (
    CONFIRMATION,
    VALIDATE,
    WORKSPACES,
    confirmation,
    form,
    number_of,
    state_of,
    workspace,
)


def prechecked(chat: Chat) -> int:
    """Ann has had somebody prechecked."""
    chat.say("ann", f"precheck ann{chat.turn}@example.com package=basic first=Ann")
    return number_of(chat.expect("ann", "Webex expects this to work"))


def test_a_read_is_done_again_at_once_under_a_number_of_its_own(chat: Chat) -> None:
    number = prechecked(chat)
    chat.quiet()

    chat.say("ann", f"retry request {number}")

    shown = chat.expect("ann", "Webex expects this to work", f"ann{chat.turn}@example.com")
    assert number_of(shown) > number
    assert chat.sent(VALIDATE) == [{"email": f"ann{chat.turn}@example.com", "package": "basic", "firstName": "Ann"}]


def test_a_change_that_failed_is_shown_again_before_anything_is_sent(chat: Chat) -> None:
    values = workspace(chat)
    asked = confirmation(chat, values)
    chat.fault(service="broadworks", kind="status", method="POST", path=WORKSPACES, status=403, times=1)
    chat.press("ann", asked, "Provision")
    failed = chat.expect_on(asked, "HTTP 403")
    chat.quiet()

    chat.press("ann", failed, "Try again")

    again = chat.expect("ann", CONFIRMATION, values["userId"])
    assert chat.sent(WORKSPACES) == []
    chat.press("ann", again, "Provision")
    chat.expect_on(again, "Workspace provisioned")
    assert chat.sent(WORKSPACES) == [values]
    assert state_of(chat, number_of(failed)) == "failed"


def test_a_read_that_failed_for_a_moment_is_tried_again_with_one_press(chat: Chat) -> None:
    chat.fault(service="broadworks", kind="status", method="POST", path=VALIDATE, status=401, times=1)
    chat.say("ann", f"precheck ann{chat.turn}@example.com", space="support")
    failed = chat.expect("support", "HTTP 401")
    assert failed.buttons == ["Try again", "Edit and check again"]

    chat.press("bob", failed, "Try again")
    chat.expect("support", "That button was drawn for somebody else.")
    chat.press("ann", failed, "Try again")

    shown = chat.expect("support", "Webex expects this to work")
    assert shown.parent_id == failed.parent_id


def test_what_webex_will_never_accept_is_not_offered_to_be_tried_again(chat: Chat) -> None:
    asked = confirmation(chat, workspace(chat, userId="95540002@sp.com"))

    chat.press("ann", asked, "Provision")

    assert chat.expect_on(asked, "Code 10022: ").buttons == ["Again with changes"]


def test_what_was_done_can_be_asked_again_and_what_is_known_of_it_is_told(chat: Chat) -> None:
    values = workspace(chat)
    asked = confirmation(chat, values)
    chat.press("ann", asked, "Provision")
    done = chat.expect_on(asked, "Workspace provisioned")

    chat.say("ann", f"retry #{number_of(done)}")

    chat.expect("ann", CONFIRMATION, f"in request {number_of(done)}")
    assert len(chat.workspaces(values["userId"])) == 1


def test_what_waits_for_a_press_has_not_ended(chat: Chat) -> None:
    asked = confirmation(chat, workspace(chat))
    number = number_of(asked)

    chat.say("ann", f"retry request {number}")

    chat.expect("ann", f"Request {number} has not ended yet.", f"show request {number}")
    assert state_of(chat, number) == "asked"


def test_of_what_nobody_knows_how_it_ended_the_way_out_is_told(chat: Chat) -> None:
    chat.switch(workspaces_scope=False)
    asked = confirmation(chat, workspace(chat))
    chat.fault(service="broadworks", kind="drop_after", method="POST", path=WORKSPACES, times=1)
    chat.press("ann", asked, "Provision")
    unknown = chat.expect_on(asked, "Nobody knows yet whether it was done")
    chat.quiet()

    chat.say("ann", f"retry request {number_of(unknown)}")

    chat.expect(
        "ann", f"Nobody knows yet whether request {number_of(unknown)} was done. Press Check on its card first."
    )
    assert chat.sent(WORKSPACES) == []


@pytest.mark.parametrize("words", ["retry request {}", "clone request {}"])
def test_of_somebody_elses_in_another_space_nothing_is_told(chat: Chat, words: str) -> None:
    number = prechecked(chat)

    chat.say("bob", words.format(number))

    chat.expect("bob", f"There is no request {number} that you can see here.")


@pytest.mark.parametrize("words", ["clone request {}", "clone #{}", "Clone Request {}."])
def test_a_copy_is_a_form_with_everything_in_it(chat: Chat, words: str) -> None:
    values = workspace(chat)
    asked = confirmation(chat, values)

    chat.say("ann", words.format(number_of(asked)))

    shown = chat.expect("ann", "This form is open until")
    assert shown.inputs == values
    assert state_of(chat, number_of(asked)) == "asked"
    chat.submit("ann", shown, "Review", displayName="Another room")
    chat.expect_on(shown, CONFIRMATION, "Another room")


def test_again_with_changes_leaves_the_result_and_opens_a_form_beside_it(chat: Chat) -> None:
    values = workspace(chat)
    asked = confirmation(chat, values)
    chat.press("ann", asked, "Provision")
    done = chat.expect_on(asked, "Workspace provisioned")

    chat.press("ann", done, "Again with changes")

    assert chat.expect("ann", "This form is open until").inputs == values
    assert "Workspace provisioned" in done.text


@pytest.mark.parametrize("verb", ["retry", "clone", "show"])
@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("0", "There is no request 0 that you can see here."),
        ("#0", "There is no request 0 that you can see here."),
        ("999999999", "There is no request 999999999 that you can see here."),
        ("99999999999", "There is no request 999999999… that you can see here."),
        ("-1", "I did not understand"),
        ("1.5", "I did not understand"),
        ("12 13", "I did not understand"),
        ("twelve", "I did not understand"),
        ("\u0661\u0662", "I did not understand"),
        ("# #1", "I did not understand"),
    ],
)
def test_only_a_number_is_taken_for_one(chat: Chat, verb: str, said: str, told: str) -> None:
    chat.say("ann", f"{verb} request {said}")

    chat.expect("ann", told)


@pytest.mark.parametrize(("said", "meant"), [("retry", "retry"), ("Clone request", "clone"), ("show request.", "show")])
def test_words_that_lack_only_the_number_are_asked_for_it(chat: Chat, said: str, meant: str) -> None:
    chat.say("ann", said)

    chat.expect("ann", f"Which one? Say “{meant} request 12”, for example. “my requests” lists yours.")


def test_where_a_form_is_filled_in_word_by_word_such_a_word_is_an_answer(chat: Chat) -> None:
    form(chat, "provision workspace")
    chat.say("ann", "text")
    chat.expect("ann", "Display name")

    chat.say("ann", "Show")

    chat.expect("ann", "User ID**?")
