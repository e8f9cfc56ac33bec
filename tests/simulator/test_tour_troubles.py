"""The tour's steps in which something breaks tick themselves off on their facts, and on nothing less."""

import httpx
import pytest

from tests.simulator.touring import (
    CLOSED,
    EMAIL,
    ENDED,
    FORM,
    RESULT,
    REVIEW,
    ROOM,
    UNKNOWN,
    WORKING,
    Guest,
    card,
    facts,
    text,
)


def test_a_form_counts_that_outlived_the_bot_and_was_answered(guest: Guest) -> None:
    guest.show(FORM)
    assert guest.ticks("restart") == ["open"]
    guest.bot("kill")
    assert guest.ticks("restart") == ["open", "stopped"]
    guest.bot("start")
    assert guest.ticks("restart") == ["open", "stopped", "back"]
    guest.press(email=EMAIL)

    guest.redraw(WORKING)

    assert guest.ticks("restart") == ["open", "stopped", "back", "answered"]


def test_a_restart_without_an_open_form_does_not_count(guest: Guest) -> None:
    guest.show(FORM)
    guest.press(email=EMAIL)
    guest.redraw(RESULT)
    guest.bot("kill")
    guest.bot("start")

    assert guest.ticks("restart") == []


def test_a_form_of_after_the_restart_does_not_count(guest: Guest) -> None:
    guest.show(FORM)
    guest.bot("kill")
    guest.bot("start")
    guest.show(FORM)
    guest.press(email=EMAIL)
    guest.redraw(RESULT)

    assert guest.ticks("restart") == ["open", "stopped", "back"]


def test_what_is_sent_while_the_bot_is_down_does_not_count(guest: Guest) -> None:
    guest.show(FORM)
    guest.bot("kill")
    guest.press(email=EMAIL)
    guest.bot("start")
    guest.redraw(RESULT)

    assert guest.ticks("restart") == []


def test_after_a_form_that_was_cancelled_the_restart_begins_again_with_another(guest: Guest) -> None:
    guest.show(FORM)
    guest.bot("kill")
    guest.bot("start")
    guest.press()
    guest.redraw(CLOSED)
    assert guest.ticks("restart") == []
    guest.show(FORM)
    guest.bot("kill")
    guest.bot("start")
    guest.press(email=EMAIL)

    guest.redraw(WORKING)

    assert guest.ticks("restart") == ["open", "stopped", "back", "answered"]


def test_a_form_that_was_deleted_is_not_open(guest: Guest) -> None:
    guest.show(FORM)
    guest.remove()
    guest.bot("kill")

    assert guest.ticks("restart") == []


def test_a_bot_that_could_not_be_killed_was_not_killed(guest: Guest) -> None:
    guest.sim.bot_process = None
    guest.show(FORM)
    with pytest.raises(httpx.HTTPStatusError):
        guest.bot("kill")

    assert guest.ticks("restart") == ["open"]


def test_a_lost_answer_counts_when_it_was_told_and_settled_by_a_person(guest: Guest) -> None:
    guest.show(REVIEW)
    guest.press()
    guest.lose_an_answer()
    guest.redraw(card(text(f"{ROOM['userId']} Sending…")))
    assert guest.ticks("lost") == ["lost"]
    guest.redraw(UNKNOWN)
    assert guest.ticks("lost") == ["lost", "unknown"]
    guest.redraw(card(facts(ROOM["userId"]), text("The bot looks.")))
    assert guest.ticks("lost") == ["lost", "unknown"]

    guest.redraw(ENDED)

    assert guest.ticks("lost") == ["lost", "unknown", "settled"]


def test_a_lost_answer_counts_when_the_bot_found_the_workspace_by_itself(guest: Guest) -> None:
    guest.show(REVIEW)
    guest.press()
    guest.lose_an_answer()
    found = guest.sim.broadworks.workspaces[0]["id"]

    guest.redraw(card(facts(ROOM["userId"]), text(f"Workspace ID: {found}")))

    assert guest.ticks("lost") == ["lost", "unknown", "settled"]


def test_a_write_that_was_sent_twice_is_not_settled(guest: Guest) -> None:
    guest.show(REVIEW)
    guest.press()
    guest.lose_an_answer()
    guest.redraw(UNKNOWN)
    guest.provision()
    guest.redraw(ENDED)

    assert guest.ticks("lost") == ["lost", "unknown"]


def test_a_write_that_never_arrived_is_no_lost_answer(guest: Guest) -> None:
    guest.sim.faults.add(service="broadworks", kind="drop_before", times=1)
    with pytest.raises(ConnectionResetError):
        guest.provision()
    guest.show(UNKNOWN)
    guest.redraw(ENDED)

    assert guest.ticks("lost") == []


def test_another_card_of_the_same_workspace_settles_nothing(guest: Guest) -> None:
    guest.lose_an_answer()
    guest.show(UNKNOWN)
    guest.show(REVIEW)

    assert guest.ticks("lost") == ["lost", "unknown"]
