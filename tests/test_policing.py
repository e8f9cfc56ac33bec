"""The policy on the command line: shown, checked, tested, and named where a bot is started."""

from importlib.resources import files
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.settings import Settings

GOOD = {
    "WEBEX_TEAMS_ACCESS_TOKEN": "the-token-of-the-bot",
    "WEBEX_WEBHOOK_SECRET": "the-secret-of-the-webhooks",
    "BROADWORKS_ACCESS_TOKEN": "the-token-of-the-administrator",
    "BOT_SECRET_KEYS": "the-key-that-signs-the-buttons-of-cards",
    "BOT_ALLOWED_DOMAINS": "example.com",
    "BOT_POLICY": "policy.toml",
}
POLICY = """
[[rule]]
name = "bob at night"
when.requester = "bob@example.com"
when.rows = 40
when.outside = { days = "mon-fri", from = "08:00", until = "18:00", zone = "Europe/Paris" }
need = { expires = "8h", step = [{ from = "approver", count = 2 }] }

[[rule]]
name = "admins"
when.role = "admin"
need = "none"

[[rule]]
name = "staging"
when.environment = "staging"
need = "none"
"""
BAD = '[[rule]]\nname = "it"\nned = "none"\nneed = "none"\n'
WRONG = "The bot cannot start:\n  - policy.toml, line 3: rule “it”: there is no “ned” here. Did you mean “need”?\n"
OWN = files("bot").joinpath("policy.toml").read_text("utf-8")


@pytest.fixture(autouse=True)
def policy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A policy in the working folder that nobody has named, and no setting in the environment."""
    monkeypatch.chdir(tmp_path)
    for each in Settings.described():
        monkeypatch.delenv(each.variable, raising=False)
    file = tmp_path / "policy.toml"
    file.write_text(POLICY, "utf-8")
    return file


def answered(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    assert main(["policy", "test", *words]) == 0
    return capsys.readouterr().out.splitlines()


def test_the_policy_in_use_is_shown_and_the_bots_own_can_always_be_copied(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["policy", "show"]) == 0
    assert capsys.readouterr().out == OWN
    monkeypatch.setenv("BOT_POLICY", "policy.toml")

    assert [main(["policy", "show"]), main(["policy", "show", "--default"])] == [0, 0]

    assert capsys.readouterr().out == POLICY + OWN


def test_a_good_file_is_said_to_be_good(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "check", "policy.toml"]) == 0

    assert capsys.readouterr().out == "policy.toml: 3 rules. Nothing is wrong.\n"


def test_rules_that_never_decide_are_told_and_stop_nothing(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy.write_text('[[rule]]\nname = "all"\nneed = "none"\n' + POLICY, "utf-8")

    assert main(["policy", "check", "policy.toml"]) == 0

    first, *_, last = capsys.readouterr().out.splitlines()
    assert first == (
        "policy.toml, line 5: rule “bob at night” is never reached: “all” (line 1) above it takes everything. "
        "Move it up."
    )
    assert last == "policy.toml: 4 rules. The bot starts with it all the same."


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (BAD.encode(), WRONG),
        (b"\xff", "The bot cannot start:\n  - policy.toml: the policy cannot be read ("),
        (None, "The bot cannot start:\n  - policy.toml: the policy cannot be read ("),
    ],
    ids=["bad", "not text", "not there"],
)
def test_a_bad_file_is_refused_with_line_and_reason(
    policy: Path, content: bytes | None, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    policy.unlink()
    if content is not None:
        policy.write_bytes(content)

    assert main(["policy", "check", "policy.toml"]) == 2

    assert capsys.readouterr().err.startswith(words)


@pytest.mark.parametrize(
    "verb", [["serve"], ["worker"], ["play", "--no-browser"], ["policy", "test", "find"]], ids=" ".join
)
def test_no_bot_starts_with_a_bad_policy(
    verb: list[str], policy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    policy.write_text(BAD, "utf-8")
    for name, value in {**GOOD, "DATABASE_URL": "postgresql://bot@127.0.0.1:1/bot"}.items():
        monkeypatch.setenv(name, value)

    assert main(verb) == 2

    said = capsys.readouterr()
    assert (said.out, said.err) == ("", WRONG)
    assert sorted(path.name for path in policy.parent.iterdir()) == ["policy.toml"]


def test_the_settings_name_the_file(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)

    assert main(["settings"]) == 0

    assert "BOT_POLICY=policy.toml" in capsys.readouterr().out.splitlines()


def test_what_would_have_to_be_approved_is_told_without_any_other_setting(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BOT_POLICY", "policy.toml")
    words = ["provision", "subscriber", "package=premium", "--as", "Bob@example.com", "--at", "2026-11-27T23:00+01:00"]

    asked, *said = answered(capsys, *words, "--rows", "40")

    assert asked == (
        "If bob@example.com (agent) asks for “provision subscriber” (package premium, rows 40) "
        "on 27 Nov 2026 22:00 UTC:"
    )
    assert said[:4] == [
        "  Two approvals are needed, none by who asks.",
        "  2 of: approvers, each asked in a direct message.",
        "  It expires on 28 Nov 2026 06:00 UTC.",
        "Rule: “bob at night”, line 2 of policy.toml.",
    ]
    assert said[4] == (
        "Why: Rule “bob at night” is the first that fits: bob@example.com asks, 40 rows are 40 or more and Friday 23:00"
        " is outside Monday to Friday, 08:00 to 18:00 (Europe/Paris)."
    )
    assert "Rule: None: the policy says nothing of it." in answered(capsys, *words)


def test_admins_and_the_environment_are_those_of_the_settings(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BOT_POLICY", "policy.toml")
    assert "Rule: “admins”" not in "\n".join(answered(capsys, "remove", "subscriber", "--as", "cleo@example.com"))
    monkeypatch.setenv("BOT_ADMINS", "Cleo@example.com")
    monkeypatch.setenv("BOT_ENVIRONMENT", "staging")

    assert "Rule: “admins”, line 9 of policy.toml." in answered(
        capsys, "remove", "subscriber", "--as", "cleo@example.com"
    )
    assert "Rule: “staging”, line 14 of policy.toml." in answered(capsys, "remove", "subscriber")


def test_what_is_not_understood_is_told_with_what_may_be_meant(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "test", "provison", "subscriber"]) == 1

    said = capsys.readouterr().err
    assert said.startswith("No operation begins with “provison subscriber”. Did you mean “provision subscriber”")


def test_a_setting_that_is_wrong_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("BOT_ADMINS", "cleo")

    assert main(["policy", "test", "find"]) == 2

    assert capsys.readouterr().err.endswith("BOT_ADMINS contains 'cleo', which is not an e-mail address.\n")
