"""Makes what came from outside safe to keep: bounded, and free of what cannot be stored or shown."""

from typing import Any

WORDS = 500
"""Characters that are kept of any words of theirs."""

_STRING = 2000
_ENTRIES = 100
_DEPTH = 6


def words(value: Any) -> str:
    """Their words on one line, at most WORDS characters; "" for what is neither text nor number."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    # Eight times the bound leaves room for the characters that fall away.
    text = str(value)[: 8 * WORDS]
    visible = "".join(" " if c.isspace() else c if c.isprintable() else "" for c in text)
    clean = " ".join(visible.split())
    return clean if len(clean) <= WORDS else clean[: WORDS - 1] + "…"


def header_safe(text: str) -> str:
    """What of a text may stand in a header of ours."""
    return "".join(c for c in text[:128] if "!" <= c <= "~")


def storable(value: Any, *, depth: int = _DEPTH) -> Any:
    """A JSON value with the same content, cut where it is larger than any honest answer."""
    if isinstance(value, str):
        return _storable_text(value[:_STRING])
    if isinstance(value, dict | list) and depth == 0:
        return None
    if isinstance(value, dict):
        kept = list(value.items())[:_ENTRIES]
        return {_storable_text(key[:_STRING]): storable(each, depth=depth - 1) for key, each in kept}
    if isinstance(value, list):
        return [storable(each, depth=depth - 1) for each in value[:_ENTRIES]]
    return value


def _storable_text(text: str) -> str:
    # PostgreSQL takes no NUL, and a lone surrogate is not encodable at all.
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
