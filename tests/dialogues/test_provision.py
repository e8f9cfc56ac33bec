"""A support agent provisions workspaces: what is shown is what is sent, once."""

import threading

import pytest

from bot.simulator.provisioning.records import OTHER_PROVISIONING_ID
from bot.testing.talking import Chat
from tests.dialogues.scenes import (
    CONFIRMATION,
    WORKSPACES,
    command,
    complaints,
    confirmation,
    form,
    number_of,
    provisioned,
    state_of,
    workspace,
)


def test_the_confirmation_shows_exactly_the_body_that_is_sent_then(chat: Chat) -> None:
    values = workspace(chat, primaryPhoneNumber=f"+1 (240) 555-{chat.turn + 2000}")
    chat.quiet()

    shown = confirmation(chat, values)

    assert chat.sent(WORKSPACES) == []
    lines = shown.text.splitlines()
    listed = dict(
        line.split(": ", 1) for line in lines[lines.index("POST /broadworks/workspaces") + 1 :] if ": " in line
    )
    chat.press("ann", shown, "Provision")
    done = chat.expect_on(shown, "Workspace provisioned", "Workspace ID: ")
    [body] = chat.sent(WORKSPACES)
    assert body == {**values, "primaryPhoneNumber": f"+1240555{chat.turn + 2000}"}
    assert listed == {
        "Display name": body["displayName"],
        "User ID": body["userId"],
        "Enterprise": body["spEnterpriseId"],
        "Provisioning ID": body["provisioningId"],
        "Phone number": body["primaryPhoneNumber"],
        "Extension": body["extension"],
    }
    assert done.buttons == ["Show workspace", "Again with changes"]
    [made] = chat.workspaces(values["userId"])
    assert made["id"] in done.text
    assert provisioned(chat, values["userId"]) == [("workspace", values["displayName"], body["primaryPhoneNumber"])]


def test_a_filled_form_becomes_the_confirmation_and_then_the_result_in_one_message(chat: Chat) -> None:
    values = workspace(chat)
    shown = form(chat, "provision workspace")
    assert list(shown.inputs) == list(values)

    chat.submit("ann", shown, "Review", **values)

    asked = chat.expect_on(shown, CONFIRMATION)
    chat.press("ann", asked, "Provision")
    chat.expect_on(shown, "Workspace provisioned")
    assert len(chat.workspaces(values["userId"])) == len(chat.shown("ann")) == 1


@pytest.mark.parametrize("left_out", ["primaryPhoneNumber", "extension"])
def test_a_number_or_an_extension_is_enough(chat: Chat, left_out: str) -> None:
    values = workspace(chat, **{left_out: ""})
    chat.quiet()

    shown = confirmation(chat, values)
    chat.press("ann", shown, "Provision")

    chat.expect_on(shown, "Workspace provisioned")
    assert chat.sent(WORKSPACES) == [values]


def test_without_number_and_extension_the_form_asks_for_one_of_them(chat: Chat) -> None:
    chat.say("ann", command(workspace(chat, primaryPhoneNumber="", extension="")))

    shown = chat.expect("ann", "1 thing to put right")
    assert complaints(shown) == [
        "primaryPhoneNumber: Give a phone number or an extension: a workspace needs one of them."
    ]


def test_a_repeated_press_sends_nothing_again(chat: Chat) -> None:
    values = workspace(chat)
    shown = confirmation(chat, values)

    chat.press("ann", shown, "Provision")
    chat.expect_on(shown, "Workspace provisioned")
    chat.press("ann", shown, "Provision")

    chat.expect("ann", f"Request {number_of(shown)} is done already.")
    assert len(chat.workspaces(values["userId"])) == 1


def test_presses_from_several_clients_at_once_make_one_workspace(chat: Chat) -> None:
    values = workspace(chat)
    shown = confirmation(chat, values)
    chat.quiet()

    presses = [threading.Thread(target=chat.press, args=("ann", shown, "Provision")) for _ in range(3)]
    for each in presses:
        each.start()
    for each in presses:
        each.join()

    chat.expect_on(shown, "Workspace provisioned")
    chat.settle()
    assert len(chat.sent(WORKSPACES)) == len(chat.workspaces(values["userId"])) == 1


def test_a_duplicated_webhook_counts_once(chat: Chat) -> None:
    values = workspace(chat)
    shown = confirmation(chat, values)
    chat.bot.simulator.webhook_faults.duplicate, chat.bot.simulator.webhook_faults.times = 2, 1

    chat.press("ann", shown, "Provision")

    chat.expect_on(shown, "Workspace provisioned")
    chat.settle()
    assert len(chat.workspaces(values["userId"])) == len(chat.shown("ann")) == 1


def test_what_was_edited_cannot_be_confirmed_any_more(chat: Chat) -> None:
    values = workspace(chat)
    old = confirmation(chat, values)
    chat.press("ann", old, "Edit")
    edited = chat.expect_on(old, "This form is open until")
    assert edited.inputs == values

    chat.act("ann", old, old.data("Provision"))

    chat.expect("ann", f"Request {number_of(old)} was withdrawn.")
    assert chat.workspaces(values["userId"]) == []
    chat.submit("ann", edited, "Review", displayName="Another name")
    chat.press("ann", chat.expect_on(old, CONFIRMATION, "Another name"), "Provision")
    chat.expect_on(old, "Workspace provisioned")
    assert [each["displayName"] for each in chat.workspaces(values["userId"])] == ["Another name"]


def test_what_was_cancelled_cannot_be_confirmed_any_more(chat: Chat) -> None:
    values = workspace(chat)
    shown = confirmation(chat, values)
    chat.press("ann", shown, "Cancel")
    over = chat.expect_on(shown, "Cancelled", "Nothing was changed in Webex.")

    chat.act("ann", shown, shown.data("Provision"))

    chat.expect("ann", f"Request {number_of(shown)} was withdrawn.")
    assert over.buttons == ["Ask again"]
    assert chat.workspaces(values["userId"]) == []
    assert state_of(chat, number_of(shown)) == "withdrawn"


def test_a_confirmation_that_nobody_pressed_expires(chat: Chat) -> None:
    values = workspace(chat)
    shown = confirmation(chat, values)

    chat.forward(chat.bot.application.context.rules.confirmation_life)

    chat.expect_on(shown, "Expired", "Nobody confirmed it in time. Nothing was sent.")
    chat.act("ann", shown, shown.data("Provision"))
    chat.expect("ann", f"Request {number_of(shown)} has expired.")
    assert chat.workspaces(values["userId"]) == []


def test_what_the_bot_provisioned_before_is_told_before_the_next_is_confirmed(chat: Chat) -> None:
    values = workspace(chat)
    first = confirmation(chat, values)
    assert "This bot has not provisioned that user ID or number before." in first.text
    chat.press("ann", first, "Provision")
    chat.expect_on(first, "Workspace provisioned")

    same_user = confirmation(chat, workspace(chat, userId=values["userId"].upper(), primaryPhoneNumber=""))
    same_number = confirmation(chat, workspace(chat, userId=f"other.{chat.turn}@example.com"))

    seen = f"workspace “{values['displayName']}” in request {number_of(first)}"
    label = "Checked by the bot, not by Webex"
    assert f"This bot has already provisioned that user ID: {seen}" in same_user.text
    assert f"This bot has already provisioned that number: {seen}" in same_number.text
    assert all(label in each.text for each in (first, same_user, same_number))


@pytest.mark.parametrize(
    ("changes", "words", "status"),
    [
        ({"userId": "95540002@sp.com"}, "Code 10022: ", 409),
        ({"primaryPhoneNumber": "+12405550101"}, "Phone number: “The primaryPhoneNumber is already in use.”", 409),
        ({"provisioningId": "rubbish"}, "Provisioning ID: “There is no template with this provisioningId.”", 400),
        ({"spEnterpriseId": "Reseller1+nobody"}, "Enterprise: “There is no customer for this spEnterpriseId.”", 404),
    ],
)
def test_what_webex_refuses_is_told_in_its_words_with_the_next_step(
    chat: Chat, changes: dict[str, str], words: str, status: int
) -> None:
    shown = confirmation(chat, workspace(chat, **changes))

    chat.press("ann", shown, "Provision")

    failed = chat.expect_on(shown, words, f"HTTP {status}", "Nothing was changed.", "What to do", "Webex tracking ID")
    assert state_of(chat, number_of(failed)) == "failed"
    chat.press("ann", failed, "Again with changes")
    assert chat.expect("ann", "This form is open until").inputs["displayName"] == f"Room {chat.turn}"


# What only the bot can check beforehand.


def test_what_the_bot_can_check_itself_is_told_beforehand(chat: Chat) -> None:
    shown = confirmation(chat, workspace(chat))

    for words in (
        "The enterprise “Reseller1+acme” exists, with this provisioning ID.",
        "No subscriber has this user ID.",
        "This bot has not provisioned that user ID or number before.",
    ):
        assert f"{words}\nChecked by the bot, not by Webex" in shown.text


def test_an_enterprise_that_is_not_there_and_a_user_id_that_is_taken_stop_nobody(chat: Chat) -> None:
    values = workspace(chat, spEnterpriseId="Reseller1+nowhere", userId="95540001@example.com")

    shown = confirmation(chat, values)

    assert "Webex lists no enterprise “Reseller1+nowhere”. A workspace needs one that exists" in shown.text
    assert "A subscriber has this user ID already: Tara Taken, Reseller1+example." in shown.text
    chat.press("ann", shown, "Provision")
    chat.expect_on(shown, "Webex did not find what was asked for.", "There is no customer for this spEnterpriseId.")


def test_another_template_of_the_enterprise_is_told(chat: Chat) -> None:
    shown = confirmation(chat, workspace(chat, provisioningId=OTHER_PROVISIONING_ID))

    assert "The enterprise “Reseller1+acme” exists with another provisioning ID" in shown.text


def test_where_the_bot_may_not_look_it_says_so_and_goes_on(chat: Chat) -> None:
    values = workspace(chat)
    chat.fault(service="broadworks", kind="status", status=403, method="GET", path="/broadworks/.+", times=2)

    shown = confirmation(chat, values)

    assert "The bot could not look whether the enterprise exists: its token may not." in shown.text
    chat.press("ann", shown, "Provision")
    chat.expect_on(shown, "Workspace provisioned")
