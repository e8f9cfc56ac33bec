"""Admins hear once of each death of the token and once of each return, and what waited for it goes on."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import delete, select

from bot.domain.audit import AuditEvent
from bot.domain.delivery import Delivery
from bot.domain.request import Request
from bot.domain.tokens import Granted
from bot.errors import NoToken, TokenDead
from bot.services import alarms, requests
from bot.store import queries, tables
from bot.store.tokens import StoredTokens
from tests.services.kit import ANN, NOW, World

WHY = "Webex refused a new token with status 400"
CREATED = {"id": "workspace-id", "displayName": "Room"}
GRANTED = Granted("hush-access", "hush-refresh", NOW, NOW + timedelta(days=14))


@pytest.fixture
def store(world: World) -> Iterator[StoredTokens]:
    """The tokens of a bot that renews them, and that has two admins."""
    world.rules = replace(world.rules, renews=True, admins=frozenset({"cleo@example.com", "dan@example.com"}))
    world.api = lambda _request: httpx.Response(200, json=CREATED)
    found = StoredTokens(world.database, ["k" * 32], setting="hush-first", now=world.clock)
    found.begin()
    yield found
    with world.database.transaction() as session:
        session.execute(delete(tables.tokens))


def die(store: StoredTokens) -> None:
    assert store.claim("lease", version=store.look().version, now=NOW, until=NOW)
    store.bury("lease", at=NOW, why=WHY)


def tell(world: World) -> list[tuple[str, str]]:
    """To whom something is told now, and what."""
    with world.database.transaction() as session:
        before = {each.id for each in session.scalars(select(Delivery))}
        alarms.tell(session, world.context)
    with world.database.reading() as session:
        new = [each for each in session.scalars(select(Delivery)) if each.id not in before]
        return [(each.to_email, each.notice.kind.value) for each in new if each.notice]


def is_due(world: World) -> bool:
    with world.database.reading() as session:
        return alarms.is_due(session)


def audited(world: World) -> list[tuple[str, dict[str, str]]]:
    with world.database.reading() as session:
        found = session.scalars(select(AuditEvent).order_by(tables.audit_events.c.id.desc()).limit(1)).all()
        return [(each.what.value, each.detail) for each in found]


def test_a_death_is_told_once_to_every_admin(world: World, store: StoredTokens) -> None:
    assert (is_due(world), tell(world)) == (False, [])
    die(store)

    assert is_due(world)
    assert tell(world) == [("cleo@example.com", "locked out"), ("dan@example.com", "locked out")]
    assert audited(world) == [("token dead", {"why": WHY})]
    assert (is_due(world), tell(world), tell(world.reborn())) == (False, [], [])


def test_a_return_is_told_once_and_only_to_those_who_were_told_of_a_death(world: World, store: StoredTokens) -> None:
    store.adopt(GRANTED)
    assert tell(world) == []
    die(store)
    tell(world)
    store.begin()
    assert (is_due(world), tell(world)) == (False, [])

    store.adopt(GRANTED)

    assert is_due(world)
    assert tell(world) == [("cleo@example.com", "let in"), ("dan@example.com", "let in")]
    assert audited(world) == [("token works again", {})]
    assert (is_due(world), tell(world)) == (False, [])


def test_where_nobody_is_an_admin_it_is_written_down_all_the_same(world: World, store: StoredTokens) -> None:
    world.rules = replace(world.rules, admins=frozenset())
    die(store)

    assert tell(world) == []
    assert audited(world) == [("token dead", {"why": WHY})]
    with world.database.reading() as session:
        assert alarms.problem(session) == f"the token is dead: {WHY}. An admin must run: python -m bot login"


def test_without_tokens_that_renew_themselves_there_is_nothing_to_tell(world: World) -> None:
    with world.database.reading() as session:
        assert (alarms.is_due(session), alarms.problem(session)) == (False, "")
        assert alarms.locked_out(session, world.context) == ""
    assert tell(world) == []


def test_what_was_confirmed_waits_without_an_attempt_and_goes_on_under_the_next_tokens(
    world: World, store: StoredTokens
) -> None:
    number = world.confirmed()
    die(store)
    tell(world)

    world.fulfil(number)
    world.fulfil(number)
    held = world.request(number)
    assert (held.state, held.locked_out, world.attempts(number), world.sent) == ("approved", True, [], [])
    assert world.happenings(number).count("request held: the bot is locked out") == 1
    store.adopt(GRANTED)
    world.later.clear()
    tell(world)
    tell(world)

    asked = {each.key for each in world.later if each.kind == "fulfil"}
    assert asked == {f"{number}.{held.version}-{store.look().version}"}
    world.fulfil(number)
    assert (world.request(number).state, len(world.sent)) == ("done", 1)


@pytest.mark.parametrize("dead", [True, False], ids=["dead", "away"])
def test_what_meets_the_death_while_it_is_sent_waits_and_what_meets_a_silence_is_tried_again(
    world: World, store: StoredTokens, *, dead: bool
) -> None:
    number = world.confirmed()

    def locked_out(_request: httpx.Request) -> httpx.Response:
        raise TokenDead(WHY) if dead else NoToken("away")

    world.api = locked_out
    world.fulfil(number)
    found = world.request(number)

    assert (found.state, found.locked_out, world.attempts(number)) == ("approved", dead, [(1, "never sent", 1)])
    assert (found.try_at is None) is dead
    world.api = lambda _request: httpx.Response(200, json=CREATED)
    world.clock.move(60)
    world.fulfil(number)
    assert (world.request(number).state, world.attempts(number)) == ("done", [(1, "answered", 2)])


def test_what_is_of_the_bots_own_waits_for_no_token(world: World, store: StoredTokens) -> None:
    die(store)
    number = world.ask("template add", name="lab", provisioningId="Zj" * 30)
    world.plan(number)
    plan = world.request(number).plan
    assert plan is not None
    with world.database.transaction() as session:
        request = session.get_one(Request, number)
        requests.confirm(session, world.context, request=request, actor=ANN, plan_hash=plan.hash)
    world.fulfil(number)

    assert world.request(number).state == "done"


def test_what_waits_for_writes_to_be_on_does_not_wait_for_a_token(world: World, store: StoredTokens) -> None:
    number = world.confirmed()
    world.rules = replace(world.rules, writes=False)
    world.fulfil(number)
    store.adopt(GRANTED)

    assert not is_due(world)
    with world.database.reading() as session:
        assert queries.locked_out_requests(session) == []
