"""What people see when Webex does not take, edit or give what it should."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from dbos import DBOS

from bot.testing.talking import Chat
from tests.dialogues.scenes import confirmation, form, workspace


def fault(chat: Chat, method: str, path: str, *, status: int, times: int, **how: Any) -> None:
    """The next calls of that kind are answered with an error."""
    chat.fault(service="webex", kind="status", method=method, path=path, status=status, times=times, **how)


def say(chat: Chat, words: str, *, space: str = "", **refused: Any) -> None:
    """Ann says something, and the next posts of the bot are answered with an error."""
    if space:
        chat.space(space)
    with chat.held():
        chat.say("ann", words, space=space)
        fault(chat, "POST", "/messages", **refused)


def pass_the_pause(chat: Chat) -> None:
    """Wait until what has just happened is put off, and until that time has passed."""
    inbox = chat.bot.application.inbox
    chat.until(lambda: any(row.try_at for row in inbox.waiting(1, now=datetime.max.replace(tzinfo=UTC))))
    chat.forward(timedelta(seconds=1))


def test_where_cards_are_refused_the_form_is_filled_in_by_text(chat: Chat) -> None:
    say(chat, "precheck pkg=basic", status=400, times=1)
    chat.expect("ann", "**E-mail**?", "Reply with it, or say `cancel`.")
    [in_words, _] = chat.shown("ann")

    chat.say("ann", "one@example.com")

    assert "attachments" not in in_words.message
    assert "- **Package**: basic" in in_words.markdown
    chat.expect("ann", "Webex expects this to work", "one@example.com", "basic")


def test_where_a_reply_in_a_thread_is_refused_the_card_goes_to_the_space(chat: Chat) -> None:
    say(chat, "precheck", space="support", status=400, times=1)

    shown = chat.expect("support", "This form is open until")
    assert shown.parent_id is None
    chat.submit("ann", shown, "Check", email="one@example.com")
    chat.expect_on(shown, "Webex expects this to work")


def test_where_threads_and_cards_are_refused_words_go_to_the_space(chat: Chat) -> None:
    say(chat, "check one@example.com", space="support", status=400, times=2)

    shown = chat.expect("support", "Webex expects this to work")
    assert "attachments" not in shown.message
    assert shown.parent_id is None


@pytest.mark.parametrize("edits", ["refused", "strict"])
def test_where_an_edit_is_refused_a_new_message_takes_the_place_of_the_old(chat: Chat, edits: str) -> None:
    values = workspace(chat)
    shown = confirmation(chat, values)
    chat.switch(card_edits=edits)

    chat.press("ann", shown, "Provision")

    chat.expect("ann", "Workspace provisioned")
    chat.settle()
    assert len(chat.shown("ann")) == len(chat.workspaces(values["userId"])) == 1
    assert chat.now(shown) is None


def test_after_nine_edits_a_new_message_takes_the_place_of_the_old(chat: Chat) -> None:
    shown = form(chat, "precheck")
    ids = []

    for turn in range(11):
        chat.submit("ann", shown, "Check", email=f"wrong {turn}")
        shown = chat.expect_form("ann", f"wrong {turn}")
        # A person needs longer to press than the bot to note the number of a message that it has just posted.
        chat.settle()
        ids.append(shown.id)

    assert [ids.index(each) for each in ids] == [0] * 9 + [9] * 2
    assert len(chat.shown("ann")) == 1


def test_a_message_that_somebody_has_deleted_is_posted_anew(chat: Chat) -> None:
    shown = form(chat, "precheck")
    fault(chat, "PUT", "/messages/.+", status=404, times=1)

    chat.submit("ann", shown, "Check", email="one@example.com")

    chat.expect("ann", "Webex expects this to work")


def test_when_webex_is_busy_the_answer_comes_as_soon_as_it_may(chat: Chat) -> None:
    say(chat, "check one@example.com", status=429, times=1, retry_after=60)
    chat.settle()
    assert chat.shown("ann") == []

    chat.forward(timedelta(seconds=60))

    chat.expect("ann", "Webex expects this to work")
    assert len(chat.shown("ann")) == 1


def test_when_webex_fails_at_taking_the_answer_it_is_posted_later(chat: Chat) -> None:
    say(chat, "check one@example.com", status=500, times=1)
    chat.settle()

    chat.forward(timedelta(seconds=2))

    chat.expect("ann", "Webex expects this to work")


@pytest.mark.parametrize("refused", [{"status": 500}, {"status": 429, "retry_after": 1}])
def test_a_message_that_cannot_be_fetched_at_once_is_answered_all_the_same(chat: Chat, refused: dict[str, Any]) -> None:
    fault(chat, "GET", "/messages/.+", times=1, **refused)

    chat.say("ann", "check one@example.com")
    pass_the_pause(chat)

    chat.expect("ann", "Webex expects this to work")


def test_a_fresh_message_that_webex_does_not_know_yet_is_answered(chat: Chat) -> None:
    chat.switch(late_404=2)

    chat.say("ann", "check one@example.com")

    chat.expect("ann", "Webex expects this to work")


def test_a_message_that_is_gone_is_no_reason_to_stop(chat: Chat) -> None:
    fault(chat, "GET", "/messages/.+", status=404, times=4)
    chat.say("ann", "check one@example.com")

    chat.say("ann", "help")

    chat.expect("ann", "What I can do")
    assert len(chat.shown("ann")) == 1


def test_a_press_that_cannot_be_fetched_at_once_counts_all_the_same(chat: Chat) -> None:
    shown = form(chat, "precheck")
    fault(chat, "GET", "/attachment/actions/.+", status=502, times=1)

    chat.submit("ann", shown, "Check", email="one@example.com")
    pass_the_pause(chat)

    chat.expect_on(shown, "Webex expects this to work")


def test_a_space_that_cannot_be_posted_to_is_given_up(chat: Chat) -> None:
    say(chat, "help", space="support", status=403, times=2)
    chat.settle()

    chat.say("ann", "help", space="support")

    chat.expect("support", "What I can do")
    assert len(chat.shown("support")) == 1


@pytest.mark.parametrize("times", [1, 2])
def test_a_token_that_is_renewed_in_time_loses_no_message(chat: Chat, times: int) -> None:
    say(chat, "help", status=401, times=times)
    for _ in range(times):
        chat.until(lambda: DBOS.list_workflows(workflow_id_prefix="deliver:", status="DELAYED"))
        chat.forward(timedelta(seconds=60))

    chat.expect("ann", "What I can do")
    chat.settle()
    assert len(chat.shown("ann")) == 1


def test_an_edit_that_the_token_does_not_allow_is_made_later_and_nothing_is_posted_anew(chat: Chat) -> None:
    shown = form(chat, "precheck")
    chat.quiet()
    fault(chat, "PUT", "/messages/.*", status=401, times=1)

    chat.submit("ann", shown, "Check", email="no address")

    chat.until(lambda: DBOS.list_workflows(workflow_id_prefix="deliver:", status="DELAYED"))
    chat.forward(timedelta(seconds=60))
    chat.expect_on(shown, "1 thing to put right")
    assert len(chat.shown("ann")) == 1
