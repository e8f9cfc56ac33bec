"""Nobody knows how a write ended: the bot looks, and what it finds or is told settles it once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy.orm import Session

from bot.domain.plan import Outcome
from bot.domain.request import Request
from bot.errors import WrongState
from bot.services import requests
from tests.services.kit import ANN, NOW, Api, World
from tests.services.test_fulfilling import Killed, killed_while_sending

LIMIT = 130
"""The deadline of an attempt and the longest that its call can take, in seconds."""


def found(world: World, number: int, **changes: Any) -> dict[str, Any]:
    """A workspace as Webex lists it, by default the one that a request should have made."""
    plan = world.request(number).plan
    assert plan
    name = plan.call.body["displayName"]
    return {"id": f"id-of-{number}", "displayName": name, "created": NOW.isoformat(), **changes}


def listing(*items: dict[str, Any]) -> Callable[[httpx.Request], httpx.Response]:
    return lambda _: httpx.Response(200, json={"items": list(items)})


def lost(world: World) -> int:
    """A write of which nobody knows how it ended."""

    def drop(_: httpx.Request) -> httpx.Response:
        raise httpx.ReadError("made up")

    world.api = drop
    number = world.confirmed()
    world.fulfil(number)
    return number


def test_an_unknown_outcome_is_looked_for_three_times(world: World) -> None:
    number = lost(world)

    settles = [seconds for kind, seconds in world.awaited(number) if kind == "settle"]
    assert settles == [LIMIT, 2, 30, 300]


def test_a_write_that_may_still_be_under_way_is_left_alone(world: World) -> None:
    number = killed_while_sending(world)
    world.clock.move(LIMIT - 1)

    world.settle(number)

    assert world.request(number).state == "running"


def test_a_write_that_should_have_been_answered_long_ago_is_looked_for(world: World) -> None:
    number = killed_while_sending(world)
    world.api = listing()
    world.clock.move(LIMIT)

    world.settle(number)

    assert world.request(number).state == "unknown"
    assert "did not find it for certain" in world.card(number).text
    assert world.happenings(number)[-2:] == ["outcome unknown", "outcome looked for"]


def test_exactly_one_new_workspace_of_that_name_is_the_one(world: World) -> None:
    number = lost(world)
    world.api = listing(found(world, number))

    world.settle(number)
    world.settle(number)

    assert world.request(number).state == "done"
    assert f"id-of-{number}" in world.card(number).text
    assert world.happenings(number)[-1] == "request done"


def test_a_workspace_that_the_bot_knows_already_is_not_the_one(world: World) -> None:
    first = lost(world)
    world.api = listing(found(world, first))
    world.settle(first)
    second = lost(world)
    world.api = listing(found(world, second, id=f"id-of-{first}"))

    world.settle(second)

    assert world.request(second).state == "unknown"


@pytest.mark.parametrize(
    "changes",
    [
        {"displayName": "Room"},
        {"created": (NOW - timedelta(hours=1)).isoformat()},
        {"created": "yesterday"},
        {"created": None},
    ],
)
def test_another_or_an_older_workspace_settles_nothing(world: World, changes: dict[str, Any]) -> None:
    number = lost(world)
    world.api = listing(found(world, number, **changes))

    world.settle(number)

    assert world.request(number).state == "unknown"


def test_two_workspaces_of_that_name_settle_nothing(world: World) -> None:
    number = lost(world)
    world.api = listing(found(world, number), found(world, number, id="another"))

    world.settle(number)

    assert world.request(number).state == "unknown"


def test_an_answer_that_comes_after_a_look_has_settled_it_changes_nothing(world: World) -> None:
    number = world.confirmed()

    def late(request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            return listing(found(world, number))(request)
        world.clock.move(LIMIT)
        world.settle(number)
        return httpx.Response(409)

    world.api = late
    world.fulfil(number)

    assert world.request(number).state == "done"
    assert world.happenings(number)[-1] == "request done"


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (httpx.Response(200, json={"id": "workspace-id"}), "done"),
        (httpx.Response(409), "failed"),
        (httpx.Response(429), "failed"),
    ],
)
def test_an_answer_that_comes_before_anything_was_found_is_the_true_end(
    world: World, answer: httpx.Response, state: str
) -> None:
    number = world.confirmed()

    def late(request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            return listing()(request)
        world.clock.move(LIMIT)
        world.settle(number)
        assert world.request(number).state == "unknown"
        return answer

    world.api = late
    world.fulfil(number)

    assert world.request(number).state == state


def sent_again(world: World, number: int) -> None:
    """A look was certain that there is no trace of it, and Ann has it sent once more."""

    def send(session: Session, request: Request) -> None:
        request.looked(Outcome(ok=False, absent=True), at=world.clock())
        requests.send_again(session, world.context, request=request, actor=ANN)

    world.change(number, send)


def overtaken(world: World, answer: Api, *, by: Callable[[World, int], None]) -> int:
    """A process stands still while it sends, until its write was given up and sent again; returns the number."""
    number = world.confirmed()

    def late(request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            return listing()(request)
        world.clock.move(LIMIT)
        world.settle(number)
        sent_again(world, number)
        by(world, number)
        return answer(request)

    world.api = late
    world.fulfil(number)
    return number


def raised(kind: type[Exception]) -> Api:
    def fail(_: httpx.Request) -> httpx.Response:
        raise kind("made up")

    return fail


NO_YES = {
    "never left": raised(httpx.ConnectError),
    "lost": raised(httpx.ReadTimeout),
    "no": lambda _: httpx.Response(409),
    "later": lambda _: httpx.Response(429),
}


@pytest.mark.parametrize("answer", NO_YES.values(), ids=NO_YES)
def test_an_answer_that_is_no_yes_says_nothing_of_what_was_sent_again_meanwhile(world: World, answer: Api) -> None:
    number = overtaken(world, answer, by=under_way_again)

    assert (world.request(number).state, world.happenings(number)[-1]) == ("running", "write attempted")
    assert world.awaited(number)[-1] == ("settle", LIMIT)


def test_a_yes_to_what_was_sent_again_meanwhile_is_its_end(world: World) -> None:
    number = overtaken(world, lambda _: httpx.Response(200, json={"id": "workspace-id"}), by=under_way_again)

    assert world.request(number).state == "done"


def test_what_never_left_is_on_its_way_once_it_was_sent_again(world: World) -> None:
    number = overtaken(world, raised(httpx.ConnectError), by=lambda _world, _number: None)
    world.api = lambda _: httpx.Response(200, json={"id": "workspace-id"})

    assert world.request(number).state == "approved"
    world.fulfil(number)

    assert world.request(number).state == "done"
    assert world.attempts(number) == [(1, "answered", 2)]


def under_way_again(world: World, number: int) -> None:
    """Another process claims the write, and is still sending it."""
    another = world.reborn()
    another.later = world.later

    def die(_: httpx.Request) -> httpx.Response:
        raise Killed

    another.api = die
    with pytest.raises(Killed):
        another.fulfil(number)
    another.close()


@pytest.mark.parametrize("press", ["check", "close"])
def test_nobody_can_tell_anything_while_it_may_still_be_under_way(world: World, press: str) -> None:
    number = killed_while_sending(world)
    another = world.reborn()
    another.fulfil(number)
    another.close()
    steps: dict[str, Callable[[Any, Request], None]] = {
        "check": lambda session, request: requests.check(session, world.context, request=request, actor=ANN),
        "close": lambda session, request: requests.close(
            session, world.context, request=request, actor=ANN, ended="failed", comment=""
        ),
    }

    with pytest.raises(WrongState, match=r"It may still be under way\. Press again after 18:38:30 UTC\."):
        world.change(number, steps[press])
    world.clock.move(LIMIT)
    world.change(number, steps[press])


def test_there_is_nothing_to_check_where_the_outcome_is_known(world: World) -> None:
    world.api = lambda _: httpx.Response(409)
    number = world.confirmed()
    world.fulfil(number)

    with pytest.raises(WrongState, match="there is nothing left to check"):
        world.change(
            number, lambda session, request: requests.check(session, world.context, request=request, actor=ANN)
        )


def looks_so(world: World, look: Callable[[], None] = lambda: None) -> None:
    """From now on a look finds no trace of a workspace and is certain of it; ``look`` happens meanwhile."""

    def nothing(*_: Any) -> Outcome:
        look()
        return Outcome(ok=False, absent=True, note="No trace of it.")

    world.operations = tuple(replace(each, look=nothing if each.run else each.look) for each in world.operations)


def test_nothing_can_be_sent_again_that_may_still_arrive(world: World) -> None:
    number = lost(world)
    looks_so(world)

    world.settle(number)
    assert world.card(number).buttons == ["Check", "Close", "Close"]
    world.clock.move(LIMIT)
    world.settle(number)

    assert "Send again" in world.card(number).buttons


def test_what_was_checked_too_long_ago_is_not_sent_again(world: World) -> None:
    number = lost(world)
    looks_so(world)
    world.clock.now += world.rules.confirmation_life
    world.settle(number)
    assert "Send again" in world.card(number).buttons

    with pytest.raises(WrongState, match=r"was checked too long ago to be sent as it is\. Press Close"):
        world.change(
            number,
            lambda session, request: requests.send_again(session, world.context, request=request, actor=ANN),
        )

    assert (world.request(number).state, world.attempts(number)) == ("unknown", [(1, "lost", 1)])


def test_what_arrives_while_a_look_takes_long_may_have_been_missed(world: World) -> None:
    number = lost(world)
    looks_so(world, lambda: world.clock.move(LIMIT))

    world.settle(number)

    assert "Send again" not in world.card(number).buttons


def test_a_look_says_nothing_of_what_was_sent_again_and_lost_again_meanwhile(world: World) -> None:
    number = lost(world)

    def lose_again() -> None:
        sent_again(world, number)
        world.fulfil(number)

    world.clock.move(LIMIT)
    looks_so(world, lose_again)
    world.settle(number)

    assert world.attempts(number) == [(1, "lost", 1), (2, "lost", 1)]
    assert "Send again" not in world.card(number).buttons


def test_every_settling_is_asked_for_under_a_key_of_its_own(world: World) -> None:
    number = lost(world)

    for _ in range(6):
        world.clock.move(LIMIT)
        sent_again(world, number)
        world.fulfil(number)

    keys = [each.key for each in world.later if each.kind == "settle" and each.key.startswith(f"{number}.")]
    assert len(keys) == len(set(keys)) == 7 * 4


def test_every_press_of_check_is_a_look_of_its_own(world: World) -> None:
    number = lost(world)

    for _ in range(2):
        world.clock.move(1)
        world.change(
            number, lambda session, request: requests.check(session, world.context, request=request, actor=ANN)
        )

    keys = [each.key for each in world.later if each.kind == "look"]
    assert len(keys) == len(set(keys)) == 2
