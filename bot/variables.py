"""Turns what a variable says into a value; a ValueError completes the sentence that begins with its name."""

import hmac
import ipaddress
from collections.abc import Callable
from urllib.parse import urlsplit

import phonenumbers
from email_validator import EmailNotValidError, validate_email

MASK = "••••"

_DATABASES = {
    "sqlite": "sqlite",
    "sqlite+pysqlite": "sqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


class Secret:
    """A text that does not print itself."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text, for the one place that needs it."""
        return self._text

    def __repr__(self) -> str:
        return MASK

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and hmac.compare_digest(self._text.encode(), other.reveal().encode())

    def __hash__(self) -> int:
        return hash(self._text)


def plain(text: str) -> str:
    """Any text."""
    return text


def secret(*, least: int = 1) -> Callable[[str], Secret]:
    """A secret of at least so many characters."""

    def read(text: str) -> Secret:
        if len(text) < least:
            raise ValueError(f"is too short: it needs at least {least} characters")
        return Secret(text)

    return read


def keys(text: str) -> tuple[Secret, ...]:
    """Secrets in their order, long enough to sign with."""
    long_enough = secret(least=32)
    return tuple(long_enough(key) for key in _listed(text))


def names(text: str) -> frozenset[str]:
    """What stands between the commas."""
    return frozenset(_listed(text))


def scopes(text: str) -> str:
    """Scopes between spaces or commas, each of them once, with one space between."""
    return " ".join(dict.fromkeys(text.replace(",", " ").split()))


def one_of(*words: str) -> Callable[[str], str]:
    """One of these words, in any case."""

    def read(text: str) -> str:
        if text.lower() not in words:
            raise ValueError(f"must be {' or '.join(words)}")
        return text.lower()

    return read


def switch(text: str) -> bool:
    """On or off."""
    return one_of("on", "off")(text) == "on"


def whole(*, least: int, most: int) -> Callable[[str], int]:
    """A whole number within bounds."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most):
            raise ValueError(f"must be a whole number from {least} to {most}")
        return int(text)

    return read


def origin(text: str) -> str:
    """A URL without the slash at its end: https, or http on this very machine."""
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port  # A port that is no number is only noticed when asked for.
    except ValueError:
        raise ValueError("is not a URL") from None
    if not host or parts.query or parts.fragment or parts.username is not None or not text.isprintable() or " " in text:
        raise ValueError("must be a URL such as https://bot.example.com")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(host)):
        raise ValueError("must begin with https:// (plain http is for this very machine only)")
    return text.rstrip("/")


def base_url(text: str) -> str:
    """The same with the slash at its end, without which clients would drop the last part of the path."""
    return f"{origin(text)}/"


def is_loopback(host: str) -> bool:
    """Whether a host name means this very machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def domains(text: str) -> frozenset[str]:
    """E-mail domains, in lower case."""
    return frozenset(_domain(part) for part in _listed(text))


def addresses(text: str) -> frozenset[str]:
    """E-mail addresses, in lower case."""
    return frozenset(_address(part) for part in _listed(text))


def region(text: str) -> str:
    """A country whose numbering plan is known."""
    if text.upper() not in phonenumbers.SUPPORTED_REGIONS:
        raise ValueError("must be the two letters of a country, such as US or DE")
    return text.upper()


def database(text: str) -> str:
    """A database URL with its driver; a complaint does not repeat it, for it may hold a password."""
    scheme, mark, rest = text.partition("://")
    if not mark or scheme not in _DATABASES:
        raise ValueError("must begin with sqlite:/// or postgresql://")
    if _DATABASES[scheme] == "sqlite":
        _demand_file(rest)
    return f"{_DATABASES[scheme]}://{rest}"


def _demand_file(rest: str) -> None:
    path, _, query = rest.partition("?")
    if not path.strip("/") or ":memory:" in path or "mode=memory" in query:
        raise ValueError("must name a file: what is only in memory does not survive a restart")
    if not path.startswith("/"):
        raise ValueError("must have three slashes before a file's path, four before one that begins at the root")


def _listed(text: str) -> list[str]:
    found = [part.strip() for part in text.split(",") if part.strip()]
    if not found:
        raise ValueError("names nothing between its commas")
    return found


def _domain(text: str) -> str:
    if "*" in text:
        raise ValueError(f"takes no wildcard: name each domain instead of {text}")
    try:
        return _address(f"anybody@{text}").rpartition("@")[2]
    except ValueError:
        raise ValueError(f"contains {text!r}, which is not a domain such as example.com") from None


def _address(text: str) -> str:
    try:
        found = validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise ValueError(f"contains {text!r}, which is not an e-mail address") from None
    return f"{found.local_part}@{found.ascii_domain}".lower()
