"""Who may call the provisioning API: the tokens that were issued, for how long, and what has ended them."""

import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from bot.simulator.clock import Clock
from bot.simulator.control.switches import Switches

# They open nothing but the simulator.
CLIENT_ID = "C-play-integration"
CLIENT_SECRET = "play-client-secret"  # noqa: S105 - see above.
REFRESH_TOKEN = "play-refresh-token"  # noqa: S105 - see above.

ACCESS_LIFE = timedelta(days=14)
REFRESH_LIFE = timedelta(days=90)
_CODE_LIFE = timedelta(minutes=5)


class Refused(Exception):
    """No tokens for that; `error` is the name of why, as OAuth has it."""

    def __init__(self, error: str, words: str) -> None:
        self.error = error
        self.words = words
        super().__init__(words)


@dataclass(frozen=True)
class Tokens:
    access: str
    refresh: str
    access_life: timedelta
    refresh_life: timedelta


@dataclass
class _Code:
    redirect_uri: str
    challenge: str
    expires: datetime


@dataclass
class _Issued:
    """`line` counts the consents: what was issued on the strength of one ends together."""

    expires: datetime
    line: int


class Grants:
    """Holds codes, refresh tokens and access tokens. Their lives are those of the real platform, or what is set."""

    def __init__(self, clock: Clock, switches: Switches, *, simple: str) -> None:
        self._clock = clock
        self._switches = switches
        self._simple = simple
        self.client_id, self.client_secret, self.refresh_token = CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN
        self.access_life, self.refresh_life = ACCESS_LIFE, REFRESH_LIFE
        self._lines = 1
        self._codes: dict[str, _Code] = {}
        self._refresh = {REFRESH_TOKEN: _Issued(clock.now() + REFRESH_LIFE, 1)}
        self._access: dict[str, _Issued] = {}
        self._expired = False
        self._revoked_to = 0

    def lets_in(self, token: str | None) -> bool:
        """Whether this is an access token that is good now. The simple one cannot be renewed, so it ends for a time."""
        if token == self._simple:
            return not self._switches.access_expired
        issued = self._access.get(token or "")
        return issued is not None and self._is_good(issued)

    def knows(self, token: str) -> bool:
        """Whether it was issued here, however it has fared since."""
        return token == self._simple or token in self._access

    def secrets(self) -> list[str]:
        """Everything that must not be written down."""
        return [self._simple, self.client_secret, *self._codes, *self._refresh, *self._access]

    def follow(self) -> None:
        """The switches may have changed: expiring is done once, and for good; a revocation lasts while it is on."""
        if self._switches.access_expired and not self._expired:
            for issued in self._access.values():
                issued.expires = self._clock.now()
        self._expired = self._switches.access_expired
        if not self._switches.refresh_revoked:
            self._revoked_to = 0
        elif not self._revoked_to:
            self._revoked_to = self._lines

    def consent(self, *, redirect_uri: str, challenge: str) -> str:
        """Somebody agrees; the code is for whoever knows what the challenge was made of."""
        code = token_urlsafe(24)
        self._codes[code] = _Code(redirect_uri, challenge, self._clock.now() + _CODE_LIFE)
        return code

    def redeem(self, code: str, *, redirect_uri: str, verifier: str) -> Tokens:
        """The first tokens for a code, which works once."""
        known = self._codes.pop(code, None)
        if known is None or known.expires <= self._clock.now() or known.redirect_uri != redirect_uri:
            raise Refused("invalid_grant", "The code is unknown, used, too old or was made for another address.")
        if known.challenge and not hmac.compare_digest(known.challenge, challenge_of(verifier)):
            raise Refused("invalid_grant", "The code verifier does not fit the challenge.")
        self._lines += 1
        return self._issue(self._lines)

    def renew(self, refresh: str) -> Tokens:
        """The next tokens for a refresh token, whose life begins anew; the switch says whether it works only once."""
        known = self._refresh.get(refresh)
        if known is None or not self._is_good(known):
            raise Refused("invalid_grant", "The refresh token is unknown, expired or revoked.")
        if self._switches.refresh_once:
            del self._refresh[refresh]
            return self._issue(known.line)
        return self._issue(known.line, refresh=refresh)

    def is_client(self, client_id: str, client_secret: str) -> bool:
        ours, theirs = f"{self.client_id} {self.client_secret}", f"{client_id} {client_secret}"
        return hmac.compare_digest(ours.encode(), theirs.encode())

    def _is_good(self, issued: _Issued) -> bool:
        return self._clock.now() < issued.expires and issued.line > self._revoked_to

    def _issue(self, line: int, *, refresh: str = "") -> Tokens:
        now, access = self._clock.now(), token_urlsafe(32)
        refresh = refresh or token_urlsafe(32)
        self._access[access] = _Issued(now + self.access_life, line)
        self._refresh[refresh] = _Issued(now + self.refresh_life, line)
        return Tokens(access, refresh, self.access_life, self.refresh_life)


def challenge_of(verifier: str) -> str:
    """As S256 has it."""
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()
