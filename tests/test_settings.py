"""Settings are read from variables, all that is wrong is named at once, and secrets do not show."""

from pathlib import Path

import pytest
from dotenv import dotenv_values

from bot.errors import SettingsError
from bot.settings import SCOPES, Settings
from bot.variables import Secret

ENOUGH = {
    "WEBEX_TEAMS_ACCESS_TOKEN": "the-bots-token",
    "WEBEX_WEBHOOK_SECRET": "sixteen-or-more-characters",
    "BROADWORKS_ACCESS_TOKEN": "the-administrators-token",
    "BOT_SECRET_KEYS": "a-key-of-thirty-two-characters-1",
    "BOT_ALLOWED_DOMAINS": "example.com",
}
EXAMPLE = Path(__file__).parent.parent / ".env.example"


def problems(**changed: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        Settings.read(ENOUGH | changed)
    return caught.value.problems


def test_the_required_ones_are_enough() -> None:
    settings = Settings.read(ENOUGH)

    assert settings == Settings(
        webex_token=Secret("the-bots-token"),
        webex_base_url="https://webexapis.com/v1/",
        webhook_secret=Secret("sixteen-or-more-characters"),
        webhook_secret_previous=None,
        public_url=None,
        broadworks_base_url="https://webexapis.com/v1/",
        broadworks_token=Secret("the-administrators-token"),
        database_url="sqlite:///var/bot.sqlite",
        secret_keys=(Secret("a-key-of-thirty-two-characters-1"),),
        allowed_domains=frozenset({"example.com"}),
        allowed_spaces=frozenset(),
        admins=frozenset(),
        auditors=frozenset(),
        policy_file=None,
        default_region=None,
        writes=True,
        environment="production",
        form_minutes=60,
        audit_days=0,
        codes_file=None,
        log_format="json",
        host="0.0.0.0",  # noqa: S104 - this is the default.
        port=8080,
    )


def test_everything_can_be_set() -> None:
    settings = Settings.read(
        ENOUGH
        | {
            "WEBEX_BASE_URL": "http://127.0.0.1:8090/v1",
            "WEBEX_WEBHOOK_SECRET_PREVIOUS": "the-one-of-last-month",
            "PUBLIC_URL": "https://bot.example.com/",
            "BROADWORKS_BASE_URL": "http://localhost:8090/v1/",
            "DATABASE_URL": "postgres://bot:pass@db/bot",
            "BOT_SECRET_KEYS": f"{'n' * 32}, {'o' * 32}",
            "BOT_ALLOWED_DOMAINS": "Example.com, münchen.de,",
            "BOT_ALLOWED_SPACES": "one, two",
            "BOT_ADMINS": "Cleo@Example.com",
            "BOT_AUDITORS": "Dora@Example.com",
            "BOT_AUDIT_DAYS": "400",
            "BOT_POLICY": "/etc/bot/policy.toml",
            "BOT_DEFAULT_REGION": "us",
            "BOT_WRITES": "OFF",
            "BOT_ENVIRONMENT": "staging",
            "BOT_FORM_MINUTES": "5",
            "BOT_CODES_FILE": "/etc/bot/codes.toml",
            "LOG_FORMAT": "color",
            "HOST": "127.0.0.1",
            "PORT": "80",
        }
    )

    assert settings == Settings(
        webex_token=Secret("the-bots-token"),
        webex_base_url="http://127.0.0.1:8090/v1/",
        webhook_secret=Secret("sixteen-or-more-characters"),
        webhook_secret_previous=Secret("the-one-of-last-month"),
        public_url="https://bot.example.com",
        broadworks_base_url="http://localhost:8090/v1/",
        broadworks_token=Secret("the-administrators-token"),
        database_url="postgresql+psycopg://bot:pass@db/bot",
        secret_keys=(Secret("n" * 32), Secret("o" * 32)),
        allowed_domains=frozenset({"example.com", "xn--mnchen-3ya.de"}),
        allowed_spaces=frozenset({"one", "two"}),
        admins=frozenset({"cleo@example.com"}),
        auditors=frozenset({"dora@example.com"}),
        policy_file=Path("/etc/bot/policy.toml"),
        default_region="US",
        writes=False,
        environment="staging",
        form_minutes=5,
        audit_days=400,
        codes_file=Path("/etc/bot/codes.toml"),
        log_format="color",
        host="127.0.0.1",
        port=80,
    )
    assert settings.webhook_secrets == ("sixteen-or-more-characters", "the-one-of-last-month")


def test_everything_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.read({"WEBEX_WEBHOOK_SECRET": "  ", "PATH": "/usr/bin"})

    assert [problem.split()[0] for problem in caught.value.problems] == list(ENOUGH)
    assert caught.value.problems[1] == (
        "WEBEX_WEBHOOK_SECRET is missing. With it Webex signs what it sends; at least 16 characters."
    )


@pytest.mark.parametrize(
    ("variable", "text", "complaint"),
    [
        ("WEBEX_WEBHOOK_SECRET", "short", "is too short: it needs at least 16 characters."),
        ("BOT_SECRET_KEYS", f"{'n' * 32},short", "is too short: it needs at least 32 characters."),
        ("BOT_SECRET_KEYS", " , ", "names nothing between its commas."),
        ("BOT_ALLOWED_DOMAINS", "*.example.com", "takes no wildcard: name each domain instead of *.example.com."),
        ("BOT_ALLOWED_DOMAINS", "a b.com", "contains 'a b.com', which is not a domain such as example.com."),
        ("BOT_ALLOWED_DOMAINS", "localhost", "contains 'localhost', which is not a domain such as example.com."),
        ("BOT_ADMINS", "cleo", "contains 'cleo', which is not an e-mail address."),
        ("BOT_DEFAULT_REGION", "USA", "must be the two letters of a country, such as US or DE."),
        ("BOT_WRITES", "yes", "must be on or off."),
        ("LOG_FORMAT", "xml", "must be json or color."),
        ("PORT", "0", "must be a whole number from 1 to 65535."),
        ("PORT", "65536", "must be a whole number from 1 to 65535."),
        ("PORT", "9" * 5000, "must be a whole number from 1 to 65535."),
        ("PORT", "eighty", "must be a whole number from 1 to 65535."),
        ("BOT_FORM_MINUTES", "²", "must be a whole number from 1 to 1440."),
        ("PUBLIC_URL", "bot.example.com", "must be a URL such as https://bot.example.com."),
        ("PUBLIC_URL", "https://", "must be a URL such as https://bot.example.com."),
        ("PUBLIC_URL", "https://bot.example.com?x=1", "must be a URL such as https://bot.example.com."),
        ("PUBLIC_URL", "https://me:pw@bot.example.com", "must be a URL such as https://bot.example.com."),
        ("PUBLIC_URL", "https://bot.example.com:eighty", "is not a URL."),
        (
            "PUBLIC_URL",
            "http://bot.example.com",
            "must begin with https:// (plain http is for this very machine only).",
        ),
        ("WEBEX_BASE_URL", "ftp://127.0.0.1", "must begin with https:// (plain http is for this very machine only)."),
        ("DATABASE_URL", "mysql://me:pw@db/bot", "must begin with sqlite:/// or postgresql://."),
        ("DATABASE_URL", "bot.sqlite", "must begin with sqlite:/// or postgresql://."),
        (
            "DATABASE_URL",
            "sqlite:///:memory:",
            "must name a file: what is only in memory does not survive a restart.",
        ),
        ("DATABASE_URL", "sqlite://", "must name a file: what is only in memory does not survive a restart."),
        (
            "DATABASE_URL",
            "sqlite://bot.sqlite",
            "must have three slashes before a file's path, four before one that begins at the root.",
        ),
    ],
)
def test_what_is_malformed_is_said_in_words(variable: str, text: str, complaint: str) -> None:
    assert problems(**{variable: text}) == [f"{variable} {complaint}"]


def test_all_kinds_of_problems_are_named_together() -> None:
    assert problems(BOT_WRITES="maybe", BOT_WRITS="on", WEBEX_TEAMS_ACCESS_TOKEN="", PORT="x") == [
        "WEBEX_TEAMS_ACCESS_TOKEN is missing. The bot's access token, from developer.webex.com.",
        "BOT_WRITES must be on or off.",
        "PORT must be a whole number from 1 to 65535.",
        "BOT_WRITS is not a setting: did you mean BOT_WRITES?",
    ]


def test_a_slip_in_a_name_of_ours_is_noticed() -> None:
    assert problems(BROADWORKS_TOKEN="x", BOT_42="x", WEBEX_PYTHON_SDK_CALLER="x") == [
        "BOT_42 is not a setting: unset it.",
        "BROADWORKS_TOKEN is not a setting: did you mean BROADWORKS_ACCESS_TOKEN?",
    ]


def test_the_bots_token_cannot_be_the_administrators() -> None:
    assert problems(BROADWORKS_ACCESS_TOKEN="the-bots-token") == [
        "BROADWORKS_ACCESS_TOKEN is WEBEX_TEAMS_ACCESS_TOKEN again: a bot's token cannot provision anything."
    ]


CLIENT = {"BROADWORKS_CLIENT_ID": "C123", "BROADWORKS_CLIENT_SECRET": "the-clients-secret"}
FIRST = {"BROADWORKS_REFRESH_TOKEN": "the-first-refresh-token"}


@pytest.mark.parametrize("given", [CLIENT | FIRST, CLIENT], ids=["all three", "whoever logs in needs no first one"])
def test_a_client_takes_the_place_of_an_access_token(given: dict[str, str]) -> None:
    settings = Settings.read(ENOUGH | {"BROADWORKS_ACCESS_TOKEN": ""} | given)

    assert settings.broadworks_token is None
    assert settings.broadworks_client_id == "C123"
    assert settings.broadworks_client_secret == Secret("the-clients-secret")
    first = Secret("the-first-refresh-token") if "BROADWORKS_REFRESH_TOKEN" in given else None
    assert settings.broadworks_refresh_token == first
    assert settings.broadworks_scopes.split() == SCOPES.split()


def test_no_part_of_a_client_is_shown() -> None:
    settings = Settings.read(ENOUGH | {"BROADWORKS_ACCESS_TOKEN": ""} | CLIENT | FIRST)

    assert "the-clients-secret" not in repr(settings)
    assert "the-first-refresh-token" not in repr(settings)
    assert {"the-clients-secret", "the-first-refresh-token"} <= set(settings.secrets)


@pytest.mark.parametrize(
    ("changes", "complaints"),
    [
        (
            CLIENT | FIRST,
            [
                (
                    "BROADWORKS_ACCESS_TOKEN is one of two ways: unset it, or BROADWORKS_CLIENT_ID and"
                    " BROADWORKS_CLIENT_SECRET and BROADWORKS_REFRESH_TOKEN, with which the bot gets tokens itself."
                )
            ],
        ),
        (
            {"BROADWORKS_ACCESS_TOKEN": "", "BROADWORKS_CLIENT_ID": "C123"},
            ["BROADWORKS_CLIENT_SECRET is missing: BROADWORKS_CLIENT_ID is of no use without."],
        ),
        (
            {"BROADWORKS_ACCESS_TOKEN": ""} | FIRST,
            [
                (
                    "BROADWORKS_ACCESS_TOKEN is missing. The access token of a provisioning administrator, never the"
                    " bot's; or else the client that follows. Required."
                ),
                "BROADWORKS_CLIENT_ID is missing: BROADWORKS_REFRESH_TOKEN is of no use without.",
                "BROADWORKS_CLIENT_SECRET is missing: BROADWORKS_REFRESH_TOKEN is of no use without.",
            ],
        ),
        (
            {"BROADWORKS_ACCESS_TOKEN": "the-bots-token"} | FIRST,
            [
                "BROADWORKS_ACCESS_TOKEN is WEBEX_TEAMS_ACCESS_TOKEN again: a bot's token cannot provision anything.",
                (
                    "BROADWORKS_ACCESS_TOKEN is one of two ways: unset it, or BROADWORKS_REFRESH_TOKEN, with which the"
                    " bot gets tokens itself."
                ),
            ],
        ),
    ],
    ids=["both ways", "half a client", "no client", "two contradictions"],
)
def test_tokens_that_do_not_go_together_are_told_at_once(changes: dict[str, str], complaints: list[str]) -> None:
    assert problems(**changes) == complaints


def test_scopes_may_be_listed_either_way() -> None:
    assert Settings.read(ENOUGH | {"BROADWORKS_OAUTH_SCOPES": "a:b, c:d a:b"}).broadworks_scopes == "a:b c:d"


def test_a_complaint_does_not_repeat_a_secret() -> None:
    said = str(problems(WEBEX_WEBHOOK_SECRET="hush", DATABASE_URL="oracle://me:hush@db", BOT_SECRET_KEYS="hush"))

    assert "hush" not in said


def test_what_is_shown_holds_no_secret() -> None:
    settings = Settings.read(
        ENOUGH | {"DATABASE_URL": "postgresql://bot:pass/word@db/bot", "BOT_ALLOWED_SPACES": "b,a", "BOT_WRITES": "off"}
    )

    assert settings.masked() == {
        "WEBEX_TEAMS_ACCESS_TOKEN": "••••",
        "WEBEX_BASE_URL": "https://webexapis.com/v1/",
        "WEBEX_WEBHOOK_SECRET": "••••",
        "WEBEX_WEBHOOK_SECRET_PREVIOUS": "",
        "PUBLIC_URL": "",
        "BROADWORKS_BASE_URL": "https://webexapis.com/v1/",
        "BROADWORKS_ACCESS_TOKEN": "••••",
        "BROADWORKS_CLIENT_ID": "",
        "BROADWORKS_CLIENT_SECRET": "",
        "BROADWORKS_REFRESH_TOKEN": "",
        "BROADWORKS_OAUTH_SCOPES": SCOPES,
        "BROADWORKS_DOWNLOAD_HOSTS": "wbx2.com, webex.com, webexapis.com, webexcontent.com",
        "DATABASE_URL": "postgresql+psycopg://bot:••••@db/bot",
        "BOT_SECRET_KEYS": "••••",
        "BOT_ALLOWED_DOMAINS": "example.com",
        "BOT_ALLOWED_SPACES": "a, b",
        "BOT_ADMINS": "",
        "BOT_AUDITORS": "",
        "BOT_POLICY": "",
        "BOT_DEFAULT_REGION": "",
        "BOT_WRITES": "off",
        "BOT_ENVIRONMENT": "production",
        "BOT_FORM_MINUTES": "60",
        "BOT_STUCK_MINUTES": "30",
        "BOT_REMIND_HOURS": "24",
        "BOT_ENTERPRISES_MINUTES": "60",
        "BOT_AUDIT_DAYS": "0",
        "BOT_CODES_FILE": "",
        "LOG_FORMAT": "json",
        "HOST": "0.0.0.0",  # noqa: S104 - this is the default.
        "PORT": "8080",
    }
    assert repr(settings) == f"Settings({settings.masked()})"
    assert settings.secrets == (
        "the-bots-token",
        "sixteen-or-more-characters",
        "the-administrators-token",
        "a-key-of-thirty-two-characters-1",
        "pass/word",
    )


def test_a_password_in_the_query_is_a_password() -> None:
    settings = Settings.read(ENOUGH | {"DATABASE_URL": "postgresql://db/bot?user=bot&password=hush&sslmode=require"})

    assert settings.masked()["DATABASE_URL"] == "postgresql+psycopg://db/bot?user=bot&password=••••&sslmode=require"


@pytest.mark.parametrize(
    ("database", "inbox"),
    [
        ("sqlite:///var/bot.sqlite", "sqlite:///var/bot.inbox.sqlite"),
        ("sqlite+pysqlite:////srv/bot", "sqlite:////srv/bot.inbox"),
        ("sqlite:///bot.db?timeout=5", "sqlite:///bot.inbox.db?timeout=5"),
        ("postgresql://db/bot", "postgresql+psycopg://db/bot"),
    ],
)
def test_the_inbox_has_a_file_of_its_own(database: str, inbox: str) -> None:
    assert Settings.read(ENOUGH | {"DATABASE_URL": database}).inbox_url == inbox


def test_a_secret_shows_itself_only_when_asked() -> None:
    secret = Secret("hush")

    assert (str(secret), repr(secret), f"{secret}") == ("••••", "••••", "••••")
    assert secret.reveal() == "hush"
    assert {secret} == {Secret("hush")}
    assert secret != Secret("other")
    assert secret != "hush"


def test_the_example_lists_every_setting_with_its_description_and_default() -> None:
    said = EXAMPLE.read_text()

    for each in Settings.described():
        mark = " Required." if each.required else ""
        assert f"\n# {each.about}{mark}\n{each.variable}={each.default}\n" in said
    assert list(dotenv_values(EXAMPLE)) == [each.variable for each in Settings.described()]


def test_the_example_filled_in_is_what_the_bot_assumes() -> None:
    example = {name: value or "" for name, value in dotenv_values(EXAMPLE).items()}

    assert Settings.read(example | ENOUGH) == Settings.read(ENOUGH)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://user@server:S3cretPass99@host/db",
        "postgresql://u:S3cret%50ass99@host/db",
        "postgresql://u:p&S3cretPass99@host/db",
        "postgresql://host/db?sslpassword=S3cretPass99",
    ],
)
def test_no_part_of_a_databases_password_is_shown(url: str) -> None:
    settings = Settings.read(ENOUGH | {"DATABASE_URL": url})

    assert "ass99" not in str(settings.masked())
    assert any("S3cretPass99" in secret for secret in settings.secrets)
