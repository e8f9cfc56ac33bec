"""One more process for what is to be done, without a receiver: it shares a PostgreSQL with those that serve."""

import signal
import threading

from bot import logs
from bot.app import create_app, prepare
from bot.errors import BotError, SettingsError
from bot.operations import catalogue
from bot.policies import load_policy
from bot.serving import PATIENCE
from bot.settings import Settings

_LOOK_EVERY = 5.0


class HandoverStopped(BotError):
    """The process lives but works no more: whoever supervises it shall start it again."""


def work(settings: Settings) -> None:
    """Work until SIGTERM or SIGINT; raises SettingsError for SQLite or a bad policy, and HandoverStopped."""
    if settings.database_url.startswith("sqlite"):
        raise SettingsError(["DATABASE_URL must be postgresql://... for a worker: on SQLite, serve does all the work."])
    load_policy(settings.policy_file, catalogue())
    logs.configure(settings.log_format, secrets=settings.secrets)
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    prepare(settings)
    bot = create_app(settings)
    bot.start()
    try:
        while not ended.wait(_LOOK_EVERY):
            if not bot.engine.alive:
                raise HandoverStopped("The hand-over has stopped. The log says why; start the worker again.")
    finally:
        bot.stop(patience=PATIENCE)
