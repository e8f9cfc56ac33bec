"""Encrypts what is kept of secrets, and tells secrets apart without keeping them."""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_AT_REST, _DIGEST = b"webex-broadworks-bot tokens at rest", b"webex-broadworks-bot digest of a setting"


class Unsealable(Exception):
    """None of the keys opens it."""


class Seal:
    """Encrypts with the newest key and reads what any of its keys has encrypted.

    Each purpose has a key of its own, derived from those of the settings, so that what signs buttons encrypts nothing.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        if not keys:
            raise ValueError("A seal needs at least one key.")
        self._newest, *others = [Fernet(urlsafe_b64encode(_derived(key, _AT_REST))) for key in keys]
        self._all = MultiFernet([self._newest, *others])
        self._digest_keys = [_derived(key, _DIGEST) for key in keys]

    def __repr__(self) -> str:
        return "Seal(keys=••••)"

    def sealed(self, text: str) -> str:
        """The text, for nobody else to read."""
        return self._all.encrypt(text.encode()).decode()

    def opened(self, sealed: str) -> str:
        """The text again; raises Unsealable."""
        try:
            return self._all.decrypt(sealed).decode()
        except InvalidToken as exc:
            raise Unsealable from exc

    def is_newest(self, sealed: str) -> bool:
        """Whether it needs no older key."""
        try:
            self._newest.decrypt(sealed)
        except InvalidToken:
            return False
        return True

    def digest(self, text: str) -> str:
        """What tells this text from others, and nothing else of it; "" for none."""
        return _digest(self._digest_keys[0], text) if text else ""

    def is_digest(self, digest: str, text: str) -> bool:
        """Whether any of the keys makes this digest of the text."""
        if not text or not digest:
            return text == digest
        return any(hmac.compare_digest(digest, _digest(key, text)) for key in self._digest_keys)


def _derived(key: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(key.encode())


def _digest(key: bytes, text: str) -> str:
    return hmac.new(key, text.encode(), sha256).hexdigest()
