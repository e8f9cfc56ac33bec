"""What pytest is given: a bot that is kept from test to test, a chat of each test's own, dialogue files as tests."""

import itertools
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.simulator.dialogues.dialogue import SUFFIX
from bot.simulator.dialogues.steps import Orders
from bot.testing import opening
from bot.testing.replay import CannotRead, Done, Script, WentOtherwise, printable, read, replay
from bot.testing.running import Bot
from bot.testing.talking import Chat

NewDatabase = Callable[[Path], str]
"""Makes the database of a new bot, in a folder of its own if it is a file, and tells its URL."""


def in_a_file(folder: Path) -> str:
    """SQLite, as it comes."""
    return f"sqlite:///{folder}/bot.sqlite"


class Bots:
    """At most one bot runs in a process; it is kept for as long as tests want one with the same settings."""

    def __init__(self, folder: Path) -> None:
        self._folders = (folder / str(number) for number in itertools.count(1))
        self._bot: Bot | None = None
        self._wanted: tuple[NewDatabase, dict[str, Any]] | None = None

    def running(self, database: NewDatabase = in_a_file, **options: Any) -> Bot:
        """A bot with these settings, on a database of that kind."""
        wanted = (database, options)
        if self._bot is None or self._wanted != wanted or self._bot.changed:
            self.stop()
            folder = next(self._folders)
            self._bot = Bot(folder, **{"DATABASE_URL": database(folder), **options})
            self._wanted = wanted
        return self._bot

    def stop(self) -> None:
        """End what runs."""
        bot, self._bot = self._bot, None
        if bot is not None:
            bot.close()


@pytest.fixture
def few_logs() -> Iterator[None]:
    """What is logged is told with a failed test; only what may be its cause."""
    with opening.few_logs():
        yield


@pytest.fixture(scope="session")
def bots() -> Iterator[Bots]:
    """The bot that runs in this process, if any."""
    with opening.passing_folder() as folder:
        found = Bots(folder)
        yield found
        found.stop()


@pytest.fixture(autouse=True)
def nobody_else(request: pytest.FixtureRequest, bots: Bots) -> None:
    """No bot runs beside a test that has nothing to do with it: its threads would log, sleep and use chance."""
    if "special_chat" not in request.fixturenames:
        bots.stop()
        opening.forget_log_levels()


@pytest.fixture(scope="session")
def new_database() -> NewDatabase:
    """What the bot of a chat keeps its data in; override it to run your tests on another database."""
    return in_a_file


@pytest.fixture
def special_chat(
    bots: Bots,
    new_database: NewDatabase,
    few_logs: None,  # noqa: ARG001 - asked for by its name, for what it sets up.
) -> Iterator[Callable[..., Chat]]:
    """Makes a chat with a bot of other settings: ``special_chat(BOT_WRITES="off")``.

    Nothing that went wrong on purpose outlives the test.
    """
    chats: list[Chat] = []

    def make(**options: Any) -> Chat:
        chats.append(Chat(bots.running(new_database, **options)))
        return chats[-1]

    yield make
    for each in chats:
        each.close()


@pytest.fixture
def chat(special_chat: Callable[..., Chat]) -> Chat:
    """A chat with the usual bot, which earlier tests may have used; people and spaces are new."""
    return special_chat()


@pytest.fixture
def fresh_chat(bots: Bots, special_chat: Callable[..., Chat]) -> Chat:
    """A chat with a bot that has seen nothing yet, and that no other test sees."""
    bots.stop()
    chat = special_chat()
    chat.bot.changed = True
    return chat


# Dialogue files.


def pytest_addoption(parser: pytest.Parser) -> None:
    """pytest --dialogue FILE."""
    parser.getgroup("bot").addoption(
        "--dialogue",
        action="append",
        default=[],
        metavar="FILE",
        help="replay this dialogue file and run nothing else; may be given more than once",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Where dialogue files are named, they are all that is collected, in the workers of xdist too."""
    config.addinivalue_line("markers", "crash: kills real processes")
    if named := _named(config):
        config.args = [str(path) for path in named]


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A file of that suffix is a test, and so is one that was named."""
    if file_path.name.endswith(SUFFIX) or file_path in _named(parent.config):
        return DialogueFile.from_parent(parent, path=file_path)
    return None


class DialogueFile(pytest.File):
    """A dialogue file, which is one test."""

    def collect(self) -> Iterator[pytest.Item]:
        """The dialogue, called by its title."""
        try:
            script = read(self.path)
        except CannotRead as exc:
            raise self.CollectError(str(exc)) from exc
        yield DialogueItem.from_parent(self, name=printable(script.dialogue.title), script=script)


class DialogueItem(pytest.Item):
    """Replays a dialogue with a bot in a process of its own."""

    def __init__(self, *, script: Script, **of_pytest: Any) -> None:
        super().__init__(**of_pytest)
        self._script = script
        if Orders("kill") in script.dialogue.steps:
            self.add_marker("crash")

    def runtest(self) -> None:
        """Each step that went well is told, which pytest shows beside a failure."""
        replay(self._script, tell=_tell)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *_: Any, **__: Any) -> Any:
        """For what differs, the words and the lines alone: where in our code it was noticed does not matter."""
        if isinstance(excinfo.value, WentOtherwise):
            return f"{self.path}\n{excinfo.value}"
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where it stands."""
        return self.path, 0, self.name


def _named(config: pytest.Config) -> list[Path]:
    return [(config.invocation_params.dir / name).resolve() for name in config.getoption("--dialogue")]


def _tell(done: Done) -> None:
    sys.stdout.write(f"ok {done.number:>4}  {done.words}\n")
