"""Asks Webex for tokens: the next ones for a refresh token, the first ones for the code of somebody who logged in."""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from math import isfinite
from typing import Any

import httpx
import structlog

from bot.broadworks.answer import Answer, receive
from bot.broadworks.auth import is_token
from bot.broadworks.errors import translated
from bot.broadworks.text import header_safe, words
from bot.domain.tokens import Granted
from bot.errors import NeverSent, NoToken, TokenDead, Unconfirmed

Transport = httpx.BaseTransport
"""What stands in for the network."""

TIMEOUT = httpx.Timeout(connect=5, read=10, write=5, pool=5)
LONGEST = timedelta(seconds=40)
"""No question of ours takes longer, all of its timeouts together."""

_REFUSALS = frozenset({400, 401, 403})
_MOST_SECONDS = 10 * 366 * 86_400.0
_CLIENT = "invalid_client"

_log = structlog.get_logger(__name__)


class SignIn:
    """The token endpoint, as the integration or service app with that id; safe to share between threads.

    What is sent and what is answered holds secrets, so neither is logged nor told by an exception.
    """

    def __init__(
        self,
        *,
        base_url: str,
        client_id: str,
        client_secret: str,
        tracking: Callable[[], str],
        transport: Transport | None = None,
        trust_env: bool = True,
        timeout: httpx.Timeout = TIMEOUT,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self._client = {"client_id": client_id, "client_secret": client_secret}
        self._tracking = tracking
        self._timeout = timeout
        self._now = now
        self._http = httpx.Client(
            base_url=self.base_url,
            transport=transport,
            timeout=timeout,
            follow_redirects=False,
            trust_env=trust_env,
            headers={"Accept": "application/json"},
        )

    def __repr__(self) -> str:
        return f"SignIn({self.base_url!r})"

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def refreshed(self, refresh: str) -> Granted:
        """The next tokens; raises TokenDead if Webex refuses, NoToken if nobody knows.

        An answer that was lost is no refusal: the same refresh token is used again later. If Webex had already put
        another in its place, and honours each but once, it refuses then, and only a person can help: there is no way
        to tell the two apart, and to take a lost answer for a refusal would call people for every broken connection.
        """
        granted = self._granted({"grant_type": "refresh_token", "refresh_token": refresh})
        # Where Webex names no other, the old one goes on.
        return granted if granted.refresh else _with_refresh(granted, refresh)

    def first(self, code: str, *, verifier: str, redirect_uri: str) -> Granted:
        """The first tokens of somebody who logged in; raises TokenDead if Webex refuses, NoToken if nobody knows."""
        asked = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri}
        granted = self._granted({**asked, "code_verifier": verifier})
        if not granted.refresh:
            raise NoToken("Webex granted no refresh token")
        return granted

    def _granted(self, asked: Mapping[str, str]) -> Granted:
        try:
            answer = self._ask(asked)
        except (NeverSent, Unconfirmed) as exc:
            raise NoToken(f"Webex gave no new token: {exc}") from exc
        if 200 <= answer.status <= 299:
            return _read(answer, now=self._now())
        # A proxy's error page is no answer of Webex's.
        if answer.status in _REFUSALS and answer.data is not None:
            raise TokenDead(_refusal(answer), tracking_id=answer.tracking_id)
        raise NoToken(f"Webex answered {answer.status} when asked for a new token", tracking_id=answer.tracking_id)

    def _ask(self, asked: Mapping[str, str]) -> Answer:
        ours, began = header_safe(self._tracking()), time.monotonic()
        headers = {"TrackingID": ours} if ours else {}
        log = _log.bind(grant=asked["grant_type"], tracking_id=ours)
        try:
            with translated():
                data = {**asked, **self._client}
                request = self._http.build_request("POST", "access_token", data=data, headers=headers)
                response = self._http.send(request, stream=True)
                until = time.monotonic() + (self._timeout.read or 0)
                answer = receive(response, expired=lambda: time.monotonic() > until)
        except (NeverSent, Unconfirmed) as exc:
            log.info("asked for tokens", status=None, seconds=_since(began), failure=str(exc))
            raise
        theirs = answer.tracking_id
        log.info("asked for tokens", status=answer.status, seconds=_since(began), webex_tracking_id=theirs)
        return answer


def _read(answer: Answer, *, now: datetime) -> Granted:
    said = answer.data or {}
    access, refresh = said.get("access_token"), said.get("refresh_token")
    if not isinstance(access, str) or not is_token(access):
        raise NoToken(f"Webex answered {answer.status}, but with no token that can be used")
    return Granted(
        access=access,
        refresh=refresh if isinstance(refresh, str) else "",
        at=now,
        expires_at=_moment(now, said.get("expires_in")),
        refresh_expires_at=_moment(now, said.get("refresh_token_expires_in")),
    )


def _moment(now: datetime, seconds: Any) -> datetime | None:
    """So many seconds from now; None for what makes no sense, because then only a 401 can tell."""
    try:
        life = 0.0 if isinstance(seconds, bool) else float(seconds)
    except (TypeError, ValueError, OverflowError):
        return None
    return now + timedelta(seconds=min(life, _MOST_SECONDS)) if isfinite(life) and life > 0 else None


def _with_refresh(granted: Granted, refresh: str) -> Granted:
    return Granted(granted.access, refresh, granted.at, granted.expires_at, granted.refresh_expires_at)


def _refusal(answer: Answer) -> str:
    """Why, as far as it can be told: of their words only the name of the error, which holds no secret."""
    error = words((answer.data or {}).get("error"))
    if error == _CLIENT:
        return "Webex does not know the bot's client ID and secret"
    named = f" ({error})" if error.replace("_", "").isalpha() and len(error) <= 40 else ""
    return f"Webex refused a new token with status {answer.status}{named}"


def _since(began: float) -> float:
    return round(time.monotonic() - began, 3)
