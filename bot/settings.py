"""The settings, read once from a mapping of variables: all that is wrong with them is said at once."""

# ruff: noqa: RUF009 - _setting returns the field that the dataclass is to have.

import difflib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from bot import variables
from bot.contradictions import contradictions
from bot.declaring import PASSWORD, Described, setting, shown
from bot.errors import SettingsError
from bot.variables import Secret

OURS = ("BOT_", "WEBEX_", "BROADWORKS_")
"""A variable that begins so is meant for the bot, so an unknown one is a slip."""

FOREIGN = frozenset({"WEBEX_PYTHON_SDK_CALLER"})
"""Read by the SDK itself."""

_API = "https://webexapis.com/v1/"

SCOPES = " ".join(
    [
        "spark-admin:broadworks_subscribers_read",
        "spark-admin:broadworks_subscribers_write",
        "spark-admin:broadworks_enterprises_read",
        "spark-admin:broadworks_enterprises_write",
        "spark-admin:broadworks_billing_reports_read",
        "spark-admin:broadworks_billing_reports_write",
        "spark-admin:places_write",
        "spark-admin:workspaces_read",
    ]
)
"""Everything that the bot can be asked for."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Settings:
    """Everything that can be set: the attribute is what the code says, the variable what the operator writes."""

    webex_token: Secret = setting(
        "WEBEX_TEAMS_ACCESS_TOKEN", "The bot's access token, from developer.webex.com.", read=variables.secret()
    )
    webex_base_url: str = setting(
        "WEBEX_BASE_URL", "The Webex API; https, or http on this machine.", read=variables.base_url, default=_API
    )
    webhook_secret: Secret = setting(
        "WEBEX_WEBHOOK_SECRET",
        "With it Webex signs what it sends; at least 16 characters.",
        read=variables.secret(least=16),
    )
    webhook_secret_previous: Secret | None = setting(
        "WEBEX_WEBHOOK_SECRET_PREVIOUS",
        "Still accepted while the secret is being changed.",
        read=variables.secret(least=16),
        unset=None,
    )
    public_url: str | None = setting(
        "PUBLIC_URL",
        "Where Webex reaches the bot, such as https://bot.example.com; needed to register its webhooks.",
        read=variables.origin,
        unset=None,
    )
    broadworks_base_url: str = setting(
        "BROADWORKS_BASE_URL",
        "The Webex for BroadWorks API; https, or http on this machine.",
        read=variables.base_url,
        default=_API,
    )
    broadworks_token: Secret | None = setting(
        "BROADWORKS_ACCESS_TOKEN",
        "The access token of a provisioning administrator, never the bot's; or else the client that follows. Required.",
        read=variables.secret(),
        unset=None,
        unless="BROADWORKS_CLIENT_ID",
    )
    broadworks_client_id: str = setting(
        "BROADWORKS_CLIENT_ID", "Of an integration or service app, with which the bot renews its own token.", unset=""
    )
    broadworks_client_secret: Secret | None = setting(
        "BROADWORKS_CLIENT_SECRET", "The secret of that client.", read=variables.secret(), unset=None
    )
    broadworks_refresh_token: Secret | None = setting(
        "BROADWORKS_REFRESH_TOKEN",
        "The first one; later ones are kept, encrypted, in the database. python -m bot login gets one as well.",
        read=variables.secret(),
        unset=None,
    )
    broadworks_scopes: str = setting(
        "BROADWORKS_OAUTH_SCOPES",
        "What python -m bot login asks for; the integration must have all of them.",
        read=variables.scopes,
        default=SCOPES,
    )
    download_hosts: frozenset[str] = setting(
        "BROADWORKS_DOWNLOAD_HOSTS",
        "Hosts, with all below them, from which files of billing reports may come, commas between.",
        read=variables.domains,
        default="webexcontent.com,webexapis.com,webex.com,wbx2.com",
    )
    database_url: str = setting(
        "DATABASE_URL",
        "Where everything is kept: sqlite:///a/file for one process, or postgresql://... for several.",
        read=variables.database,
        default="sqlite:///var/bot.sqlite",
    )
    secret_keys: tuple[Secret, ...] = setting(
        "BOT_SECRET_KEYS",
        "Keys that sign, encrypt tokens and seal the history: newest first, commas between, 32 characters or more.",
        read=variables.keys,
    )
    allowed_domains: frozenset[str] = setting(
        "BOT_ALLOWED_DOMAINS",
        "E-mail domains whose people may use the bot, commas between; no wildcards.",
        read=variables.domains,
    )
    allowed_spaces: frozenset[str] = setting(
        "BOT_ALLOWED_SPACES",
        "Ids of the spaces that the bot works in, commas between; unset means every space.",
        read=variables.names,
        unset=frozenset(),
    )
    admins: frozenset[str] = setting(
        "BOT_ADMINS",
        "E-mail addresses of those who see every request, commas between.",
        read=variables.addresses,
        unset=frozenset(),
    )
    auditors: frozenset[str] = setting(
        "BOT_AUDITORS",
        "E-mail addresses of those who may read the history of everybody and everything, commas between.",
        read=variables.addresses,
        unset=frozenset(),
    )
    policy_file: Path | None = setting(
        "BOT_POLICY",
        "A TOML file of who would have to approve what; only policy test goes by it so far. Unset: the own one.",
        read=Path,
        unset=None,
    )
    default_region: str | None = setting(
        "BOT_DEFAULT_REGION",
        "The country of phone numbers that are written without a country code, such as US.",
        read=variables.region,
        unset=None,
    )
    writes: bool = setting(
        "BOT_WRITES", "on, or off to hold whatever would change something.", read=variables.switch, default="on"
    )
    environment: str = setting(
        "BOT_ENVIRONMENT", "What cards call this installation unless it is production.", default="production"
    )
    form_minutes: int = setting(
        "BOT_FORM_MINUTES",
        "How many minutes a half-filled form is kept.",
        read=variables.whole(least=1, most=1440),
        default="60",
    )
    stuck_minutes: int = setting(
        "BOT_STUCK_MINUTES",
        "After how many minutes somebody is told that Webex is still working on what it has accepted.",
        read=variables.whole(least=1, most=1440),
        default="30",
    )
    remind_hours: int = setting(
        "BOT_REMIND_HOURS",
        "After how many hours somebody is reminded of a subscriber who waits for a person.",
        read=variables.whole(least=1, most=720),
        default="24",
    )
    enterprises_minutes: int = setting(
        "BOT_ENTERPRISES_MINUTES",
        "How many minutes the enterprises that forms offer are known for before they are asked for anew; 0 is never.",
        read=variables.whole(least=0, most=10080),
        default="60",
    )
    audit_days: int = setting(
        "BOT_AUDIT_DAYS",
        "After how many days events are sealed and removed from the history; 0 keeps everything.",
        read=variables.whole(least=0, most=36500),
        default="0",
    )
    codes_file: Path | None = setting(
        "BOT_CODES_FILE", "A JSON file with more explanations of the API's codes.", read=Path, unset=None
    )
    log_format: str = setting(
        "LOG_FORMAT", "json, or color for people.", read=variables.one_of("json", "color"), default="json"
    )
    host: str = setting("HOST", "The address to listen on.", default="0.0.0.0")  # noqa: S104 - containers need it.
    port: int = setting("PORT", "The port to listen on.", read=variables.whole(least=1, most=65535), default="8080")

    @classmethod
    def read(cls, said: Mapping[str, str]) -> "Settings":
        """Read a mapping such as ``os.environ``, where empty is unset; SettingsError names all that is wrong."""
        said = {name: text.strip() for name, text in said.items() if text.strip()}
        problems: list[str] = []
        values: dict[str, Any] = {}
        for each in fields(cls):
            variable = each.metadata["variable"]
            if variable in said:
                try:
                    values[each.name] = each.metadata["read"](said[variable])
                except ValueError as exc:
                    problems.append(f"{variable} {exc}.")
            elif each.default is MISSING or each.metadata["unless"] not in {"", *said}:
                problems.append(f"{variable} is missing. {each.metadata['about']}")
        problems += contradictions(said) + _slips(said)
        if problems:
            raise SettingsError(problems)
        return cls(**values)

    @classmethod
    def some(cls, said: Mapping[str, str], *names: str) -> dict[str, Any]:
        """Only these attributes, for who does not need a whole bot; SettingsError as for all of them."""
        values: dict[str, Any] = {}
        problems = []
        for each in (each for each in fields(cls) if each.name in names):
            variable, text = each.metadata["variable"], said.get(each.metadata["variable"], "").strip()
            try:
                values[each.name] = each.metadata["read"](text) if text else each.default
            except ValueError as exc:
                problems.append(f"{variable} {exc}.")
        if problems:
            raise SettingsError(problems)
        return values

    @classmethod
    def described(cls) -> list[Described]:
        """Every setting, in the order of declaration."""
        return [
            Described(
                each.metadata["variable"], each.metadata["about"], each.default is MISSING, each.metadata["default"]
            )
            for each in fields(cls)
        ]

    def masked(self) -> dict[str, str]:
        """What is set, by variable, fit to be shown to anybody."""
        return {each.metadata["variable"]: shown(getattr(self, each.name)) for each in fields(self)}

    def __repr__(self) -> str:
        return f"Settings({self.masked()})"

    @property
    def inbox_url(self) -> str:
        """The inbox's own SQLite file beside the other; on PostgreSQL one database holds both."""
        scheme, _, rest = self.database_url.partition("://")
        if scheme != "sqlite":
            return self.database_url
        path, mark, query = rest.partition("?")
        file = PurePosixPath(path)
        return f"{scheme}://{file.with_name(f'{file.stem}.inbox{file.suffix}')}{mark}{query}"

    @property
    def webhook_secrets(self) -> tuple[str, ...]:
        """The secrets that a webhook may be signed with, the present one first."""
        return tuple(each.reveal() for each in (self.webhook_secret, self.webhook_secret_previous) if each)

    @property
    def signing_keys(self) -> tuple[str, ...]:
        """The keys, for whoever signs or seals, newest first."""
        return tuple(each.reveal() for each in self.secret_keys)

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every secret, for whatever must keep them out of what it writes."""
        held = (
            *(self.webex_token, self.webhook_secret, self.webhook_secret_previous),
            *(self.broadworks_token, self.broadworks_client_secret, self.broadworks_refresh_token),
        )
        found = [match["password"] for match in PASSWORD.finditer(self.database_url)]
        passwords = (*found, *map(unquote, found))
        return (*(each.reveal() for each in (*held, *self.secret_keys) if each), *dict.fromkeys(passwords))


def _slips(said: Mapping[str, str]) -> list[str]:
    known = [each.variable for each in Settings.described()]
    problems = []
    for name in sorted(said.keys() - {*known, *FOREIGN}):
        if name.startswith(OURS):
            close = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean {close[0]}?" if close else "unset it."
            problems.append(f"{name} is not a setting: {hint}")
    return problems
