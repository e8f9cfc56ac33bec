"""Several at once, threads and processes: a write is sent once, and nobody's change is lost."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from sqlalchemy import create_engine

from bot.domain.request import Request
from bot.errors import WrongState
from bot.services import deliveries, requests
from bot.store import processes, queries
from bot.store.session import Database
from tests.postgres import Server
from tests.services.kit import ANN, World
from tests.store.conftest import migrated

MANY = 8
REPOSITORY = Path(__file__).parents[2]


def together(work: "list[threading.Thread]") -> None:
    """Start them all, and wait for all."""
    for each in work:
        each.start()
    for each in work:
        each.join(60)


def twin(world: World, name: str) -> World:
    """Another process on the same database, with connections of its own; it is at work."""
    found = world.reborn()
    found.database, found.owner = Database(world.database.url), name
    found.be_at_work()
    return found


@pytest.fixture
def twins(world: World) -> Iterator[list[World]]:
    world.api = lambda _: httpx.Response(200, json={"id": "workspace-id", "displayName": "Room"})
    found = [twin(world, f"process {number}") for number in range(MANY)]
    yield found
    for each in found:
        each.leave()
        each.database.close()


def test_of_many_who_fulfil_a_request_at_once_one_sends(world: World, twins: list[World]) -> None:
    number = world.confirmed()
    barrier = threading.Barrier(MANY)

    def run(each: World) -> None:
        barrier.wait()
        each.fulfil(number)

    together([threading.Thread(target=run, args=(each,)) for each in twins])

    assert sum(len(each.sent) for each in twins) == 1
    assert world.request(number).state == "done"
    assert world.attempts(number) == [(1, "answered", 1)]


def test_a_write_that_another_living_process_is_sending_is_left_to_it(world: World, twins: list[World]) -> None:
    sender, other, *_ = twins
    number = world.confirmed()

    def meanwhile(_: httpx.Request) -> httpx.Response:
        other.fulfil(number)
        return httpx.Response(200, json={"id": "workspace-id", "displayName": "Room"})

    sender.api = meanwhile
    sender.fulfil(number)

    assert other.sent == []
    assert world.request(number).state == "done"
    assert world.happenings(number)[4:] == ["write attempted", "request done"]


def test_a_write_of_a_process_that_is_gone_is_not_sent_again_but_looked_for(world: World, twins: list[World]) -> None:
    sender, other, *_ = twins
    number = world.confirmed()

    def meanwhile(_: httpx.Request) -> httpx.Response:
        sender.leave()
        other.fulfil(number)
        raise httpx.ReadTimeout("made up")

    sender.api = meanwhile
    sender.fulfil(number)

    assert other.sent == []
    assert world.request(number).state == "unknown"
    assert [kind for kind, _ in other.awaited(number)] == ["settle", "settle", "settle"]


def test_of_many_who_confirm_and_withdraw_at_once_one_wins(world: World, twins: list[World]) -> None:
    number = world.planned()
    plan = world.request(number).plan
    assert plan
    barrier, refused = threading.Barrier(MANY), []

    def run(turn: int, each: World) -> None:
        barrier.wait()
        try:
            with each.database.transaction() as session:
                request = session.get_one(Request, number)
                if turn % 2:
                    requests.confirm(session, each.context, request=request, actor=ANN, plan_hash=plan.hash)
                else:
                    requests.withdraw(session, each.context, request=request, actor=ANN)
        except WrongState:
            refused.append(turn)

    together([threading.Thread(target=run, args=pair) for pair in enumerate(twins)])

    assert len(refused) == MANY - 1
    assert world.request(number).state in {"approved", "withdrawn"}
    assert world.happenings(number)[2:] in (["request confirmed", "request approved"], ["request withdrawn"])


def test_no_change_of_a_message_is_lost(world: World, twins: list[World]) -> None:
    number = world.planned()
    with world.database.reading() as session:
        before = queries.deliveries_of(session, request=number)[0].wanted

    def run(each: World) -> None:
        for _ in range(5):
            with each.database.transaction() as session:
                deliveries.refresh(session, each.context, request=number)

    together([threading.Thread(target=run, args=(each,)) for each in twins])

    with world.database.reading() as session:
        assert queries.deliveries_of(session, request=number)[0].wanted == before + 5 * MANY
    keys = [asked.key for each in twins for asked in each.later]
    assert len(keys) == len(set(keys)) == 5 * MANY


def test_of_many_processes_that_fulfil_the_same_requests_each_is_sent_by_one(postgres: Server, few_logs: None) -> None:
    """On SQLite one process alone works."""
    url = postgres.copy(migrated)
    database = Database(url)
    world = World(database)
    numbers = [world.confirmed() for _ in range(10)]

    racers = [racer(url, numbers) for _ in range(3)]
    for each in racers:
        assert each.stdout
        assert each.stdout.readline() == "ready\n"
    with ThreadPoolExecutor(3) as pool:
        sent = [int(said) for said, _ in pool.map(lambda each: each.communicate("go\n", timeout=60), racers)]

    assert sum(sent) == 10
    assert [world.request(number).state for number in numbers] == ["done"] * 10
    assert [world.attempts(number) for number in numbers] == [[(1, "answered", 1)]] * 10
    world.close()
    database.close()
    postgres.drop(url)


def racer(url: str, numbers: list[int]) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.services.racing", url, str(numbers[0]), str(numbers[-1])]
    return subprocess.Popen(command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_a_process_is_at_work_until_it_is_known_to_be_gone(database: Database) -> None:
    engine = create_engine(database.url)
    with engine.begin() as connection:
        processes.beat(connection, "one")
        processes.beat(connection, "one")
        processes.beat(connection, "two")
        [one] = [each for each in processes.others(connection, "me") if each.name == "one"]
        assert (one.beats, one.gone) == (2, False)
    with database.reading() as session:
        assert processes.is_at_work(session, "one")
        assert not processes.is_at_work(session, "unknown")
    with engine.begin() as connection:
        processes.beat(connection, "one")
        assert not processes.declare_gone(connection, one)
        processes.leave(connection, "two")
        processes.forget(connection, "one")
        processes.forget(connection, "two")
    with database.reading() as session:
        assert processes.is_at_work(session, "one")
        assert not processes.is_at_work(session, "two")
    with engine.begin() as connection:
        processes.leave(connection, "one")
        processes.forget(connection, "one")
    engine.dispose()
