"""An agent updates a workspace: old and new as far as the bot knows, sent once, and remembered."""

from datetime import timedelta

import pytest

from bot.testing.shown import Shown
from bot.testing.talking import Chat
from tests.dialogues.scenes import form, number_of, provisioned, state_of
from tests.dialogues.scenes_changed import listed
from tests.dialogues.scenes_workspaces import asked, path_of, remembered, room, stranger, there, written


def test_only_what_differs_is_shown_and_sent_and_the_bot_remembers_it(chat: Chat) -> None:
    one = room(chat)

    shown = asked(
        chat, f"update workspace {one['displayName']} phone={one['primaryPhoneNumber']} ext={chat.turn + 60000}"
    )
    assert listed(shown, "Before → after") == {"Extension": f"{one['extension']} → {chat.turn + 60000}"}
    assert f"As this bot remembers it, this is “{one['displayName']}” · {one['userId']} · Reseller1+acme" in shown.text
    assert f"Webex has this workspace, named “{one['displayName']}”." in shown.text
    assert shown.buttons == ["Update", "Edit", "Cancel"]
    chat.press("ann", shown, "Update")

    done = chat.expect_on(shown, "Workspace updated", f"Extension: {one['extension']} → {chat.turn + 60000}")
    assert done.buttons == ["Show workspace", "Again with changes"]
    assert written(chat, "PUT", one) == [{"extension": f"{chat.turn + 60000}"}]
    assert there(chat, one) == {**one, "extension": f"{chat.turn + 60000}"}
    known = remembered(chat, one)
    assert (known.extension, known.number) == (f"{chat.turn + 60000}", one["primaryPhoneNumber"])
    assert known.seen_at is not None


def test_a_new_user_id_is_looked_for_and_the_old_one_is_free_again(chat: Chat) -> None:
    one = room(chat)

    shown = asked(chat, f"update workspace {one['userId']} newUser=moved.{chat.turn}@example.com")
    assert "No subscriber has this user ID." in shown.text
    chat.press("ann", shown, "Update")

    chat.expect_on(shown, "Workspace updated", f"New user ID: {one['userId']} → moved.{chat.turn}@example.com")
    assert provisioned(chat, one["userId"]) == []
    assert len(provisioned(chat, f"moved.{chat.turn}@example.com")) == 1


def test_the_user_id_of_somebody_else_is_warned_about_and_refused_by_webex(chat: Chat) -> None:
    one = room(chat)

    shown = asked(chat, f"update workspace {one['userId']} newUser=95540001@example.com")
    assert "A subscriber has this user ID already: Tara Taken, Reseller1+example." in shown.text
    chat.press("ann", shown, "Update")

    failed = chat.expect_on(shown, "Webex refused because it clashes with something that exists already.")
    assert failed.buttons == ["Show workspace", "Again with changes"]
    assert there(chat, one) == one
    assert remembered(chat, one).user_id == one["userId"]


@pytest.mark.parametrize("name", ["primaryPhoneNumber", "extension"])
def test_a_lone_minus_removes_what_is_there(chat: Chat, name: str) -> None:
    one = room(chat)

    shown = asked(chat, f"change workspace {one['userId']} {name}=-", f"{one[name]} → (nothing)")
    assert "documented for subscribers, not for workspaces" in shown.text
    chat.press("ann", shown, "Update")

    chat.expect_on(shown, "Workspace updated", f"{one[name]} → (nothing)")
    assert written(chat, "PUT", one) == [{name: ""}]
    assert name not in (there(chat, one) or {})


def test_a_workspace_that_would_be_left_with_nothing_is_warned_about_and_left_to_webex(chat: Chat) -> None:
    one = room(chat, primaryPhoneNumber="")

    shown = asked(chat, f"update workspace {one['userId']} ext=-")
    assert "Neither a phone number nor an extension would be left" in shown.text
    chat.press("ann", shown, "Update")

    chat.expect_on(shown, "Webex did not accept what was asked.", "needs a primaryPhoneNumber or an extension")
    assert there(chat, one) == one


def test_what_the_bot_believes_to_be_so_already_is_sent_all_the_same(chat: Chat) -> None:
    one = room(chat)
    chat.bot.simulator.broadworks.change_workspace(there(chat, one) or {}, {"extension": "77"})

    shown = asked(chat, f"update workspace {one['userId']} ext={one['extension']}")
    assert "Nothing would change, as far as this bot remembers." in shown.text
    chat.press("ann", shown, "Update")

    chat.expect_on(shown, "Workspace updated")
    assert there(chat, one) == one


def test_one_that_the_bot_does_not_know_is_changed_by_its_id_and_known_from_then_on(chat: Chat) -> None:
    one = stranger(chat)

    shown = asked(chat, f"update workspace {one['id']} ext={chat.turn + 60000}")
    assert "This bot does not know this workspace" in shown.text
    assert listed(shown, "Before → after") == {"Extension": f"(unknown) → {chat.turn + 60000}"}
    chat.press("ann", shown, "Update")

    chat.expect_on(shown, "Workspace updated", one["displayName"])
    known = remembered(chat, one)
    assert (known.name, known.user_id, known.number) == (one["displayName"], one["userId"], one["primaryPhoneNumber"])
    assert known.request == number_of(shown)


def test_one_that_only_webex_lists_is_found_by_its_name_if_the_token_may_look(chat: Chat) -> None:
    one = stranger(chat)

    shown = asked(chat, f'update workspace workspace="{one["displayName"]}" ext={chat.turn + 60000}')
    assert f"Webex has this workspace, named “{one['displayName']}”." in shown.text
    chat.switch(workspaces_scope=False)
    chat.say("ann", f"update workspace {one['displayName']} ext=1")

    chat.expect("ann", "This bot remembers no workspace", "may not look for it in Webex. Name it by its Webex ID")


def test_without_the_right_to_look_it_is_said_and_the_update_goes_on(chat: Chat) -> None:
    one = room(chat)
    chat.switch(workspaces_scope=False)

    shown = asked(chat, f"update workspace {one['userId']} ext={chat.turn + 60000}")
    assert "may not look at workspaces in Webex (spark-admin:workspaces_read), so the bot did not see" in shown.text
    chat.press("ann", shown, "Update")

    chat.expect_on(shown, "Workspace updated")


def test_nothing_is_changed_that_nobody_knows(chat: Chat) -> None:
    chat.say("ann", "update workspace Nowhere Land ext=5")

    chat.expect("ann", "Neither this bot nor Webex knows a workspace “Nowhere Land”.")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("name=Hall", "Webex cannot change the display name here; Control Hub can."),
        ("enterprise=Reseller1+other", "Webex cannot change the enterprise of a workspace here"),
        ("pid=ZjVi", "Webex cannot change the template"),
    ],
)
def test_what_cannot_be_changed_is_said_at_once(chat: Chat, said: str, told: str) -> None:
    chat.say("ann", f"update workspace Lobby ext=5 {said}")

    assert chat.expect("ann", told).inputs["workspace"] == "Lobby"


def test_a_form_without_a_change_says_what_can_be_said(chat: Chat) -> None:
    one = room(chat)
    shown = form(chat, f"update workspace {one['displayName']}")
    assert "Say what shall change, for example phone=+1-240-555-1213" in shown.text

    chat.submit("ann", shown, "Review", extension=f"{chat.turn + 60000}")

    chat.expect_on(shown, f"{one['extension']} → {chat.turn + 60000}")


# What nobody can see.


def lost(chat: Chat, one: dict[str, str], kind: str) -> Shown:
    """An update of which the answer gets lost."""
    shown = asked(chat, f"update workspace {one['userId']} ext={chat.turn + 60000}")
    chat.fault(service="broadworks", method="PUT", kind=kind, path=path_of(one), times=1)
    chat.press("ann", shown, "Update")
    return chat.expect_on(shown, "Nobody knows yet whether it was done.", "so the bot cannot look")


@pytest.mark.parametrize(("kind", "ended"), [("drop_after", "done"), ("drop_before", "failed")])
def test_a_lost_update_is_closed_by_who_has_looked(chat: Chat, kind: str, ended: str) -> None:
    one = room(chat)
    unknown = lost(chat, one, kind)
    assert unknown.buttons == ["Close", "Close"]
    chat.forward(timedelta(minutes=10))
    chat.settle()
    assert written(chat, "PUT", one) == [{"extension": f"{chat.turn + 60000}"}]

    chat.submit("ann", chat.now(unknown) or unknown, "Close", ended=ended)

    words = {"done": "Workspace updated", "failed": "Workspace not updated"}
    chat.expect_on(unknown, words[ended], "Closed by Ann")
    assert state_of(chat, number_of(unknown)) == ended
    now = there(chat, one) or {}
    assert remembered(chat, one).extension == now["extension"]
