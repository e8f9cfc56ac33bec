"""Renews the access token: before it expires and when it is refused, one renewal at a time for all processes."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from bot.broadworks.sign_in import LONGEST, SignIn
from bot.domain.tokens import Kept, TokenStore
from bot.errors import NoToken, TokenDead

LEASE = LONGEST + timedelta(seconds=20)
"""Longer than any renewal takes; after that, whoever had it is taken for dead."""

TURN = 0.1
TURNS = 150
"""How long one waits for the renewal of another: seconds between two looks, and their number."""

_PAUSES = (1, 2, 4, 8, 15, 30, 60)
_HOPELESS_FOR = timedelta(minutes=1)


class RenewingTokens:
    """A source of tokens over a store that is shared with other threads and processes."""

    def __init__(
        self,
        sign_in: SignIn,
        store: TokenStore,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._sign_in = sign_in
        self._store = store
        self._now = now
        self._sleep = sleep
        self._hopeless: tuple[str, datetime] | None = None

    def __repr__(self) -> str:
        return f"RenewingTokens({self._sign_in!r})"

    def close(self) -> None:
        """Close the connections."""
        self._sign_in.close()

    def access(self) -> str:
        """The token to call with now, renewed if it is about to expire."""
        kept = self._store.look()
        return kept.access if kept.good(self._now()) else self._renewed(kept.version)

    def instead_of(self, refused: str) -> str | None:
        """Another one than this, which was answered 401.

        Somebody may have renewed it meanwhile. None if it is itself the fruit of a renewal after a 401, and was
        refused too: the API does not want what Webex grants, and more renewals would only add to that.
        """
        kept = self._store.look()
        if kept.good(self._now()) and kept.access != refused:
            return kept.access
        return None if self._is_hopeless(refused) else self._renewed(kept.version)

    def give_up(self, refused: str) -> None:
        """This one was refused although it was new; so it stays for a while."""
        self._hopeless = (refused, self._now() + _HOPELESS_FOR)

    def _is_hopeless(self, token: str) -> bool:
        return self._hopeless is not None and self._hopeless[0] == token and self._now() < self._hopeless[1]

    def _renewed(self, version: int) -> str:
        """The token of a later version than this, renewed here or by whoever was first."""
        for _ in range(TURNS):
            kept = self._store.look()
            if kept.dead_at is not None:
                raise TokenDead(kept.why)
            if kept.version != version and kept.good(self._now()):
                return kept.access
            self._demand_hope(kept)
            token = self._renew(kept)
            if token:
                return token
            self._sleep(TURN)
        raise NoToken("Another renewal of the token takes too long")

    def _demand_hope(self, kept: Kept) -> None:
        """Whoever did not answer just now is left in peace for a moment."""
        if kept.try_at is not None and self._now() < kept.try_at:
            raise NoToken("Webex gave no new token a moment ago, and is asked again soon")

    def _renew(self, kept: Kept) -> str:
        """Renew it, unless somebody else is at it: "" then, or if that took so long that the lease was lost."""
        now, lease = self._now(), uuid4().hex
        free = kept.leased_until is None or kept.leased_until <= now
        if not free or not self._store.claim(lease, version=kept.version, now=now, until=now + LEASE):
            return ""
        try:
            granted = self._sign_in.refreshed(kept.refresh)
        except TokenDead as exc:
            self._store.bury(lease, at=self._now(), why=exc.message)
            raise
        except NoToken:
            pause = _PAUSES[min(kept.failures, len(_PAUSES) - 1)]
            self._store.put_off(lease, until=self._now() + timedelta(seconds=pause))
            raise
        # Who was frozen until the lease had run out throws away what he got: the others have tokens by then.
        return granted.access if self._store.keep(lease, granted) else ""
