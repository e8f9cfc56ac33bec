"""Reads what Webex delivers: bytes and headers in, a genuine envelope out, without any I/O."""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.event import Envelope
from bot.errors import Malformed, TooLarge, Unsigned

PATH = "/webhooks/webex"
"""Where Webex delivers to, below the bot's public address."""

EVENTS = (
    ("messages", "created"),
    ("attachmentActions", "created"),
    ("memberships", "created"),
    ("memberships", "deleted"),
    ("rooms", "migrated"),
)
"""Resource and event of everything that the bot wants to be told of."""

MAX_BYTES = 64 * 1024
"""Deliveries carry ids and no content: a real one has about one kilobyte."""

SIGNATURE = "x-webex-signature"
LEGACY_SIGNATURE = "x-spark-signature"

KEPT = (
    "roomId",
    "roomType",
    "personId",
    "personEmail",
    "messageId",
    "parentId",
    "created",
    "oldRoomId",
    "newRoomId",
    "previousRoomId",
)
"""What may be kept of ``data``, where it is a text. How a migration names the old space is not documented."""

_STRONGEST_FIRST = {"SHA-512": hashlib.sha512, "SHA-256": hashlib.sha256}
_HEX = re.compile(r"[0-9a-fA-F]+")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")
_ID = re.compile(r"[A-Za-z0-9_=:+~-]{1,512}")
_MAX_CHARS = 512


def verify(raw: bytes, headers: Mapping[str, str], *, secrets: Sequence[str]) -> None:
    """Return if one of the secrets has signed these very bytes; raises Unsigned or TooLarge.

    A signature that is there but cannot be used is refused: falling back would let a sender choose the weaker one.
    """
    if len(raw) > MAX_BYTES:
        raise TooLarge(f"{len(raw)} bytes are more than an event has")
    algorithm, claimed = _claim({name.lower(): value for name, value in headers.items()})
    # Every secret is tried, so that the time taken does not tell which of them it was.
    matches = [hmac.compare_digest(_sign(raw, secret, algorithm), claimed) for secret in secrets if secret]
    if not any(matches):
        raise Unsigned("The signature is wrong")


def read(raw: bytes) -> Envelope:
    """The envelope of a verified delivery; raises Malformed. Tolerates whatever is not needed to identify it."""
    try:
        event = json.loads(raw.decode())
    except (ValueError, RecursionError) as exc:
        raise Malformed("The body is not JSON") from exc
    data = event.get("data") if isinstance(event, dict) else None
    if not isinstance(data, dict):
        raise Malformed("The body is not an event")
    return Envelope(
        resource=_demanded(event, "resource", _WORD),
        event=_demanded(event, "event", _WORD),
        id=_demanded(data, "id", _ID),
        room_id=_found(data, "roomId", _ID),
        person_id=_found(data, "personId", _ID),
        actor_id=_found(event, "actorId", _ID),
        data={name: data[name] for name in KEPT if _keepable(data.get(name))},
    )


def _claim(headers: Mapping[str, str]) -> tuple[Any, str]:
    if SIGNATURE in headers:
        claims = _claims(headers[SIGNATURE])
        name = next(name for name in _STRONGEST_FIRST if name in claims)
        return _STRONGEST_FIRST[name], claims[name]
    if LEGACY_SIGNATURE in headers:
        return hashlib.sha1, _digest(headers[LEGACY_SIGNATURE], hashlib.sha1)
    raise Unsigned("There is no signature")


def _claims(header: str) -> dict[str, str]:
    """Algorithm and digest of each part; parts of algorithms that are yet to come are passed over."""
    claims: dict[str, str] = {}
    for part in header.split(","):
        name, mark, digest = (piece.strip() for piece in part.partition("="))
        if not mark or name.upper() in claims:
            raise Unsigned("The signature cannot be read")
        if name.upper() in _STRONGEST_FIRST:
            claims[name.upper()] = _digest(digest, _STRONGEST_FIRST[name.upper()])
    if not claims:
        raise Unsigned("The signature is of no known kind")
    return claims


def _digest(text: str, algorithm: Any) -> str:
    digest = text.strip()
    if len(digest) != algorithm().digest_size * 2 or not _HEX.fullmatch(digest):
        raise Unsigned("The signature cannot be read")
    return digest.lower()


def _sign(raw: bytes, secret: str, algorithm: Any) -> str:
    return hmac.new(secret.encode(), raw, algorithm).hexdigest()


def _demanded(where: Mapping[str, Any], name: str, form: re.Pattern[str]) -> str:
    found = _found(where, name, form)
    if not found:
        raise Malformed(f"The event has no usable {name}")
    return found


def _found(where: Mapping[str, Any], name: str, form: re.Pattern[str]) -> str:
    value = where.get(name)
    return value if isinstance(value, str) and form.fullmatch(value) else ""


def _keepable(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _MAX_CHARS and value.isprintable()
