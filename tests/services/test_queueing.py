"""What waits its turn is asked for again for hours, and its card neither flickers nor loses its way out."""

from datetime import timedelta

import httpx
import pytest
from sqlalchemy.orm import Session

from bot.domain.operation import LONGEST_QUEUE
from bot.domain.request import Request
from bot.services import requests
from tests.services.kit import ANN, Api, World

ENTERPRISE = {"id": "an-enterprise", "spEnterpriseId": "Reseller1+acme", "provisioningId": "p"}
STATE = {"enableDirSync": True, "directorySyncStatus": {"syncStatus": "NOT_SYNCED"}}
BEGUN = {"enableDirSync": True, "directorySyncStatus": {"syncStatus": "IN_PROGRESS"}}


def answering(post: Api) -> Api:
    """The reads of the plan are answered, the write as a test wants it."""

    def answer(request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            return post(request)
        return httpx.Response(
            200, json=STATE if "directory" in request.url.path.casefold() else {"items": [ENTERPRISE]}
        )

    return answer


def busy(retry_after: str | None = None) -> Api:
    headers = {} if retry_after is None else {"Retry-After": retry_after}
    return answering(lambda _: httpx.Response(429, headers=headers, json={"message": "Another one is before it."}))


def queued(world: World, retry_after: str | None = None) -> int:
    """A synchronisation that was confirmed and answered that another one is before it."""
    world.api = busy(retry_after)
    number = world.ask("sync directory", enterprise="Reseller1+acme")
    world.plan(number)
    world.change(number, lambda session, request: _confirm(session, world, request))
    world.fulfil(number)
    return number


def _confirm(session: Session, world: World, request: Request) -> None:
    assert request.plan
    requests.confirm(session, world.context, request=request, actor=ANN, plan_hash=request.plan.hash)


def again_in(world: World, number: int) -> float:
    until = world.request(number).try_at
    assert until
    return (until - world.clock()).total_seconds()


def test_the_pauses_grow_to_five_minutes_and_end_after_six_hours(world: World) -> None:
    number = queued(world)
    pauses = []
    while world.request(number).state == "approved":
        pauses.append(again_in(world, number))
        world.clock.move(pauses[-1])
        world.fulfil(number)

    assert pauses[:6] == [30.0, 60.0, 120.0, 240.0, 300.0, 300.0]
    assert timedelta(seconds=sum(pauses)) <= LONGEST_QUEUE < timedelta(seconds=sum(pauses) + 300)
    assert world.request(number).state == "failed"
    assert "too many requests" in world.card(number).text


@pytest.mark.parametrize(("told", "wait"), [("7", 30.0), ("0", 30.0), ("600", 600.0), ("1e400", 30.0)])
def test_a_longer_pause_that_webex_asks_for_is_kept(world: World, told: str, wait: float) -> None:
    assert again_in(world, queued(world, told)) == wait


def test_a_pause_beyond_the_end_ends_it_at_once(world: World) -> None:
    assert world.request(queued(world, "86400")).state == "failed"


def test_the_card_says_that_it_waits_its_turn_also_while_it_is_asked_for_again(world: World) -> None:
    number = queued(world)
    waiting = world.card(number)
    shown = [each for each in world.later if each.kind == "deliver"]
    world.clock.move(30)
    during: list[str] = []

    def look(_: httpx.Request) -> httpx.Response:
        during.append(world.card(number).text)
        return httpx.Response(429)

    world.api = answering(look)
    world.fulfil(number)

    assert "It waits its turn" in waiting.text
    assert "“Another one is before it.”" in waiting.text
    assert waiting.buttons == ["Cancel"]
    assert [each.kind for each in world.later].count("deliver") == len(shown)
    assert "It waits its turn" in during[0]
    assert "Sending to Webex" not in during[0]


def test_what_waits_its_turn_can_be_withdrawn_and_is_sent_no_more(world: World) -> None:
    number = queued(world)
    world.change(number, lambda session, request: requests.withdraw(session, world.context, request=request, actor=ANN))
    sent = len(world.sent)
    world.clock.move(30)
    world.fulfil(number)

    assert (world.request(number).state, len(world.sent)) == ("withdrawn", sent)


def test_once_it_is_its_turn_it_is_watched(world: World) -> None:
    number = queued(world)
    world.clock.move(30)
    world.api = answering(lambda _: httpx.Response(200, json=BEGUN))
    world.fulfil(number)

    assert world.request(number).state == "watching"
    assert world.attempts(number) == [(1, "answered", 1), (2, "answered", 1)]
