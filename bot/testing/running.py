"""A bot that runs in this process, with its engine and its database, in a simulated world on real sockets."""

import threading
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from bot.app import Application, create_app, prepare
from bot.errors import BotError
from bot.services.context import Rules
from bot.settings import Settings
from bot.simulator import Simulator
from bot.simulator.server import RunningServer, serve
from bot.webex import registrations

SECRET = "a-webhook-secret-for-tests"  # noqa: S105 - it protects nothing but a simulated world.
KEY = "a-signing-key-for-tests-0123456789abcdef"
PATIENCE = 15.0
"""Seconds that a test waits for what the bot should do; it takes a fraction of one unless something is wrong."""

# The durable engine is one per process, whoever opens it.
_the_one = threading.Lock()


class AnotherBotRuns(BotError):
    """A second bot was to be started in a process that has one."""

    def __init__(self) -> None:
        super().__init__(
            "A bot runs in this process already, and its durable engine allows no second one. Close the first chat"
            " before you open the next (one after the other is fine), or open this one in a process of its own."
        )


class MovingClock:
    """The time, plus what a test has moved it forward by."""

    def __init__(self) -> None:
        self.offset = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.offset


class Bot:
    """A running bot and the world in which it lives.

    It keeps its database in ``folder``. ``variables`` are settings by name, as in ``.env``. ``transport`` carries its
    calls to the provisioning API, ``rules`` changes its delays and limits.
    """

    def __init__(
        self,
        folder: Path,
        *,
        transport: httpx.BaseTransport | None = None,
        rules: Callable[[Rules], Rules] = lambda rules: rules,
        **variables: str,
    ) -> None:
        self.clock = MovingClock()
        self.variables = variables
        self.changed = False
        """It is not the bot any more that was asked for, so no other test may have it."""
        self._folder = folder
        self._options: dict[str, Any] = {"transport": transport, "rules": rules}
        self._gate: list[Application] = []
        with ExitStack() as stack:
            self._open(stack)
            # From here on it is whole, and `close` ends it.
            self._stack = stack.pop_all()

    @property
    def settings(self) -> Settings:
        """The settings that it runs with."""
        return Settings.read(
            {
                "WEBEX_TEAMS_ACCESS_TOKEN": self.simulator.bot.token,
                "WEBEX_BASE_URL": f"{self.server.url}/v1/",
                "WEBEX_WEBHOOK_SECRET": SECRET,
                "BROADWORKS_BASE_URL": f"{self.server.url}/v1/",
                "BROADWORKS_ACCESS_TOKEN": self.simulator.broadworks_token,
                "DATABASE_URL": f"sqlite:///{self._folder}/bot.sqlite",
                "BOT_SECRET_KEYS": KEY,
                "BOT_ALLOWED_DOMAINS": "example.com",
                "BOT_ADMINS": "cleo@example.com",
                "BOT_ENVIRONMENT": "test",
                # What nobody in a test has asked for would count among the calls that it compares.
                "BOT_ENTERPRISES_MINUTES": "0",
                **self.variables,
            }
        )

    def restart(self, **variables: str) -> None:
        """Stop it and start it again on the same files, with other settings if any are named."""
        self._stop()
        self.changed = self.changed or bool(variables)
        self.variables = {**self.variables, **variables}
        self.application = self._start()

    def forward(self, by: timedelta) -> None:
        """Let time pass at once: its clock moves, and what is due by then begins."""
        self.clock.offset += by
        self.simulator.clock.forward(by.total_seconds())
        self.application.engine.sooner(by)

    def hurry(self) -> None:
        """Let it look for work now; it does so by itself, but not at once."""
        self.application.engine.hurry()

    def close(self) -> None:
        """Stop everything."""
        self._stack.close()

    def _open(self, stack: ExitStack) -> None:
        if not _the_one.acquire(blocking=False):
            raise AnotherBotRuns
        stack.callback(_the_one.release)
        # Webhooks are posted straight into the receiver: the same bytes and headers, no second server.
        sender = stack.enter_context(httpx.Client(transport=httpx.WSGITransport(self._receive)))
        self.simulator = Simulator(sender=sender)
        self.server: RunningServer = serve(self.simulator)
        stack.callback(self.server.close)
        self.people = stack.enter_context(
            httpx.Client(base_url=f"{self.server.url}/v1/", trust_env=False, timeout=PATIENCE)
        )
        stack.callback(self.simulator.close)
        self.application = self._start()
        stack.callback(self._stop)
        # Whoever hangs in a fault must be let go, or the bot would wait for its answer.
        stack.callback(self.simulator.faults.clear)
        registrations.ensure(self.application.gateway, public_url="http://bot.localhost", secret=SECRET)

    def _start(self) -> Application:
        prepare(self.settings)
        application = create_app(self.settings, clock=self.clock, **self._options)
        application.start()
        self._gate[:] = [application]
        return application

    def _stop(self) -> None:
        # With any patience at all the engine waits for a second, even when nothing is under way.
        self.application.stop(patience=0 if self.application.engine.resting() else 5)

    def _receive(self, environ: Any, start_response: Any) -> Any:
        return self._gate[0].flask(environ, start_response)
