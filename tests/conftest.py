"""The two databases that the bot runs on, for whatever must be true on both, and how long a property is looked for."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import request_finished
from hypothesis import HealthCheck, settings

from bot.testing.plugin import Bots, NewDatabase, in_a_file
from tests.conformity import Conformity
from tests.postgres import PostgresMissing, Server, missing

BOTH = ("sqlite", "postgres")

# Properties are looked for on any machine, however much else it has to do.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


@pytest.fixture(scope="session")
def conformity() -> Iterator[Conformity]:
    """Hears of every answer of the simulated provisioning API."""
    found = Conformity()
    with request_finished.connected_to(found):
        yield found


@pytest.fixture(autouse=True)
def only_what_is_documented(request: pytest.FixtureRequest, conformity: Conformity) -> Iterator[None]:
    """Whatever a test is about, the simulated provisioning API answers it as the real one is documented to.

    A test that is about something else is marked as ``undocumented``, and must be right about that.
    """
    yield
    wrong = conformity.taken("answers")
    assert bool(wrong) is (request.node.get_closest_marker("undocumented") is not None), wrong


@pytest.fixture(scope="session")
def postgres(bots: Bots) -> Iterator[Server]:
    """A PostgreSQL server, started for whoever asks first."""
    try:
        server = Server()
    except PostgresMissing as exc:
        missing(str(exc))
    yield server
    # Without its database a bot does not end, because the engine waits for it to come back.
    bots.stop()
    server.close()


@pytest.fixture(params=BOTH)
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Gives the URL of a database of the test's own, on each kind: empty, or as a function makes one."""
    if request.param == "sqlite":
        yield lambda of=None: _in_file(tmp_path / "var" / "bot.sqlite", of)
        return
    server: Server = request.getfixturevalue("postgres")
    urls: list[str] = []

    def new(of: Callable[[str], None] | None = None) -> str:
        urls.append(server.copy(of) if of else server.empty())
        return urls[-1]

    yield new
    for url in urls:
        server.drop(url)


@pytest.fixture(scope="module", params=BOTH)
def on_both(request: pytest.FixtureRequest) -> NewDatabase:
    """What the bot of a chat keeps its data in, where dialogues are to go the same way on each kind of database.

    All tests of a file are run on the one, then on the other, so that they can share a bot.
    """
    if request.param == "sqlite":
        return in_a_file
    server: Server = request.getfixturevalue("postgres")
    return server.for_a_bot


def _in_file(path: Path, of: Callable[[str], None] | None) -> str:
    path.parent.mkdir(exist_ok=True)
    url = f"sqlite:///{path}"
    if of:
        of(url)
    return url
