"""Puts the administrator's token on each request, and shows it nowhere else."""

from collections.abc import Generator
from typing import Protocol

import httpx

from bot.errors import SettingsError

_SCHEME = "Bearer "


class Tokens(Protocol):
    """Where the token of each request comes from."""

    def access(self) -> str:
        """The token to call with now; raises NoToken where there is none."""

    def instead_of(self, refused: str) -> str | None:
        """Another one than this, which was answered 401; None where there is no better one. Raises NoToken."""

    def give_up(self, refused: str) -> None:
        """This one was refused although it was new: another would fare no better."""


class OneToken:
    """A token that the operator renews by hand; raises SettingsError for what can be none."""

    def __init__(self, token: str) -> None:
        if not is_token(token):
            raise SettingsError(["the access token for BroadWorks is empty or has characters that no token has"])
        self._token = token

    def __repr__(self) -> str:
        return "OneToken(token hidden)"

    def access(self) -> str:
        """Always the same."""
        return self._token

    def instead_of(self, refused: str) -> str | None:
        """There is no other."""
        return None

    def give_up(self, refused: str) -> None:
        """There was no other."""


class BearerAuth(httpx.Auth):
    """``Authorization: Bearer`` for every request, with a token from a source of them or always the same one."""

    def __init__(self, tokens: Tokens | str) -> None:
        self._tokens = OneToken(tokens) if isinstance(tokens, str) else tokens

    def __repr__(self) -> str:
        return "BearerAuth(token hidden)"

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Add the header, unless it was added already."""
        if "Authorization" not in request.headers:
            _put(request, self._tokens.access())
        yield request

    def renew(self, request: httpx.Request) -> bool:
        """Put another token on a request that was answered 401; false where there is no better one.

        That the request may then be sent once more, a write too, rests on what a 401 is: nobody was let in, so nothing
        was done. It is not this class that sends it, but the wire, which reads answers within bounds and knows until
        when anything may be sent.
        """
        token = self._tokens.instead_of(_on(request))
        if token is not None:
            _put(request, token)
        return token is not None

    def give_up(self, request: httpx.Request) -> None:
        """The request was answered 401 again."""
        self._tokens.give_up(_on(request))


def is_token(text: str) -> bool:
    """Whether it can be sent: a character that no header may carry would surface in an exception with all the rest."""
    return bool(text) and all("!" <= c <= "~" for c in text)


def _put(request: httpx.Request, token: str) -> None:
    request.headers["Authorization"] = _SCHEME + token


def _on(request: httpx.Request) -> str:
    return request.headers["Authorization"].removeprefix(_SCHEME)
