"""The settings, read once from a mapping of variables: all that is wrong with them is said at once."""

# ruff: noqa: RUF009 - _setting returns the field that the dataclass is to have.

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from bot import variables
from bot.errors import SettingsError
from bot.variables import MASK, Secret

OURS = ("BOT_", "WEBEX_", "BROADWORKS_")
"""A variable that begins so is meant for the bot, so an unknown one is a slip."""

FOREIGN = frozenset({"WEBEX_PYTHON_SDK_CALLER"})
"""Read by the SDK itself."""

_API = "https://webexapis.com/v1/"


@dataclass(frozen=True)
class Described:
    """One setting as documentation shows it; ``default`` is "" where there is none."""

    variable: str
    about: str
    required: bool
    default: str


def _setting(
    variable: str,
    about: str,
    *,
    read: Callable[[str], Any] = variables.plain,
    default: str | None = None,
    unset: Any = MISSING,
) -> Any:
    """Declare one setting: with a ``default``, written as the operator would, or a value for ``unset``, or required."""
    metadata = {"variable": variable, "about": about, "read": read, "default": default or ""}
    value = read(default) if default is not None else unset
    return field(default=value, metadata=metadata)


@dataclass(frozen=True, kw_only=True, repr=False)
class Settings:
    """Everything that can be set: the attribute is what the code says, the variable what the operator writes."""

    webex_token: Secret = _setting(
        "WEBEX_TEAMS_ACCESS_TOKEN", "The bot's access token, from developer.webex.com.", read=variables.secret()
    )
    webex_base_url: str = _setting(
        "WEBEX_BASE_URL", "The Webex API; https, or http on this machine.", read=variables.base_url, default=_API
    )
    webhook_secret: Secret = _setting(
        "WEBEX_WEBHOOK_SECRET",
        "With it Webex signs what it sends; at least 16 characters.",
        read=variables.secret(least=16),
    )
    webhook_secret_previous: Secret | None = _setting(
        "WEBEX_WEBHOOK_SECRET_PREVIOUS",
        "Still accepted while the secret is being changed.",
        read=variables.secret(least=16),
        unset=None,
    )
    public_url: str | None = _setting(
        "PUBLIC_URL",
        "Where Webex reaches the bot, such as https://bot.example.com; needed to register its webhooks.",
        read=variables.origin,
        unset=None,
    )
    broadworks_base_url: str = _setting(
        "BROADWORKS_BASE_URL",
        "The Webex for BroadWorks API; https, or http on this machine.",
        read=variables.base_url,
        default=_API,
    )
    broadworks_token: Secret = _setting(
        "BROADWORKS_ACCESS_TOKEN",
        "The access token of a provisioning administrator; never the bot's.",
        read=variables.secret(),
    )
    database_url: str = _setting(
        "DATABASE_URL",
        "Where everything is kept: sqlite:///a/file for one process, or postgresql://... for several.",
        read=variables.database,
        default="sqlite:///var/bot.sqlite",
    )
    secret_keys: tuple[Secret, ...] = _setting(
        "BOT_SECRET_KEYS",
        "Keys that sign the buttons of cards: newest first, commas between, each at least 32 characters.",
        read=variables.keys,
    )
    allowed_domains: frozenset[str] = _setting(
        "BOT_ALLOWED_DOMAINS",
        "E-mail domains whose people may use the bot, commas between; no wildcards.",
        read=variables.domains,
    )
    allowed_spaces: frozenset[str] = _setting(
        "BOT_ALLOWED_SPACES",
        "Ids of the spaces that the bot works in, commas between; unset means every space.",
        read=variables.names,
        unset=frozenset(),
    )
    admins: frozenset[str] = _setting(
        "BOT_ADMINS",
        "E-mail addresses of those who see every request, commas between.",
        read=variables.addresses,
        unset=frozenset(),
    )
    policy_file: Path | None = _setting(
        "BOT_POLICY",
        "A TOML file that says who must approve what; unset means the policy.toml that comes with the bot.",
        read=Path,
        unset=None,
    )
    default_region: str | None = _setting(
        "BOT_DEFAULT_REGION",
        "The country of phone numbers that are written without a country code, such as US.",
        read=variables.region,
        unset=None,
    )
    writes: bool = _setting(
        "BOT_WRITES", "on, or off to hold whatever would change something.", read=variables.switch, default="on"
    )
    environment: str = _setting(
        "BOT_ENVIRONMENT", "What cards call this installation unless it is production.", default="production"
    )
    form_minutes: int = _setting(
        "BOT_FORM_MINUTES",
        "How many minutes a half-filled form is kept.",
        read=variables.whole(least=1, most=1440),
        default="60",
    )
    stuck_minutes: int = _setting(
        "BOT_STUCK_MINUTES",
        "After how many minutes somebody is told that Webex is still working on what it has accepted.",
        read=variables.whole(least=1, most=1440),
        default="30",
    )
    remind_hours: int = _setting(
        "BOT_REMIND_HOURS",
        "After how many hours somebody is reminded of a subscriber who waits for a person.",
        read=variables.whole(least=1, most=720),
        default="24",
    )
    codes_file: Path | None = _setting(
        "BOT_CODES_FILE", "A JSON file with more explanations of the API's codes.", read=Path, unset=None
    )
    log_format: str = _setting(
        "LOG_FORMAT", "json, or color for people.", read=variables.one_of("json", "color"), default="json"
    )
    host: str = _setting("HOST", "The address to listen on.", default="0.0.0.0")  # noqa: S104 - containers need it.
    port: int = _setting("PORT", "The port to listen on.", read=variables.whole(least=1, most=65535), default="8080")

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
            elif each.default is MISSING:
                problems.append(f"{variable} is missing. {each.metadata['about']}")
        problems += _contradictions(values) + _slips(said)
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
        return {each.metadata["variable"]: _shown(getattr(self, each.name)) for each in fields(self)}

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
    def secrets(self) -> tuple[str, ...]:
        """Every secret, for whatever must keep them out of what it writes."""
        held = (self.webex_token, self.webhook_secret, self.webhook_secret_previous, self.broadworks_token)
        found = [match["password"] for match in _PASSWORD.finditer(self.database_url)]
        passwords = (*found, *map(unquote, found))
        return (*(each.reveal() for each in (*held, *self.secret_keys) if each), *dict.fromkeys(passwords))


_PASSWORD = re.compile(r"(?P<before>://[^:/]*:(?=[^@]*@)|[?&]\w*password=)(?P<password>(?<=:)[^@]+|(?<==)[^&]+)")


def _contradictions(values: Mapping[str, Any]) -> list[str]:
    if values.get("webex_token") and values.get("webex_token") == values.get("broadworks_token"):
        return ["BROADWORKS_ACCESS_TOKEN is WEBEX_TEAMS_ACCESS_TOKEN again: a bot's token cannot provision anything."]
    return []


def _slips(said: Mapping[str, str]) -> list[str]:
    known = [each.variable for each in Settings.described()]
    problems = []
    for name in sorted(said.keys() - {*known, *FOREIGN}):
        if name.startswith(OURS):
            close = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean {close[0]}?" if close else "unset it."
            problems.append(f"{name} is not a setting: {hint}")
    return problems


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple | frozenset):
        return ", ".join(sorted(str(each) for each in value))
    return _PASSWORD.sub(rf"\g<before>{MASK}", str(value))
