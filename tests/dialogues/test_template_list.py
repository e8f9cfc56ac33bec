"""Somebody looks at the templates, and goes on from there."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from bot.simulator.provisioning.records import PROVISIONING_ID
from bot.testing.talking import Chat
from tests.dialogues.scenes import form
from tests.dialogues.scenes_templates import ACME, ASKED, BARE, EXAMPLE, choices, forget, keep


@pytest.fixture
def chat(special_chat: Callable[..., Chat]) -> Iterator[Chat]:
    """A chat in which there are no templates but those of the test."""
    found = special_chat()
    yield found
    forget(found)


@pytest.mark.parametrize("words", ["template list", "templates", "list templates", "show templates", "Templates."])
def test_the_words_alone_list_the_templates(chat: Chat, words: str) -> None:
    keep(chat, ACME, BARE)

    chat.say("ann", words)

    shown = chat.expect("ann", "2 templates.", "acme", "Reseller1+acme · numbers of US", "bare", "Saved by Bob")
    assert PROVISIONING_ID not in shown.text
    assert shown.buttons == ["Add a template", "Rename one", "Remove one", "Filter"]


def test_where_there_is_none_the_list_offers_to_add_one(chat: Chat) -> None:
    chat.say("ann", "templates")
    shown = chat.expect("ann", "There are no templates yet.")

    chat.press("ann", shown, "Add a template")

    assert "provisioningId" in chat.expect("ann", "This form is open until").inputs


def test_a_list_can_be_filtered_and_the_only_one_found_is_offered_by_name(chat: Chat) -> None:
    keep(chat, ACME, EXAMPLE)
    chat.say("ann", "templates filter=ACME")
    shown = chat.expect("ann", "1 template.")
    assert shown.buttons == ["Add a template", "Rename acme", "Remove acme", "Filter"]

    chat.press("ann", shown, "Remove acme")
    chat.expect("ann", ASKED, "Name: acme")
    chat.press("ann", shown, "Rename acme")

    asked = chat.expect("ann", "This form is open until")
    assert (choices(asked, "template"), asked.inputs["template"]) == (["acme", "example"], "acme")
    chat.press("ann", shown, "Filter")
    assert chat.expect("ann", "List the templates").inputs == {"filter": "ACME"}


def test_many_are_shown_page_by_page_in_one_message(chat: Chat) -> None:
    keep(chat, *(replace(ACME, name=f"acme-{number:02}") for number in range(12)))
    chat.say("ann", "templates")
    shown = chat.expect("ann", "1 to 10 of 12 templates.", "acme-09")

    chat.press("ann", shown, "Next")

    last = chat.expect_on(shown, "11 to 12 of 12 templates.", "acme-11")
    assert "Next" not in last.buttons
    assert len(chat.shown("ann")) == 1
    chat.act("ann", shown, shown.data("Next"))
    chat.expect("ann", "There is no next page any more. Ask again.")


def test_nobody_is_asked_which_one_to_remove_before_choosing(chat: Chat) -> None:
    keep(chat, ACME, EXAMPLE)
    chat.say("ann", "templates")

    chat.press("ann", chat.expect("ann", "2 templates."), "Remove one")

    assert chat.expect("ann", "This form is open until").inputs == {"template": ""}


def test_the_form_of_the_list_is_there_for_who_wants_it(chat: Chat) -> None:
    keep(chat, ACME)
    chat.say("ann", "templates")
    chat.press("ann", chat.expect("ann", "1 template."), "Filter")
    shown = chat.expect("ann", "This form is open until")

    chat.submit("ann", shown, "List", filter="globex")

    chat.expect_on(shown, "No template has “globex” in it.")
    assert form(chat, "template add").inputs["name"] == ""
