"""A bot that runs in this process, with its engine and its database, in a simulated world on real sockets."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from dbos import DBOS

from bot.app import Application, create_app, prepare
from bot.engine.queues import API, CLOCK, POSTS
from bot.services.context import Rules
from bot.settings import Settings
from bot.simulator import Simulator
from bot.simulator.server import RunningServer, serve
from bot.webex import registrations

SECRET = "a-webhook-secret-for-tests"
KEY = "a-signing-key-for-tests-0123456789abcdef"
PATIENCE = 15.0


class MovingClock:
    """The time, plus what a test has moved it forward by."""

    def __init__(self) -> None:
        self.offset = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.offset


class Bot:
    """A running bot and the world in which it lives."""

    def __init__(
        self,
        folder: Path,
        *,
        transport: httpx.BaseTransport | None = None,
        rules: Callable[[Rules], Rules] = lambda rules: rules,
        **variables: str,
    ) -> None:
        self.clock = MovingClock()
        self._gate: list[Application] = []
        # Webhooks are posted straight into the receiver: the same bytes and headers, no second server.
        self._sender = httpx.Client(transport=httpx.WSGITransport(self._receive))
        self.simulator = Simulator(sender=self._sender)
        self.server: RunningServer = serve(self.simulator)
        self.people = httpx.Client(base_url=f"{self.server.url}/v1/", trust_env=False, timeout=PATIENCE)
        self._folder = folder
        self._options: dict[str, Any] = {"transport": transport, "rules": rules}
        self.variables = variables
        self.changed = False
        self.application = self._start()
        registrations.ensure(self.application.gateway, public_url="http://bot.localhost", secret=SECRET)

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
                **self.variables,
            }
        )

    def restart(self, **variables: str) -> None:
        """Stop it and start it again on the same files, with other settings if any are named."""
        self._stop()
        # With other settings than it was made with, it is not the bot any more that a later test asks for.
        self.changed = self.changed or bool(variables)
        self.variables = {**self.variables, **variables}
        self.application = self._start()

    def hurry(self) -> None:
        """Let the engine look into inbox and queues now; it does so by itself, but not at once."""
        self.application.engine.wake()
        for queue in (API, POSTS, CLOCK):
            self.application.engine._doorbell.ring(queue)  # noqa: SLF001 - only a test cannot wait.

    def close(self) -> None:
        """Stop everything."""
        self.simulator.faults.clear()
        self._stop()
        self.simulator.close()
        self.people.close()
        self.server.close()
        self._sender.close()

    def _start(self) -> Application:
        prepare(self.settings)
        application = create_app(self.settings, clock=self.clock, **self._options)
        application.start()
        self._gate[:] = [application]
        return application

    def _stop(self) -> None:
        # With any patience at all the engine waits for a second, even when nothing is under way.
        self.application.stop(patience=5 if DBOS.list_workflows(status="PENDING", limit=1) else 0)

    def _receive(self, environ: Any, start_response: Any) -> Any:
        return self._gate[0].flask(environ, start_response)
