"""The short answers."""

from dataclasses import replace

import pytest

from bot.domain.delivery import NoticeKind
from bot.domain.request import State
from cards.render import render
from tests.cards.reading import card_of, facts, presses, texts
from tests.cards.samples import ANN, PRECHECK, notice, provisioning


def test_help_offers_every_operation_as_a_button() -> None:
    assert presses(notice(NoticeKind.HELP, words="")) == {
        "Precheck subscriber": {"purpose": "say", "person_id": ANN, "words": "precheck subscriber"},
        "Provision workspace": {"purpose": "say", "person_id": ANN, "words": "provision workspace"},
    }


def test_help_lists_all_that_can_be_asked_for_with_a_button_for_each() -> None:
    many = tuple(replace(PRECHECK, words=f"do thing {number}") for number in range(7))
    view = replace(notice(NoticeKind.HELP), operations=many)

    rows = [element["actions"] for element in card_of(view)["body"] if element["type"] == "ActionSet"]
    assert [len(row) for row in rows] == [3, 3, 1]
    assert [action["title"] for row in rows for action in row] == [f"Do thing {number}" for number in range(7)]
    assert "do thing 6" in texts(view)


@pytest.mark.parametrize(
    "words", ["provision workspace", "Provision Workspace", "add workspace", "provision_workspace"]
)
def test_help_for_one_operation_names_all_that_can_be_said(words: str) -> None:
    assert facts(notice(NoticeKind.HELP, words=words)) == {
        "Display name \\*": "displayName, name",
        "User ID \\*": "userId, user",
        "Enterprise \\*": "spEnterpriseId, enterprise, sp",
        "Provisioning ID \\*": "provisioningId, provisioning, template, pid",
        "Phone number": "primaryPhoneNumber, phone, number, primary",
        "Extension": "extension, ext",
    }


def test_help_of_an_operation_without_aliases_and_examples_is_shorter() -> None:
    plain = replace(PRECHECK, aliases=(), examples=())
    view = replace(notice(NoticeKind.HELP, words="precheck subscriber"), operations=(plain,))

    assert not {"For example", "Also: precheck, check"} & set(texts(view))


def test_help_for_unknown_words_is_the_list() -> None:
    assert texts(notice(NoticeKind.HELP, words="make tea"))[0] == "What I can do"


def test_help_with_a_word_is_of_what_it_is_a_word_of() -> None:
    assert texts(notice(NoticeKind.HELP, words="precheck please"))[0] == "Precheck subscriber"
    both = notice(NoticeKind.HELP, words="workspace subscriber")
    assert list(presses(both)) == ["Precheck subscriber", "Provision workspace"]


def test_a_suggestion_says_that_nothing_was_run() -> None:
    view = notice(NoticeKind.SUGGESTION, said="provsion *it*", suggestions=["provision workspace", " "])

    assert "I did not understand “provsion \\*it\\*”. Nothing was run." in texts(view)
    assert list(presses(view)) == ["provision workspace"]


def test_requests_are_listed_with_what_they_are_about_and_how_they_stand() -> None:
    view = notice(NoticeKind.REQUESTS, provisioning(State.UNKNOWN), provisioning(State.ASKED, plan=None, values={}))

    assert texts(view)[2:] == [
        "12 · Provision workspace",
        "Conference Room · 95547321@example.com",
        "not known yet whether it was done · 21 Nov 2026 18:36 UTC",
        "12 · Provision workspace",
        "being checked · 21 Nov 2026 18:36 UTC",
        "Show one of them:",
    ]
    assert presses(view) == {"12": {"purpose": "say", "person_id": ANN, "words": "show request 12"}}


def test_a_long_list_of_requests_is_counted() -> None:
    view = notice(NoticeKind.REQUESTS, *(provisioning(State.DONE, number=number) for number in range(23)))

    assert "and 3 more" in texts(view)
    assert len(card_of(view)["actions"]) == 5


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("done", "done"),
        ("failed", "not done, its card says why"),
        ("unknown", "nobody knows yet whether it was done, please look at its card"),
        ("expired", "expired, nothing was sent"),
        ("something new", "something new"),
    ],
)
def test_the_line_that_calls_somebody_is_one_line(state: str, words: str) -> None:
    view = notice(NoticeKind.DONE, request=12, title="Provision workspace", state=state, mention=ANN)

    assert render(view).markdown == f"<@personId:{ANN}> Request 12, provision workspace: {words}."


def test_a_forged_mention_is_no_mention() -> None:
    view = notice(NoticeKind.DONE, request=12, title="<@all>", state="done", mention="x> <@all")

    assert render(view).markdown == "Request 12, &lt;@all>: done."


def test_a_question_can_be_answered_without_a_card() -> None:
    view = notice(NoticeKind.QUESTION, label="E-mail", hint="", complaint="", operation="precheck_subscriber")

    assert render(view).markdown == "Precheck subscriber\n\n**E-mail**?\n\nReply with it, or say `cancel`."


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ("cancelled", "Cancelled. Nothing was sent."),
        ("expired", "Nobody sent this form in time. Nothing was sent to Webex."),
        ("replaced", "Another form has taken its place."),
        ("who knows", "This form is closed."),
    ],
)
def test_a_closed_form_says_why(why: str, words: str) -> None:
    view = notice(NoticeKind.CLOSED_FORM, operation="gone_operation", why=why)

    assert texts(view)[1:] == ["Gone operation", words]
