"""Signs what a webhook delivers, in the newer way, the older, or both."""

import hmac


def signatures(secret: str | None, body: bytes, *, legacy_only: bool) -> dict[str, str]:
    """Headers over the raw bytes; none without a secret."""
    if not secret:
        return {}
    headers = {"X-Spark-Signature": _digest(secret, body, "sha1")}
    if not legacy_only:
        newer = {"SHA-256": _digest(secret, body, "sha256"), "SHA-512": _digest(secret, body, "sha512")}
        headers["X-Webex-Signature"] = ", ".join(f"{name}={value}" for name, value in newer.items())
    return headers


def _digest(secret: str, body: bytes, algorithm: str) -> str:
    return hmac.new(secret.encode(), body, algorithm).hexdigest()
