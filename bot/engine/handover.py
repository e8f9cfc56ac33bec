"""From the inbox to the workflows: in order, one at a time per space and person, woken at once."""

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.domain.desk import Clock
from bot.errors import BotError, WebexBusy, WebexUnreachable
from bot.store.inbox import Inbox, InboxRow

log = structlog.get_logger(__name__)

PAUSES = (
    timedelta(seconds=1),
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
)
MAX_LOADED = 1000
HORIZON = timedelta(hours=1)
"""Longer than any pause: what an earlier process had put off is tried at once, so that nothing overtakes it."""

POLL = timedelta(seconds=5)
WORKERS = 32


GIVE_UP_AFTER = timedelta(days=1)
"""How long an event waits for a Webex that does not answer, or does not let the bot in."""


class EventFailed(Exception):
    """An event could not be handled and can be tried again; the text is fit to be kept."""


@dataclass
class _Lane:
    """The events of one person in one space; the first is being worked on, or waits until ``not_before``.

    ``turn`` counts how often the first was tried here: a workflow keeps its id and its result, so each try has its own.
    """

    rows: deque[InboxRow] = field(default_factory=deque)
    busy: bool = False
    turn: int = 0
    not_before: datetime | None = None


class Handover:
    """One thread that reads the inbox, and a pool that runs each event's workflow to its end.

    ``start`` runs the workflow of one row under an id, and raises what the workflow raised.
    """

    def __init__(self, inbox: Inbox, *, start: Callable[[str, InboxRow], None], clock: Clock) -> None:
        self._inbox = inbox
        self._start = start
        self._clock = clock
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._lanes: dict[tuple[str, str], _Lane] = {}
        self._loaded: set[int] = set()
        self._seen = 0
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="receive")
        self._thread = threading.Thread(target=self._run, name="handover", daemon=True)

    def start(self) -> None:
        """Begin, with what was left behind."""
        self._thread.start()

    def wake(self) -> None:
        """There is something in the inbox."""
        self._wake.set()

    def stop(self, timeout: float) -> None:
        """Start nothing new, and wait for what is being worked on."""
        self._stopping.set()
        self._wake.set()
        self._thread.join(timeout)
        self._pool.shutdown(wait=True, cancel_futures=True)

    @property
    def alive(self) -> bool:
        """Its thread runs."""
        return self._thread.is_alive()

    @property
    def idle(self) -> bool:
        """Nothing is loaded and nothing is being worked on."""
        with self._lock:
            return not self._lanes and not self._wake.is_set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            pause = POLL
            try:
                pause = self._step()
            except Exception:
                # The disk may be full or locked, or no thread to be had: what is in the inbox stays there until then.
                log.exception("the hand-over cannot go on")
            if not self._wake.wait(pause.total_seconds()):
                # Nobody woke it: look at all that waits, as a parked row may have been put back among older ones.
                self._seen = 0
            self._wake.clear()

    def _step(self) -> timedelta:
        """Load what has come, start what is due; returns how long to wait for the next due one."""
        now = self._clock()
        with self._lock:
            room = MAX_LOADED - len(self._loaded)
        rows = self._inbox.waiting(room, now=now + HORIZON, after=self._seen) if room > 0 else []
        with self._lock:
            for row in rows:
                self._seen = max(self._seen, row.sequence)
                if row.sequence in self._loaded:
                    continue
                self._loaded.add(row.sequence)
                lane = self._lanes.setdefault((row.envelope.room_id, row.envelope.person_id), _Lane())
                lane.rows.append(row)
            waits = [self._advance(key, now) for key in list(self._lanes)]
        return min([POLL, *(wait for wait in waits if wait is not None)])

    def _advance(self, key: tuple[str, str], now: datetime) -> timedelta | None:
        """Start the first event of a lane unless it must wait; returns for how long."""
        lane = self._lanes[key]
        if lane.busy or not lane.rows:
            return None
        if lane.not_before is not None and lane.not_before > now:
            return lane.not_before - now
        self._pool.submit(self._work, key, lane.rows[0], lane.turn)
        lane.busy, lane.not_before = True, None
        return None

    def _work(self, key: tuple[str, str], row: InboxRow, turn: int) -> None:
        try:
            again = self._hand_over(row, turn)
        except BotError:
            # The row could not be marked. Its workflow keeps its result, so the same one is asked again, harmlessly.
            log.exception("the inbox cannot be written")
            again, turn = self._clock() + PAUSES[0], turn - 1
        with self._lock:
            lane = self._lanes[key]
            lane.busy, lane.not_before, lane.turn = False, again, turn + 1
            if again is None:
                self._loaded.discard(lane.rows.popleft().sequence)
                lane.turn = 0
            if not lane.rows:
                del self._lanes[key]
        self._wake.set()

    def _hand_over(self, row: InboxRow, turn: int) -> datetime | None:
        """Run one event's workflow; returns when to try again, or None when it is through with."""
        try:
            # What was tried under an earlier process has its results under the ids of those turns.
            self._start(f"{row.envelope.key}#{row.tries + turn}", row)
        except WebexBusy as exc:
            return self._put_off(row, timedelta(seconds=exc.retry_after))
        except WebexUnreachable as exc:
            if self._clock() - row.received_at > GIVE_UP_AFTER:
                return self._failed(row, exc, turn=turn)
            return self._put_off(row, _pause(turn))
        except Exception as exc:  # noqa: BLE001 - whatever it is, the event is tried again or parked, and told.
            return self._failed(row, exc, turn=turn)
        self._inbox.done(row.sequence)
        return None

    def _put_off(self, row: InboxRow, pause: timedelta) -> datetime:
        """It must wait through no fault of its own."""
        until = self._clock() + pause
        self._inbox.postponed(row.sequence, try_at=until)
        return until

    def _failed(self, row: InboxRow, exc: Exception, *, turn: int) -> datetime | None:
        until = self._clock() + _pause(turn)
        error = str(exc) if isinstance(exc, EventFailed) else type(exc).__name__
        parked = self._inbox.failed(row.sequence, error=error, try_at=until)
        log.warning(
            "an event could not be handed over",
            error=error,
            turn=turn,
            parked=parked,
            tracking_id=row.tracking_id,
        )
        return None if parked else until


def _pause(turn: int) -> timedelta:
    """Longer each time."""
    return PAUSES[min(turn, len(PAUSES) - 1)]
