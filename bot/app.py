"""The one composition root: settings in, a bot that can be started out."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial

import httpx
import structlog
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from bot import tracking
from bot.broadworks.client import BroadWorksClient
from bot.broadworks.codes import CodeBook
from bot.broadworks.renewal import RenewingTokens
from bot.broadworks.wire import Wire
from bot.dispatch.front import Front
from bot.domain.desk import Clock, Desk
from bot.engine.housekeeping import Housekeeper
from bot.engine.posting import Poster
from bot.engine.receiving import Receiver
from bot.engine.running import Engine, prepare_engine
from bot.engine.workflows import Jobs
from bot.errors import BroadWorksError, StoreUnavailable, WebexError
from bot.operations import catalogue
from bot.renewing import LOOK_EVERY, TokenWatch, renewing_tokens
from bot.ruling import rules_of
from bot.services import recovery
from bot.services.attaching import attached
from bot.services.context import Context, Rules
from bot.services.enterprises import KnownEnterprises
from bot.services.work import Work
from bot.settings import Settings
from bot.signing import Signer
from bot.store import queries, retention
from bot.store.history import StoredHistory, StoredRequests
from bot.store.inbox import Inbox
from bot.store.migrate import migrate
from bot.store.registry import StoredRegistry
from bot.store.session import Database
from bot.store.templates import StoredTemplates
from bot.store.unknown_codes import StoredUnknownCodes
from bot.web.health import create_health
from bot.web.metrics import Counters, create_metrics
from bot.web.problems import answer_briefly
from bot.web.webhooks import create_webhooks
from bot.webex.gateway import Gateway

log = structlog.get_logger(__name__)

_MAX_PAUSE = 60.0
REMIND_EVERY = timedelta(minutes=5)


def utc_now() -> datetime:
    """The time, aware and in UTC."""
    return datetime.now(UTC)


@dataclass
class Application:
    """A bot with everything that it needs; ``flask`` is what a web server serves."""

    flask: Flask
    context: Context
    database: Database
    inbox: Inbox
    engine: Engine
    jobs: Jobs
    gateway: Gateway
    broadworks: BroadWorksClient
    stopping: threading.Event
    learning: timedelta
    token_watch: TokenWatch | None = None
    keepers: list[Housekeeper] = field(init=False)

    def __post_init__(self) -> None:
        self.keepers = [Housekeeper(self._resume, every=REMIND_EVERY)]
        if self.learning:
            self.keepers.append(Housekeeper(self._learn_enterprises, every=self.learning, at_once=True))
        if self.token_watch is not None:
            self.keepers.append(Housekeeper(self.token_watch.look, every=LOOK_EVERY))
        if self.context.rules.audit_days:
            self.keepers.append(Housekeeper(self.shorten_history))

    def start(self) -> None:
        """Take up what was left behind, and begin to work; the database has its newest shape."""
        self.engine.start(self.jobs)
        self._resume(starting=True)
        for keeper in self.keepers:
            keeper.start()
        threading.Thread(target=self._learn_own_name, name="who-am-i", daemon=True).start()
        log.info("the bot is ready", writes=self.context.rules.writes, environment=self.context.rules.environment)

    def stop(self, *, patience: int = 8) -> None:
        """Stop taking up work, wait up to ``patience`` seconds for what is under way, and close everything."""
        self.stopping.set()
        for keeper in self.keepers:
            keeper.stop()
        self.engine.stop(patience=patience)
        self.gateway.close()
        self.broadworks.close()
        if self.token_watch is not None:
            self.token_watch.close()
        self.inbox.close()
        self.database.close()

    def shorten_history(self) -> None:
        """Seal and remove what is older than events are kept."""
        now = self.context.now()
        before = retention.oldest_kept(self.context.rules.audit_days, now=now)
        with self.database.transaction() as session:
            retention.seal(session, before=before, at=now, keys=self.database.keys)

    def _resume(self, *, starting: bool = False) -> None:
        """Ask again for whatever has been forgotten."""
        waiting = self.engine.waiting()
        with self.database.transaction() as session:
            recovery.resume(session, self.context, waiting=waiting, starting=starting)

    def _learn_enterprises(self) -> None:
        """Ask Webex which enterprises there are, so that forms can offer them; without them they are typed."""
        try:
            self.context.enterprises.learn(self.broadworks)
        except BroadWorksError as exc:
            log.warning("Webex does not say which enterprises there are", error=type(exc).__name__)

    def _learn_own_name(self) -> None:
        """Ask Webex who the bot is, so that its own messages need not be kept; until then they are dropped later."""
        pause = 1.0
        while not self.stopping.is_set():
            try:
                me = self.gateway.me()
            except WebexError as exc:
                log.warning("Webex does not say who the bot is", error=type(exc).__name__)
                self.stopping.wait(pause)
                pause = min(2 * pause, _MAX_PAUSE)
            else:
                log.info("the bot knows itself", email=me.email)
                return


def create_app(
    settings: Settings,
    *,
    clock: Clock = utc_now,
    transport: httpx.BaseTransport | None = None,
    rules: Callable[[Rules], Rules] = lambda rules: rules,
) -> Application:
    """Build the bot; ``transport`` stands in for the network to BroadWorks, ``rules`` may change what is set."""
    database = Database(settings.database_url, keys=settings.signing_keys)
    tokens = _tokens(settings, database, clock=clock, transport=transport)
    inbox = Inbox(settings.inbox_url)
    gateway = Gateway(token=settings.webex_token.reveal(), base_url=settings.webex_base_url)
    engine = Engine(database, inbox, clock=clock)
    context = Context(clock, engine.later, catalogue(), rules(rules_of(settings)))
    desk = _desk(settings, database, tokens=tokens, enterprises=context.enterprises, clock=clock, transport=transport)
    signer = Signer(settings.signing_keys)
    work = Work(database, context, desk, engine.owner)
    jobs = Jobs(
        receiver=Receiver(gateway, Front(context, signer, desk.codes), database),
        poster=Poster(gateway, context, signer, database, attach=partial(attached, work)),
        work=work,
    )
    counters = Counters()
    flask = Flask("bot", static_folder=None)
    application = Application(
        flask=flask,
        context=context,
        database=database,
        inbox=inbox,
        engine=engine,
        jobs=jobs,
        gateway=gateway,
        broadworks=desk.broadworks,
        stopping=threading.Event(),
        token_watch=TokenWatch(tokens, database, context) if tokens is not None else None,
        learning=timedelta(minutes=settings.enterprises_minutes),
    )
    answer_briefly(flask)
    flask.register_blueprint(
        create_webhooks(
            inbox=inbox,
            secrets=settings.webhook_secrets,
            on_event=engine.wake,
            counters=counters,
            bot_id=gateway.known_id,
            clock=clock,
        )
    )
    flask.register_blueprint(create_health(lambda: _checks(application)))
    flask.register_blueprint(create_metrics(counters, gauges=lambda: _gauges(application)))
    return application


def prepare(settings: Settings) -> None:
    """Give the database and the inbox their newest shape; raises StoreUnavailable."""
    with usable():
        database = Database(settings.database_url)
        try:
            migrate(database.engine, keys=settings.signing_keys)
            if database.shared:
                prepare_engine(database.url)
        finally:
            database.close()
    inbox = Inbox(settings.inbox_url)
    try:
        inbox.create()
    finally:
        inbox.close()


@contextmanager
def usable() -> Iterator[None]:
    """Say of a database that does not work why; raises StoreUnavailable."""
    try:
        yield
    except (SQLAlchemyError, OSError) as exc:
        raise StoreUnavailable(f"The database cannot be used: {getattr(exc, 'orig', None) or exc}") from exc


@dataclass(frozen=True)
class _Desk(Desk):
    """The desk with the client itself, which must be closed in the end."""

    broadworks: BroadWorksClient


def _tokens(
    settings: Settings, database: Database, *, clock: Clock, transport: httpx.BaseTransport | None
) -> RenewingTokens | None:
    try:
        return renewing_tokens(settings, database, clock=clock, transport=transport)
    except BaseException:
        database.close()
        raise


def _desk(
    settings: Settings,
    database: Database,
    *,
    tokens: RenewingTokens | None,
    enterprises: KnownEnterprises,
    clock: Clock,
    transport: httpx.BaseTransport | None,
) -> _Desk:
    by_hand = settings.broadworks_token
    codes = CodeBook.load(settings.codes_file)
    return _Desk(
        broadworks=BroadWorksClient(
            Wire(
                base_url=settings.broadworks_base_url,
                token=tokens or (by_hand.reveal() if by_hand else ""),
                tracking=lambda: tracking.current() or tracking.new(),
                transport=transport,
                download_hosts=settings.download_hosts,
                now=clock,
            )
        ),
        registry=StoredRegistry(database),
        templates=StoredTemplates(database, now=clock),
        enterprises=enterprises,
        requests=StoredRequests(database),
        history=StoredHistory(database),
        codes=codes,
        unknown_codes=StoredUnknownCodes(database, codes),
        clock=clock,
        region=settings.default_region,
    )


def _checks(application: Application) -> dict[str, str]:
    """Every check of readiness with its problem, or "" where there is none."""
    with application.database.reading() as session:
        failed = queries.count_failures(session)
    parked = application.inbox.counts()["parked"]
    watch = application.token_watch
    return {
        **({"token": watch.problem()} if watch is not None else {}),
        "work": f"work that has failed for good: {failed}" if failed else "",
        "inbox": f"parked events: {parked}" if parked else "",
        "engine": _engine_problem(application),
    }


def _engine_problem(application: Application) -> str:
    if not application.engine.alive:
        return "the hand-over has stopped"
    ended = application.engine.failures()
    return f"workflows that ended in an error: {ended}" if ended else ""


def _gauges(application: Application) -> dict[str, float]:
    counts = application.inbox.counts()
    unknown = len(application.jobs.work.desk.unknown_codes.all())
    return {"codes_unknown": unknown, "inbox_waiting": counts["new"], "inbox_parked": counts["parked"]}
