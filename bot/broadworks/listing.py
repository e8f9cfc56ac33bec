"""The list of subscribers: what is asked for in its address, and whether a link leads on in the same list."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx

from bot.broadworks.errors import translated
from bot.domain.places import SUBSCRIBERS
from bot.domain.provisioning import SubscriberFilter

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BY_TEXT = ("userId", "personId", "email", "provisioningId", "spEnterpriseId", "status", "selfActivated")
"""What must stay the same from page to page; times and sizes may come back written in another way."""


def address(wanted: SubscriberFilter) -> httpx.URL:
    """The first page, relative to the API; raises NeverSent where it is too long for an address."""
    with translated():
        return httpx.URL(SUBSCRIBERS, params=query(wanted))


def query(wanted: SubscriberFilter) -> dict[str, str]:
    """What is given of a filter, under the API's names and as it wants it written."""
    activated = wanted.self_activated
    every = {
        "userId": wanted.user_id,
        "personId": wanted.person_id,
        "email": wanted.email,
        "provisioningId": wanted.provisioning_id,
        "spEnterpriseId": wanted.enterprise,
        "lastStatusChange": _milliseconds(wanted.last_status_change),
        "status": ",".join(wanted.status),
        "after": _milliseconds(wanted.after),
        "selfActivated": "" if activated is None else str(activated).lower(),
        "max": "" if wanted.max is None else str(wanted.max),
    }
    return {name: value.encode("utf-8", "replace").decode() for name, value in every.items() if value}


def same_place(link: str, *, base_url: str) -> httpx.URL:
    """Where a link leads, if that is this same API; raises ValueError, for the token goes nowhere else."""
    base = httpx.URL(base_url + "/")
    try:
        url = base.join(link)
    except (httpx.InvalidURL, ValueError) as exc:
        raise ValueError("cannot be read") from exc
    if (url.scheme, url.host, url.port, url.userinfo) != (base.scheme, base.host, base.port, b""):
        raise ValueError("leads elsewhere")
    return url.copy_with(fragment=None)


def following(link: str, *, base_url: str, wanted: SubscriberFilter) -> httpx.URL:
    """The page to which a link leads; raises ValueError unless it is of this same list, at the same place."""
    url = same_place(link, base_url=base_url)
    if url.path.rstrip("/") != httpx.URL(f"{base_url}/{SUBSCRIBERS}").path or _another(url, wanted):
        raise ValueError("leads to another list")
    return url


def fingerprint(url: httpx.URL) -> bytes:
    """The same for two addresses of the same page, and small, as an iteration keeps one of each page."""
    pairs = sorted(url.params.multi_items())
    return hashlib.sha256(repr(pairs).encode()).digest()


def _another(url: httpx.URL, wanted: SubscriberFilter) -> bool:
    """Whether an address asks for something else; what it does not repeat may be in its cursor."""
    ours = query(wanted)
    return any(
        name in _BY_TEXT and set(_parts(name, value)) != set(_parts(name, ours.get(name, "")))
        for name, value in url.params.multi_items()
    )


def _parts(name: str, value: str) -> Iterator[str]:
    # Not every server writes a plus in such a way that it comes back as one.
    plain = value.replace("+", " ").strip().casefold()
    yield from (part.strip() for part in plain.split(",")) if name == "status" else [plain]


def _milliseconds(moment: datetime | None) -> str:
    # Nothing is older than the count of milliseconds, which has no sign.
    return "" if moment is None else str(max(0, (moment - _EPOCH) // timedelta(milliseconds=1)))
