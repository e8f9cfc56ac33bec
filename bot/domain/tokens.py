"""The tokens with which the bot calls the provisioning API, and where they are kept."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

_EARLY = timedelta(minutes=5)
_SHARE = 10


@dataclass(frozen=True)
class Granted:
    """What Webex has granted: an access token, the refresh token for the next one, and until when both are good.

    A time is None where Webex did not tell it.
    """

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    at: datetime
    expires_at: datetime | None = None
    refresh_expires_at: datetime | None = None


@dataclass(frozen=True)
class Kept:
    """The tokens as they are kept; ``access`` is "" until the first one was granted.

    ``version`` counts up with each set of tokens. ``dead_at`` is when Webex refused a new one for good, ``why`` in its
    words or ours. Nobody asks for a new one before ``try_at``, because the last ``failures`` times nobody answered,
    nor before ``leased_until``, because somebody is asking.
    """

    version: int
    granted_at: datetime
    access: str = field(default="", repr=False)
    refresh: str = field(default="", repr=False)
    expires_at: datetime | None = None
    refresh_expires_at: datetime | None = None
    dead_at: datetime | None = None
    why: str = ""
    failures: int = 0
    try_at: datetime | None = None
    leased_until: datetime | None = None

    def good(self, now: datetime) -> bool:
        """There is an access token that will not expire while a call is on its way."""
        if not self.access or self.dead_at is not None:
            return False
        return self.expires_at is None or now < self.expires_at - self._margin

    @property
    def _margin(self) -> timedelta:
        """Five minutes, but no more than a tenth of a short life."""
        life = self.expires_at - self.granted_at if self.expires_at else timedelta()
        return min(_EARLY, life / _SHARE)


class TokenStore(Protocol):
    """Where the tokens are kept, for all threads and processes: every method is one short transaction.

    Whoever holds the ``lease`` asks for the next tokens, and nobody else does; no transaction is open meanwhile. Each
    may raise NoToken, because what cannot be looked up cannot be used.
    """

    def look(self) -> Kept:
        """The tokens as they are now; raises NoToken if they cannot be read."""

    def claim(self, lease: str, *, version: int, now: datetime, until: datetime) -> bool:
        """Take the lease on the set of that version; false if it has moved on, is dead or is somebody else's."""

    def keep(self, lease: str, granted: Granted) -> bool:
        """Keep the next set and give the lease back; false, with nothing kept, if the lease was lost meanwhile."""

    def put_off(self, lease: str, *, until: datetime) -> None:
        """Nobody answered: give the lease back, and let nobody ask before that."""

    def bury(self, lease: str, *, at: datetime, why: str) -> None:
        """Webex refused: give the lease back, and let nobody ask any more."""
