"""An agent looks at a workspace: the bot's memory and Webex's word stand apart, and lead on."""

from bot.testing.talking import Chat
from tests.dialogues.scenes import number_of
from tests.dialogues.scenes_changed import listed
from tests.dialogues.scenes_workspaces import asked, room, stranger


def test_one_that_was_provisioned_leads_to_what_is_known_of_it(chat: Chat) -> None:
    one = room(chat)

    chat.say("ann", f"show workspace {one['displayName']}")

    shown = chat.expect("ann", one["displayName"], "What this bot remembers", "What Webex tells")
    assert "Webex has it" in shown.text
    assert f"User ID: {one['userId']}" in shown.text
    assert f"Phone number: {one['primaryPhoneNumber']}" in shown.text
    assert "· provision workspace" in shown.text
    assert shown.buttons == ["Update", "Remove", "Refresh", "Show another"]


def test_the_buttons_lead_to_forms_filled_in(chat: Chat) -> None:
    one = room(chat)
    chat.say("ann", f"show room {one['userId']}")
    shown = chat.expect("ann", "What Webex tells")

    chat.press("ann", shown, "Update")

    opened = chat.expect("ann", "This form is open until")
    assert opened.inputs == {
        "workspace": one["id"],
        "primaryPhoneNumber": one["primaryPhoneNumber"],
        "extension": one["extension"],
        "userId": one["userId"],
    }
    chat.submit("ann", opened, "Review", extension=f"{chat.turn + 60000}", primaryPhoneNumber="")
    change = chat.expect_on(opened, "Nothing has been sent yet")
    assert listed(change, "Before → after") == {
        "Phone number": f"{one['primaryPhoneNumber']} → (nothing)",
        "Extension": f"{one['extension']} → {chat.turn + 60000}",
    }
    chat.press("ann", shown, "Remove")
    removal = chat.expect("ann", "Nothing promises that the workspace disappears")
    assert f"User ID: {one['userId']}" in removal.text


def test_what_was_removed_is_kept_with_its_history(chat: Chat) -> None:
    one = room(chat)
    removing = asked(chat, f"remove workspace {one['userId']}")
    chat.submit("ann", removing, "Remove", typed=one["userId"])
    chat.expect_on(removing, "Workspace removed")

    chat.say("ann", f"show workspace {one['id']}")

    shown = chat.expect("ann", "Removed, as this bot noted on", "What this bot remembers")
    assert f"Request {number_of(removing)} · remove workspace" in shown.text
    assert "Nothing: it finds no workspace with this ID." in shown.text
    assert shown.buttons == ["Provision again", "Refresh", "Show another"]


def test_one_that_the_bot_does_not_know_is_shown_as_far_as_webex_tells(chat: Chat) -> None:
    one = stranger(chat)

    chat.say("ann", f"show workspace {one['displayName']}")

    shown = chat.expect("ann", "Webex has it", "neither provisioned nor imported it")
    assert one["userId"] not in shown.text
    assert f"Display name: {one['displayName']}" in shown.text


def test_without_the_right_to_look_the_bots_memory_is_all(chat: Chat) -> None:
    one = room(chat)
    chat.switch(workspaces_scope=False)

    chat.say("ann", f"show workspace {one['userId']}")

    shown = chat.expect("ann", "Not known whether it is there", "may not look at workspaces in Webex")
    assert f"Extension: {one['extension']}" in shown.text


def test_what_nobody_knows_is_said_to_be_unknown(chat: Chat) -> None:
    chat.say("ann", "show workspace nobody@example.com")
    chat.expect("ann", "This bot remembers no workspace “nobody@example.com”, and Webex lists none by user ID.")

    unknown = stranger(chat)["id"][:-4] + "AAAA"
    chat.say("ann", f"show workspace {unknown}")
    chat.expect("ann", "Neither this bot nor Webex knows a workspace with that ID.")
