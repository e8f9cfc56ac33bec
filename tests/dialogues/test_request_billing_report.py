"""An agent requests a billing report: it is asked for once, watched to its end, and its file comes to her alone."""

from datetime import UTC, datetime, timedelta

from bot.domain.month import last_whole
from bot.testing.talking import Chat
from tests.dialogues.scenes import CONFIRMATION, form, number_of, state_of
from tests.dialogues.scenes_reports import LONG_ENOUGH, REPORTS, everywhere, files, month, reports, requested, there

ACCEPTED = "Accepted, Webex is working on it"


def test_a_report_is_watched_to_its_end_across_a_restart_and_its_file_is_delivered(chat: Chat) -> None:
    chat.switch(report_seconds=600.0)
    card = requested(chat, space="support")
    chat.expect_on(card, ACCEPTED)
    chat.settle()

    chat.bot.restart()
    chat.forward(timedelta(minutes=5))
    chat.settle()
    assert state_of(chat, number_of(card)) == "watching"
    chat.forward(timedelta(minutes=5) + LONG_ENOUGH)

    ready = chat.expect_on(card, "is ready", "Press Get")
    chat.expect("support", f"Request {number_of(card)}, request billing report: done.")
    assert ready.buttons == ["Get", "Request another"]
    assert chat.sent(REPORTS) == [{"billingPeriod": month(chat)}]

    chat.press("ann", ready, "Get")
    chat.expect("support", "The file comes to you alone, in a direct message")
    chat.settle()
    [one] = reports(chat)
    assert files(chat) == [(f"billing-report-{month(chat)}.csv", chat.bot.simulator.broadworks.reports.file(one))]
    assert everywhere(chat) == 1


def test_the_form_begins_with_the_last_whole_month(chat: Chat) -> None:
    usual = last_whole(chat.bot.clock())

    shown = form(chat, "request billing report")

    assert shown.inputs == {"billingPeriod": usual}
    chat.submit("ann", shown, "Review")
    chat.expect_on(shown, CONFIRMATION, f"Month: {usual}")


def test_a_month_can_be_written_as_people_do(chat: Chat) -> None:
    chat.say("ann", "request billing report month=october 2020")

    chat.expect("ann", CONFIRMATION, "Month: 2020-10")


def test_a_month_that_cannot_be_read_comes_back_with_what_was_said(chat: Chat) -> None:
    chat.say("ann", "request billing report month=soon")

    shown = chat.expect("ann", "Month is no month that the bot can read. Write it like 2026-10.")

    assert shown.inputs == {"billingPeriod": "soon"}


def test_a_month_that_is_not_over_is_remarked_upon_and_webex_decides(chat: Chat) -> None:
    now = chat.bot.clock().astimezone(UTC)
    chat.say("ann", f"request billing report {now.year + 1}-01")
    card = chat.expect("ann", CONFIRMATION, "is still to come: the report may be incomplete, or refused.")

    chat.press("ann", card, "Request")

    chat.expect_on(card, "Webex did not accept what was asked.", "billingPeriod is still to come.")


def test_a_report_that_is_there_already_is_told_before_another_one_is_made(chat: Chat) -> None:
    there(chat)

    chat.say("ann", f"request billing report {month(chat)}")

    chat.expect("ann", f"Webex has 1 of {month(chat)} already: completed. This makes another one.")


def test_a_report_that_fails_says_why_and_can_be_asked_for_again(chat: Chat) -> None:
    chat.switch(reports_failing=1)
    card = requested(chat)
    chat.expect_on(card, ACCEPTED)
    chat.settle()

    chat.forward(LONG_ENOUGH)

    failed = chat.expect_on(card, "Webex could not make the billing report", "Billing Report not found.")
    chat.expect("ann", f"Request {number_of(card)}, request billing report: not done")
    chat.press("ann", failed, "Try again")
    again = chat.expect("ann", CONFIRMATION, "already: failed.")
    chat.press("ann", again, "Request")
    chat.expect_on(again, ACCEPTED)
    chat.settle()
    chat.forward(LONG_ENOUGH)
    chat.expect_on(again, "is ready")


def test_a_report_that_somebody_removes_meanwhile_is_told_to_be_gone(chat: Chat) -> None:
    chat.switch(report_seconds=600.0)
    card = requested(chat)
    chat.expect_on(card, ACCEPTED)
    chat.settle()
    [one] = reports(chat)
    chat.bot.simulator.broadworks.reports.remove(one)

    chat.forward(timedelta(minutes=3))

    chat.expect_on(card, "The report is not there any more.")


def test_a_lost_answer_is_settled_by_looking_and_nothing_is_requested_twice(chat: Chat) -> None:
    there(chat, at=datetime(2025, 1, 1, tzinfo=UTC))
    chat.say("ann", f"request billing report {month(chat)}")
    card = chat.expect("ann", CONFIRMATION)
    chat.quiet()
    chat.fault(service="broadworks", kind="drop_after", method="POST", path=REPORTS, times=1)
    chat.press("ann", card, "Request")
    chat.expect_on(card, "Nobody knows yet whether it was done.")
    chat.settle()

    chat.forward(timedelta(seconds=2))

    # It may be ready by then, or not.
    chat.expect_on(card, "Request")
    chat.settle()
    chat.forward(LONG_ENOUGH)
    chat.expect_on(card, "is ready")
    assert len(chat.sent(REPORTS)) == 1
    assert len(reports(chat)) == 2


def test_a_request_that_never_arrived_can_be_sent_again(chat: Chat) -> None:
    chat.say("ann", f"request billing report {month(chat)}")
    card = chat.expect("ann", CONFIRMATION)
    chat.quiet()
    chat.fault(service="broadworks", kind="drop_before", method="POST", path=REPORTS, times=1)
    chat.press("ann", card, "Request")
    chat.expect_on(card, "Nobody knows yet whether it was done.")
    chat.settle()

    chat.forward(timedelta(minutes=5))
    unknown = chat.expect_on(card, f"The bot looked: Webex has no new report of {month(chat)}.")
    assert reports(chat) == []
    chat.press("ann", unknown, "Send again")

    chat.expect_on(card, ACCEPTED)
    chat.settle()
    chat.forward(LONG_ENOUGH)
    chat.expect_on(card, "is ready")
    assert len(reports(chat)) == 1
