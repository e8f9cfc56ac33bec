"""The tour's steps in which all goes well tick themselves off on their facts, and on nothing less."""

from typing import Any

import httpx
import pytest

from bot.simulator import Simulator
from tests.simulator.touring import (
    CLOSED,
    COMPLAINT,
    EMAIL,
    FIELD,
    FORM,
    RESULT,
    REVIEW,
    SEND,
    UNKNOWN,
    WORKING,
    WRONG,
    Guest,
    card,
    facts,
    text,
)


def test_a_precheck_counts_when_webex_said_yes_and_the_card_says_of_whom(guest: Guest) -> None:
    guest.say(f"precheck {EMAIL}")
    assert guest.ticks("precheck") == ["said"]
    guest.show(WORKING)
    guest.precheck()
    guest.redraw(WORKING)
    assert guest.ticks("precheck") == ["said"]

    guest.redraw(RESULT)

    assert guest.ticks("precheck") == ["said", "answered"]


def test_a_result_without_a_call_is_no_precheck(guest: Guest) -> None:
    guest.say("help")
    guest.show(RESULT)

    assert guest.ticks("precheck") == []


@pytest.mark.parametrize("fault", [{"kind": "status", "status": 503}, {"kind": "broken_json"}, None])
def test_a_precheck_that_was_refused_or_not_answered_does_not_count(guest: Guest, fault: dict[str, Any] | None) -> None:
    if fault:
        guest.sim.faults.add(service="broadworks", **fault)
    guest.precheck(**({} if fault else {"email": "taken@example.com"}))
    guest.show(card(facts(EMAIL, "taken@example.com")))

    assert guest.ticks("precheck") == []


def test_a_mistake_counts_when_told_at_its_field_and_put_right(guest: Guest) -> None:
    guest.show(FORM)
    assert guest.ticks("mistake") == ["asked"]
    guest.press(email="new.hire@")
    guest.redraw(WRONG)
    assert guest.ticks("mistake") == ["asked", "told"]
    guest.press(email=EMAIL)
    guest.redraw(WORKING)
    assert guest.ticks("mistake") == ["asked", "told"]

    guest.redraw(RESULT)

    assert guest.ticks("mistake") == ["asked", "told", "right"]


def test_a_form_that_went_through_at_once_had_no_mistake(guest: Guest) -> None:
    guest.show(FORM)
    guest.press(email=EMAIL)
    guest.redraw(RESULT)

    assert guest.ticks("mistake") == ["asked"]


def test_red_words_that_stand_at_no_field_are_no_complaint(guest: Guest) -> None:
    guest.show(FORM)
    guest.press(email="new.hire@")
    guest.redraw(card(COMPLAINT, text("E-mail"), FIELD))

    assert guest.ticks("mistake") == ["asked"]


def test_a_mistake_that_was_cancelled_is_not_put_right(guest: Guest) -> None:
    guest.show(FORM)
    guest.press(email="new.hire@")
    guest.redraw(WRONG)
    guest.press()
    guest.redraw(CLOSED)

    assert guest.ticks("mistake") == ["asked", "told"]


def test_somebody_else_does_not_put_a_mistake_right(guest: Guest) -> None:
    guest.show(FORM)
    guest.press(email="new.hire@")
    guest.redraw(WRONG)
    guest.press("bob", email=EMAIL)
    guest.redraw(RESULT)

    assert guest.ticks("mistake") == ["asked", "told"]


def test_a_workspace_counts_when_it_was_reviewed_pressed_made_and_shown(guest: Guest) -> None:
    guest.show(REVIEW)
    assert guest.ticks("workspace") == ["reviewed"]
    guest.press()
    made = guest.provision()
    guest.redraw(card(text("Sending to Webex…")))
    assert guest.ticks("workspace") == ["reviewed", "made"]

    guest.redraw(card(text(f"Workspace ID: {made}"), actions=(SEND,)))

    assert guest.ticks("workspace") == ["reviewed", "made", "shown"]


def test_a_workspace_that_nobody_confirmed_does_not_count(guest: Guest) -> None:
    guest.show(REVIEW)
    made = guest.provision()
    guest.redraw(card(text(f"Workspace ID: {made}"), actions=(SEND,)))

    assert guest.ticks("workspace") == ["reviewed"]


def test_a_workspace_that_was_refused_does_not_count(guest: Guest) -> None:
    guest.provision()
    guest.show(REVIEW)
    guest.press()
    guest.provision()
    guest.redraw(card(text("It is taken."), actions=(SEND,)))

    assert guest.ticks("workspace") == ["reviewed"]


def test_a_workspace_of_which_the_answer_was_lost_belongs_to_another_step(guest: Guest) -> None:
    guest.show(REVIEW)
    guest.press()
    guest.lose_an_answer()
    guest.redraw(UNKNOWN)

    assert guest.ticks("workspace") == ["reviewed"]


def test_pages_are_told_when_something_was_ticked_off_and_only_then(guest: Guest, sim: Simulator) -> None:
    told: list[str] = []
    sim.feed.overhear(lambda event, _data: told.append(event))

    guest.show(FORM)
    guest.show(FORM)
    guest.say("hello")
    guest.bot("kill")

    assert told == ["tour", "tour", "bot"]


def test_the_tour_can_be_begun_anew(guest: Guest, control: httpx.Client) -> None:
    guest.show(FORM)
    guest.precheck()
    assert control.delete("/play/tour").status_code == 204

    guest.show(RESULT)

    state = control.get("/play/tour").json()
    assert state["done"] == 0
    assert [tick["done"] for step in state["steps"] for tick in step["ticks"]] == [False] * 15


def test_the_lines_of_the_tour_name_what_nobody_has_yet(guest: Guest, control: httpx.Client) -> None:
    def line() -> str:
        steps = control.get("/play/tour").json()["steps"]
        return str(next(step["line"] for step in steps if step["key"] == "workspace"))

    assert 'name="Reading Room 1" user=95548001@example.com' in line()
    guest.provision()
    assert 'name="Reading Room 2" user=95548002@example.com enterprise=Reseller1+acme ext=53002' in line()


def test_a_call_that_comes_late_is_heard_with_what_follows(guest: Guest) -> None:
    guest.show(REVIEW)
    guest.press()
    made = guest.provision()
    assert guest.ticks("workspace") == ["reviewed"]

    guest.redraw(card(text(f"Workspace ID: {made}")))

    assert guest.ticks("workspace") == ["reviewed", "made", "shown"]
