"""An agent removes a workspace: only after typing which, once, with a true end, and the bot remembers it."""

from datetime import timedelta

import pytest

from bot.testing.shown import Shown
from bot.testing.talking import Chat
from tests.dialogues.scenes import number_of, provisioned, state_of
from tests.dialogues.scenes_changed import listed
from tests.dialogues.scenes_workspaces import asked, path_of, remembered, room, stranger, there, written

NO_PROMISE = "Nothing promises that the workspace disappears from Control Hub as well."
UNKNOWN = "Nobody knows yet whether it was done."


def lost(chat: Chat, one: dict[str, str], kind: str) -> Shown:
    """A removal of which the answer gets lost."""
    shown = asked(chat, f"remove workspace {one['userId']}", NO_PROMISE)
    chat.fault(service="broadworks", method="DELETE", kind=kind, path=path_of(one), times=1)
    chat.submit("ann", shown, "Remove", typed=one["userId"])
    return chat.expect_on(shown, UNKNOWN, f"DELETE {path_of(one)}")


def test_what_is_mapped_is_shown_and_removed_once_it_was_typed(chat: Chat) -> None:
    one = room(chat)
    shown = asked(chat, f"remove workspace {one['displayName']}", NO_PROMISE)
    assert listed(shown, "What is there now") == {
        "Display name": one["displayName"],
        "User ID": one["userId"],
        "Enterprise": "Reseller1+acme",
        "Phone number": one["primaryPhoneNumber"],
        "Extension": one["extension"],
        "Provisioning ID": one["provisioningId"],
    }
    assert shown.buttons == ["Remove", "Edit", "Cancel"]

    chat.submit("ann", shown, "Remove", typed=one["userId"])

    done = chat.expect_on(shown, "Workspace removed", "What was mapped", f"User ID: {one['userId']}")
    assert done.buttons == ["Provision again", "Ask again"]
    assert written(chat, "DELETE", one) == [None]
    assert there(chat, one) is None
    assert remembered(chat, one).removed_at is not None
    assert provisioned(chat, one["userId"]) == []


def test_what_was_removed_can_be_provisioned_again_with_what_it_had(chat: Chat) -> None:
    one = room(chat)
    shown = asked(chat, f"remove workspace {one['userId']}")
    chat.submit("ann", shown, "Remove", typed=one["userId"])
    done = chat.expect_on(shown, "Workspace removed")

    chat.press("ann", done, "Provision again")

    opened = chat.expect("ann", "This form is open until")
    wanted = {name: value for name, value in one.items() if name not in {"id", "created"}}
    assert opened.inputs == wanted
    chat.submit("ann", opened, "Review")
    again = chat.expect_on(opened, "This bot has not provisioned that user ID or number before.")
    chat.press("ann", again, "Provision")
    chat.expect_on(opened, "Workspace provisioned")


@pytest.mark.parametrize("typed", ["", "yes", "Room"])
def test_nothing_is_removed_until_the_right_one_was_typed(chat: Chat, typed: str) -> None:
    one = room(chat)
    shown = asked(chat, f"remove workspace {one['userId']}")

    chat.submit("ann", shown, "Remove", typed=typed)

    chat.expect("ann", f"Type “{one['userId']}” into the card, then press the button again. Nothing was sent.")
    chat.settle()
    assert written(chat, "DELETE", one) == []


def test_what_was_removed_by_somebody_else_meanwhile_is_told_to_be_gone(chat: Chat) -> None:
    one = room(chat)
    shown = asked(chat, f"remove workspace {one['userId']}")
    chat.bot.simulator.broadworks.remove_workspace(there(chat, one) or {})

    chat.submit("ann", shown, "Remove", typed=one["userId"])

    chat.expect_on(shown, "The workspace was not there any more", "it had been removed before")
    assert state_of(chat, number_of(shown)) == "done"
    assert remembered(chat, one).removed_at is not None


def test_one_that_the_bot_does_not_know_is_removed_by_its_id_with_a_warning(chat: Chat) -> None:
    one = stranger(chat)
    shown = asked(chat, f"delete workspace {one['id']}", "This bot does not know this workspace", NO_PROMISE)
    assert listed(shown, "What is there now").keys() == {"Display name", "Created"}

    chat.submit("ann", shown, "Remove", typed=one["displayName"])

    chat.expect_on(shown, "Workspace removed")
    assert there(chat, one) is None


def test_of_a_wrong_id_nothing_is_said_to_be_removed(chat: Chat) -> None:
    wrong = stranger(chat)["id"][:-4] + "AAAA"
    shown = asked(chat, f"remove workspace {wrong}", "Webex finds no workspace with this ID.")

    chat.submit("ann", shown, "Remove", typed=wrong)

    failed = chat.expect_on(shown, "Webex did not find what was asked for.")
    assert failed.buttons == ["Show workspace", "Ask again"]


def test_several_of_the_same_name_are_told_apart_first(chat: Chat) -> None:
    room(chat)
    second = room(chat, userId=f"second.{chat.turn}@example.com", primaryPhoneNumber="", extension="88")

    chat.say("ann", f"remove workspace {second['displayName']}")

    chat.expect("ann", "More than one workspace is", second["userId"], "Say which by its user ID or Webex ID.")


def test_a_lost_answer_to_a_removal_is_settled_by_looking(chat: Chat) -> None:
    one = room(chat)
    unknown = lost(chat, one, "drop_after")

    chat.forward(timedelta(seconds=2))

    chat.expect_on(unknown, "Workspace removed", "Found by looking: it is gone.")
    chat.expect("ann", f"Request {number_of(unknown)}, remove workspace: done.")
    assert remembered(chat, one).removed_at is not None


def test_one_that_is_still_listed_is_not_said_to_be_still_mapped(chat: Chat) -> None:
    one = room(chat)
    unknown = lost(chat, one, "drop_before")

    chat.forward(timedelta(minutes=5))

    looked = chat.expect_on(unknown, "did not find it for certain")
    assert "Send again" not in looked.buttons
    chat.submit("ann", looked, "Close", ended="failed")
    chat.expect_on(unknown, "Workspace not removed", "who looked: it was not removed in Webex.")
    assert remembered(chat, one).removed_at is None


def test_without_the_right_to_look_a_person_must(chat: Chat) -> None:
    one = room(chat)
    chat.switch(workspaces_scope=False)
    unknown = lost(chat, one, "drop_after")

    chat.forward(timedelta(minutes=5))

    looked = chat.expect_on(unknown, "In a hurry, look in Control Hub")
    chat.submit("ann", looked, "Close", ended="done")
    chat.expect_on(unknown, "Workspace removed", "who looked: it was removed in Webex.")
    assert remembered(chat, one).removed_at is not None
