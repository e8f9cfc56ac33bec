"""The bot as one thing: what it tells of itself, and what it does when the world is not there yet."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.app import Application, create_app, prepare
from bot.domain.audit import AuditEvent, Happening
from bot.domain.event import Envelope
from bot.settings import Settings
from bot.store import queries, trail
from bot.testing.running import Bot
from bot.testing.talking import Chat
from tests.crash.house import until

READY = {"ready": True, "checks": {"engine": "ok", "inbox": "ok", "work": "ok"}}
NOW = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
ONE_HAS_FAILED = """
UPDATE workflow_status SET status = 'ERROR'
WHERE workflow_uuid = (SELECT min(workflow_uuid) FROM workflow_status)
"""
ENVIRONMENT = "BOT_ENVIRONMENT"
REQUIRED = {
    "WEBEX_TEAMS_ACCESS_TOKEN": "the-token-of-the-bot",
    "WEBEX_WEBHOOK_SECRET": "the-secret-of-the-webhooks",
    "BROADWORKS_ACCESS_TOKEN": "the-token-of-the-administrator",
    "BOT_SECRET_KEYS": "the-key-that-signs-the-buttons-of-cards",
    "BOT_ALLOWED_DOMAINS": "example.com",
}


@pytest.fixture
def idle(tmp_path: Path) -> Iterator[Application]:
    """A bot that was built, but not started: nothing happens to what is put into its files."""
    settings = Settings.read({**REQUIRED, "DATABASE_URL": f"sqlite:///{tmp_path}/idle.sqlite"})
    prepare(settings)
    application = create_app(settings)
    yield application
    application.stop()


def test_a_bot_that_does_its_work_is_alive_and_ready(chat: Chat) -> None:
    chat.say("ann", "help")
    chat.expect("ann", "What I can do")

    ready = web(chat.bot).get("/readyz")
    assert web(chat.bot).get("/healthz").text == "ok\n"
    assert (ready.status_code, ready.json) == (200, READY)


def test_what_is_older_than_the_history_is_kept_is_sealed_and_removed(tmp_path: Path) -> None:
    said = {**REQUIRED, "DATABASE_URL": f"sqlite:///{tmp_path}/idle.sqlite", "BOT_AUDIT_DAYS": "30"}
    settings = Settings.read(said)
    prepare(settings)
    application = create_app(settings, clock=lambda: NOW)
    with application.database.transaction() as session:
        days = (90, 31, 30, 1)
        session.add_all([AuditEvent(NOW - timedelta(days=each), Happening.ASKED, "ann") for each in days])

    application.shorten_history()
    application.shorten_history()

    with application.database.reading() as session:
        assert [row.id for row in trail.raw(session)] == [3, 4, 5]
        assert list(trail.verify(session, keys=settings.signing_keys)) == []
    application.stop()


def test_readiness_names_every_kind_of_work_that_has_failed_for_good(
    special_chat: Callable[..., Chat], idle: Application
) -> None:
    chat = special_chat()
    chat.say("ann", "help")
    chat.expect("ann", "What I can do")
    chat.settle()

    with chat.bot.application.database.transaction() as session:
        session.execute(text(ONE_HAS_FAILED))
    with idle.database.transaction() as session:
        for key in ("1", "2"):
            queries.record_failure(session, kind="plan", key=key, at=NOW, error="ValueError", tracking_id="BOT_1")
    idle.inbox.put(Envelope("messages", "created", "1", "room", "ann", "ann"), tracking_id="BOT_2", at=NOW)
    parked = [idle.inbox.failed(1, error="ValueError", try_at=NOW) for _ in range(5)]

    answer = idle.flask.test_client().get("/readyz")
    assert parked == [False, False, False, False, True]
    assert answer.status_code == 503
    assert answer.json == {
        "ready": False,
        "checks": {
            "engine": "workflows that ended in an error: 1",
            "inbox": "parked events: 1",
            "work": "work that has failed for good: 2",
        },
    }


def test_metrics_count_webhooks_by_what_became_of_them(special_chat: Callable[..., Chat]) -> None:
    chat = special_chat()
    chat.say("ann", "help")
    chat.expect("ann", "What I can do")
    chat.settle()
    before = metrics(chat.bot)

    chat.say("ann", "my requests")
    chat.expect("ann", "There are no requests to show.")
    chat.settle()
    after = metrics(chat.bot)

    assert {name: after[name] - before.get(name, 0) for name in after} == {
        'broadworks_bot_webhooks_total{result="accepted"}': 1,
        'broadworks_bot_webhooks_total{result="own"}': 1,
        "broadworks_bot_inbox_waiting": 0,
        "broadworks_bot_inbox_parked": 0,
        "broadworks_bot_codes_unknown": 0,
    }


def test_what_waits_in_the_inbox_is_measured(idle: Application) -> None:
    for each in ("1", "2", "3"):
        idle.inbox.put(Envelope("messages", "created", each, "room", "ann", "ann"), tracking_id="BOT_1", at=NOW)

    lines = idle.flask.test_client().get("/metrics").text.splitlines()
    assert "broadworks_bot_inbox_waiting 3" in lines


def test_a_bot_that_starts_while_webex_is_down_learns_later_who_it_is(special_chat: Callable[..., Chat]) -> None:
    chat = special_chat()
    down = chat.fault(service="webex", method="GET", path="/people/me", kind="status", status=503, times=1)

    chat.bot.restart()

    until(lambda: chat.bot.application.gateway.known_id() == chat.bot.simulator.bot.id)
    assert down.hits == 1
    chat.say("ann", "help")
    chat.expect("ann", "What I can do")
    chat.settle()
    assert metrics(chat.bot)['broadworks_bot_webhooks_total{result="own"}'] == 1


def test_a_bot_that_never_reached_webex_ends_at_once(special_chat: Callable[..., Chat]) -> None:
    chat = special_chat()
    chat.fault(service="webex", method="GET", path="/people/me", kind="status", status=503)
    chat.bot.restart()
    asking = next(each for each in threading.enumerate() if each.name == "who-am-i")

    chat.bot.restart()

    asking.join(30)
    assert not asking.is_alive()


@pytest.mark.parametrize(("said", "shown"), [("production", ""), ("staging", "staging")])
def test_cards_name_the_environment_unless_it_is_production(tmp_path: Path, said: str, shown: str) -> None:
    application = create_app(Settings.read({**REQUIRED, "DATABASE_URL": f"sqlite:///{tmp_path}/b", ENVIRONMENT: said}))

    assert application.context.rules.environment == shown
    application.stop()


def test_whoever_builds_the_bot_may_change_its_rules(tmp_path: Path) -> None:
    settings = Settings.read({**REQUIRED, "DATABASE_URL": f"sqlite:///{tmp_path}/b", "BOT_FORM_MINUTES": "7"})
    application = create_app(settings, rules=lambda rules: replace(rules, patience=timedelta(seconds=9)))

    rules = application.context.rules
    assert (rules.form_life, rules.patience) == (timedelta(minutes=7), timedelta(seconds=9))
    application.stop()


def test_rules_of_the_policy_that_never_decide_are_logged_when_the_bot_is_built(tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_text('[[rule]]\nname = "all"\nneed = "none"\n[[rule]]\nname = "late"\nneed = "none"\n', "utf-8")
    settings = Settings.read({**REQUIRED, "DATABASE_URL": f"sqlite:///{tmp_path}/b", "BOT_POLICY": str(file)})

    with capture_logs() as logged:
        application = create_app(settings)

    assert [each.name for each in application.context.rules.policy.rules] == ["all", "late"]
    assert [(each["event"], each["line"]) for each in logged] == [("a rule of the policy never decides", 4)]
    application.stop()


def web(bot: Bot) -> FlaskClient:
    """What a web server would serve."""
    return bot.application.flask.test_client()


def metrics(bot: Bot) -> dict[str, float]:
    """Everything that is counted or measured, by name."""
    lines = web(bot).get("/metrics").text.splitlines()
    pairs = [line.rpartition(" ") for line in lines if not line.startswith("#")]
    return {name: float(value) for name, _, value in pairs}
