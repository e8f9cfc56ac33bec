"""Somebody gives a provisioning ID a short name."""

from collections.abc import Callable, Iterator

import pytest

from bot.simulator.provisioning.records import OTHER_PROVISIONING_ID, PROVISIONING_ID
from bot.testing.talking import Chat
from tests.dialogues.scenes import audited, form, number_of, state_of
from tests.dialogues.scenes_templates import ACME, ASKED, EXAMPLE, forget, keep, kept


@pytest.fixture
def chat(special_chat: Callable[..., Chat]) -> Iterator[Chat]:
    """A chat in which there are no templates but those of the test."""
    found = special_chat()
    yield found
    forget(found)


VALUES = {"name": "acme", "provisioningId": PROVISIONING_ID, "spEnterpriseId": "Reseller1+acme", "region": "US"}


def test_a_template_is_added_by_a_form_after_it_was_shown(chat: Chat) -> None:
    chat.quiet()
    shown = form(chat, "template add")

    chat.submit("ann", shown, "Review", **VALUES, package="standard", timezone="america/los angeles")

    asked = chat.expect_on(shown, ASKED, "Package: standard", f"Provisioning ID: {PROVISIONING_ID}")
    assert kept(chat) == []
    chat.press("ann", asked, "Save")
    done = chat.expect_on(shown, "Template saved", "Choose it in forms, or write pid=acme in a line.")
    assert kept(chat) == [VALUES | {"package": "standard", "timezone": "America/Los_Angeles"}]
    assert chat.calls("broadworks") == []
    assert done.buttons == ["All templates", "Again with changes"]
    chat.press("ann", done, "All templates")
    chat.expect("ann", "1 template.", "acme", "Saved by Ann")


def test_a_template_is_added_by_a_line_and_everything_is_written_down(chat: Chat) -> None:
    chat.say("ann", f"add template acme pid={PROVISIONING_ID} enterprise=Reseller1+acme country=us")
    asked = chat.expect("ann", ASKED, "Country of phone numbers: US")

    chat.press("ann", asked, "Save")

    chat.expect_on(asked, "Template saved")
    assert kept(chat) == [VALUES]
    assert [each.what.value for each in audited(chat, request=number_of(asked))] == [
        "request asked",
        "request planned",
        "request confirmed",
        "request approved",
        "write attempted",
        "request done",
    ]


def test_a_name_that_is_there_is_replaced_and_the_card_says_so_first(chat: Chat) -> None:
    keep(chat, ACME)

    chat.say("bob", f"template add ACME pid={OTHER_PROVISIONING_ID} enterprise=Reseller1+example")

    asked = chat.expect("bob", ASKED, "This replaces the template “acme” for everybody.")
    assert "Enterprise: Reseller1+acme → Reseller1+example" in asked.text
    assert "Country of phone numbers: US → (nothing)" in asked.text
    chat.press("bob", asked, "Save")
    chat.expect_on(asked, "Template saved")
    assert kept(chat) == [
        {"name": "ACME", "provisioningId": OTHER_PROVISIONING_ID, "spEnterpriseId": "Reseller1+example"}
    ]


def test_what_was_changed_after_it_was_shown_is_not_overwritten(chat: Chat) -> None:
    chat.say("ann", f"template add acme pid={PROVISIONING_ID}")
    asked = chat.expect("ann", ASKED)
    keep(chat, ACME)

    chat.press("ann", asked, "Save")

    failed = chat.expect_on(asked, "Somebody has changed the template “acme” meanwhile.")
    assert kept(chat) == [ACME.fields]
    chat.say("ann", f"retry request {number_of(failed)}")
    chat.expect("ann", ASKED, "This replaces the template “acme” for everybody.")


def test_what_was_cancelled_is_not_saved_and_webex_is_not_spoken_of(chat: Chat) -> None:
    chat.say("ann", f"template add acme pid={PROVISIONING_ID}")
    asked = chat.expect("ann", ASKED)

    chat.press("ann", asked, "Cancel")

    over = chat.expect_on(asked, "Cancelled", "Nothing was changed.")
    assert "Webex" not in over.text
    assert kept(chat) == []
    chat.act("ann", asked, asked.data("Save"))
    chat.expect("ann", f"Request {number_of(asked)} was withdrawn. Nothing was changed.")


def test_edit_brings_the_form_back_with_everything_in_it(chat: Chat) -> None:
    keep(chat, EXAMPLE)
    chat.say("ann", f"template add acme pid={PROVISIONING_ID} enterprise=Reseller1+acme country=us")
    asked = chat.expect("ann", ASKED)

    chat.press("ann", asked, "Edit")

    edited = chat.expect_on(asked, "This form is open until")
    assert {name: value for name, value in edited.inputs.items() if value} == VALUES


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("acme east", "I did not understand"),
        ("name=“acme east”", "Name takes letters, digits, - _ and . only, without spaces, like acme-east."),
        ("acme country=USA", "Country of phone numbers takes a country's code of two letters, such as US or GB."),
        ("acme", "Provisioning ID is missing."),
    ],
)
def test_what_cannot_be_kept_is_told_and_the_rest_stays(chat: Chat, said: str, told: str) -> None:
    chat.say("ann", f"template add {said}")

    chat.expect("ann", told)
    assert kept(chat) == []


def test_a_template_is_added_word_by_word_where_cards_do_not_show(chat: Chat) -> None:
    form(chat, "template add")

    for said, question in (("text", "Name**?"), ("acme", "Provisioning ID**?")):
        chat.say("ann", said)
        chat.expect("ann", question)
    chat.say("ann", PROVISIONING_ID)

    asked = chat.expect("ann", ASKED)
    chat.press("ann", asked, "Save")
    chat.expect_on(asked, "Template saved")
    assert kept(chat) == [{"name": "acme", "provisioningId": PROVISIONING_ID}]


def test_while_writes_are_off_it_waits_and_can_be_cancelled(special_chat: Callable[..., Chat]) -> None:
    chat = special_chat(BOT_WRITES="off")
    chat.say("ann", f"template add acme pid={PROVISIONING_ID}")
    asked = chat.expect("ann", ASKED, "Writes are switched off just now")

    chat.press("ann", asked, "Save")

    held = chat.expect_on(asked, "Writes are switched off.", "Nothing has been changed. It goes on by itself")
    assert kept(chat) == []
    chat.press("ann", held, "Cancel")
    chat.expect_on(asked, "Cancelled")
    assert state_of(chat, number_of(asked)) == "withdrawn"
