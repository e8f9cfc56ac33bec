"""Delivers webhooks in the background: in order for each owner, signed, and with the faults that were asked for."""

import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from threading import Event, Thread
from time import perf_counter
from uuid import uuid4

import httpx

from bot.simulator.control.switches import WebhookFaults
from bot.simulator.entities import Change, Webhook
from bot.simulator.inside.sightings import Sent, key_of
from bot.simulator.webex.signing import signatures
from bot.simulator.webex.subscriptions import concerns, envelope
from bot.simulator.world import World

# So many failures in so many seconds switch a webhook off.
WINDOW = 300
FAILURES = 100
# Deliveries that are to be reordered wait so long for the others.
_GATHER = 2.0
_CLOSING = 2.0


@dataclass
class Counts:
    sent: int = 0
    failed: int = 0
    dropped: int = 0


@dataclass(frozen=True)
class Parcel:
    webhook: Webhook
    body: bytes
    about: str
    key: str
    echo: bool
    """The owner has done by itself what it hears of."""


class Deliveries:
    """One queue and one thread for each owner of webhooks, started when first needed."""

    def __init__(
        self,
        world: World,
        sender: httpx.Client,
        faults: WebhookFaults,
        *,
        tell: Callable[[Sent], None] = lambda _: None,
    ) -> None:
        self.counts = Counts()
        self._tell = tell
        self._world = world
        self._sender = sender
        self._faults = faults
        self._queues: dict[str, deque[Parcel]] = {}
        self._threads: list[Thread] = []
        self._open = 0
        self._echoes = 0
        self._closed = Event()
        world.listen(self._take)

    @property
    def waiting(self) -> int:
        """Deliveries that are queued or on their way."""
        return self._open

    @property
    def news(self) -> int:
        """How many of them tell somebody what others have done."""
        return self._open - self._echoes

    def wait_idle(self, timeout: float) -> None:
        with self._world.lock:
            if not self._world.changed.wait_for(lambda: not self._open, timeout):
                raise TimeoutError(f"{self._open} webhook deliveries are still under way.")

    def close(self) -> None:
        """What is still queued is lost."""
        self._closed.set()
        self._world.touch()
        for thread in self._threads:
            thread.join(_CLOSING)

    def _take(self, change: Change) -> None:
        for webhook in list(self._world.webhooks.values()):
            if concerns(webhook, change) and not self._closed.is_set():
                body = json.dumps(envelope(webhook, change)).encode()
                key = key_of(change.resource, change.event, change.data)
                echo = change.actor == webhook.owner
                parcel = Parcel(webhook, body, about=f"{change.resource}/{change.event}", key=key, echo=echo)
                self._queue(webhook.owner.id).append(parcel)
                self._open += 1
                self._echoes += echo

    def _queue(self, owner: str) -> deque[Parcel]:
        if owner not in self._queues:
            self._queues[owner] = deque()
            thread = Thread(target=self._work, args=(self._queues[owner],), name="webhooks", daemon=True)
            self._threads.append(thread)
            thread.start()
        return self._queues[owner]

    def _work(self, queue: deque[Parcel]) -> None:
        while parcels := self._next(queue):
            for parcel in parcels:
                try:
                    self._deliver(parcel)
                finally:
                    with self._world.lock:
                        self._open -= 1
                        self._echoes -= parcel.echo
                        self._world.touch()

    def _next(self, queue: deque[Parcel]) -> list[Parcel]:
        """The next to send: one, or several to reorder. None when all is closed."""
        changed, faults = self._world.changed, self._faults
        with self._world.lock:
            changed.wait_for(lambda: self._closed.is_set() or (queue and not faults.hold))
            if faults.reorder > 1:
                changed.wait_for(lambda: self._closed.is_set() or len(queue) >= faults.reorder, _GATHER)
            if self._closed.is_set():
                return []
            count = min(max(faults.reorder, 1), len(queue))
            faults.reorder = 0
            return [queue.popleft() for _ in range(count)][::-1]

    def _deliver(self, parcel: Parcel) -> None:
        with self._world.lock:
            lost = self._faults.drop > 0
            copies, delay = self._faults.duplicate + 1, self._faults.delay
            legacy_only = self._faults.legacy_signature
            if lost:
                self._faults.drop -= 1
                self.counts.dropped += 1
            else:
                self._faults.used()
                self._world.touch()
        if lost:
            self._tell(Sent(parcel.about, parcel.key, lost=True))
            return
        for number in range(copies):
            if self._closed.wait(delay) if delay else self._closed.is_set():
                return
            sent = self._send(parcel, legacy_only=legacy_only)
            self._tell(replace(sent, copy=number + 1, copies=copies))

    def _send(self, parcel: Parcel, *, legacy_only: bool) -> Sent:
        tracking_id = f"ROUTER_{str(uuid4()).upper()}"
        headers = {
            "Content-Type": "application/json;charset=UTF-8",
            "User-Agent": "SparkWebhook/1.0",
            "TrackingID": tracking_id,
            **signatures(parcel.webhook.secret, parcel.body, legacy_only=legacy_only),
        }
        began = perf_counter()
        try:
            answer = self._sender.post(parcel.webhook.target_url, content=parcel.body, headers=headers)
            arrived, status, failure = answer.is_success, answer.status_code, None
        except Exception as exc:  # noqa: BLE001 - whatever breaks at the receiver's end, the next delivery must go out.
            arrived, status, failure = False, None, type(exc).__name__
        with self._world.lock:
            self._count(parcel.webhook, arrived=arrived)
        seconds = round(perf_counter() - began, 4)
        return Sent(parcel.about, parcel.key, tracking_id, status=status, seconds=seconds, failure=failure)

    def _count(self, webhook: Webhook, *, arrived: bool) -> None:
        if arrived:
            self.counts.sent += 1
            webhook.fragile = False
            return
        self.counts.failed += 1
        now = self._world.clock.now()
        webhook.failures.append(now)
        while now - webhook.failures[0] > timedelta(seconds=WINDOW):
            webhook.failures.popleft()
        if webhook.active and (webhook.fragile or len(webhook.failures) >= FAILURES):
            webhook.active, webhook.fragile, webhook.disabled_at = False, False, now
