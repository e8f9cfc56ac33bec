"""Puts the administrator's token on each request, and shows it nowhere else."""

from collections.abc import Generator

import httpx

from bot.errors import SettingsError


class BearerAuth(httpx.Auth):
    """``Authorization: Bearer`` for every request; raises SettingsError for what can be no token."""

    def __init__(self, token: str) -> None:
        # A character that no header may carry would surface in an exception together with the whole token.
        if not token or not all("!" <= c <= "~" for c in token):
            raise SettingsError(["the access token for BroadWorks is empty or has characters that no token has"])
        self._token = token

    def __repr__(self) -> str:
        return "BearerAuth(token hidden)"

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Add the header."""
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request
