"""The verbs of the command line."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.domain.event import Envelope
from bot.settings import Settings
from bot.simulator import Simulator
from bot.simulator.server import RunningServer, serve
from bot.store import queries
from bot.store.inbox import Inbox
from bot.store.session import Database

SECRETS = {
    "WEBEX_TEAMS_ACCESS_TOKEN": "the-token-of-the-bot",
    "WEBEX_WEBHOOK_SECRET": "the-secret-of-the-webhooks",
    "BROADWORKS_ACCESS_TOKEN": "the-token-of-the-administrator",
    "BOT_SECRET_KEYS": "the-key-that-signs-the-buttons-of-cards",
}
NOW = datetime(2026, 11, 21, tzinfo=UTC)
GOOD = {**SECRETS, "BOT_ALLOWED_DOMAINS": "example.com"}


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An empty folder, and no setting in the environment."""
    monkeypatch.chdir(tmp_path)
    for each in Settings.described():
        monkeypatch.delenv(each.variable, raising=False)


@pytest.fixture
def good(monkeypatch: pytest.MonkeyPatch, nothing_set: None) -> None:
    """Everything that is required, in the environment."""
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def world() -> Iterator[RunningServer]:
    """A simulated Webex on a socket."""
    with Simulator() as simulator, serve(simulator) as server:
        yield server


def test_the_help_names_every_verb(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])

    said = capsys.readouterr().out
    assert ended.value.code == 0
    assert all(
        f"    {verb} " in said
        for verb in ("play", "simulate", "serve", "worker", "migrate", "webhooks", "audit", "policy")
    )


@pytest.mark.parametrize("arguments", [[], ["provision"]])
def test_no_verb_and_an_unknown_one_are_refused_with_the_usage(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)

    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("usage: python -m bot [-h] VERB ...")


@pytest.mark.parametrize("verb", ["serve", "migrate", "webhooks", "audit verify", "settings"])
def test_everything_that_is_missing_is_named_at_once(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(verb.split()) == 2

    said = capsys.readouterr()
    assert said.out == ""
    assert [line.split()[1] for line in said.err.splitlines()[1:]] == [
        "WEBEX_TEAMS_ACCESS_TOKEN",
        "WEBEX_WEBHOOK_SECRET",
        "BROADWORKS_ACCESS_TOKEN",
        "BOT_SECRET_KEYS",
        "BOT_ALLOWED_DOMAINS",
    ]


def test_settings_are_shown_with_what_they_mean_and_no_secret(good: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["settings"]) == 0

    said = capsys.readouterr().out
    lines = said.splitlines()
    assert [line.partition("=")[0] for line in lines[::2]] == [each.variable for each in Settings.described()]
    assert [line.strip() for line in lines[1::2]] == [each.about for each in Settings.described()]
    assert "BOT_ALLOWED_DOMAINS=example.com" in lines
    assert not [secret for secret in SECRETS.values() if secret in said]


def test_a_file_of_settings_is_read_and_the_environment_goes_before_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(".env").write_text("".join(f"{name}={value}\n" for name, value in {**GOOD, "PORT": "8001"}.items()))
    monkeypatch.setenv("PORT", "8002")

    assert main(["settings"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert "PORT=8002" in lines
    assert "BOT_ALLOWED_DOMAINS=example.com" in lines


def test_migrate_makes_database_and_inbox_and_can_be_repeated(good: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert [main(["migrate"]), main(["migrate"])] == [0, 0]

    assert capsys.readouterr().out == "The database has its newest shape.\n" * 2
    assert {"requests", "attempts", "audit_events", "deliveries"} <= tables("var/bot.sqlite")
    assert "inbox" in tables("var/bot.inbox.sqlite")


def test_a_postgresql_that_does_not_answer_is_told_without_its_password(
    good: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://bot:hush@127.0.0.1:1/bot")

    assert main(["migrate"]) == 1

    said = capsys.readouterr().err
    assert said.startswith("The database cannot be used: ")
    assert "hush" not in said


def test_a_worker_needs_a_database_that_serves_several(good: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["worker"]) == 2

    assert "on SQLite, serve does all the work." in capsys.readouterr().err
    assert not Path("var").exists()


@pytest.mark.parametrize("place", ["/proc/bot.sqlite", "/proc/no/such/folder/bot.sqlite"])
def test_a_database_that_cannot_be_made_is_said_without_a_traceback(
    place: str, good: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{place}")

    assert main(["migrate"]) == 1

    said = capsys.readouterr().err
    assert said.startswith("The database cannot be used: ")
    assert len(said.splitlines()) == 1


def test_parked_events_are_listed_and_can_be_tried_again(good: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inbox"]) == 0
    assert capsys.readouterr().out == "0 parked.\n"
    park_an_event()

    assert [main(["inbox"]), main(["inbox", "--replay"]), main(["inbox"])] == [0, 0, 0]

    line = "2026-11-21 18:00:00 UTC  BOT_1  ValueError"
    assert capsys.readouterr().out.splitlines() == [line, "1 parked.", line, "1 will be tried again.", "0 parked."]


def test_webhooks_are_registered_once(
    good: None, world: RunningServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WEBEX_TEAMS_ACCESS_TOKEN", "play-bot-token")
    monkeypatch.setenv("WEBEX_BASE_URL", f"{world.url}/v1/")
    monkeypatch.setenv("PUBLIC_URL", "https://bot.example.com")
    events = [
        "messages created",
        "attachmentActions created",
        "memberships created",
        "memberships deleted",
        "rooms migrated",
    ]
    listed = [f"active    {event} -> https://bot.example.com/webhooks/webex" for event in events]

    assert main(["webhooks"]) == 0
    first = capsys.readouterr().out.splitlines()
    assert main(["webhooks"]) == 0
    second = capsys.readouterr().out.splitlines()

    assert first == [*(f"create: {event}" for event in events), *first[5:10], "5 changed."]
    assert sorted(first[5:10]) == sorted(listed)
    assert second == [*first[5:10], "Nothing to change."]


def test_webhooks_need_the_public_address(good: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["webhooks"]) == 2

    assert capsys.readouterr().err.splitlines()[1:] == ["  - PUBLIC_URL is missing: it is where Webex sends events to."]


def test_what_webex_refuses_is_said_without_a_traceback(
    good: None, world: RunningServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WEBEX_BASE_URL", f"{world.url}/v1/")
    monkeypatch.setenv("PUBLIC_URL", "https://bot.example.com")

    assert main(["webhooks"]) == 1

    said = capsys.readouterr().err
    assert said.startswith("Webex answered 401")
    assert len(said.splitlines()) == 1


def park_an_event() -> None:
    """Let an event fail as often as it may."""
    now = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
    inbox = Inbox("sqlite:///var/bot.inbox.sqlite")
    inbox.put(Envelope("messages", "created", "1", "room", "ann", "ann"), tracking_id="BOT_1", at=now)
    for _ in range(5):
        inbox.failed(1, error="ValueError", try_at=now)
    inbox.close()


def tables(database: str) -> set[str]:
    """The names of the tables in a SQLite file."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_what_has_failed_can_be_set_aside_for_good(good: None, capsys: pytest.CaptureFixture[str]) -> None:
    settings = Settings.read(GOOD)
    assert main(["migrate"]) == 0
    inbox = Inbox(settings.inbox_url)
    inbox.put(Envelope("messages", "created", "m1", "room", "ann", "ann"), tracking_id="BOT_1", at=NOW)
    inbox.failed(1, error="no", try_at=NOW, park_after=1)
    database = Database(settings.database_url)
    with database.transaction() as session:
        queries.record_failure(session, kind="plan", key="1", at=NOW, error="no", tracking_id="BOT_1")
    capsys.readouterr()

    assert main(["inbox", "--forget"]) == 0

    with database.reading() as session:
        assert queries.count_failures(session) == 0
    assert inbox.counts()["parked"] == 0
    inbox.close()
    database.close()
    assert capsys.readouterr().out.splitlines()[-1] == "1 set aside."


def test_what_the_bot_keeps_is_for_its_own_account_only(good: None) -> None:
    assert main(["migrate"]) == 0

    kept = [Path("var"), *Path("var").iterdir()]
    assert [path.name for path in kept if path.stat().st_mode & 0o077] == []
