"""What Webex works on for long: each step is told, people can act on it, and a restart forgets nothing."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from bot.services.watching import MANY
from bot.testing.shown import Shown
from bot.testing.talking import Chat
from tests.dialogues.scenes import CONFIRMATION, audited, number_of, state_of
from tests.dialogues.scenes_provision import (
    ACCEPTED,
    LONG_ENOUGH,
    accepted,
    in_webex,
    sent,
    somebody,
    told,
)

WAITS = "Accepted, and waiting for a person"
CONSENT = "waiting for the user's consent, asked for by e-mail"
NO_NUMBER = {"primaryPhoneNumber": "", "extension": ""}
QUARTER = timedelta(minutes=15)
STUCK_AFTER = timedelta(minutes=30)
DAY = timedelta(days=1)


def later(chat: Chat, by: timedelta) -> None:
    """Time passes once nothing is under way: a look that has begun before would count its pause from after."""
    chat.settle()
    chat.forward(by)


def stuck(chat: Chat, *, space: str = "") -> Shown:
    """Ann has provisioned somebody with whom Webex never gets done; her card says so."""
    chat.switch(subscriber_outcome="never")
    shown = accepted(chat, somebody(chat), space=space)
    later(chat, STUCK_AFTER)
    return chat.expect_on(shown, "This takes long", "Now Webex is provisioning it", "What shall happen?")


def _met(fault: Any, hits: int) -> bool:
    return bool(fault.hits >= hits)


def test_from_the_press_to_the_consent_of_the_user_each_step_is_told_across_a_restart(chat: Chat) -> None:
    values = somebody(chat, email=f"consent.{chat.turn}@example.com")
    card = accepted(chat, values)

    later(chat, LONG_ENOUGH)
    waiting = chat.expect_on(card, WAITS, CONSENT, "Before: provisioning since")
    chat.expect("ann", f"Request {number_of(card)}, provision subscriber: {CONSENT}.")
    assert waiting.buttons == ["Resend consent", "Show subscriber", "Stop watching"]

    chat.say("ann", f"resend consent user={values['userId']}")
    mail = chat.expect("ann", CONFIRMATION, values["email"])
    chat.press("ann", mail, "Resend")
    chat.expect_on(mail, "Webex sends the consent e-mail again")
    assert in_webex(chat, values["userId"]).consent_mails == 1

    chat.settle()
    chat.bot.restart()
    chat.switch(provisioning_seconds=1200)
    chat.bot.simulator.broadworks.subscribers.consented(in_webex(chat, values["userId"]))
    later(chat, QUARTER)
    chat.expect_on(card, ACCEPTED, "Now Webex is provisioning it", "pending_user_migration since")
    chat.expect("ann", f"Request {number_of(card)}, provision subscriber: Webex is provisioning it.")
    later(chat, QUARTER)
    chat.expect_on(card, "Subscriber provisioned", f"Zoe Neill{chat.turn}", values["email"])
    chat.expect("ann", f"Request {number_of(card)}, provision subscriber: done.")

    assert told(chat, card) == [f"{CONSENT}.", "Webex is provisioning it.", "done."]
    assert len(sent(chat, values["userId"])) == 1


def test_the_buttons_of_the_card_lead_to_the_subscriber_and_to_another_mail(chat: Chat) -> None:
    values = somebody(chat, email=f"consent.{chat.turn}@example.com")
    card = accepted(chat, values)
    later(chat, LONG_ENOUGH)
    waiting = chat.expect_on(card, WAITS)
    chat.settle()

    chat.press("ann", waiting, "Show subscriber")
    chat.expect("ann", f"Zoe Neill{chat.turn}", values["userId"], CONSENT.capitalize())
    chat.press("ann", waiting, "Resend consent")
    mail = chat.expect("ann", CONFIRMATION, values["email"])

    assert mail.buttons == ["Resend", "Edit", "Cancel"]
    assert state_of(chat, number_of(card)) == "watching"


def test_many_whose_time_has_come_are_looked_at_by_one_call_and_each_is_told(chat: Chat) -> None:
    people = [
        somebody(chat, userId=f"m{n}.{chat.turn}@bw.example", email=f"m{n}.{chat.turn}@example.com", **NO_NUMBER)
        for n in range(MANY + 2)
    ]
    chat.switch(subscriber_outcome="pending_user_migration")
    cards = []
    for values in people:
        cards.append(accepted(chat, values))
        later(chat, LONG_ENOUGH)
        chat.expect_on(cards[-1], WAITS)
    for values in people:
        chat.bot.simulator.broadworks.subscribers.consented(in_webex(chat, values["userId"]))
    chat.quiet()

    # Nobody looks before a quarter of an hour has passed, however busy the machine is: then all do at once.
    later(chat, QUARTER + LONG_ENOUGH)
    for card in cards:
        chat.expect_on(card, "Subscriber provisioned")
    chat.settle()

    ids = {in_webex(chat, values["userId"]).id for values in people}
    calls = chat.calls("broadworks")
    assert calls.count("GET /broadworks/subscribers 200") == 1
    assert [call for call in calls if any(each in call for each in ids)] == []
    assert [told(chat, card) for card in cards] == [[f"{CONSENT}.", "done."]] * len(people)


def test_looks_that_fail_are_told_to_nobody(chat: Chat) -> None:
    values = somebody(chat)
    card = accepted(chat, values)
    failing = chat.fault(
        service="broadworks", kind="status", status=403, method="GET", path="/broadworks/subscribers/.+"
    )

    for hits in (1, 2, 3):
        later(chat, timedelta(seconds=30))
        chat.until(partial(_met, failing, hits))
        chat.settle()
    assert (chat.expect_on(card, ACCEPTED).text, told(chat, card)) == (card.text, [])
    chat.bot.simulator.faults.clear()
    later(chat, timedelta(seconds=30))

    chat.expect_on(card, "Subscriber provisioned")
    chat.expect("ann", "provision subscriber: done.")


def test_what_takes_too_long_is_told_once_and_can_be_put_off_until_tomorrow(chat: Chat) -> None:
    card = stuck(chat)
    line = f"Request {number_of(card)}, provision subscriber: not finished yet, its card says what can be done."
    chat.expect("ann", line)
    assert card.buttons == ["Show subscriber", "Remind me tomorrow", "Stop watching"]

    later(chat, STUCK_AFTER)
    chat.settle()
    chat.press("ann", card, "Remind me tomorrow")
    chat.expect_on(card, ACCEPTED)
    later(chat, DAY - timedelta(minutes=1))
    chat.settle()
    assert len(told(chat, card)) == 1
    later(chat, timedelta(minutes=1))

    chat.expect_on(card, "This takes long")
    chat.expect("ann", line)
    assert len(told(chat, card)) == 2


def test_whoever_stops_watching_hears_no_more_of_it(chat: Chat) -> None:
    card = stuck(chat)
    chat.settle()

    chat.press("ann", card, "Stop watching")
    over = chat.expect_on(card, "Not watched any more", "Webex had accepted it and goes on by itself")
    chat.quiet()
    later(chat, DAY)
    chat.settle()

    assert over.buttons == ["Show subscriber", "Again with changes"]
    assert (state_of(chat, number_of(card)), len(told(chat, card))) == ("unwatched", 1)
    assert "watching stopped" in [each.what for each in audited(chat, request=number_of(card))]


@pytest.mark.parametrize("button", ["Remind me tomorrow", "Stop watching", "Show subscriber"])
def test_nobody_but_who_asked_decides_about_the_watching(chat: Chat, button: str) -> None:
    card = stuck(chat, space="support")
    chat.settle()

    chat.press("bob", card, button)

    chat.expect("support", f"Only Ann Test{chat.turn}, who asked, can press the buttons of request {number_of(card)}.")
    assert state_of(chat, number_of(card)) == "stuck"


def test_a_press_on_a_card_that_has_moved_on_is_answered_plainly(chat: Chat) -> None:
    card = stuck(chat)
    subscriber = in_webex(chat, f"zoe.{chat.turn}@bw.example")
    chat.switch(subscriber_outcome="by_rule")
    chat.bot.simulator.broadworks.subscribers.remove(subscriber)
    later(chat, QUARTER)
    ended = chat.expect_on(card, "The subscriber is not there any more.", "Somebody has removed it")

    chat.press("ann", card, "Remind me tomorrow")

    chat.expect("ann", f"Request {number_of(card)} has ended without success. Nothing was changed by that.")
    assert ended.buttons == ["Show subscriber", "Again with changes"]


def test_in_a_space_the_steps_are_told_in_the_thread_to_who_asked(chat: Chat) -> None:
    values = somebody(chat, email=f"consent.{chat.turn}@example.com")
    card = accepted(chat, values, space="support")

    later(chat, LONG_ENOUGH)
    line = chat.expect("support", f"provision subscriber: {CONSENT}.")

    assert line.parent_id == card.parent_id is not None
    assert line.message["mentionedPeople"] == [chat.people["ann"].id]
    chat.expect_on(card, WAITS)
