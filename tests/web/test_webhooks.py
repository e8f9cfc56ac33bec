"""What Webex delivers is verified and kept before it is acknowledged, and nothing else is done meanwhile."""

import ast
import io
import json
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import create_environ, run_wsgi_app

import bot.web
from bot.domain.event import Envelope
from bot.store.inbox import Inbox
from bot.web.metrics import Counters
from bot.web.webhooks import create_webhooks
from bot.webex.webhook import MAX_BYTES
from tests.web.conftest import NOW, PREVIOUS, SECRET, Receiver, delivery, signed


def test_a_genuine_event_is_kept_and_acknowledged_with_nothing(receiver: Receiver) -> None:
    answer = receiver.deliver(delivery())

    assert (answer.status_code, answer.data) == (200, b"")
    (row,) = receiver.inbox.waiting(10, now=NOW)
    assert row.tracking_id.startswith("BOT_")
    assert replace(row, tracking_id="") == replace(
        row,
        tracking_id="",
        sequence=1,
        received_at=NOW,
        envelope=Envelope(
            "messages",
            "created",
            "m1",
            "support",
            "ann",
            "ann",
            {"roomId": "support", "roomType": "group", "personId": "ann", "personEmail": "ann@example.com"},
        ),
    )
    assert receiver.wakings() == 1
    assert receiver.counted() == {"accepted": 1}


def test_the_same_event_again_is_acknowledged_but_wakes_nobody(receiver: Receiver) -> None:
    answers = [receiver.deliver(delivery()).status_code for _ in range(3)]

    assert answers == [200, 200, 200]
    assert receiver.kept() == ["messages/created/m1"]
    assert receiver.wakings() == 1
    assert receiver.counted() == {"accepted": 1, "duplicate": 2}


def test_sixteen_threads_with_one_event_make_one_row(receiver: Receiver) -> None:
    start, answers = threading.Barrier(16), list[int]()

    def deliver() -> None:
        start.wait()
        answers.append(receiver.deliver(delivery()).status_code)

    threads = [threading.Thread(target=deliver) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [200] * 16
    assert receiver.kept() == ["messages/created/m1"]
    assert receiver.counted() == {"accepted": 1, "duplicate": 15}
    assert receiver.wakings() == 1


@pytest.mark.parametrize(
    ("resource", "event", "kept"),
    [
        ("messages", "created", True),
        ("attachmentActions", "created", True),
        ("memberships", "created", True),
        ("memberships", "deleted", True),
        ("rooms", "migrated", True),
        ("messages", "deleted", False),
        ("rooms", "updated", False),
        ("telephony_calls", "created", False),
    ],
)
def test_only_what_the_bot_asked_for_is_kept(receiver: Receiver, resource: str, event: str, *, kept: bool) -> None:
    answer = receiver.deliver(delivery() | {"resource": resource, "event": event})

    assert answer.status_code == 200
    assert receiver.counted() == {"accepted" if kept else "unknown": 1}
    assert len(receiver.kept()) == kept == receiver.wakings()


def test_what_the_bot_wrote_itself_is_not_kept(receiver: Receiver) -> None:
    receiver.bot_id = "bot"

    assert receiver.deliver(delivery(personId="bot")).status_code == 200
    assert receiver.deliver(delivery() | {"actorId": "bot"}).status_code == 200
    assert receiver.kept() == []
    assert receiver.counted() == {"own": 2}


def test_that_the_bot_joined_is_kept(receiver: Receiver) -> None:
    receiver.bot_id = "bot"

    receiver.deliver(delivery(id="x", personId="bot") | {"resource": "memberships"})

    assert receiver.kept() == ["memberships/created/x"]


def test_a_bot_that_does_not_know_itself_yet_keeps_everything(receiver: Receiver) -> None:
    receiver.deliver(delivery(personId="bot"))
    receiver.deliver(delivery(id="m2", personId="", roomId="") | {"actorId": None})

    assert receiver.kept() == ["messages/created/m1", "messages/created/m2"]


def test_the_previous_secret_still_counts(receiver: Receiver) -> None:
    raw = json.dumps(delivery()).encode()

    assert receiver.deliver_raw(raw, signed(raw, PREVIOUS)).status_code == 200


def test_what_is_not_signed_is_refused(receiver: Receiver) -> None:
    raw = json.dumps(delivery()).encode()

    answers = [receiver.deliver_raw(raw, headers) for headers in ({}, signed(raw, "other"), signed(raw + b" "))]

    assert [(answer.status_code, answer.data) for answer in answers] == [(401, b"")] * 3
    assert receiver.kept() == []
    assert receiver.counted() == {"unsigned": 3}


def test_what_is_signed_but_no_event_is_malformed(receiver: Receiver) -> None:
    answers = [receiver.deliver_raw(raw) for raw in (b"", b"{}", b"<html>", b'{"resource": "messages"}')]

    assert [(answer.status_code, answer.data) for answer in answers] == [(400, b"")] * 4
    assert receiver.counted() == {"malformed": 4}


class Endless(io.RawIOBase):
    """A body without end that remembers how much of it was taken."""

    taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.taken += len(buffer)
        buffer[:] = b"x" * len(buffer)
        return len(buffer)


@pytest.mark.parametrize(
    ("said", "most"),
    [
        ({"CONTENT_LENGTH": str(MAX_BYTES + 2)}, 0),
        ({"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}, MAX_BYTES * 2),
    ],
)
def test_more_than_an_event_can_be_is_refused_without_being_read(
    receiver: Receiver, said: dict[str, Any], most: int
) -> None:
    body = Endless()
    environ = create_environ("/webhooks/webex", method="POST") | {"wsgi.input": body, "CONTENT_LENGTH": ""} | said

    chunks, status, _ = run_wsgi_app(receiver.app, environ)

    assert (status, b"".join(chunks)) == ("413 REQUEST ENTITY TOO LARGE", b"")
    assert body.taken <= most
    assert receiver.counted() == {"toolarge": 1}


def test_the_largest_event_is_read(receiver: Receiver) -> None:
    raw = json.dumps(delivery()).encode().ljust(MAX_BYTES)

    assert receiver.deliver_raw(raw).status_code == 200
    assert receiver.deliver_raw(raw + b" ").status_code == 413


def test_what_cannot_be_kept_is_not_acknowledged(tmp_path: Path) -> None:
    app, counters, inbox = Flask("receiver"), Counters(), Inbox(f"sqlite:///{tmp_path}/never-made.sqlite")
    woken = threading.Event()
    app.register_blueprint(create_webhooks(inbox=inbox, secrets=[SECRET], on_event=woken.set, counters=counters))
    receiver = Receiver(app, inbox, counters)

    answer = receiver.deliver(delivery())

    assert (answer.status_code, answer.data) == (503, b"")
    assert receiver.counted() == {"unstored": 1}
    assert not woken.is_set()
    inbox.close()


def test_time_is_told_by_the_wall_clock_unless_another_is_handed_in(tmp_path: Path) -> None:
    app, counters, inbox = Flask("receiver"), Counters(), Inbox(f"sqlite:///{tmp_path}/inbox.sqlite")
    inbox.create()
    app.register_blueprint(create_webhooks(inbox=inbox, secrets=[SECRET], on_event=lambda: None, counters=counters))

    Receiver(app, inbox, counters).deliver(delivery())

    (row,) = inbox.waiting(1, now=NOW)
    assert row.received_at.tzinfo is not None
    inbox.close()


def test_other_methods_are_refused_in_few_words(receiver: Receiver) -> None:
    answer = receiver.app.test_client().get("/webhooks/webex")

    assert (answer.status_code, answer.text) == (405, "Method Not Allowed\n")
    assert "POST" in answer.headers["Allow"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(raw=st.binary(), sign=st.booleans())
def test_no_bytes_make_it_stumble_or_repeat_them(receiver: Receiver, *, raw: bytes, sign: bool) -> None:
    answer = receiver.deliver_raw(raw, None if sign else {})

    assert (answer.status_code, answer.data) == (400 if sign else 401, b"")


def test_the_web_knows_neither_the_engine_nor_the_sdk() -> None:
    imported = set()
    for file in Path(bot.web.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.ImportFrom):
                imported.add(str(node.module))
            elif isinstance(node, ast.Import):
                imported |= {each.name for each in node.names}

    assert not {name for name in imported if name.split(".")[0] in {"dbos", "webexteamssdk", "sqlalchemy", "httpx"}}
    assert {name for name in imported if name.startswith("bot.")} <= {
        "bot.domain.event",
        "bot.errors",
        "bot.store.inbox",
        "bot.web.metrics",
        "bot.webex",
    }
