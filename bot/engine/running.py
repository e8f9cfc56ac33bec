"""The engine as one thing: opened with the database, started with its jobs, stopped with patience."""

import logging
from datetime import timedelta

from dbos import DBOS, DBOSClient, DBOSPortableJSONSerializer, SetWorkflowID, SQLAlchemyDatasource

from bot.domain.desk import Clock
from bot.engine import workflows
from bot.engine.delays import bring_nearer
from bot.engine.doorbell import Doorbell
from bot.engine.handover import Handover
from bot.engine.housekeeping import Housekeeper, tidy
from bot.engine.later import EngineLater, ring_on_commit, subject
from bot.engine.queues import QUEUE_OF, register_queues
from bot.engine.rollcall import RollCall
from bot.engine.workflows import Isolation, Jobs, run_receive
from bot.store.inbox import Inbox, InboxRow
from bot.store.session import Database

NAME = "webex-broadworks-bot"
VERSION = "bot-1"
"""Constant on purpose: the engine's own default changes with the code and would strand waiting work on an upgrade."""

EXECUTOR = "bot"
"""On SQLite exactly one process runs the engine, so its slot has one name, under which it finds what it left.

On PostgreSQL each process has a name of its own, and the others find what it left.
"""

CONNECTIONS = {"sqlite": 100, "postgresql": 12}
"""Of the engine: to SQLite more than there are threads, to a PostgreSQL that serves several processes not too many.

Before it commits, a transaction of ours asks the engine whether it still owns its workflow. If all of the engine's
connections were waiting for SQLite's lock that this transaction holds, both would wait until one of them times out.
"""


class Engine:
    """Everything durable: ``later`` for the use cases, the hand-over for the inbox.

    ``owner`` is this very process, and no other, ever: whoever takes events from the inbox.
    """

    def __init__(self, database: Database, inbox: Inbox, *, clock: Clock) -> None:
        self.owner = inbox.owner
        self._database = database
        self._inbox = inbox
        self._clock = clock
        self._client = DBOSClient(
            system_database_url=database.url,
            serializer=DBOSPortableJSONSerializer(),
            application_name=NAME,
            lazy=True,
        )
        self._doorbell = Doorbell()
        self.later = EngineLater(self._client, clock=clock)
        ring_on_commit(database.sessions, self._doorbell.ring)
        self._handover: Handover | None = None
        self._housekeeper = Housekeeper(self.tidy)
        self._roll_call: RollCall | None = None
        if database.shared:
            self._roll_call = RollCall(database, name=self.owner, release=inbox.release, then=self.hurry)

    def start(self, jobs: Jobs) -> None:
        """Launch the engine, take up what was left behind, and begin to hand over."""
        if self._roll_call is not None:
            self._roll_call.arrive()
        DBOS(
            config={
                "name": NAME,
                "system_database_url": self._database.url,
                "application_version": VERSION,
                "executor_id": self.owner if self._database.shared else EXECUTOR,
                "serializer": DBOSPortableJSONSerializer(),
                "sys_db_pool_size": CONNECTIONS[self._database.engine.dialect.name],
                "log_level": "WARNING",
                # Nothing here is notified; a look costs nothing, and the engine's end waits for the next one.
                "notification_listener_polling_interval_sec": 0.1,
            }
        )
        _adopt_logger()
        datasource = SQLAlchemyDatasource.create(
            self._database.url,
            engine=self._database.engine,
            serializer=DBOSPortableJSONSerializer(),
            sessionmaker=self._database.unbound_sessions,
        )
        ring_on_commit(self._database.unbound_sessions, self._doorbell.ring)
        # Who waited for his turn must see what was done in it, and nobody else writes in it: so no more is needed.
        isolation: Isolation = "READ COMMITTED" if self._database.shared else "SERIALIZABLE"
        receive = workflows.register(jobs, datasource, ring=self._doorbell.ring, isolation=isolation)
        self._doorbell.silence_own_pollers()
        DBOS.launch()
        for queue in register_queues():
            self._doorbell.serve(queue)

        def start(workflow_id: str, row: InboxRow) -> None:
            with SetWorkflowID(workflow_id):
                run_receive(receive, row)

        self._handover = Handover(self._inbox, start=start, clock=self._clock)
        if self._roll_call is not None:
            self._roll_call.start()
        self._handover.start()
        self._housekeeper.start()

    def wake(self) -> None:
        """There is something in the inbox."""
        if self._handover is not None:
            self._handover.wake()

    def hurry(self) -> None:
        """Look into the inbox and all queues now; the engine does so by itself, but not at once."""
        self.wake()
        self._doorbell.ring_all()

    def sooner(self, by: timedelta) -> None:
        """The clock was put forward: what was put off comes nearer by as much, and what is due begins at once."""
        bring_nearer(by=by)
        self.hurry()

    def resting(self, queue: str | None = None) -> bool:
        """Nothing waits in the inbox, and nothing that is due waits or is under way, in all queues or in one."""
        busy = DBOS.list_workflows(
            status=["ENQUEUED", "PENDING"], queue_name=queue, limit=1, load_input=False, load_output=False
        )
        return not busy and not self._inbox.counts()["new"]

    def stop(self, *, patience: int = 8) -> None:
        """Start nothing new and wait up to ``patience`` seconds for what is under way; the rest is found later."""
        if self._handover is not None:
            self._housekeeper.stop()
            self._handover.stop(timeout=patience)
            self._doorbell.stop()
            if self._roll_call is not None:
                self._roll_call.stop()
            DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=patience)
            if self._roll_call is not None:
                self._roll_call.leave()
        self._client.destroy()

    @property
    def alive(self) -> bool:
        """What comes in is being handed over, unless the engine has not been started yet."""
        return self._handover is None or self._handover.alive

    def waiting(self) -> set[tuple[str, int]]:
        """The jobs that are still to be done or are being done, as kind and row."""
        found = DBOS.list_workflows(
            status=["ENQUEUED", "DELAYED", "PENDING"], load_input=False, load_output=False, name=list(QUEUE_OF)
        )
        keys = (each.workflow_id.partition(":") for each in found)
        return {(kind, int(subject(key))) for kind, _, key in keys}

    def failures(self) -> int:
        """How many workflows have ended in an error of which no row knows."""
        ended = ["ERROR", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
        return len(DBOS.list_workflows(status=ended, limit=100, load_input=False, load_output=False))

    def tidy(self) -> int:
        """Throw away what is finished."""
        return tidy(self._inbox, clock=self._clock)


def prepare_engine(url: str) -> None:
    """Give the engine's own tables their newest shape, so that no process of many has to do it at its start."""
    DBOS.migrate(url)
    SQLAlchemyDatasource.migrate(url)


def _adopt_logger() -> None:
    """The engine's own log lines go the way of all others."""
    logger = logging.getLogger("dbos")
    logger.handlers.clear()
    logger.propagate = True
