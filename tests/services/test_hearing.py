"""Codes that nobody knows are counted with what came of the request in which they were met, and break nothing."""

import itertools
from dataclasses import replace
from typing import Any

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.actor import Actor, Role
from bot.domain.checks import check
from bot.domain.codes import UnknownCode
from bot.domain.form import Draft
from bot.domain.request import Request, State
from bot.errors import NotAllowed
from bot.operations import list_unknown_codes
from bot.operations.provision_workspace import OPERATION as PROVISION
from bot.services import conversations, people, requests, watching
from bot.store import queries, tables
from tests.services.kit import ANN, NOW, PLACE, Api, World
from tests.services.test_watching import Webex, accepted, id_of, look, many

CLEO = Actor("Y2lzY29zcGFyazovL3VzL1BFT1BMRS9jbGVv", "cleo@example.com", "Cleo", frozenset({Role.AGENT, Role.ADMIN}))
_codes = itertools.count(700_000)


def new_code() -> str:
    """All tests share a database: a code that no other test has met."""
    return f"{next(_codes)}"


def refusing(*codes: str) -> Api:
    errors = [{"errorCode": code, "description": f"About {code}."} for code in codes]
    return lambda _: httpx.Response(400, json={"message": "Bad request", "errors": errors})


def seen(world: World, code: str) -> tuple[int, str, int | None] | None:
    """How often, in which words, and for which request last."""
    with world.database.transaction() as session:
        found = session.scalars(select(UnknownCode).where(tables.unknown_codes.c.code == code)).first()
        return (found.count, found.words, found.request) if found else None


def test_codes_of_a_read_are_counted_with_its_answer(world: World) -> None:
    code, other = new_code(), new_code()
    world.api = refusing(code, other, code, "1001")
    number = world.ask_precheck()

    world.plan(number)

    assert world.request(number).state == "failed"
    assert [seen(world, each) for each in (code, other)] == [(1, f"About {each}.", number) for each in (code, other)]
    assert seen(world, "1001") is None


def test_codes_of_a_precheck_that_passes_are_counted_too(world: World) -> None:
    code = new_code()
    info = [{"infoCode": 100}, {"infoCode": code, "description": "A remark."}]
    world.api = lambda _: httpx.Response(200, json={"message": "success", "info": info})
    number = world.ask_precheck()

    world.plan(number)

    assert seen(world, code) == (1, "A remark.", number)


def test_a_code_is_counted_each_time_it_is_met(world: World) -> None:
    code = new_code()
    world.api = refusing(code)
    numbers = [world.ask_precheck() for _ in range(3)]

    for number in numbers:
        world.plan(number)
        world.plan(number)

    assert seen(world, code) == (3, f"About {code}.", numbers[-1])


def test_what_a_write_is_refused_with_is_counted_with_its_outcome(world: World) -> None:
    code = new_code()
    number = world.confirmed()
    world.api = refusing(code)

    world.fulfil(number)
    world.fulfil(number)

    assert (world.request(number).state, seen(world, code)) == ("failed", (1, f"About {code}.", number))


def test_an_answer_that_comes_too_late_leaves_nothing_uncounted(world: World) -> None:
    code = new_code()
    number = world.ask_precheck()

    def too_late(request: httpx.Request) -> httpx.Response:
        world.change(number, lambda session, row: requests.withdraw(session, world.context, request=row, actor=ANN))
        return refusing(code)(request)

    world.api = too_late
    world.plan(number)

    assert (world.request(number).state, seen(world, code)) == ("withdrawn", (1, f"About {code}.", number))


@pytest.fixture
def webex(world: World) -> Webex:
    webex = Webex(world)
    world.api = webex
    return webex


def fail(webex: Webex, subscriber_id: str, code: str) -> None:
    webex.now(subscriber_id, "error", errors=[{"errorCode": code, "description": f"About {code}."}])


def test_what_a_watched_subscriber_ends_in_is_counted_once(world: World, webex: Webex) -> None:
    code = new_code()
    number = accepted(world)
    look(world, number)
    fail(webex, id_of(world, number), code)

    look(world, number)
    watching.watch(world.work, number)

    assert (world.request(number).state, seen(world, code)) == ("failed", (1, f"About {code}.", number))


def test_of_many_that_are_looked_at_together_each_counts_its_own(world: World, webex: Webex) -> None:
    with world.database.transaction() as session:
        for each in queries.watched_requests(session, due=NOW.replace(year=NOW.year + 1)):
            each.state = State.UNWATCHED
    codes = [new_code(), new_code()]
    numbers = many(world)
    for number, code in zip(numbers[2:], [*codes, codes[0]], strict=False):
        fail(webex, id_of(world, number), code)

    watching.watch(world.work, numbers[0])

    assert len(webex.looked) == 1
    assert [seen(world, code) for code in codes] == [
        (2, f"About {codes[0]}.", numbers[4]),
        (1, f"About {codes[1]}.", numbers[3]),
    ]
    with world.database.transaction() as session:
        for each in queries.watched_requests(session, due=NOW.replace(year=NOW.year + 1)):
            each.state = State.UNWATCHED


def test_what_a_look_for_a_lost_write_finds_is_counted_when_that_settles_it(world: World, webex: Webex) -> None:
    code = new_code()
    number = world.ask(
        "provision subscriber",
        provisioningId="ZjViMzYxODctYzhkZC00NzI3LThiMmYtZjljNDQ3ZjI5MDQ2",
        userId=f"lost.{code}@bw.example",
        spEnterpriseId="Reseller1+acme",
        firstName="Zoe",
        lastName="Neill",
        package="basic",
        extension="51212",
    )
    world.plan(number)
    world.change(number, lambda session, row: _confirm(session, world, row))

    def lost(request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            raise httpx.ReadError("made up")
        told: dict[str, Any] = {
            "id": "lost-1",
            "status": "error",
            "userId": f"lost.{code}@bw.example",
            "created": _later(),
        }
        told |= {"spEnterpriseId": "Reseller1+acme", "errors": [{"errorCode": code, "description": "So it ended."}]}
        return httpx.Response(200, json={"items": [told]})

    world.api = lost
    world.fulfil(number)
    assert world.request(number).state == "unknown"
    world.clock.move(300)

    world.settle(number)

    assert (world.request(number).state, seen(world, code)) == ("failed", (1, "So it ended.", number))


def _later() -> str:
    return NOW.replace(minute=59).isoformat()


def _confirm(session: Session, world: World, request: Request) -> None:
    assert request.plan
    requests.confirm(session, world.context, request=request, actor=ANN, plan_hash=request.plan.hash)


# What is for an admin is asked by admins.


def test_a_request_and_a_form_are_refused_to_who_has_not_the_role(world: World) -> None:
    operation = list_unknown_codes.OPERATION
    checked = check(operation.form, {})

    def ask(session: Session, actor: Actor) -> Any:
        return requests.ask(session, world.context, operation=operation, actor=actor, place=PLACE, checked=checked)

    def open_form(session: Session, actor: Actor) -> Any:
        return conversations.open_form(
            session, world.context, operation=operation, actor=actor, place=PLACE, draft=Draft()
        )

    with world.database.transaction() as session:
        for begin in (ask, open_form):
            with pytest.raises(NotAllowed, match="is for admins"):
                begin(session, ANN)
            assert begin(session, CLEO)


def test_who_is_no_admin_any_more_cannot_confirm_what_is_for_admins(world: World) -> None:
    number = world.planned()
    context = replace(world.context, operations=(replace(PROVISION, role=Role.ADMIN),))

    def confirm(session: Session, row: Request) -> None:
        assert row.plan
        requests.confirm(session, context, request=row, actor=ANN, plan_hash=row.plan.hash)

    with pytest.raises(NotAllowed, match="“provision workspace” is for admins"):
        world.change(number, confirm)

    assert world.request(number).state == "asked"


@pytest.mark.parametrize(
    ("role", "whom"), [(Role.AUDITOR, "auditors and admins"), (Role.APPROVER, "approvers and admins")]
)
def test_an_operation_for_another_role_names_whom_to_ask(role: Role, whom: str) -> None:
    operation = replace(list_unknown_codes.OPERATION, role=role)

    with pytest.raises(NotAllowed, match=f"is for {whom}"):
        people.demand_role(replace(CLEO, roles=frozenset({Role.AGENT})), operation)
