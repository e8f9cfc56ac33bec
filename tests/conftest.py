"""The two databases that the bot runs on, for whatever must be true on both."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.postgres import PostgresMissing, Server, missing

BOTH = ("sqlite", "postgres")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server, started for whoever asks first."""
    try:
        server = Server()
    except PostgresMissing as exc:
        missing(str(exc))
    yield server
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


def _in_file(path: Path, of: Callable[[str], None] | None) -> str:
    url = f"sqlite:///{path}"
    if of:
        of(url)
    return url
