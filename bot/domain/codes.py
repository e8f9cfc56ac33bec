"""What codes mean, each on the surface that gives it, and those that were met here and that nobody has explained."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MOST_AT_ONCE = 10
"""Codes that are explained with one asking; a card has no room for more."""


class Surface(StrEnum):
    """Where a code is given; the same number can mean something else elsewhere."""

    API = "provisioning-api"
    PORTAL = "portal"
    DIRECTORY_SYNC = "directory-sync"
    CALLING = "webex-calling"


@dataclass(frozen=True)
class Meaning:
    """What a code means on one surface; ``certainty`` is how sure that is, in words."""

    code: str
    surface: Surface
    meaning: str
    remedy: str = ""
    who: str = ""
    certainty: str = ""


@dataclass
class UnknownCode:
    """A code that the API gave and nobody here knows: how often, in which words last, and for which request."""

    code: str
    surface: Surface
    words: str
    count: int
    first_seen: datetime
    last_seen: datetime
    request: int | None = None
    id: int | None = None

    def meet_again(self, *, words: str, at: datetime, request: int | None) -> None:
        """It was given once more; what was said last is what counts."""
        self.count += 1
        self.words = words or self.words
        self.last_seen = at
        self.request = request if request is not None else self.request


def codes_in(text: str) -> tuple[str, ...]:
    """The codes that somebody lists, each once: with commas, semicolons or spaces between them, or an "and"."""
    apart = text.replace(",", " ").replace(";", " ").split()
    cleaned = (word.strip("#?!.:()\"'") for word in apart)
    return tuple(dict.fromkeys(word for word in cleaned if word and word.casefold() not in {"and", "code", "codes"}))


def looks_like_code(word: str) -> bool:
    """A code is told from other words by a digit or an underscore in it."""
    return "@" not in word and "=" not in word and any(char.isdigit() or char == "_" for char in word)
