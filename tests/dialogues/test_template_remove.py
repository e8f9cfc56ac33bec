"""Somebody removes a template."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from bot.testing.talking import Chat
from tests.dialogues.scenes import form, number_of, state_of
from tests.dialogues.scenes_templates import ACME, ASKED, EXAMPLE, choices, forget, keep, kept


@pytest.fixture
def chat(special_chat: Callable[..., Chat]) -> Iterator[Chat]:
    """A chat in which there are no templates but those of the test."""
    found = special_chat()
    yield found
    forget(found)


@pytest.mark.parametrize("words", ["template remove acme", "delete template ACME", "template remove name=acme"])
def test_a_template_is_removed_with_one_press_after_it_was_shown(chat: Chat, words: str) -> None:
    keep(chat, ACME, EXAMPLE)
    chat.quiet()
    chat.say("ann", words)
    asked = chat.expect("ann", ASKED, "Name: acme", "Enterprise: Reseller1+acme")
    assert (asked.inputs, len(kept(chat))) == ({}, 2)

    chat.press("ann", asked, "Remove")

    done = chat.expect_on(asked, "Template removed")
    assert kept(chat) == [EXAMPLE.fields]
    assert chat.calls("broadworks") == []
    assert done.buttons == ["Add it again", "All templates", "Remove another"]


def test_what_was_removed_by_mistake_is_added_again_with_all_it_said(chat: Chat) -> None:
    keep(chat, ACME)
    chat.say("ann", "template remove acme")
    asked = chat.expect("ann", ASKED)
    chat.press("ann", asked, "Remove")
    done = chat.expect_on(asked, "Template removed")

    chat.press("ann", done, "Add it again")
    form_again = chat.expect("ann", "This form is open until")
    chat.press("ann", form_again, "Review")
    chat.press("ann", chat.expect_on(form_again, ASKED), "Save")

    chat.expect_on(form_again, "Template saved")
    assert kept(chat) == [ACME.fields]


def test_the_form_offers_the_names_and_chooses_none(chat: Chat) -> None:
    keep(chat, ACME, EXAMPLE)

    shown = form(chat, "template remove")

    assert (choices(shown, "template"), shown.inputs["template"]) == (["acme", "example"], "")
    chat.submit("ann", shown, "Review", template="example")
    chat.expect_on(shown, ASKED, "Name: example")


def test_one_that_was_changed_since_it_was_shown_stays(chat: Chat) -> None:
    keep(chat, ACME)
    chat.say("ann", "template remove acme")
    asked = chat.expect("ann", ASKED)
    keep(chat, replace(ACME, region="GB"))

    chat.press("ann", asked, "Remove")

    failed = chat.expect_on(asked, "Somebody has changed the template “acme” meanwhile.")
    assert state_of(chat, number_of(failed)) == "failed"
    assert [each["region"] for each in kept(chat)] == ["GB"]


def test_without_templates_the_way_to_one_is_told(chat: Chat) -> None:
    chat.say("ann", "template remove acme")

    chat.expect("ann", "Template: there are no templates yet. Say “template add” to make one.")
