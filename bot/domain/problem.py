"""What went wrong, said for the person who must go on from here."""

from dataclasses import dataclass

_BUSY = frozenset({423, 429})


@dataclass(frozen=True)
class Explanation:
    """What a code of the API means; ``known`` is False when only the API's own words are there."""

    code: str
    meaning: str
    remedy: str = ""
    who: str = ""
    known: bool = True


@dataclass(frozen=True)
class Reason:
    """One thing the API complained about: its own words, and what we know of its code."""

    words: str
    field: str | None = None
    explanation: Explanation | None = None


@dataclass(frozen=True)
class Problem:
    """A failure as a person needs it.

    ``happened`` in one sentence, ``why`` as far as known, ``advice`` for the next step and ``who`` can take it.
    ``reasons`` are the API's complaints; ``tracking_id`` is Webex's, ``ours`` is the bot's.
    """

    happened: str
    why: str = ""
    advice: str = ""
    who: str = ""
    reasons: tuple[Reason, ...] = ()
    status: int | None = None
    tracking_id: str | None = None
    ours: str | None = None
    tries: int = 1
    retry_after: float | None = None
    again: bool = False

    @property
    def busy(self) -> bool:
        """Webex has answered that it has no time for it just now: nothing was changed."""
        return self.status in _BUSY
