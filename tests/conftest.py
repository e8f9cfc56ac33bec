"""What many tests share: a running bot, kept for all of them, and a chat of each test's own."""

import itertools
import logging
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from tests.chat import Bot, Chat


class Bots:
    """At most one bot runs in a process; it is kept for as long as tests want one with the same settings."""

    def __init__(self, folder: Path) -> None:
        self._folders = (folder / str(number) for number in itertools.count(1))
        self._bot: Bot | None = None
        self._options: dict[str, Any] = {}

    def running(self, **options: Any) -> Bot:
        """A bot with these settings."""
        if self._bot is None or self._options != options or self._bot.changed:
            self.stop()
            self._bot, self._options = Bot(next(self._folders), **options), options
        return self._bot

    def stop(self) -> None:
        """End what runs."""
        if self._bot is not None:
            self._bot.close()
            self._bot = None


@pytest.fixture
def few_logs() -> Iterator[None]:
    """What is logged is told with a failed test; only what may be its cause, and plainly, because that is fast."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger("warning"),
        processors=[structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback, colors=False)],
    )
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def bots() -> Iterator[Bots]:
    """In memory where that can be had: the bot waits for the disk at each of its many commits."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder with a name of its own is made in it.
    with tempfile.TemporaryDirectory(prefix="bots-", dir=memory if memory.is_dir() else None) as folder:
        found = Bots(Path(folder))
        yield found
        found.stop()


@pytest.fixture(autouse=True)
def nobody_else(request: pytest.FixtureRequest, bots: Bots) -> None:
    """No bot runs beside a test that has nothing to do with it: its threads would log, sleep and use chance."""
    if "special_chat" not in request.fixturenames:
        bots.stop()
        # The engine sets it for the whole process.
        logging.getLogger("dbos").setLevel(logging.NOTSET)


@pytest.fixture
def special_chat(bots: Bots, few_logs: None) -> Iterator[Callable[..., Chat]]:
    """Makes a chat with a bot of other settings; nothing that went wrong on purpose outlives the test."""
    chats: list[Chat] = []

    def make(**options: Any) -> Chat:
        chats.append(Chat(bots.running(**options)))
        return chats[-1]

    yield make
    for each in chats:
        each.close()


@pytest.fixture
def chat(special_chat: Callable[..., Chat]) -> Chat:
    """A chat with the usual bot."""
    return special_chat()
