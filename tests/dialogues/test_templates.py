"""A template stands for a provisioning ID wherever one is asked for."""

from collections.abc import Callable, Iterator

import pytest

from bot.simulator.provisioning.records import OTHER_PROVISIONING_ID, PROVISIONING_ID
from bot.testing.talking import Chat
from tests.cards.rules import problems
from tests.dialogues.scenes import CONFIRMATION, WORKSPACES, command, complaints, form, number_of, workspace
from tests.dialogues.scenes_templates import ACME, BARE, EXAMPLE, choices, forget, keep, stored


@pytest.fixture
def chat(special_chat: Callable[..., Chat]) -> Iterator[Chat]:
    """A chat in which there are no templates but those of the test."""
    found = special_chat()
    yield found
    forget(found)


def room(chat: Chat, **changes: str) -> dict[str, str]:
    """What is said of a workspace by somebody who uses templates."""
    return workspace(chat, provisioningId="acme", spEnterpriseId="", **changes)


def test_a_name_in_a_line_sends_the_id_and_the_enterprise(chat: Chat) -> None:
    keep(chat, ACME, EXAMPLE)
    said = room(chat)
    chat.quiet()
    chat.say("ann", command({**said, "provisioningId": "ACME"}))
    asked = chat.expect("ann", CONFIRMATION, f"Provisioning ID: acme = {PROVISIONING_ID}", "Enterprise: Reseller1+acme")

    chat.press("ann", asked, "Provision")

    chat.expect_on(asked, "Workspace provisioned")
    assert chat.sent(WORKSPACES) == [
        {**said, "provisioningId": PROVISIONING_ID, "spEnterpriseId": "Reseller1+acme"},
    ]


def test_a_number_without_country_code_is_one_of_the_templates_country(chat: Chat) -> None:
    keep(chat, ACME)

    chat.say("ann", command(room(chat, primaryPhoneNumber=f"240 555 {chat.turn + 2000}")))

    chat.expect("ann", CONFIRMATION, f"Phone number: +1240555{chat.turn + 2000}")


def test_the_form_offers_the_names_and_the_one_used_last_stands_there(chat: Chat) -> None:
    keep(chat, ACME, EXAMPLE)
    first = form(chat, "provision workspace")
    assert (choices(first, "provisioningId"), first.inputs["provisioningId"]) == (["", "acme", "example"], "")
    chat.submit("ann", first, "Review", **room(chat, primaryPhoneNumber=""))
    chat.expect_on(first, CONFIRMATION, "Enterprise: Reseller1+acme")

    second = form(chat, "provision workspace")
    other = form(chat, "provision workspace", who="bob")

    assert (second.inputs["provisioningId"], other.inputs["provisioningId"]) == ("acme", "")
    assert second.inputs["spEnterpriseId"] == ""
    chat.submit("ann", second, "Review", displayName="Lobby", userId="lobby@example.com", extension="51212")
    chat.expect_on(second, CONFIRMATION, f"acme = {PROVISIONING_ID}", "Enterprise: Reseller1+acme")


def test_a_template_that_brings_no_enterprise_leaves_it_to_be_said(chat: Chat) -> None:
    keep(chat, BARE)
    shown = form(chat, "provision workspace")

    chat.submit("ann", shown, "Review", **{**room(chat), "provisioningId": "bare"})

    assert complaints(chat.expect_on(shown, "1 thing to put right")) == ["spEnterpriseId: Enterprise is missing."]


def test_a_template_that_was_removed_meanwhile_is_told_and_everything_else_is_kept(chat: Chat) -> None:
    keep(chat, ACME, EXAMPLE)
    shown = form(chat, "provision workspace")
    stored(chat).drop("acme")
    said = room(chat)

    chat.submit("ann", shown, "Review", **said)

    again = chat.expect_on(shown, "there is no template “acme”. There are: example.")
    assert again.inputs == {**said, "spEnterpriseId": "", "provisioningId": ""}
    assert choices(again, "provisioningId") == ["", "example"]


def test_a_name_is_looked_for_before_it_is_taken_for_an_id(chat: Chat) -> None:
    keep(chat, ACME, EXAMPLE)

    chat.say("ann", command({**room(chat), "provisioningId": "acmee"}))

    chat.expect("ann", "Template: there is no template “acmee”. There are: acme, example.")


def test_where_there_are_no_templates_a_name_is_remarked_upon(chat: Chat) -> None:
    chat.say("ann", command({**room(chat), "spEnterpriseId": "Reseller1+acme"}))

    chat.expect("ann", CONFIRMATION, "Please look again", "if it is meant for a template, there are none yet.")


def test_edit_shows_the_name_again_and_another_template_brings_its_own(chat: Chat) -> None:
    keep(chat, ACME, EXAMPLE)
    said = room(chat)
    chat.say("ann", command(said))
    asked = chat.expect("ann", CONFIRMATION)

    chat.press("ann", asked, "Edit")
    edited = chat.expect_on(asked, "This form is open until")

    assert edited.inputs == {**said, "spEnterpriseId": ""}
    chat.submit("ann", edited, "Review", provisioningId="example")
    chat.expect_on(asked, CONFIRMATION, f"example = {OTHER_PROVISIONING_ID}", "Enterprise: Reseller1+example")


def test_an_enterprise_that_was_said_is_kept_by_edit(chat: Chat) -> None:
    keep(chat, ACME)
    chat.say("ann", command({**room(chat), "spEnterpriseId": "Reseller1+example"}))
    asked = chat.expect("ann", CONFIRMATION, "Enterprise: Reseller1+example")

    chat.press("ann", asked, "Edit")

    edited = chat.expect_on(asked, "This form is open until")
    assert (edited.inputs["provisioningId"], edited.inputs["spEnterpriseId"]) == ("acme", "Reseller1+example")


@pytest.mark.parametrize("words", ["retry request", "clone request"])
def test_what_was_asked_with_a_template_is_asked_again_with_it(chat: Chat, words: str) -> None:
    keep(chat, ACME, EXAMPLE)
    chat.say("ann", command(room(chat, userId="95540002@sp.com")))
    asked = chat.expect("ann", CONFIRMATION)
    chat.press("ann", asked, "Provision")
    failed = chat.expect_on(asked, "What to do")

    chat.say("ann", f"{words} {number_of(failed)}")

    if words == "clone request":
        filled = chat.expect("ann", "This form is open until")
        assert filled.inputs["provisioningId"] == "acme"
        chat.press("ann", filled, "Review")
        chat.expect_on(filled, CONFIRMATION, f"acme = {PROVISIONING_ID}", "Enterprise: Reseller1+acme")
    else:
        chat.expect("ann", CONFIRMATION, f"acme = {PROVISIONING_ID}", "Enterprise: Reseller1+acme")


def test_a_retry_survives_that_its_template_is_gone(chat: Chat) -> None:
    keep(chat, ACME, EXAMPLE)
    chat.say("ann", command(room(chat)))
    asked = chat.expect("ann", CONFIRMATION)
    chat.press("ann", asked, "Cancel")
    chat.expect_on(asked, "Cancelled")
    stored(chat).drop("acme")

    chat.say("ann", f"retry request {number_of(asked)}")

    chat.expect("ann", CONFIRMATION, f"Provisioning ID: {PROVISIONING_ID}", "Enterprise: Reseller1+acme")


def test_word_by_word_the_template_is_asked_for_and_what_it_brings_is_not(chat: Chat) -> None:
    keep(chat, ACME, EXAMPLE)
    said = room(chat)
    form(chat, "provision workspace")
    for answer, question in (
        ("text", "Display name**?"),
        (said["displayName"], "User ID**?"),
        (said["userId"], "Template**? For example: acme or example"),
        ("nobody", "there is no template “nobody”. There are: acme, example."),
        ("acme", "Give a phone number or an extension"),
    ):
        chat.say("ann", answer)
        chat.expect("ann", question)

    chat.say("ann", said["primaryPhoneNumber"])

    chat.expect("ann", CONFIRMATION, f"acme = {PROVISIONING_ID}", "Enterprise: Reseller1+acme")


def test_word_by_word_the_enterprise_is_asked_for_when_the_template_does_not_bring_it(chat: Chat) -> None:
    keep(chat, ACME, BARE)
    chat.say("ann", "provision workspace name=Lobby user=lobby@example.com ext=51212")
    chat.expect("ann", "1 thing to put right")
    for answer, question in (("text", "Template**?"), ("bare", "Enterprise**?")):
        chat.say("ann", answer)
        chat.expect("ann", question)

    chat.say("ann", "Reseller1+acme")

    chat.expect("ann", CONFIRMATION, f"bare = {BARE.provisioning_id}", "Enterprise: Reseller1+acme")


def test_a_provisioning_id_that_no_choice_can_carry_does_not_break_the_card(chat: Chat) -> None:
    keep(chat, ACME)
    typed = PROVISIONING_ID + ",x"

    chat.say("ann", f"provision workspace name=Lobby pid={typed}")

    shown = chat.expect("ann", "things to put right")
    assert problems(shown.card) == []
    assert shown.inputs["provisioningId"] == typed


def test_a_precheck_without_a_template_stays_without_one(chat: Chat) -> None:
    keep(chat, ACME)
    chat.say("ann", "precheck ann@example.com pid=acme")
    chat.expect("ann", "Webex expects this to work", "Enterprise: Reseller1+acme")
    shown = form(chat, "precheck")
    assert shown.inputs["provisioningId"] == "acme"

    chat.submit("ann", shown, "Check", email="wrong", provisioningId="")

    again = chat.expect_on(shown, "1 thing to put right")
    assert again.inputs["provisioningId"] == ""
    chat.submit("ann", again, "Check", email="bob@example.com")
    assert "Provisioning ID:" not in chat.expect_on(shown, "Webex expects this to work").text
