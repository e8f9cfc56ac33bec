"""A support agent looks for subscribers."""

from datetime import timedelta

import pytest

from bot.simulator.provisioning.subscriber import End
from bot.testing.shown import Shown
from bot.testing.talking import Chat
from tests.dialogues.scenes import complaints, form
from tests.dialogues.scenes_find import ONE_PAGE, enterprise, odd, subscriber


def names(shown: Shown) -> list[str]:
    """The names in the rows of a card."""
    return [line.partition(" · ")[2] for line in shown.text.splitlines() if line.partition(" · ")[0].isdigit()]


def test_the_words_alone_bring_the_form(chat: Chat) -> None:
    shown = form(chat, "find subscribers")

    assert list(shown.inputs) == ["email", "userId", "spEnterpriseId", "after", "lastStatusChange", "status"]
    assert shown.buttons == ["Find", "Cancel"]


def test_one_line_finds_somebody_with_one_call(chat: Chat) -> None:
    nora = subscriber(chat)
    chat.quiet()

    chat.say("ann", f"find {nora.email}")

    shown = chat.expect("ann", "1 subscriber found", f"E-mail: {nora.email}", "1 · Nora Novak1", "Provisioned")
    assert f"{nora.facts['userId']} · standard" in shown.text
    assert shown.buttons == ["Show", "Edit and find again"]
    assert chat.calls("broadworks") == [ONE_PAGE]


@pytest.mark.parametrize(
    "words",
    [
        "find user={user}",
        "search subscribers user id={user}",
        "list subscribers enterprise={enterprise}",
        "find subscriber sp={enterprise} status=Provisioned,error created since=2020-01-01 changed=9999 weeks",
    ],
)
def test_people_may_look_for_it_in_many_ways(chat: Chat, words: str) -> None:
    nora = subscriber(chat)
    chat.quiet()

    chat.say("ann", words.format(user=nora.facts["userId"], enterprise=enterprise(chat)))

    chat.expect("ann", "1 subscriber found", "1 · Nora Novak1")
    assert chat.calls("broadworks") == [ONE_PAGE]


def test_an_address_alone_may_be_a_user_id(chat: Chat) -> None:
    nora = subscriber(chat)

    chat.say("ann", f"find {nora.facts['userId']}")

    chat.expect("ann", "1 · Nora Novak1", "Nobody has that e-mail address; it is a user ID.")


def test_a_list_is_read_page_by_page_to_its_end_in_one_message(chat: Chat) -> None:
    for number in range(1, 20):
        subscriber(chat, number)
    chat.quiet()

    chat.say("ann", f"find enterprise={enterprise(chat)}")
    first = chat.expect("ann", "The first 8 subscribers", "Nora Novak8")
    chat.press("ann", first, "Next")
    second = chat.expect_on(first, "The next 8 subscribers", "Nora Novak16")
    chat.press("ann", second, "Next")
    last = chat.expect_on(first, "The last 3 subscribers", "Nora Novak19")

    assert [*names(first), *names(second), *names(last)] == [f"Nora Novak{number}" for number in range(1, 20)]
    assert first.buttons == [*(f"Show {number}" for number in range(1, 9)), "Next", "Edit and find again"]
    assert last.buttons == ["Show 1", "Show 2", "Show 3", "Edit and find again"]
    assert chat.calls("broadworks") == [ONE_PAGE] * 3
    assert len(chat.shown("ann")) == 1


def test_an_old_next_leads_nowhere(chat: Chat) -> None:
    for number in range(1, 20):
        subscriber(chat, number)
    chat.say("ann", f"find enterprise={enterprise(chat)}")
    first = chat.expect("ann", "The first 8 subscribers")
    chat.press("ann", first, "Next")
    chat.expect_on(first, "The next 8 subscribers")

    chat.act("ann", first, first.data("Next"))

    chat.expect("ann", "There is no next page any more. Ask again.")


def test_pages_without_anybody_are_passed_over(chat: Chat) -> None:
    for number in range(1, 10):
        subscriber(chat, number)
    chat.switch(empty_pages=True)
    chat.quiet()

    chat.say("ann", f"find enterprise={enterprise(chat)}")
    first = chat.expect("ann", "The first 8 subscribers")
    chat.press("ann", first, "Next")

    chat.expect_on(first, "The last 1 subscriber", "Nora Novak9")
    assert chat.calls("broadworks") == [ONE_PAGE] * 4


def test_what_was_found_can_be_searched_again_with_changes(chat: Chat) -> None:
    subscriber(chat, 1)
    subscriber(chat, 2, end=End("error"))
    chat.say("ann", f"find enterprise={enterprise(chat)} changed=7d")
    answer = chat.expect("ann", "2 subscribers found")

    chat.press("ann", answer, "Edit and find again")
    shown = chat.expect("ann", "This form is open until")
    assert {name: value for name, value in shown.inputs.items() if value} == {
        "spEnterpriseId": enterprise(chat),
        "lastStatusChange": "7d",
    }
    chat.submit("ann", shown, "Find", status="error,updating")

    chat.expect_on(shown, "1 subscriber found", "Status: ended in an error or Webex is updating it", "Nora Novak2")


def test_mistakes_come_back_with_what_was_said(chat: Chat) -> None:
    shown = form(chat, "find")

    chat.submit("ann", shown, "Find", email="ann at example", after="last week", status="error,provisioning")

    again = chat.expect_on(shown, "2 things to put right")
    email, after = complaints(again)
    assert email.startswith("email: E-mail is not an e-mail address: ")
    assert after == (
        "after: Created since is no time that the bot can read. "
        "Write a date like 2026-11-20, or today, yesterday, 24h, 7d (all in UTC)."
    )
    assert {name: value for name, value in again.inputs.items() if value} == {
        "email": "ann at example",
        "after": "last week",
        "status": "error,provisioning",
    }


def test_a_status_that_does_not_exist_is_told_with_those_that_do(chat: Chat) -> None:
    chat.say("ann", "find status=broken,error")

    chat.expect("ann", "Status: there is no “broken”. There are error, pending_email_input,")


def test_a_time_to_come_is_told_for_what_it_is(chat: Chat) -> None:
    chat.quiet()

    chat.say("ann", "find created=2099-01-01")

    chat.expect("ann", "Created since 2099-01-01 is still to come: it is ")
    assert chat.calls("broadworks") == []


def test_days_begin_in_utc_and_the_card_says_so(chat: Chat) -> None:
    subscriber(chat)
    chat.forward(timedelta(days=1))
    today = f"{chat.bot.clock():%b %Y} 00:00 UTC"

    chat.say("ann", f"find enterprise={enterprise(chat)} created=today")
    chat.expect("ann", "Nobody found", "Created since: ", today)
    chat.say("ann", f"find enterprise={enterprise(chat)} created=yesterday")
    chat.expect("ann", "1 subscriber found", "00:00 UTC")


def test_who_is_not_found_is_told_with_what_to_try(chat: Chat) -> None:
    chat.say("ann", "find nobody@find.example.com")

    shown = chat.expect(
        "ann",
        "Nobody found",
        "E-mail: nobody@find.example.com",
        "It is no user ID either.",
        "What to try",
        "Webex compares whole values, not parts of them: check how it is written.",
    )
    assert shown.buttons == ["Precheck", "Edit and find again"]
    chat.press("ann", shown, "Precheck")
    assert chat.expect("ann", "This form is open until").inputs["email"] == "nobody@find.example.com"


def test_all_of_them_may_be_listed_and_that_is_remarked_upon(chat: Chat) -> None:
    shown = form(chat, "list subscribers")

    chat.submit("ann", shown, "Find")

    chat.expect_on(shown, "Please look again", "these are all subscribers that the bot can see.", "Tara Taken")


@pytest.mark.undocumented
def test_what_nobody_has_met_is_shown_as_it_is_and_does_nothing(chat: Chat) -> None:
    subscriber(chat, 1, end=odd("on_hold"), package="gold_plus", firstName="<@all> *Bobby*", lastName="[x](http://y.z)")

    chat.say("ann", f"find enterprise={enterprise(chat)}", space="support")

    shown = chat.expect("support", "In Webex's word “on_hold”, which this bot does not know", " · gold_plus")
    assert "1 · &lt;@all> *Bobby* [x](http://y.z)" in shown.text
    assert "<@all>" not in shown.markdown


def test_a_list_that_webex_does_not_give_is_a_problem_that_says_what_to_do(chat: Chat) -> None:
    chat.fault(service="broadworks", kind="status", path="/broadworks/subscribers", status=403)

    chat.say("ann", "find ann@example.com")

    chat.expect("ann", "Webex does not let the bot do this.", "What to do")


def test_a_button_is_its_askers_alone(chat: Chat) -> None:
    for number in range(1, 10):
        subscriber(chat, number)
    chat.say("ann", f"find enterprise={enterprise(chat)}", space="support")
    shown = chat.expect("support", "The first 8 subscribers")

    chat.press("bob", shown, "Next")

    chat.expect("support", "Only Ann")
