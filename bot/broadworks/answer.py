"""An answer of the API, received whole or as far as it came."""

import json
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import httpx

from bot.broadworks.text import words

BODY_LIMIT = 1024 * 1024
"""Bytes that are read of an answer; no honest one comes near."""


@dataclass(frozen=True)
class Answer:
    """Status, headers and body of one answer; ``whole`` is False when the body broke off or was too long."""

    status: int
    headers: httpx.Headers = field(default_factory=httpx.Headers)
    body: bytes = b""
    whole: bool = True
    next_page: str | None = None

    @cached_property
    def data(self) -> dict[str, Any] | None:
        """The body if it is a JSON object, else None."""
        if not self.whole:
            return None
        try:
            value = json.loads(self.body, parse_float=_finite, parse_constant=lambda _: None)
        except (ValueError, RecursionError):
            return None
        return value if isinstance(value, dict) else None

    @property
    def tracking_id(self) -> str | None:
        """Webex's own id of this call, from the body or the header."""
        body = self.data or {}
        return words(body.get("trackingId")) or words(self.headers.get("Trackingid")) or None


def receive(response: httpx.Response, *, expired: Callable[[], bool]) -> Answer:
    """Read a streamed response within bounds; ``expired`` says when to stop waiting for more of it.

    The status is known by now, so a body that breaks off is part of the answer and no exception.
    """
    body = bytearray()
    whole = False
    try:
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > BODY_LIMIT or expired():
                break
        else:
            whole = True
        response.close()
    except (httpx.HTTPError, httpx.StreamError, OSError):
        whole = False
    finally:
        response.close()
    next_page = response.links.get("next", {}).get("url")
    return Answer(response.status_code, response.headers, bytes(body[:BODY_LIMIT]), whole, next_page)


def _finite(text: str) -> float | None:
    # An infinite number cannot be stored as JSON.
    number = float(text)
    return number if math.isfinite(number) else None
