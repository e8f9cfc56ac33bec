"""A support agent looks at one subscriber and at what was done to it."""

from datetime import timedelta

import pytest

from bot.simulator.provisioning.subscriber import End
from bot.simulator.provisioning.subscriber_outcomes import USER_TAKEN
from bot.testing.talking import Chat
from tests.dialogues.scenes import confirmation, form, number_of, workspace
from tests.dialogues.scenes_find import ONE_PAGE, enterprise, odd, subscriber


def test_the_words_alone_ask_for_whom(chat: Chat) -> None:
    shown = form(chat, "show subscriber")

    assert list(shown.inputs) == ["subscriber"]
    chat.submit("ann", shown, "Show", subscriber="9554 7321@example.com")
    again = chat.expect_on(shown, "User ID or e-mail cannot contain spaces. It looks like 95547321@example.com.")
    assert again.inputs == {"subscriber": "9554 7321@example.com"}


@pytest.mark.parametrize("words", ["show subscriber {user}", "subscriber {email}", "show user user={user}"])
def test_a_subscriber_is_shown_by_user_id_or_e_mail(chat: Chat, words: str) -> None:
    nora = subscriber(chat)

    chat.say("ann", words.format(user=nora.facts["userId"], email=nora.email))

    shown = chat.expect("ann", "Nora Novak1", "Provisioned", f"User ID: {nora.facts['userId']}", nora.id)
    assert f"Enterprise: {enterprise(chat)}" in shown.text
    assert "Nothing was changed through this bot so far." in shown.text
    assert shown.buttons == ["Update", "Remove", "Refresh", "Show another"]


def test_by_its_user_id_it_takes_one_call(chat: Chat) -> None:
    nora = subscriber(chat)
    chat.quiet()

    chat.say("ann", f"show subscriber {nora.facts['userId']}")

    chat.expect("ann", "Nora Novak1")
    assert chat.calls("broadworks") == [ONE_PAGE]


def test_a_row_of_a_search_leads_to_its_subscriber(chat: Chat) -> None:
    for number in (1, 2):
        subscriber(chat, number)
    chat.say("ann", f"find enterprise={enterprise(chat)}")
    found = chat.expect("ann", "2 subscribers found")

    chat.press("ann", found, "Show 2")

    chat.expect("ann", "Show subscriber", "Nora Novak2", "What was asked of this bot")


def test_whoever_is_meant_by_the_id_of_webex_stays_so(chat: Chat) -> None:
    nora = subscriber(chat)
    chat.say("ann", f"show subscriber id={nora.id}")

    shown = chat.expect("ann", "Nora Novak1", nora.id)
    assert "usually looks like" not in shown.text
    chat.quiet()
    chat.press("ann", shown, "Refresh")
    chat.expect("ann", "Nora Novak1")
    assert chat.calls("broadworks") == [f"GET /broadworks/subscribers/{nora.id} 200"]


def test_the_history_tells_what_was_asked_by_whom_and_how_it_ended(chat: Chat) -> None:
    done = workspace(chat)
    shown = confirmation(chat, done, who="bob")
    chat.press("bob", shown, "Provision")
    number = number_of(chat.expect_on(shown, "Workspace provisioned"))
    refused = confirmation(chat, {**done, "displayName": "Again"})
    chat.press("ann", refused, "Provision")
    again = number_of(chat.expect_on(refused, "HTTP 409"))
    cancelled = confirmation(chat, {**done, "userId": done["userId"].upper()})
    chat.press("ann", cancelled, "Cancel")
    chat.expect_on(cancelled, "Cancelled")
    subscriber(chat, userId=done["userId"])

    chat.say("ann", f"show subscriber {done['userId']}")

    told = chat.expect("ann", "What was asked of this bot", f"Request {number} · provision workspace").text.splitlines()
    bob, ann = (chat.people[name].display_name for name in ("bob", "ann"))
    place = told.index("What was asked of this bot")
    latest, middle, oldest = told[place + 1 : place + 4], told[place + 4 : place + 8], told[place + 8 : place + 12]
    assert latest[0] == f"Request {number_of(cancelled)} · provision workspace"
    assert latest[1].startswith(f"Asked by {ann}, ")
    assert latest[2].startswith("Cancelled before it was sent, ")
    assert middle[0] == f"Request {again} · provision workspace"
    assert middle[2].startswith(f"Confirmed by {ann}, ")
    assert middle[3].startswith("Not done, ")
    assert middle[3].endswith("Webex refused because it clashes with something that exists already.")
    assert [line.partition(",")[0] for line in oldest[1:]] == [f"Asked by {bob}", f"Confirmed by {bob}", "Done"]


def test_a_refresh_shows_what_has_changed_meanwhile(chat: Chat) -> None:
    nora = subscriber(chat)
    subscribers = chat.bot.simulator.broadworks.subscribers
    subscribers.update(nora, {"lastName": "Nowak"})
    chat.say("ann", f"show subscriber {nora.email}")
    shown = chat.expect("ann", "Nora Novak1", "Webex is updating it")
    chat.forward(timedelta(seconds=5))

    chat.press("ann", shown, "Refresh")

    chat.expect("ann", "Nora Nowak", "Provisioned")


def test_what_went_wrong_is_explained(chat: Chat) -> None:
    unknown = {"errorCode": 98765, "description": "Nobody has met this"}
    nora = subscriber(chat, end=End("error", (USER_TAKEN, unknown)))

    chat.say("ann", f"show subscriber {nora.email}")

    chat.expect(
        "ann",
        "Ended in an error",
        "What went wrong",
        "Code 10022: ",
        "Next: ",
        "“Nobody has met this”",
        "Code 98765: Webex's own words, code unknown to this bot.",
    )


@pytest.mark.undocumented
def test_what_nobody_has_met_is_shown_as_it_is_and_does_nothing(chat: Chat) -> None:
    nora = subscriber(chat, end=odd("on_hold"), firstName="<@all> **Bobby**", lastName="[x](http://y.z)")

    chat.say("ann", f"show subscriber {nora.email}", space="support")

    shown = chat.expect("support", "In Webex's word “on_hold”, which this bot does not know", "&lt;@all> **Bobby**")
    assert "<@all>" not in shown.markdown


def test_who_is_not_there_can_be_looked_for(chat: Chat) -> None:
    chat.say("ann", "show subscriber nobody@find.example.com")

    shown = chat.expect("ann", "Webex knows no subscriber “nobody@find.example.com”.")
    chat.press("ann", shown, "Find subscribers")
    chat.expect("ann", "Find subscribers", "This form is open until")
