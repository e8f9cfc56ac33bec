"""A write of which nobody knows how it ended: never sent again by itself, settled by looking or by a person."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.testing.shown import Shown
from bot.testing.talking import Chat
from tests.dialogues.scenes import WORKSPACES, confirmation, number_of, provisioned, state_of, workspace

UNKNOWN = "Nobody knows yet whether it was done."
SOON = timedelta(seconds=2)


def lost(chat: Chat, values: dict[str, str], kind: str = "drop_after", **how: object) -> Shown:
    """Somebody provisions, and the answer gets lost; returns the card that says so."""
    shown = confirmation(chat, values)
    chat.quiet()
    chat.fault(service="broadworks", kind=kind, path=WORKSPACES, times=1, **how)
    chat.press("ann", shown, "Provision")
    return chat.expect_on(shown, UNKNOWN, "Sending it again could create it twice.", "Bot tracking ID")


def test_where_the_bot_may_not_look_a_person_checks_and_closes(chat: Chat) -> None:
    chat.switch(workspaces_scope=False)
    values = workspace(chat)

    unknown = lost(chat, values)
    chat.expect("ann", "provision workspace: nobody knows yet whether it was done, please look at its card.")
    chat.press("ann", unknown, "Check")
    checked = chat.expect_on(unknown, "The bot may not look: its token lacks the right.", "press Close")
    chat.submit("ann", checked, "Close", ended="done", comment="I see it in Partner Hub")

    chat.expect_on(unknown, "Workspace provisioned", f"Closed by Ann Test{chat.turn}, who looked: it exists in Webex.")
    chat.expect_on(unknown, "Comment: I see it in Partner Hub.", values["userId"])
    assert len(chat.sent(WORKSPACES)) == len(chat.workspaces(values["userId"])) == 1
    assert provisioned(chat, values["userId"]) == [("workspace", values["displayName"], values["primaryPhoneNumber"])]


def test_what_a_person_did_not_find_ends_as_not_done(chat: Chat) -> None:
    values = workspace(chat)
    unknown = lost(chat, values, "drop_before")
    chat.forward(SOON)
    looked = chat.expect_on(unknown, UNKNOWN, "did not find it for certain")

    chat.submit("ann", looked, "Close", ended="failed")

    chat.expect_on(unknown, "Workspace not provisioned", "who looked: it does not exist in Webex.")
    assert state_of(chat, number_of(unknown)) == "failed"
    assert provisioned(chat, values["userId"]) == chat.workspaces(values["userId"]) == []


@pytest.mark.parametrize("choice", [{}, {"ended": "perhaps"}, {"ended": "unknown"}])
def test_closing_takes_a_choice(chat: Chat, choice: dict[str, str]) -> None:
    chat.switch(workspaces_scope=False)
    unknown = lost(chat, workspace(chat))

    chat.submit("ann", unknown, "Close", **choice)

    chat.expect("ann", "Choose whether it exists in Webex or not, then press Close.")
    assert state_of(chat, number_of(unknown)) == "unknown"


def test_the_buttons_of_an_unknown_outcome_are_its_askers_alone(chat: Chat) -> None:
    chat.switch(workspaces_scope=False)
    shown = confirmation(chat, workspace(chat), space="support")
    chat.fault(service="broadworks", kind="drop_after", path=WORKSPACES, times=1)
    chat.press("ann", shown, "Provision")
    unknown = chat.expect_on(shown, UNKNOWN)

    chat.submit("bob", unknown, "Close", ended="done")

    chat.expect("support", "Only Ann")
    assert state_of(chat, number_of(unknown)) == "unknown"


@pytest.mark.parametrize(
    ("kind", "how"), [("drop_after", {}), ("status", {"status": 500, "applied": True}), ("empty", {"applied": True})]
)
def test_where_the_bot_may_look_it_settles_the_outcome_by_itself(chat: Chat, kind: str, how: dict[str, object]) -> None:
    values = workspace(chat)
    unknown = lost(chat, values, kind, **how)

    chat.forward(SOON)

    done = chat.expect_on(unknown, "Workspace provisioned", "Found by looking: exactly one workspace of that name")
    [made] = chat.workspaces(values["userId"])
    assert made["id"] in done.text
    assert len(chat.sent(WORKSPACES)) == 1
    assert len(provisioned(chat, values["userId"])) == 1


def test_an_old_button_cannot_send_again_what_may_have_been_sent(chat: Chat) -> None:
    chat.switch(workspaces_scope=False)
    shown = confirmation(chat, workspace(chat))
    chat.quiet()
    chat.fault(service="broadworks", kind="drop_after", path=WORKSPACES, times=1)
    chat.press("ann", shown, "Provision")
    chat.expect_on(shown, UNKNOWN)
    chat.expect("ann", "nobody knows yet")

    for button in ("Provision", "Edit", "Cancel"):
        chat.act("ann", shown, shown.data(button))
        chat.expect("ann", "was sent, and nobody knows yet how it ended.")

    assert len(chat.sent(WORKSPACES)) == 1


def test_when_webex_is_busy_it_is_sent_again_after_the_pause_and_done_once(chat: Chat) -> None:
    values = workspace(chat)
    shown = confirmation(chat, values)
    chat.quiet()
    chat.fault(service="broadworks", kind="status", path=WORKSPACES, status=429, retry_after=60, times=1)

    chat.press("ann", shown, "Provision")
    waiting = chat.expect_on(shown, "too many requests", "Trying again at ", "Nothing has been changed.")
    assert waiting.buttons == ["Cancel"]
    chat.forward(timedelta(seconds=60))

    chat.expect_on(shown, "Workspace provisioned")
    assert len(chat.sent(WORKSPACES)) == 2
    assert len(chat.workspaces(values["userId"])) == 1


def test_what_waits_for_webex_can_be_taken_back(chat: Chat) -> None:
    values = workspace(chat)
    shown = confirmation(chat, values)
    chat.fault(service="broadworks", kind="status", path=WORKSPACES, status=423, retry_after=60, times=1)
    chat.press("ann", shown, "Provision")
    waiting = chat.expect_on(shown, "Trying again at ")

    chat.press("ann", waiting, "Cancel")
    chat.expect_on(shown, "Cancelled")
    chat.forward(timedelta(seconds=60))
    chat.settle()

    assert chat.workspaces(values["userId"]) == []


def test_where_nobody_answers_it_is_tried_a_few_times_and_then_said_that_nothing_was_sent(
    special_chat: Callable[..., Chat],
) -> None:
    chat = special_chat(BROADWORKS_BASE_URL="http://127.0.0.1:9/v1/")
    shown = confirmation(chat, workspace(chat))

    chat.press("ann", shown, "Provision")
    for pause in (2, 10):
        chat.expect_on(shown, "The bot could not reach Webex; nothing was sent.", "Trying again at ")
        chat.settle()
        chat.forward(timedelta(seconds=pause))

    failed = chat.expect_on(shown, "The bot could not reach Webex; nothing was sent.", "What to do")
    assert failed.buttons == ["Try again", "Again with changes"]
    assert state_of(chat, number_of(shown)) == "failed"


def test_who_was_told_that_nobody_knows_is_told_how_it_ended(chat: Chat) -> None:
    unknown = lost(chat, workspace(chat))
    chat.expect("ann", "provision workspace: nobody knows yet whether it was done")

    chat.forward(SOON)

    chat.expect_on(unknown, "Workspace provisioned", "Found by looking")
    chat.expect("ann", f"Request {number_of(unknown)}, provision workspace: done.")
