"""Puts the simulated services together, as one Flask application over one state."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self, TypeVar

import httpx
from flask import Flask, Response, jsonify, request
from flask.json.provider import DefaultJSONProvider
from werkzeug.exceptions import HTTPException

from bot.simulator import strict
from bot.simulator.calls import Calls
from bot.simulator.clock import Clock
from bot.simulator.control.faults import Faults
from bot.simulator.control.routes import create_control
from bot.simulator.control.stage import Stage
from bot.simulator.control.steering import BotProcess, Steering
from bot.simulator.control.switches import CardEdits, Switches, WebhookFaults
from bot.simulator.control.timers import Timers
from bot.simulator.dialogues.recorder import Recorder
from bot.simulator.dialogues.recording import create_recording
from bot.simulator.entities import Person
from bot.simulator.feed import Feed
from bot.simulator.gallery import create_gallery
from bot.simulator.gate import PREFIX, TRACKING_ID, Gate, sealed
from bot.simulator.inside.routes import HINT, create_inside
from bot.simulator.inside.trace import Trace
from bot.simulator.inside.witness import Witness
from bot.simulator.oauth.grants import Grants
from bot.simulator.oauth.routes import SignInCall
from bot.simulator.oauth.routes import api as oauth
from bot.simulator.play import create_play
from bot.simulator.problems import Problem, text_of
from bot.simulator.provisioning.app import blueprints as provisioning_blueprints
from bot.simulator.provisioning.records import BroadWorks
from bot.simulator.provisioning.report_routes import create_files
from bot.simulator.seed import seed
from bot.simulator.tour.tour import Tour, create_tour
from bot.simulator.webex.app import blueprints as webex_blueprints
from bot.simulator.webex.delivery import Deliveries
from bot.simulator.world import World

T = TypeVar("T")

BROADWORKS_TOKEN = "play-broadworks-token"  # noqa: S105 - it opens nothing but the simulator.
_WEBHOOK_SECONDS = 10.0


class Simulator:
    """Webex and Webex for BroadWorks in memory, with everything that can go wrong with them.

    `clock` gives aware times; `sender` delivers webhooks and stays the caller's to close; `goldens` is a
    folder of cards for the gallery.
    """

    def __init__(
        self,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        sender: httpx.Client | None = None,
        bot_process: BotProcess | None = None,
        card_edits: CardEdits = "real",
        goldens: Path | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.clock = Clock(clock)
        self.bot_process = bot_process
        self._goldens = goldens
        self.broadworks_token = BROADWORKS_TOKEN
        self.switches = Switches(card_edits=card_edits)
        self.webhook_faults = WebhookFaults()
        self.world = World(self.clock)
        self.bot, self._rooms = seed(self.world)
        self.grants = Grants(self.clock, self.switches, simple=BROADWORKS_TOKEN)
        self.broadworks = BroadWorks(self.clock, self.switches, expect=self._expect)
        self.feed = Feed()
        self.timers = Timers(monotonic, lock=self.world.lock)
        self.faults = Faults(lambda: self._went_wrong("faults"), self.timers)
        self.trace = Trace(lambda: self.feed.hint(HINT))
        self.witness = Witness(self.trace, world=self.world, bot=self.bot, now=clock)
        self.calls = Calls(self.world.touch, tell=self.witness.called)
        self._sender = sender or httpx.Client(trust_env=False, timeout=_WEBHOOK_SECONDS)
        self._owns_sender = sender is None
        self.world.listen(self.witness.changed)
        self.deliveries = Deliveries(self.world, self._sender, self.webhook_faults, tell=self.witness.delivered)
        self.world.listen(self.feed.take)
        self.feed.overhear(self.witness.announced)
        self.stage = Stage(
            faults=self.faults,
            switches=self.switches,
            webhooks=self.webhook_faults,
            timers=self.timers,
            lock=self.world.lock,
        )
        self.switches.listen(lambda: self._went_wrong("switches"))
        self.webhook_faults.listen(lambda: self._went_wrong("webhooks"))
        self.steering = Steering(lambda: self.bot_process, lambda data: self.feed.announce("bot", data))
        self.tour = Tour(self)
        self.recorder = Recorder(self)
        self.app = self._create_app()

    @property
    def people(self) -> dict[str, Person]:
        """Everybody but the bot, by key ("ann")."""
        with self.world.lock:
            return {person.key: person for person in self.world.people.values() if person != self.bot}

    @property
    def spaces(self) -> dict[str, str]:
        """The ids of the seeded spaces: "support", and each person's 1:1 space with the bot by the person's key."""
        return {name: room.id for name, room in self._rooms.items()}

    def wait_idle(self, timeout: float = 10.0) -> None:
        """Returns when no webhook is queued or on its way; TimeoutError if that takes too long."""
        self.deliveries.wait_idle(timeout)

    def wait_for(self, predicate: Callable[[], T], timeout: float = 10.0) -> T:
        """The first true value of `predicate`, tried again at each change of the simulator's state.

        It is called without the lock, so it may call the API. TimeoutError if it stays false.
        """
        deadline = time.monotonic() + timeout
        while True:
            with self.world.lock:
                seen = self.world.version
            value = predicate()
            if value:
                return value
            if not self.world.wait_beyond(seen, deadline - time.monotonic()):
                raise TimeoutError(f"Nothing of the kind happened in {timeout} seconds.")

    def let_go(self) -> None:
        """Ends the open event streams and the waiting of calls that hang now; pages and calls may come back."""
        self.feed.disconnect()
        self.faults.let_go()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends its threads, lets go of hanging calls and closes open event streams."""
        self.timers.close()
        self.faults.close()
        self.feed.close()
        self.deliveries.close()
        if self._owns_sender:
            self._sender.close()

    def _went_wrong(self, kind: str) -> None:
        """Something goes wrong now, or does not any more: those who wait and the open pages hear of it."""
        self.grants.follow()
        self.stage.tidy()
        self.world.touch()
        self.feed.announce("fault", {"kind": kind})

    def _expect(self, subscriber_id: str, seconds: float) -> None:
        """Those who wait and the open pages hear of it when the work on a subscriber ends."""

        def ended() -> None:
            self.world.touch()
            self.feed.announce("subscriber", {"kind": "changed", "id": subscriber_id})

        self.timers.plan(f"subscriber {subscriber_id}", ended, seconds=seconds)

    def _create_app(self) -> Flask:
        # Here because `python -m bot.simulator.renderer` must be able to run a module that the page imports.
        from bot.simulator.page import create_page  # noqa: PLC0415

        app = Flask(__name__, static_folder=None)
        app.json = _InOrder(app)
        app.after_request(sealed)
        app.register_error_handler(Problem, _refused)
        app.register_error_handler(HTTPException, _refused_by_flask)
        for blueprint in webex_blueprints(self.world, self.switches, elsewhere=self.grants.knows):
            app.register_blueprint(blueprint, url_prefix=PREFIX)
        for blueprint in provisioning_blueprints(
            self.broadworks,
            self.switches,
            self.world.lock,
            lets_in=self.grants.lets_in,
            is_somebody=lambda token: self.world.person_with(token=token) is not None,
        ):
            app.register_blueprint(blueprint, url_prefix=PREFIX)
        app.register_blueprint(create_files(self.broadworks, self.switches, self.world.lock))
        app.register_blueprint(oauth.blueprint(lambda: SignInCall(self.grants), self.world.lock), url_prefix=PREFIX)
        control = create_control(self)
        self.recorder.watch(control)
        app.register_blueprint(control)
        app.register_blueprint(create_play(self.world, self.feed, self.bot))
        app.register_blueprint(create_inside(self))
        app.register_blueprint(create_tour(self.tour))
        app.register_blueprint(create_recording(self, self.recorder))
        app.register_blueprint(create_page(self))
        app.register_blueprint(create_gallery(self._goldens))
        gate = Gate(app.wsgi_app, faults=self.faults, calls=self.calls, tell=self.world.stamp, identify=self._identify)
        app.wsgi_app = gate  # type: ignore[method-assign] # The way that Flask documents for middleware.
        return app

    def _identify(self, token: str) -> str | None:
        if self.grants.knows(token):
            return "broadworks"
        person = self.world.person_with(token=token) if token else None
        return person.key if person else None


class _InOrder(DefaultJSONProvider):
    """Answers keep the order in which their fields are written."""

    sort_keys = False

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """ValueError, which becomes a 400, also for what would break whoever reads it later."""
        return strict.read(s, **kwargs)


def _refused(problem: Problem) -> tuple[Response, int]:
    response = jsonify(problem.envelope(request.environ.get(TRACKING_ID, "")))
    if problem.retry_after is not None:
        response.headers["Retry-After"] = f"{problem.retry_after:.0f}"
    return response, problem.status


def _refused_by_flask(exc: HTTPException) -> tuple[Response, int] | HTTPException:
    """An unknown path or a wrong method. The page's own 404s stay those of Flask."""
    if not request.path.startswith(f"{PREFIX}/"):
        return exc
    status = exc.code or 500
    return _refused(Problem(status, text_of(status)))
