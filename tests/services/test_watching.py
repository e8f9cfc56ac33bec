"""What Webex works on is watched to its end: looked at in a measured pace, told once, never forgotten."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from bot.domain.actor import Actor
from bot.domain.delivery import Delivery
from bot.domain.desk import Provisioned
from bot.domain.plan import Plan
from bot.domain.request import Request, State
from bot.errors import NotAllowed, WrongState
from bot.operations import provision_subscriber
from bot.services import recovery, requests, watching
from bot.simulator.provisioning.records import PROVISIONING_ID
from bot.store import queries
from bot.store.session import Database
from tests.services.kit import ANN, NOW, World
from tests.services.test_fulfilling import Killed

BOB = Actor("Y2lzY29zcGFyazovL3VzL1BFT1BMRS9ib2I", "bob@example.com", "Bob Baker")
QUARTER = 15 * 60
LEASE = 120
LIST = "/v1/broadworks/subscribers"
_turns = itertools.count(1)


@dataclass
class Webex:
    """Subscribers by id, as the API shows them; ``looked`` keeps what was asked of them after their provisioning."""

    world: World
    there: dict[str, dict[str, Any]] = field(default_factory=dict)
    looked: list[str] = field(default_factory=list)
    failing: httpx.Response | BaseException | None = None
    first: str = "provisioning"

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/validate"):
            return httpx.Response(200, json={"message": "success", "info": []})
        if request.method == "POST":
            return self._provision()
        if {"userId", "spEnterpriseId"} & set(request.url.params):
            return httpx.Response(200, json={"items": []})
        self.looked.append(request.url.raw_path.decode().removeprefix("/v1/broadworks/"))
        if isinstance(self.failing, BaseException):
            raise self.failing
        return self.failing or self._shown(request)

    def now(self, subscriber_id: str, status: str, **more: Any) -> None:
        """It has another status from now on."""
        self.there[subscriber_id] |= {"status": status, "lastStatusChange": self._stamp(), **more}

    def _provision(self) -> httpx.Response:
        made = {"id": f"subscriber-{next(_turns)}", "status": self.first, "created": self._stamp()}
        self.there[made["id"]] = made | {"lastStatusChange": self._stamp()}
        return httpx.Response(200, json=self.there[made["id"]])

    def _shown(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == LIST:
            since = int(request.url.params["lastStatusChange"])
            items = [one for one in self.there.values() if _milliseconds(one["lastStatusChange"]) > since]
            return httpx.Response(200, json={"items": items})
        found = self.there.get(request.url.path.rpartition("/")[2])
        return httpx.Response(200, json=found) if found else httpx.Response(404, json={"message": "Not found"})

    def _stamp(self) -> str:
        return self.world.clock.now.isoformat(timespec="milliseconds")


def _milliseconds(stamp: str) -> int:
    return int(datetime.fromisoformat(stamp).timestamp() * 1000)


@pytest.fixture
def webex(world: World) -> Webex:
    webex = Webex(world)
    world.api = webex
    return webex


@pytest.fixture(autouse=True)
def nothing_is_left(database: Database) -> Iterator[None]:
    """All tests share a database, and whatever is due in it is looked at together."""
    yield
    with database.transaction() as session:
        for each in queries.watched_requests(session, due=NOW + timedelta(days=99)):
            each.state = State.UNWATCHED


def accepted(world: World) -> int:
    """Somebody has provisioned a subscriber, which Webex works on; their card is in a space."""
    turn = next(_turns)
    number = world.ask(
        "provision subscriber",
        provisioningId=PROVISIONING_ID,
        userId=f"watched.{turn}@bw.example",
        spEnterpriseId="Reseller1+acme",
        firstName="Zoe",
        lastName="Neill",
        package="basic",
        email=f"watched.{turn}@example.com",
        extension="51212",
    )
    world.plan(number)
    with world.database.transaction() as session:
        request = session.get_one(Request, number)
        assert request.plan
        requests.confirm(session, world.context, request=request, actor=ANN, plan_hash=request.plan.hash)
        queries.deliveries_of(session, request=number)[0].message_id = f"card-of-{number}"
    world.fulfil(number)
    return number


def id_of(world: World, number: int) -> str:
    return world.request(number).webex_id


def look(world: World, number: int) -> None:
    """The time of its next look has come."""
    look_at = world.request(number).look_at
    assert look_at
    world.clock.now = max(world.clock.now, look_at)
    watching.watch(world.work, number)


def nudge(world: World, number: int) -> None:
    world.change(number, lambda session, _: watching.nudge(session, world.context, number))


def pause(world: World, number: int) -> float:
    """Seconds until the next look, which must have been asked for under a key of its own."""
    kind, seconds = [each for each in world.awaited(number) if each[0] == "watch"][-1]
    keys = [each.key for each in world.later if each.kind == kind]
    assert len(keys) == len(set(keys))
    look_at = world.request(number).look_at
    assert look_at
    assert seconds == (look_at - world.clock.now).total_seconds()
    return seconds


def told(world: World, number: int) -> list[str]:
    """The lines that called the asker, by their state or status."""
    with world.database.transaction() as session:
        notices = [each.notice for each in session.scalars(select(Delivery).order_by(Delivery.id)) if each.notice]  # type: ignore[arg-type]  # It is mapped to a column.
    facts = [each.facts for each in notices if each.facts.get("request") == number]
    return [str(each.get("status") or each.get("state")) for each in facts]


# The pace.


def test_the_pauses_between_two_looks_grow_from_five_seconds_to_thirty(world: World, webex: Webex) -> None:
    number = accepted(world)

    pauses = [pause(world, number)]
    for _ in range(6):
        look(world, number)
        pauses.append(pause(world, number))

    bounds = [(5, 10), (10, 20), *[(15, 30)] * 5]
    assert [low <= each <= high for each, (low, high) in zip(pauses, bounds, strict=True)] == [True] * 7
    assert len(set(pauses[2:])) == 5


def test_no_two_requests_are_looked_at_in_the_same_moment(world: World, webex: Webex) -> None:
    pauses = [pause(world, accepted(world)) for _ in range(12)]

    ordered = sorted(pauses)
    assert min(later - sooner for sooner, later in itertools.pairwise(ordered)) > 0.2
    assert ordered[-1] - ordered[0] > 4


def test_a_change_begins_the_pace_anew(world: World, webex: Webex) -> None:
    number = accepted(world)
    for _ in range(4):
        look(world, number)

    webex.now(id_of(world, number), "updating")
    look(world, number)

    assert 5 <= pause(world, number) <= 10


@pytest.mark.parametrize("status", ["pending_email_input", "pending_email_validation", "pending_user_migration"])
def test_who_waits_for_a_person_is_looked_at_every_quarter_of_an_hour(world: World, webex: Webex, status: str) -> None:
    webex.first = status
    number = accepted(world)

    assert pause(world, number) == QUARTER
    look(world, number)
    assert pause(world, number) == QUARTER


def test_what_is_stuck_or_put_off_is_looked_at_every_quarter_of_an_hour(world: World, webex: Webex) -> None:
    number = accepted(world)
    world.clock.now += world.rules.stuck_after
    nudge(world, number)
    look(world, number)
    assert pause(world, number) == QUARTER

    world.change(number, lambda session, each: watching.put_off(session, world.context, request=each, actor=ANN))
    look(world, number)

    assert (world.request(number).state, pause(world, number)) == ("watching", QUARTER)


# What is told.


def test_each_change_is_told_once_and_nothing_where_nothing_has_changed(world: World, webex: Webex) -> None:
    number = accepted(world)
    subscriber = id_of(world, number)
    assert told(world, number) == []

    look(world, number)
    assert told(world, number) == []
    webex.now(subscriber, "pending_user_migration")
    look(world, number)
    look(world, number)
    assert told(world, number) == ["pending_user_migration"]
    assert "waiting for the user's consent" in world.card(number).text
    webex.now(subscriber, "provisioning")
    look(world, number)
    webex.now(subscriber, "provisioned", personId="person")
    look(world, number)

    assert told(world, number) == ["pending_user_migration", "provisioning", "done"]
    assert world.happenings(number)[-4:] == ["status seen", "status seen", "status seen", "request done"]
    assert "Subscriber provisioned" in world.card(number).text
    known = world.work.desk.registry.find(webex_id=subscriber)
    assert [(each.kind, each.name, each.extension) for each in known] == [("subscriber", "Zoe Neill", "51212")]


def test_an_end_in_an_error_is_told_with_its_reasons(world: World, webex: Webex) -> None:
    number = accepted(world)

    webex.now(id_of(world, number), "error", errors=[{"errorCode": 10022, "description": "It is taken"}])
    look(world, number)

    assert (world.request(number).state, told(world, number)) == ("failed", ["failed"])
    shown = world.card(number).text
    assert "Webex accepted it, but could not finish it." in shown
    assert "“It is taken”" in shown
    assert "Code 10022: " in shown
    assert "Reseller1+acme" in shown


def test_a_status_that_nobody_has_met_is_watched_and_shown_raw(world: World, webex: Webex) -> None:
    webex.first = "reticulating_splines"
    number = accepted(world)

    look(world, number)

    assert 10 <= pause(world, number) <= 20
    assert "in Webex's word “reticulating_splines”, which this bot does not know" in world.card(number).text


def test_what_a_server_is_late_to_tell_is_no_change_back(world: World, webex: Webex) -> None:
    number = accepted(world)
    subscriber = id_of(world, number)
    before = dict(webex.there[subscriber])
    world.clock.move(2)
    webex.now(subscriber, "pending_user_migration")
    after = dict(webex.there[subscriber])
    look(world, number)

    for late in (before, after, before):
        webex.there[subscriber] = late
        look(world, number)

    assert told(world, number) == ["pending_user_migration"]


# Looks that fail.


@pytest.mark.parametrize(
    "failing",
    [
        httpx.Response(429, headers={"Retry-After": "1"}),
        httpx.Response(423),
        httpx.Response(500),
        httpx.Response(503),
        httpx.Response(401),
        httpx.Response(403),
        httpx.Response(200, text="<html>"),
        httpx.ReadTimeout("made up"),
        httpx.ConnectError("made up"),
        ValueError("a bug"),
    ],
    ids=str,
)
def test_a_look_that_fails_is_told_to_nobody_and_done_again(
    world: World, webex: Webex, failing: httpx.Response | Exception
) -> None:
    number = accepted(world)

    webex.failing = failing
    look(world, number)
    assert 10 <= pause(world, number) <= 20
    look(world, number)
    assert 15 <= pause(world, number) <= 30
    assert (world.request(number).state, world.request(number).looked_at, told(world, number)) == ("watching", None, [])
    webex.failing = None
    webex.now(id_of(world, number), "provisioned")
    look(world, number)

    assert (world.request(number).state, told(world, number)) == ("done", ["done"])


def test_a_subscriber_who_was_removed_ends_the_watching(world: World, webex: Webex) -> None:
    number = accepted(world)
    world.clock.move(LEASE)

    del webex.there[id_of(world, number)]
    look(world, number)

    assert (world.request(number).state, told(world, number)) == ("failed", ["failed"])
    shown = world.card(number).text
    assert "The subscriber is not there any more." in shown
    assert "Somebody has removed it while Webex was working on it." in shown


def test_who_was_accepted_just_now_may_not_be_known_everywhere_yet(world: World, webex: Webex) -> None:
    number = accepted(world)
    kept = dict(webex.there)

    webex.there.clear()
    look(world, number)
    assert (world.request(number).state, told(world, number)) == ("watching", [])
    webex.there = kept
    webex.now(id_of(world, number), "provisioned")
    look(world, number)

    assert world.request(number).state == "done"


# Many at once.


def many(world: World) -> list[int]:
    """As many as are looked at together, all of them due now."""
    numbers = [accepted(world) for _ in range(watching.MANY)]
    world.clock.move(10)
    return numbers


def test_many_that_are_due_together_are_looked_at_by_one_list_of_changes(world: World, webex: Webex) -> None:
    numbers = many(world)
    webex.now(id_of(world, numbers[2]), "provisioned")
    webex.now(id_of(world, numbers[5]), "pending_email_input")

    for number in numbers:
        watching.watch(world.work, number)

    since = int(NOW.timestamp() * 1000)
    assert webex.looked == [f"subscribers?lastStatusChange={since}&max=100"]
    states = [world.request(number).state for number in numbers]
    assert states == ["watching"] * 2 + ["done"] + ["watching"] * 5
    assert [told(world, number) for number in numbers] == [[], [], ["done"], [], [], ["pending_email_input"], [], []]
    unchanged = [number for number in numbers if number not in {numbers[2], numbers[5]}]
    assert all(10 <= pause(world, number) <= 20 for number in unchanged)
    assert {world.request(number).looked_at for number in unchanged} == {world.clock.now}


def test_fewer_are_looked_at_one_by_one(world: World, webex: Webex) -> None:
    numbers = [accepted(world) for _ in range(watching.MANY - 1)]
    world.clock.move(10)

    for number in numbers:
        watching.watch(world.work, number)

    assert webex.looked == [f"subscribers/{id_of(world, number)}" for number in numbers]


def test_what_is_being_looked_at_is_looked_at_by_nobody_else(world: World, webex: Webex) -> None:
    numbers = many(world)

    def meanwhile(request: httpx.Request) -> httpx.Response:
        world.api = webex
        for number in numbers:
            watching.watch(world.work, number)
        return webex(request)

    world.api = meanwhile
    watching.watch(world.work, numbers[0])

    assert len(webex.looked) == 1


def test_two_requests_about_one_subscriber_are_both_told(world: World, webex: Webex) -> None:
    numbers = many(world)
    twin = id_of(world, numbers[0])

    def same(_session: Any, request: Request) -> None:
        assert request.watched
        request.webex_id = twin
        request.watched = type(request.watched)(twin, request.watched.status, request.watched.since)

    world.change(numbers[1], same)
    webex.now(twin, "provisioned")
    watching.watch(world.work, numbers[3])

    assert [told(world, number) for number in numbers[:3]] == [["done"], ["done"], []]


def test_a_list_that_fails_forgets_nobody(world: World, webex: Webex) -> None:
    numbers = many(world)

    webex.failing = httpx.Response(503)
    watching.watch(world.work, numbers[0])

    assert all(10 <= pause(world, number) <= 20 for number in numbers)
    assert {world.request(number).looked_at for number in numbers} == {None}


def test_what_is_stuck_is_looked_at_by_itself_so_that_a_removal_is_noticed(world: World, webex: Webex) -> None:
    numbers = many(world)
    world.clock.now += world.rules.stuck_after
    nudge(world, numbers[4])
    del webex.there[id_of(world, numbers[4])]

    for number in numbers:
        watching.watch(world.work, number)

    assert world.request(numbers[4]).state == "failed"
    assert f"subscribers/{id_of(world, numbers[4])}" in webex.looked


def test_a_list_reaches_back_to_the_look_before_with_a_margin_for_the_clocks(world: World, webex: Webex) -> None:
    numbers = many(world)
    looked = []
    for _ in range(3):
        watching.watch(world.work, numbers[0])
        looked.append(world.clock.now)
        world.clock.move(3600)

    since = [NOW, NOW, looked[1] - timedelta(minutes=10)]
    assert webex.looked == [f"subscribers?lastStatusChange={int(each.timestamp() * 1000)}&max=100" for each in since]


def test_one_that_was_never_looked_at_does_not_make_the_list_of_all_others_longer(world: World, webex: Webex) -> None:
    numbers = many(world)
    for _ in range(2):
        watching.watch(world.work, numbers[0])
        world.clock.move(3600)
    accepted(world)
    world.clock.move(10)

    watching.watch(world.work, numbers[0])

    since = NOW + timedelta(seconds=10 + 3600 - 600)
    assert webex.looked[-1] == f"subscribers?lastStatusChange={int(since.timestamp() * 1000)}&max=100"


def test_one_that_cannot_be_kept_keeps_no_other_waiting(world: World, webex: Webex) -> None:
    numbers = many(world)
    for number in numbers[:3]:
        webex.now(id_of(world, number), "provisioned")

    def record(request: Request, plan: Plan) -> Provisioned:
        if request.number == numbers[1]:
            raise ValueError("made up")
        return provision_subscriber.record(request, plan)

    world.operations = tuple(replace(each, record=record if each.record else None) for each in world.operations)
    with pytest.raises(ValueError, match="made up"):
        watching.watch(world.work, numbers[0])

    assert [world.request(number).state for number in numbers] == ["done", "watching", "done"] + ["watching"] * 5
    assert all(10 <= pause(world, number) <= 20 for number in numbers[3:])


# A process that dies.


def test_who_was_looked_at_when_the_process_died_is_looked_at_again(world: World, webex: Webex) -> None:
    number = accepted(world)
    webex.failing = Killed()
    with pytest.raises(Killed):
        look(world, number)
    webex.failing = None
    webex.now(id_of(world, number), "provisioned")
    another = world.reborn()

    watching.watch(another.work, number)
    assert world.request(number).state == "watching"
    for starting, waiting in ((True, [("watch", number)]), (False, [])):
        another.later.clear()
        with another.database.transaction() as session:
            recovery.resume(session, another.context, waiting=waiting, starting=starting)
        assert ("watch", LEASE) in another.awaited(number)
    world.clock.move(LEASE)
    watching.watch(another.work, number)

    assert (world.request(number).state, told(world, number)) == ("done", ["done"])
    another.close()


def test_a_start_asks_for_the_look_and_the_nudge_that_are_to_come(world: World, webex: Webex) -> None:
    number = accepted(world)
    seconds = pause(world, number)

    world.later.clear()
    with world.database.transaction() as session:
        recovery.resume(session, world.context, waiting=[])

    assert world.awaited(number) == [("watch", seconds), ("nudge", 1800)]


# What takes long.


@pytest.mark.parametrize(("status", "minutes"), [("provisioning", 30), ("pending_user_migration", 24 * 60)])
def test_who_asked_is_told_once_that_it_takes_long(world: World, webex: Webex, status: str, minutes: int) -> None:
    webex.first = status
    number = accepted(world)
    assert ("nudge", minutes * 60) in world.awaited(number)

    world.clock.move(minutes * 60 - 1)
    nudge(world, number)
    assert told(world, number) == []
    world.clock.move(1)
    nudge(world, number)
    nudge(world, number)
    world.clock.move(minutes * 60)
    nudge(world, number)
    look(world, number)

    assert told(world, number) == ["stuck"]
    shown = world.card(number)
    assert "This takes long" in shown.text
    consent = ["Resend consent"] if status == "pending_user_migration" else []
    assert shown.buttons == [*consent, "Show subscriber", "Remind me tomorrow", "Stop watching"]


def test_a_change_ends_being_stuck(world: World, webex: Webex) -> None:
    number = accepted(world)
    world.clock.now += world.rules.stuck_after
    nudge(world, number)

    webex.now(id_of(world, number), "pending_user_migration")
    look(world, number)

    assert (world.request(number).state, told(world, number)) == ("watching", ["stuck", "pending_user_migration"])
    assert world.awaited(number)[-1] == ("nudge", 24 * 3600)


def test_who_wants_to_be_reminded_tomorrow_is_reminded_tomorrow(world: World, webex: Webex) -> None:
    world.rules = replace(world.rules, remind_after=timedelta(hours=1))
    number = accepted(world)
    world.clock.now += world.rules.stuck_after
    nudge(world, number)

    world.change(number, lambda session, each: watching.put_off(session, world.context, request=each, actor=ANN))
    assert world.awaited(number)[-1] == ("nudge", 24 * 3600)
    assert "Accepted, Webex is working on it" in world.card(number).text
    world.clock.move(24 * 3600)
    nudge(world, number)

    assert told(world, number) == ["stuck", "stuck"]


def test_whoever_stops_watching_hears_no_more_of_it(world: World, webex: Webex) -> None:
    number = accepted(world)
    look_at = world.request(number).look_at
    assert look_at

    world.change(number, lambda session, each: watching.stop(session, world.context, request=each, actor=ANN))
    webex.now(id_of(world, number), "provisioned")
    world.clock.now = look_at + world.rules.stuck_after
    watching.watch(world.work, number)
    nudge(world, number)

    assert (world.request(number).state, told(world, number), webex.looked) == ("unwatched", [], [])
    assert "Not watched any more" in world.card(number).text


def test_who_stops_watching_while_the_bot_looks_hears_no_more_either(world: World, webex: Webex) -> None:
    number = accepted(world)

    def meanwhile(request: httpx.Request) -> httpx.Response:
        world.change(number, lambda session, each: watching.stop(session, world.context, request=each, actor=ANN))
        webex.now(id_of(world, number), "provisioned")
        return webex(request)

    world.api = meanwhile
    look(world, number)

    assert (world.request(number).state, told(world, number)) == ("unwatched", [])


@pytest.mark.parametrize("press", [watching.put_off, watching.stop])
def test_only_who_asked_decides_about_the_watching(world: World, webex: Webex, press: Any) -> None:
    number = accepted(world)
    world.clock.now += world.rules.stuck_after
    nudge(world, number)

    with pytest.raises(NotAllowed, match="Only Ann Archer, who asked"):
        world.change(number, lambda session, each: press(session, world.context, request=each, actor=BOB))

    assert world.request(number).state == "stuck"


def test_what_does_not_take_long_cannot_be_put_off(world: World, webex: Webex) -> None:
    number = accepted(world)

    with pytest.raises(WrongState, match="Webex, which is working on it"):
        world.change(number, lambda session, each: watching.put_off(session, world.context, request=each, actor=ANN))
