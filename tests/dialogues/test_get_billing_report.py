"""An agent gets a billing report: the file comes to her alone, byte for byte, or she is told why it does not."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.domain.delivery import Delivery, Shows
from bot.testing.shown import Shown
from bot.testing.talking import Chat
from tests.dialogues.scenes import form
from tests.dialogues.scenes_reports import everywhere, files, month, reports, there

COMING = "The file comes to you alone, in a direct message"


def file_name(chat: Chat) -> str:
    return f"billing-report-{month(chat)}.csv"


def asked(chat: Chat, *, space: str = "") -> None:
    chat.say("ann", f"get billing report {month(chat)}", space=space)
    if space:
        chat.expect(space, COMING)
    chat.settle()


def file_deliveries(chat: Chat) -> list[Delivery]:
    with chat.bot.application.database.reading() as session:
        found = session.scalars(select(Delivery).where(Delivery.person_id == chat.people["ann"].id)).all()  # type: ignore[arg-type]  # It is mapped to a column.
        return [each for each in found if each.shows is Shows.FILE]


def test_the_file_comes_as_webex_made_it(chat: Chat) -> None:
    one = there(chat)

    asked(chat)

    assert files(chat) == [(file_name(chat), chat.bot.simulator.broadworks.reports.file(one))]
    said = [each for each in chat.shown("ann") if each.message.get("files")]
    number = file_deliveries(chat)[0].request
    words = f"**{file_name(chat)}, asked for in request {number}.** It is as Webex has made it, byte for byte."
    assert [each.text for each in said] == [words]


def test_asked_for_in_a_group_space_it_goes_to_who_asked_and_stays_out_of_the_space(chat: Chat) -> None:
    there(chat)

    asked(chat, space="support")

    assert [name for name, _ in files(chat)] == [file_name(chat)]
    assert everywhere(chat) == 1
    card = chat.card("support")
    assert "Signature" not in str(card.message)
    assert "https:" not in str(card.message)
    assert card.buttons == ["Get again", "Remove", "List reports", "Get another"]


def test_drawing_the_card_again_brings_no_second_file(chat: Chat) -> None:
    there(chat)
    asked(chat)
    number = file_deliveries(chat)[0].request

    chat.say("ann", f"show request {number}")
    chat.expect("ann", COMING)
    chat.settle()

    assert len(files(chat)) == 1


def test_who_wants_it_again_gets_it_again(chat: Chat) -> None:
    there(chat)
    asked(chat, space="support")

    chat.press("ann", chat.card("support"), "Get again")
    chat.expect("support", COMING)
    chat.settle()

    assert len(files(chat)) == 2


def test_of_several_the_newest_that_has_a_file_is_taken(chat: Chat) -> None:
    there(chat, at=datetime(2025, 1, 1, tzinfo=UTC))
    newest = there(chat, at=datetime(2025, 3, 1, tzinfo=UTC))
    there(chat, at=datetime(2025, 4, 1, tzinfo=UTC), fails=True)

    asked(chat, space="support")

    card = chat.expect("support", "This is the newest. Webex has 2 others of this month.")
    assert newest.id in card.text


def test_one_that_is_not_ready_brings_no_file_yet(chat: Chat) -> None:
    chat.switch(report_seconds=600.0)
    chat.bot.simulator.broadworks.reports.request(month(chat))
    chat.say("ann", f"get billing report {month(chat)}")
    card = chat.expect("ann", "Webex is working on it", "There is no file yet. Press Refresh in a few minutes.")
    chat.settle()
    assert files(chat) == []

    chat.forward(timedelta(minutes=10))
    chat.press("ann", card, "Refresh")
    chat.until(lambda: files(chat))

    assert len(files(chat)) == 1


def test_one_that_failed_says_why(chat: Chat) -> None:
    there(chat, fails=True)

    chat.say("ann", f"get billing report {month(chat)}")

    chat.expect("ann", "There is no file. Request the report anew.", "Billing Report not found.")


@pytest.mark.parametrize("words", ["get billing report 1850-01", f"get billing report {'x' * 50}"])
def test_one_that_does_not_exist_is_told_with_the_next_step(chat: Chat, words: str) -> None:
    chat.say("ann", words)

    chat.expect("ann", "Webex has no billing report", "“list billing reports”")


def test_a_link_that_has_expired_is_replaced_once(chat: Chat) -> None:
    there(chat)
    # The first link is given with the facts, and not used.
    chat.switch(report_links_expired=2)

    asked(chat)

    assert len(files(chat)) == 1


def test_links_that_keep_expiring_are_told(chat: Chat) -> None:
    there(chat)
    chat.switch(report_links_expired=3)

    asked(chat, space="support")

    assert "Webex gave two addresses for the file of this report, and there is none at either" in _told(chat)
    assert files(chat) == []


@pytest.mark.parametrize(
    ("switch", "words"),
    [
        ("report_link_elsewhere", "to which the bot does not go (https, host files.elsewhere.example)"),
        ("report_link_page", "Where the file of this report should be, there is a web page."),
    ],
)
def test_what_is_no_file_of_webex_is_not_passed_on(chat: Chat, switch: str, words: str) -> None:
    there(chat)
    chat.switch(**{switch: True})

    asked(chat, space="support")

    assert words in _told(chat)
    assert files(chat) == []


def test_a_report_that_is_removed_before_its_file_goes_out_is_told(chat: Chat) -> None:
    one = there(chat)
    # The message with the file is put off by Webex; meanwhile somebody removes the report.
    fault = chat.fault(service="webex", kind="status", status=429, retry_after=30, method="POST", person="bot", times=2)
    chat.say("ann", f"get billing report {month(chat)}")
    chat.until(lambda: fault.hits >= 2)
    chat.settle()
    chat.bot.simulator.broadworks.reports.remove(one)

    chat.forward(timedelta(seconds=40))
    chat.settle()

    assert reports(chat) == []
    assert files(chat) == []
    assert "Webex did not find what was asked for." in _told(chat)


def test_a_file_that_webex_is_too_busy_to_take_is_sent_later_once(chat: Chat) -> None:
    there(chat)
    fault = chat.fault(service="webex", kind="status", status=503, method="POST", person="bot", times=3)
    chat.say("ann", f"get billing report {month(chat)}")
    chat.until(lambda: fault.hits >= 2)

    for _ in range(4):
        chat.settle()
        chat.forward(timedelta(minutes=5))
    chat.until(lambda: files(chat))
    chat.settle()

    assert len(files(chat)) == 1


def by_form(chat: Chat, *, status: int) -> Shown:
    """Asked for by a form in a group space, so that the next message that the bot posts is the one with the file."""
    there(chat)
    shown = form(chat, "get billing report", space="support")
    chat.settle()
    chat.fault(service="webex", kind="status", status=status, method="POST", path="/messages", person="bot", times=1)
    chat.submit("ann", shown, "Get", report=month(chat))
    answered = chat.expect_on(shown, COMING)
    chat.settle()
    return answered


def test_a_file_that_webex_does_not_take_is_told(chat: Chat) -> None:
    by_form(chat, status=413)

    assert files(chat) == []
    assert "Webex does not take the file into a message." in _told(chat)
    assert "Take the file from Partner Hub, and tell the operator." in _told(chat)


def test_a_person_to_whom_the_bot_may_not_write_gets_no_file_and_nobody_else_does(chat: Chat) -> None:
    by_form(chat, status=403)

    assert everywhere(chat) == 0
    [delivery] = file_deliveries(chat)
    assert delivery.parked


def test_a_token_that_is_not_accepted_just_now_delays_the_file(chat: Chat) -> None:
    by_form(chat, status=401)
    assert files(chat) == []

    chat.forward(timedelta(minutes=1))
    chat.settle()

    assert len(files(chat)) == 1


def test_a_restart_before_the_file_has_gone_out_sends_it_once(chat: Chat) -> None:
    there(chat)
    fault = chat.fault(service="webex", kind="status", status=503, method="POST", person="bot")
    chat.say("ann", f"get billing report {month(chat)}")
    chat.until(lambda: fault.hits >= 2)
    chat.settle()

    chat.bot.restart()
    chat.bot.simulator.faults.clear()
    chat.forward(timedelta(minutes=5))
    chat.until(lambda: files(chat))
    chat.settle()

    assert len(files(chat)) == 1


def _told(chat: Chat) -> str:
    """All that the bot has said to Ann directly."""
    world, bot = chat.bot.simulator.world, chat.bot.simulator.bot
    with world.lock:
        room = world.direct_room(bot, chat.people["ann"])
        return "\n".join(each.text for each in world.messages.values() if each.room is room and each.author == bot)
