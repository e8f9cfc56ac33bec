"""Writes ids as the platform does: base64url, without padding, of `ciscospark://us/<TYPE>/<uuid>`."""

import base64
from uuid import NAMESPACE_URL, uuid4, uuid5

_NAMESPACE = uuid5(NAMESPACE_URL, "https://webexapis.com/v1#simulated")


def encoded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def typed(kind: str, key: str) -> str:
    return encoded(f"ciscospark://us/{kind}/{key}")


def fresh(kind: str) -> str:
    """An id that no run has seen before, so that whoever remembers ids between runs is not misled."""
    return typed(kind, str(uuid4()))


def steady(kind: str, name: str) -> str:
    """The same id in every run, so that settings which name a person or a space stay true."""
    return typed(kind, str(uuid5(_NAMESPACE, f"{kind}/{name}")))
