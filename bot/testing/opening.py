"""Opens a chat with a bot of its own, and ends it, for whoever has no test runner at hand."""

import logging
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import structlog

from bot.services.context import Rules
from bot.testing.running import Bot
from bot.testing.talking import Chat

_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder with a name of its own is made in it.


@contextmanager
def chat(
    *,
    transport: httpx.BaseTransport | None = None,
    rules: Callable[[Rules], Rules] = lambda rules: rules,
    **settings: str,
) -> Iterator[Chat]:
    """A chat with a fresh bot in a simulated world, all of which is gone afterwards.

    ``settings`` are those of ``.env``, where the usual ones do not fit: ``chat(BOT_WRITES="off")``. ``transport``
    carries the bot's calls to the provisioning API, ``rules`` changes its delays and limits. One bot runs in a process
    at a time: AnotherBotRuns for a second.
    """
    with few_logs(), passing_folder() as folder:
        bot = Bot(folder, transport=transport, rules=rules, **settings)
        try:
            yield Chat(bot)
        finally:
            bot.close()
            forget_log_levels()


@contextmanager
def passing_folder() -> Iterator[Path]:
    """In memory where that can be had: the bot waits for the disk at each of its many commits."""
    with tempfile.TemporaryDirectory(prefix="bots-", dir=_MEMORY if _MEMORY.is_dir() else None) as folder:
        yield Path(folder)


@contextmanager
def few_logs() -> Iterator[None]:
    """Only what may be the cause of a failure is logged, and plainly, because that is fast."""
    before = structlog.get_config() if structlog.is_configured() else None
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger("warning"),
        processors=[structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback, colors=False)],
    )
    try:
        yield
    finally:
        structlog.reset_defaults()
        if before is not None:
            structlog.configure(**before)


def forget_log_levels() -> None:
    """The durable engine sets the level of its logger for the whole process."""
    logging.getLogger("dbos").setLevel(logging.NOTSET)
