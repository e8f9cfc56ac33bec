"""A support agent has the consent e-mail sent again."""

from datetime import timedelta

import pytest

from bot.simulator.provisioning.subscriber import End, Subscriber
from bot.testing.shown import Shown
from bot.testing.talking import Chat
from tests.dialogues.scenes import CONFIRMATION, form, number_of, state_of
from tests.dialogues.scenes_find import odd, subscriber

SENT = "Webex sends the consent e-mail again"


def waiting(chat: Chat) -> Subscriber:
    """Somebody who has not agreed yet."""
    return subscriber(chat, end=End("pending_user_migration"))


def confirmation(chat: Chat, who: Subscriber) -> Shown:
    """Ann asks for the e-mail and sees to whom it would go."""
    chat.say("ann", f"resend consent {who.facts['userId']}")
    return chat.expect("ann", CONFIRMATION, f"E-mail goes to: {who.email}")


def test_the_mail_is_sent_once_after_it_was_shown_to_whom(chat: Chat) -> None:
    nora = waiting(chat)
    shown = confirmation(chat, nora)
    assert "Waiting for consent since " in shown.text
    assert "This bot has not sent it again before." in shown.text
    assert shown.buttons == ["Resend", "Edit", "Cancel"]
    assert nora.consent_mails == 0

    chat.press("ann", shown, "Resend")

    chat.expect_on(shown, SENT, f"E-mail goes to: {nora.email}", "Subscriber: Nora Novak1")
    assert nora.consent_mails == 1


@pytest.mark.parametrize("path", ["documented", "broadworks"])
def test_it_reaches_webex_under_either_of_its_addresses(chat: Chat, path: str) -> None:
    chat.switch(consent_path=path)
    nora = waiting(chat)
    shown = confirmation(chat, nora)

    chat.press("ann", shown, "Resend")

    chat.expect_on(shown, SENT)
    assert nora.consent_mails == 1


def test_the_last_one_is_told_before_another_is_sent_and_in_the_history(chat: Chat) -> None:
    nora = waiting(chat)
    first = confirmation(chat, nora)
    chat.press("ann", first, "Resend")
    done = chat.expect_on(first, SENT)
    chat.press("ann", done, "Show subscriber")
    shown = chat.expect("ann", f"Request {number_of(done)} · resend consent", "Done, ")

    chat.press("ann", shown, "Resend consent")

    ann = chat.people["ann"].display_name
    again = chat.expect(
        "ann", CONFIRMATION, f"The last one was asked for by {ann} at ", f"in request {number_of(done)}."
    )
    chat.press("ann", again, "Resend")
    chat.expect_on(again, SENT)
    assert nora.consent_mails == 2


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (End("provisioned"), "Status in Webex: provisioned."),
        (End("pending_email_validation"), "waiting for the user to confirm the e-mail address"),
        pytest.param(
            odd("on_hold"), "in Webex's word “on_hold”, which this bot does not know", marks=pytest.mark.undocumented
        ),
    ],
)
def test_who_does_not_wait_for_consent_is_told_of(chat: Chat, end: End, words: str) -> None:
    nora = subscriber(chat, end=end)

    chat.say("ann", f"resend consent {nora.email}")

    shown = chat.expect("ann", "Nora Novak1 is not waiting for consent, so there is no mail to send again.", words)
    assert shown.buttons == ["Show subscriber", "Resend another"]


def test_mistakes_come_back_with_what_was_said(chat: Chat) -> None:
    shown = form(chat, "resend consent")
    chat.submit("ann", shown, "Review", subscriber="a b@example.com")
    again = chat.expect_on(shown, "1 thing to put right")
    assert again.inputs == {"subscriber": "a b@example.com"}

    chat.submit("ann", again, "Review", subscriber="nobody@find.example.com")

    chat.expect_on(shown, "Webex knows no subscriber “nobody@find.example.com”.")


def test_who_agrees_meanwhile_gets_no_mail_and_webex_says_so(chat: Chat) -> None:
    nora = waiting(chat)
    shown = confirmation(chat, nora)
    chat.bot.simulator.broadworks.subscribers.consented(nora)

    chat.press("ann", shown, "Resend")

    chat.expect_on(shown, "HTTP 409", "Nothing was changed.", "This is for subscribers in pending_user_migration only")
    assert nora.consent_mails == 0


def test_a_lost_answer_is_closed_by_a_person_and_the_mail_never_sent_again_by_itself(chat: Chat) -> None:
    nora = waiting(chat)
    shown = confirmation(chat, nora)
    chat.fault(service="broadworks", kind="drop_after", method="POST", path=".*consentMove", times=1)
    chat.press("ann", shown, "Resend")
    lost = chat.expect_on(shown, "Nobody knows yet whether it was done.", "Ask the user whether one has come.")
    assert nora.facts["userId"] in lost.text
    assert lost.buttons == ["Close", "Close"]
    chat.forward(timedelta(minutes=10))
    chat.settle()
    assert state_of(chat, number_of(lost)) == "unknown"
    assert "The bot looked" not in chat.card("ann").text

    chat.submit("ann", lost, "Close", ended="done", comment="It has come")

    chat.expect_on(shown, SENT, f"Closed by {chat.people['ann'].display_name}: it was done. Comment: It has come.")
    assert nora.consent_mails == 1
