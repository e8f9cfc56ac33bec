"""A write is sent at most once, whoever dies when, and its end is the true one."""

import sqlite3
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from bot.domain.request import Request
from bot.errors import Declined, WrongState
from bot.services import requests
from bot.services.fulfilling import MAX_ATTEMPTS
from tests.services.kit import ANN, Api, World

CREATED = {"id": "workspace-id", "displayName": "Room"}


class Killed(BaseException):
    """The process ends here: nothing that comes after happens."""


def yes(_: httpx.Request) -> httpx.Response:
    return httpx.Response(200, json=CREATED)


def unreachable(_: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("made up")


def busy(retry_after: str | None = None) -> Api:
    headers = {} if retry_after is None else {"Retry-After": retry_after}
    return lambda _: httpx.Response(429, headers=headers)


def killed_while_sending(world: World) -> int:
    """A write is under way when its process dies; returns the number of the request."""

    def die(_: httpx.Request) -> httpx.Response:
        raise Killed

    world.api = die
    number = world.confirmed()
    with pytest.raises(Killed):
        world.fulfil(number)
    return number


def test_the_attempt_is_written_down_before_anything_is_sent(world: World) -> None:
    number = world.confirmed()
    seen: list[Any] = []

    def look_around(_: httpx.Request) -> httpx.Response:
        seen.extend([world.request(number).state, *world.attempts(number)])
        return httpx.Response(200, json=CREATED)

    world.api = look_around
    world.fulfil(number)

    assert seen == ["running", (1, "open", 1)]
    assert world.attempts(number) == [(1, "answered", 1)]


def test_nothing_is_sent_after_the_time_for_it_has_passed(world: World) -> None:
    world.api = yes
    world.rules = replace(world.rules, attempt_life=timedelta(0))
    number = world.confirmed()

    world.fulfil(number)

    assert world.sent == []
    assert world.request(number).state == "approved"
    assert world.attempts(number) == [(1, "never sent", 1)]


def test_what_a_dead_process_was_sending_is_not_sent_again(world: World) -> None:
    number = killed_while_sending(world)
    another = world.reborn()
    another.api = yes

    another.fulfil(number)

    assert another.sent == []
    assert world.request(number).state == "unknown"
    assert "The bot was stopped while it was sending." in world.card(number).text
    another.close()


def test_a_second_run_in_the_same_process_leaves_the_first_alone(world: World) -> None:
    number = killed_while_sending(world)
    world.api = yes

    world.fulfil(number)

    assert len(world.sent) == 1
    assert world.request(number).state == "running"


@pytest.mark.parametrize("state", ["asked", "withdrawn", "done"])
def test_only_what_was_confirmed_is_sent(world: World, state: str) -> None:
    world.api = yes
    number = world.confirmed()

    def put(_session: Any, request: Request) -> None:
        request.state = type(request.state)(state)

    world.change(number, put)

    world.fulfil(number)

    assert world.sent == []


def test_nothing_is_sent_while_writes_are_off(world: World) -> None:
    world.api = yes
    number = world.confirmed()
    world.rules = replace(world.rules, writes=False)

    world.fulfil(number)
    world.fulfil(number)

    assert world.sent == []
    assert world.happenings(number)[-1:] == ["request held: writes are off"]


@pytest.mark.parametrize(
    ("retry_after", "seconds"),
    [(None, 5), ("7", 7), ("0", 0), ("900", 900), ("soon", 5), ("-3", 5), ("1e9", 5), ("", 5), ("NaN", 5)],
)
def test_a_busy_api_is_asked_again_when_it_says_or_else_after_a_while(
    world: World, retry_after: str | None, seconds: float
) -> None:
    world.api = busy(retry_after)
    number = world.confirmed()

    world.fulfil(number)

    assert world.request(number).state == "approved"
    assert world.awaited(number)[-1] == ("fulfil", seconds)


@pytest.mark.parametrize("retry_after", ["901", "9" * 400, "Fri, 01 Jan 2100 00:00:00 GMT"])
def test_nobody_waits_for_a_pause_that_is_too_long(world: World, retry_after: str) -> None:
    world.api = busy(retry_after)
    number = world.confirmed()

    world.fulfil(number)

    assert world.request(number).state == "failed"
    assert "Nothing was changed." in world.card(number).text


def test_a_busy_api_is_asked_five_times_with_growing_pauses(world: World) -> None:
    world.api = busy()
    number = world.confirmed()

    for _ in range(MAX_ATTEMPTS):
        world.fulfil(number)

    assert [seconds for kind, seconds in world.awaited(number) if kind == "fulfil"] == [0, 5, 10, 20, 40]
    assert world.request(number).state == "failed"
    assert world.attempts(number) == [(n, "answered", 1) for n in range(1, 6)]


def test_what_never_left_uses_its_attempt_three_times_and_then_fails(world: World) -> None:
    world.api = unreachable
    number = world.confirmed()

    for _ in range(3):
        world.fulfil(number)

    assert [seconds for kind, seconds in world.awaited(number) if kind == "fulfil"] == [0, 2, 10]
    assert world.request(number).state == "failed"
    assert world.attempts(number) == [(1, "never sent", 3)]
    assert "nothing was sent" in world.card(number).text


def test_what_never_left_is_sent_once_when_it_can_be(world: World) -> None:
    world.api = unreachable
    number = world.confirmed()
    world.fulfil(number)
    world.api = yes

    world.fulfil(number)
    world.fulfil(number)

    assert world.request(number).state == "done"
    assert world.attempts(number) == [(1, "answered", 2)]
    assert len(world.sent) == 2


def test_a_plan_that_is_not_the_confirmed_one_is_never_sent(world: World) -> None:
    world.api = unreachable
    number = world.confirmed()
    world.fulfil(number)

    def tamper(_session: Any, request: Request) -> None:
        assert request.plan
        body = {**request.plan.call.body, "displayName": "Another"}
        request.plan = replace(request.plan, call=replace(request.plan.call, body=body))

    world.change(number, tamper)
    world.sent.clear()
    world.fulfil(number)
    world.fulfil(number)

    assert world.sent == []
    assert world.request(number).state == "failed"


def test_a_plan_for_another_address_is_never_sent(world: World) -> None:
    number = world.confirmed()

    def elsewhere(_session: Any, request: Request) -> None:
        assert request.plan
        request.plan = replace(request.plan, call=replace(request.plan.call, base_url="https://elsewhere.com/v1"))

    world.change(number, elsewhere)
    world.fulfil(number)

    assert world.sent == []
    assert world.attempts(number) == [(1, "never sent", 1)]


def test_a_bug_while_sending_leaves_the_outcome_open(world: World) -> None:
    def bug(_: httpx.Request) -> httpx.Response:
        raise ValueError("a secret that nobody may see")

    world.api = bug
    number = world.confirmed()

    world.fulfil(number)

    shown = world.card(number).text
    assert world.request(number).state == "unknown"
    assert "The bot made a mistake" in shown
    assert "secret" not in shown


def test_an_answer_is_held_on_to_while_the_database_is_locked(world: World) -> None:
    number = world.confirmed()
    refusals = iter([True, True])

    def locked(_c: Any, _k: Any, statement: str, *_: Any) -> None:
        if statement.startswith("UPDATE requests") and len(world.sent) == 1 and next(refusals, False):
            raise OperationalError(statement, {}, sqlite3.OperationalError("database is locked"))

    world.api = yes
    event.listen(world.database.engine, "before_cursor_execute", locked)
    try:
        world.fulfil(number)
    finally:
        event.remove(world.database.engine, "before_cursor_execute", locked)

    assert next(refusals, None) is None
    assert world.request(number).state == "done"
    assert world.attempts(number) == [(1, "answered", 1)]


def test_what_was_checked_too_long_ago_is_not_confirmed_any_more(world: World) -> None:
    number = world.planned()
    world.clock.move(world.rules.confirmation_life.total_seconds())
    plan = world.request(number).plan
    assert plan

    with pytest.raises(WrongState, match="has expired: nobody confirmed it in time"):
        world.change(
            number,
            lambda session, found: requests.confirm(
                session, world.context, request=found, actor=ANN, plan_hash=plan.hash
            ),
        )

    assert world.request(number).state == "asked"


def test_what_an_operation_declines_has_failed_and_says_why(world: World) -> None:
    number = world.confirmed()

    def declined(_: httpx.Request) -> httpx.Response:
        raise Declined("Somebody was faster.")

    world.api = declined
    world.fulfil(number)

    request = world.request(number)
    assert (request.state, world.attempts(number)) == ("failed", [(1, "answered", 1)])
    assert "Somebody was faster." in world.card(number).text
