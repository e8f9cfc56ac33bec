"""The receiver with a real inbox, and signed deliveries to throw at it."""

import hmac
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from bot.store.inbox import Inbox
from bot.web.health import create_health
from bot.web.metrics import Counters, create_metrics
from bot.web.problems import answer_briefly
from bot.web.webhooks import create_webhooks

SECRET, PREVIOUS = "the-secret-of-today", "the-secret-of-yesterday"
NOW = datetime(2026, 7, 9, 14, 13, tzinfo=UTC)


def delivery(**data: Any) -> dict[str, Any]:
    """A message of Ann's, as it is delivered."""
    facts = {"id": "m1", "roomId": "support", "roomType": "group", "personId": "ann", "personEmail": "ann@example.com"}
    return {"id": "hook", "resource": "messages", "event": "created", "actorId": "ann", "data": facts | data}


def signed(raw: bytes, secret: str = SECRET) -> dict[str, str]:
    """The headers with which Webex delivers it."""
    digest = hmac.new(secret.encode(), raw, "sha256").hexdigest()
    return {"X-Webex-Signature": f"SHA-256={digest}", "Content-Type": "application/json", "TrackingID": "ROUTER_1"}


@dataclass
class Receiver:
    """The app, what is behind it, and how often it woke whoever empties the inbox."""

    app: Flask
    inbox: Inbox
    counters: Counters
    problems: dict[str, str] = field(default_factory=dict)
    gauges: dict[str, float] = field(default_factory=dict)
    bot_id: str | None = None
    woken: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    def deliver(self, event: dict[str, Any]) -> TestResponse:
        """Deliver it as Webex does."""
        return self.deliver_raw(json.dumps(event).encode())

    def deliver_raw(self, raw: bytes, headers: dict[str, str] | None = None) -> TestResponse:
        """Deliver these bytes, rightly signed unless told otherwise."""
        return self.app.test_client().post(
            "/webhooks/webex", data=raw, headers=signed(raw) if headers is None else headers
        )

    def kept(self) -> list[str]:
        """The keys in the inbox."""
        return [row.envelope.key for row in self.inbox.waiting(1000, now=NOW)]

    def counted(self) -> dict[str, int]:
        """The results so far, by name."""
        names = ("accepted", "duplicate", "own", "unknown", "unsigned", "malformed", "toolarge", "unstored")
        counts = {name: self.counters.read("webhooks_total", result=name) for name in names}
        return {name: count for name, count in counts.items() if count}

    def wakings(self) -> int:
        """How often somebody was woken since it was asked last."""
        count = 0
        while self.woken.acquire(blocking=False):
            count += 1
        return count


@pytest.fixture
def receiver(tmp_path: Path) -> Iterator[Receiver]:
    app, counters, inbox = Flask("receiver"), Counters(), Inbox(f"sqlite:///{tmp_path}/inbox.sqlite")
    inbox.create()
    found = Receiver(app, inbox, counters)
    answer_briefly(app)
    app.register_blueprint(
        create_webhooks(
            inbox=inbox,
            secrets=[SECRET, PREVIOUS],
            on_event=found.woken.release,
            counters=counters,
            bot_id=lambda: found.bot_id,
            clock=lambda: NOW,
        )
    )
    app.register_blueprint(create_health(lambda: found.problems))
    app.register_blueprint(create_metrics(counters, gauges=lambda: found.gauges))
    yield found
    inbox.close()
