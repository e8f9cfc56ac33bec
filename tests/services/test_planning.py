"""Plans and answers that come too late, expiry, and what is taken up again after a start."""

from typing import Any

import httpx
import pytest

from bot.domain.request import Request
from bot.services import recovery, requests
from tests.services.kit import ANN, World
from tests.services.test_fulfilling import killed_while_sending
from tests.services.test_settling import lost

PASSED = {"message": "success", "info": []}


def withdraw(world: World, number: int) -> None:
    """The asker does not want it any more."""

    def ask(session: Any, request: Request) -> None:
        requests.withdraw(session, world.context, request=request, actor=ANN)

    world.change(number, ask)


def resumed(world: World, number: int, *waiting: tuple[str, int], starting: bool = True) -> list[tuple[str, float]]:
    """What a start, or what goes on now and then, asks for about a request while these jobs are waiting already."""
    world.later.clear()
    with world.database.transaction() as session:
        recovery.resume(session, world.context, waiting=waiting, starting=starting)
    return world.awaited(number)


def test_an_answer_that_comes_after_the_asker_has_gone_changes_nothing(world: World) -> None:
    number = world.ask_precheck()

    def too_late(_: httpx.Request) -> httpx.Response:
        withdraw(world, number)
        return httpx.Response(200, json=PASSED)

    world.api = too_late
    world.plan(number)

    assert world.request(number).state == "withdrawn"


def test_what_is_planned_is_not_planned_again(world: World) -> None:
    world.api = lambda _: httpx.Response(200, json=PASSED)
    number = world.ask_precheck()

    world.plan(number)
    world.plan(number)

    assert len(world.sent) == 1


def test_a_bug_in_a_check_is_told_as_the_bots_own_mistake(world: World) -> None:
    def bug(_: httpx.Request) -> httpx.Response:
        raise ValueError("a secret that nobody may see")

    world.api = bug
    number = world.ask_precheck()

    world.plan(number)

    shown = world.card(number).text
    assert world.request(number).state == "failed"
    assert "The bot made a mistake while it worked on “precheck subscriber”." in shown
    assert "It may have been done" not in shown
    assert "secret" not in shown


@pytest.mark.parametrize(("early", "state"), [(1, "asked"), (0, "expired")])
def test_a_confirmation_expires_when_its_time_has_passed_and_not_before(world: World, early: float, state: str) -> None:
    number = world.ask(
        "provision workspace",
        displayName="Room",
        userId="room@example.com",
        spEnterpriseId="Reseller1+acme",
        provisioningId="template",
        extension="51212",
    )
    world.plan(number)
    world.clock.move(world.rules.confirmation_life.total_seconds() - early)

    world.change(number, lambda session, _: requests.expire(session, world.context, number))

    assert world.request(number).state == state


def test_after_a_start_every_unfinished_request_goes_on_where_it_was(world: World) -> None:
    asked = world.ask_precheck()
    confirmed = world.confirmed()
    postponed = world.confirmed()
    world.api = lambda _: httpx.Response(429, headers={"Retry-After": "60"})
    world.fulfil(postponed)
    running = killed_while_sending(world)
    unknown = lost(world)

    assert [resumed(world, number) for number in (asked, confirmed, postponed, running, unknown)] == [
        [("plan", 0)],
        [("fulfil", 0)],
        [("fulfil", 60)],
        [("fulfil", 0)],
        [("settle", 0)],
    ]


def test_after_a_start_nothing_is_asked_for_what_is_over_or_waits_for_a_person(world: World) -> None:
    world.api = lambda _: httpx.Response(200, json=PASSED)
    answered = world.ask_precheck()
    world.plan(answered)
    gone = world.ask_precheck()
    withdraw(world, gone)

    assert resumed(world, answered) == resumed(world, gone) == []


def test_after_a_start_every_message_that_does_not_show_what_it_should_is_drawn(world: World) -> None:
    world.ask_precheck()
    wanted = {each.key.partition(".")[0] for each in world.later if each.kind == "deliver"}

    resumed(world, 0)

    drawn = {each.key.partition(".")[0] for each in world.later if each.kind == "deliver"}
    assert wanted <= drawn


def test_a_start_does_not_ask_again_for_what_is_waiting(world: World) -> None:
    number = world.ask_precheck()

    asked, waiting = resumed(world, number), resumed(world, number, ("plan", number))

    assert [kind for kind, _ in asked] == ["plan"]
    assert waiting == []


def test_a_start_asks_again_for_the_end_of_a_confirmation_that_nobody_gives(world: World) -> None:
    number = world.planned()
    world.clock.move(60)

    assert resumed(world, number) == [("expire", world.rules.confirmation_life.total_seconds() - 60)]


def test_now_and_then_it_is_asked_for_the_end_of_a_write_that_nothing_else_would_settle(world: World) -> None:
    running, unknown = killed_while_sending(world), lost(world)

    assert resumed(world, running, starting=False) == [("settle", 0)]
    assert resumed(world, running, ("settle", running), starting=False) == []
    assert resumed(world, unknown, starting=False) == []
