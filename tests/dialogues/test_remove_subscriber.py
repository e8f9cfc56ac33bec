"""An agent removes a subscriber: only after typing whom, once, and with a true end."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.desk import Provisioned
from bot.simulator.provisioning.subscriber import Subscriber
from bot.testing.shown import Shown
from bot.testing.talking import Chat
from tests.dialogues.scenes import form, number_of, provisioned, state_of
from tests.dialogues.scenes_changed import asked, listed, path_of, subscriber, written

NOW = datetime(2026, 7, 1, tzinfo=UTC)
UNKNOWN = "Nobody knows yet whether it was done."
NO_PROMISE = "Nothing promises that the Webex person is deleted as well."


def asked_to_remove(chat: Chat, one: Subscriber) -> Shown:
    """Somebody asks for a removal; what was called before is past."""
    shown = asked(chat, f"remove subscriber {one.facts['userId']}", NO_PROMISE)
    chat.quiet()
    return shown


def is_there(chat: Chat, one: Subscriber) -> bool:
    return chat.bot.simulator.broadworks.subscribers.get(one.id) is not None


def lost(chat: Chat, one: Subscriber, kind: str) -> Shown:
    """A removal of which the answer gets lost."""
    shown = asked_to_remove(chat, one)
    chat.fault(service="broadworks", method="DELETE", kind=kind, path=path_of(one), times=1)
    chat.submit("ann", shown, "Remove", typed=one.facts["userId"])
    return chat.expect_on(shown, UNKNOWN, one.facts["userId"], f"DELETE {path_of(one)}")


def test_what_is_mapped_is_shown_and_removed_once_it_was_typed(chat: Chat) -> None:
    one = subscriber(chat)
    facts = one.facts
    shown = asked_to_remove(chat, one)
    assert listed(shown, "What is there now") == {
        "First name": "Tara",
        "Last name": f"Test{chat.turn}",
        "User ID": facts["userId"],
        "E-mail": facts["email"],
        "Enterprise": "Reseller1+acme",
        "Phone number": facts["primaryPhoneNumber"],
        "Mobile number": facts["mobilePhoneNumber"],
        "Extension": facts["extension"],
        "Package": "standard",
        "Status": "provisioned",
        "Webex person ID": one.person_id,
        "Provisioning ID": facts["provisioningId"],
    }
    assert shown.buttons == ["Remove", "Edit", "Cancel"]

    chat.submit("ann", shown, "Remove", typed=facts["userId"])

    done = chat.expect_on(shown, "Subscriber removed", "What was mapped", f"User ID: {facts['userId']}")
    assert done.buttons == ["Provision again", "Ask again"]
    assert written(chat, "DELETE", one) == [None]
    assert not is_there(chat, one)
    assert state_of(chat, number_of(shown)) == "done"


def test_what_the_bot_has_provisioned_itself_it_knows_to_be_gone(chat: Chat) -> None:
    one = subscriber(chat)
    with chat.bot.application.database.transaction() as session:
        session.add(Provisioned("subscriber", one.id, one.facts["userId"], "", "Tara", "", "", None, NOW))
    shown = asked_to_remove(chat, one)

    chat.submit("ann", shown, "Remove", typed=one.facts["userId"])

    chat.expect_on(shown, "Subscriber removed")
    assert provisioned(chat, one.facts["userId"]) == []


def test_a_filled_form_leads_to_the_confirmation_too(chat: Chat) -> None:
    one = subscriber(chat)
    shown = form(chat, "delete subscriber")
    assert list(shown.inputs) == ["subscriber"]

    chat.submit("ann", shown, "Review", subscriber=one.email)

    chat.submit("ann", chat.expect_on(shown, NO_PROMISE), "Remove", typed=one.facts["userId"])
    chat.expect_on(shown, "Subscriber removed")


@pytest.mark.parametrize("typed", ["", " ", "yes", "user@example.com"])
def test_nothing_is_removed_until_the_right_one_was_typed(chat: Chat, typed: str) -> None:
    one = subscriber(chat)
    shown = asked_to_remove(chat, one)

    chat.submit("ann", shown, "Remove", typed=typed)

    told = f"Type “{one.facts['userId']}” into the card, then press the button again. Nothing was sent."
    chat.expect("ann", told)
    chat.settle()
    assert written(chat, "DELETE", one) == []
    chat.submit("ann", shown, "Remove", typed=one.facts["userId"])
    chat.expect_on(shown, "Subscriber removed")


def test_a_press_without_the_input_removes_nothing(chat: Chat) -> None:
    one = subscriber(chat)
    shown = asked_to_remove(chat, one)

    chat.act("ann", shown, shown.data("Remove"))

    chat.expect("ann", "into the card, then press the button again. Nothing was sent.")
    assert is_there(chat, one)


@pytest.mark.parametrize("as_typed", [str.upper, lambda user_id: f"  {user_id.title()} "])
def test_case_and_spaces_around_do_not_matter(chat: Chat, as_typed: Callable[[str], str]) -> None:
    one = subscriber(chat)
    shown = asked_to_remove(chat, one)

    chat.submit("ann", shown, "Remove", typed=as_typed(one.facts["userId"]))

    chat.expect_on(shown, "Subscriber removed")
    assert not is_there(chat, one)


def test_who_was_removed_by_somebody_else_meanwhile_is_told_to_be_gone(chat: Chat) -> None:
    one = subscriber(chat)
    shown = asked_to_remove(chat, one)
    chat.bot.simulator.broadworks.subscribers.remove(one)

    chat.submit("ann", shown, "Remove", typed=one.facts["userId"])

    chat.expect_on(shown, "The subscriber was not there any more", "somebody had removed it meanwhile")
    assert state_of(chat, number_of(shown)) == "done"


def test_nobody_is_removed_whom_webex_does_not_know(chat: Chat) -> None:
    chat.say("ann", "remove subscriber nobody@example.com")

    chat.expect("ann", "Webex knows no subscriber “nobody@example.com”.")


def test_a_refusal_is_told_and_whom_it_was_about_can_be_looked_at(chat: Chat) -> None:
    one = subscriber(chat)
    shown = asked_to_remove(chat, one)
    chat.fault(service="broadworks", method="DELETE", kind="status", status=403, path=path_of(one), times=1)

    chat.submit("ann", shown, "Remove", typed=one.facts["userId"])

    failed = chat.expect_on(shown, "Webex does not let the bot do this.", "Nothing was changed.")
    assert failed.buttons == ["Show subscriber", "Try again", "Ask again"]
    assert is_there(chat, one)


def test_with_writes_off_it_waits(special_chat: Callable[..., Chat]) -> None:
    chat = special_chat(BOT_WRITES="off")
    one = subscriber(chat)
    shown = asked_to_remove(chat, one)

    chat.submit("ann", shown, "Remove", typed=one.facts["userId"])

    chat.expect_on(shown, "Writes are switched off.", "Nothing has been sent.")
    chat.settle()
    assert written(chat, "DELETE", one) == []
    assert is_there(chat, one)


def test_a_lost_answer_to_a_removal_is_settled_by_looking(chat: Chat) -> None:
    one = subscriber(chat)
    unknown = lost(chat, one, "drop_after")

    chat.forward(timedelta(seconds=2))

    chat.expect_on(unknown, "Subscriber removed", "Found by looking: it is gone.")
    chat.expect("ann", f"Request {number_of(unknown)}, remove subscriber: done.")


def test_a_removal_that_never_arrived_can_be_sent_again(chat: Chat) -> None:
    one = subscriber(chat)
    unknown = lost(chat, one, "drop_before")

    chat.forward(timedelta(minutes=5))
    still = chat.expect_on(unknown, "The bot looked: the subscriber is still there. You can send it again.")
    assert is_there(chat, one)
    chat.press("ann", still, "Send again")

    chat.expect_on(unknown, "Subscriber removed")
    assert not is_there(chat, one)


@pytest.mark.parametrize(
    ("ended", "words", "said"),
    [
        ("done", "Subscriber removed", "it no longer exists in Webex."),
        ("failed", "Subscriber not removed", "it still exists in Webex."),
    ],
)
def test_who_looks_for_a_lost_removal_says_whether_it_is_gone(chat: Chat, ended: str, words: str, said: str) -> None:
    one = subscriber(chat)
    unknown = lost(chat, one, "drop_before")
    chat.forward(timedelta(minutes=5))
    looked = chat.expect_on(unknown, "The bot looked: the subscriber is still there.")

    chat.submit("ann", looked, "Close", ended=ended)

    chat.expect_on(unknown, words, f"who looked: {said}")
