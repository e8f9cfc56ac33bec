"""Serve the bot: receiver and engine in one process, supervised by gunicorn's own."""

import socket
import struct
import sys
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from gunicorn.app.base import BaseApplication

from bot import logs
from bot.app import Application, create_app, prepare, utc_now
from bot.domain.desk import Clock
from bot.errors import BotError
from bot.instance import only_instance
from bot.operations import catalogue
from bot.policies import load_policy
from bot.settings import Settings

PATIENCE = 7
"""Seconds that work under way has at the end; what takes longer is taken up again at the next start.

With what it takes to end besides, that stays below the ten seconds after which containers are usually killed.
"""

TAKE_OVER = 15.0
"""Seconds to wait for the lock: a process that lost its supervisor needs a moment to notice and to end."""

THREADS = 32
READ_WITHIN = 5
"""Seconds in which more of a request must come: gunicorn's threads would wait for ever, and a few callers fill them."""

_GIVE_UP = 4
"""Gunicorn's own exit status for a worker that must not be started again."""


class Server(BaseApplication):
    """One gunicorn worker with threads; the bot is built in it, after the fork, and given to ``when_started``."""

    def __init__(
        self,
        settings: Settings,
        *,
        take_over: float = TAKE_OVER,
        clock: Clock = utc_now,
        when_started: Callable[[Application], None] = lambda _application: None,
    ) -> None:
        self._settings = settings
        self._take_over = take_over
        self._clock = clock
        self._when_started = when_started
        self._bot: Application | None = None
        self._held = ExitStack()
        super().__init__()

    def load_config(self) -> None:
        """Everything is set here; gunicorn's own variables and files are not read."""
        values = {
            "bind": f"{self._settings.host}:{self._settings.port}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": THREADS,
            "when_ready": _limit_reading,
            "timeout": 60,
            "graceful_timeout": PATIENCE + 1,
            "proc_name": "webex-broadworks-bot",
            "post_worker_init": lambda _worker: self._start(),
            "worker_exit": lambda _arbiter, _worker: self._stop(),
            "accesslog": None,
            "control_socket_disable": True,
        }
        for name, value in values.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Build the bot; called in the worker."""
        logs.configure(self._settings.log_format, secrets=self._settings.secrets)
        try:
            self._bot = self._build()
        except (BotError, OSError) as exc:
            # Whoever started it can do something about it; a traceback would hide what.
            sys.stderr.write(f"{exc}\n")
            sys.exit(_GIVE_UP)
        return self._bot.flask

    def _build(self) -> Application:
        self._held.enter_context(only_instance(self._settings.database_url, wait=self._take_over))
        prepare(self._settings)
        return create_app(self._settings, clock=self._clock)

    def _start(self) -> None:
        if self._bot is not None:
            self._bot.start()
            self._when_started(self._bot)

    def _stop(self) -> None:
        if self._bot is not None:
            self._bot.stop(patience=PATIENCE)
        self._held.close()


def _limit_reading(arbiter: Any) -> None:
    """Connections take this over from the socket on which they are accepted."""
    for listener in arbiter.LISTENERS:
        listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", READ_WITHIN, 0))


def serve(
    settings: Settings,
    *,
    take_over: float = TAKE_OVER,
    clock: Clock = utc_now,
    when_started: Callable[[Application], None] = lambda _application: None,
) -> None:
    """Serve until SIGTERM or SIGINT; wait ``take_over`` seconds at most for another process to end.

    Raises SettingsError for a policy that cannot be used.
    """
    # Before anything is started: what is wrong with it ends the command with the words of what is to be put right.
    load_policy(settings.policy_file, catalogue())
    Server(settings, take_over=take_over, clock=clock, when_started=when_started).run()
