"""Somebody gives a template another name."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from bot.testing.talking import Chat
from tests.dialogues.scenes import complaints, number_of, state_of
from tests.dialogues.scenes_templates import ACME, ASKED, EXAMPLE, choices, forget, keep, kept, stored


@pytest.fixture
def chat(special_chat: Callable[..., Chat]) -> Iterator[Chat]:
    """A chat in which there are no templates but those of the test."""
    found = special_chat()
    yield found
    forget(found)


@pytest.mark.parametrize(
    "words",
    ["template rename acme to=globex", "rename template ACME new=globex", "template rename name=acme newName=globex"],
)
def test_a_template_is_renamed_after_both_names_were_shown(chat: Chat, words: str) -> None:
    keep(chat, ACME)
    chat.quiet()
    chat.say("ann", words)
    asked = chat.expect("ann", ASKED, "Template: acme", "New name: globex")

    chat.press("ann", asked, "Rename")

    chat.expect_on(asked, "Template renamed", "write pid=globex in a line")
    assert kept(chat) == [ACME.fields | {"name": "globex"}]
    assert chat.calls("broadworks") == []


def test_a_name_alone_opens_the_form_with_it(chat: Chat) -> None:
    keep(chat, ACME, EXAMPLE)

    chat.say("ann", "template rename example")

    shown = chat.expect("ann", "1 thing to put right", "New name is missing.")
    assert (choices(shown, "template"), shown.inputs["template"]) == (["acme", "example"], "example")


def test_a_name_that_is_another_templates_is_declined_and_the_form_comes_back(chat: Chat) -> None:
    keep(chat, ACME, EXAMPLE)
    chat.say("ann", "template rename acme to=EXAMPLE")

    failed = chat.expect("ann", "There is a template “example” already.")

    assert state_of(chat, number_of(failed)) == "failed"
    chat.press("ann", failed, "Again with changes")
    assert chat.expect("ann", "This form is open until").inputs == {"template": "acme", "newName": "EXAMPLE"}


def test_a_template_that_has_gone_since_the_form_was_drawn_is_told_with_those_that_there_are(chat: Chat) -> None:
    keep(chat, ACME, EXAMPLE)
    chat.say("ann", "template rename acme")
    shown = chat.expect("ann", "New name is missing.")
    keep(chat, replace(EXAMPLE, name="third"))
    stored(chat).drop("acme")

    chat.submit("ann", shown, "Review", newName="globex")

    again = chat.expect_on(shown, "There are: example, third.")
    assert complaints(again) == ["template: Template: there is no template “acme”. There are: example, third."]
    assert again.inputs == {"template": "", "newName": "globex"}


def test_the_old_name_is_told_to_be_none_with_the_new_one(chat: Chat) -> None:
    keep(chat, ACME)
    chat.say("ann", "template rename acme to=globex")
    asked = chat.expect("ann", ASKED)
    chat.press("ann", asked, "Rename")
    chat.expect_on(asked, "Template renamed")

    chat.say("ann", "precheck ann@example.com pid=acme")

    chat.expect("ann", "there is no template “acme”. There are: globex.")


def test_word_by_word_the_second_name_is_not_taken_for_the_first(chat: Chat) -> None:
    keep(chat, ACME, EXAMPLE)
    chat.say("ann", "template rename")
    chat.expect("ann", "This form is open until")
    for said, question in (("text", "acme or example"), ("acme", "New name**?")):
        chat.say("ann", said)
        chat.expect("ann", question)

    chat.say("ann", "globex")

    chat.expect("ann", ASKED, "Template: acme", "New name: globex")
