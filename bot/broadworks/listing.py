"""The lists of the API: what is asked for in their addresses, and whether a link leads on in the same list."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import httpx

from bot.broadworks.errors import translated
from bot.domain.enterprise import EnterpriseFilter
from bot.domain.places import ENTERPRISES, SUBSCRIBERS
from bot.domain.provisioning import SubscriberFilter

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Listing:
    """One list: where it is, what is asked for, and how people call what is on it.

    ``by_text`` must stay the same from page to page; times and sizes may come back written in another way.
    """

    path: str
    query: Mapping[str, str]
    by_text: tuple[str, ...]
    things: str

    @property
    def address(self) -> httpx.URL:
        """The first page, relative to the API; raises NeverSent where it is too long for an address."""
        with translated():
            return httpx.URL(self.path, params=dict(self.query))

    def following(self, link: str, *, base_url: str) -> httpx.URL:
        """The page to which a link leads; raises ValueError unless it is of this same list, at the same place."""
        url = same_place(link, base_url=base_url)
        if url.path.rstrip("/") != httpx.URL(f"{base_url}/{self.path}").path or self._is_another(url):
            raise ValueError("leads to another list")
        return url

    def _is_another(self, url: httpx.URL) -> bool:
        """Whether an address asks for something else; what it does not repeat may be in its cursor."""
        return any(
            name in self.by_text and set(_parts(name, value)) != set(_parts(name, self.query.get(name, "")))
            for name, value in url.params.multi_items()
        )


def subscribers(wanted: SubscriberFilter) -> Listing:
    """The list of the subscribers of a filter."""
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
        "max": _size(wanted.max),
    }
    by_text = ("userId", "personId", "email", "provisioningId", "spEnterpriseId", "status", "selfActivated")
    return Listing(SUBSCRIBERS, _given(every), by_text, "subscribers")


def enterprises(wanted: EnterpriseFilter) -> Listing:
    """The list of the enterprises of a filter."""
    every = {"spEnterpriseId": wanted.enterprise, "startsWith": wanted.starts_with, "max": _size(wanted.max)}
    return Listing(ENTERPRISES, _given(every), ("spEnterpriseId", "startsWith"), "enterprises")


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


def fingerprint(url: httpx.URL) -> bytes:
    """The same for two addresses of the same page, and small, as an iteration keeps one of each page."""
    pairs = sorted(url.params.multi_items())
    return hashlib.sha256(repr(pairs).encode()).digest()


def _given(every: Mapping[str, str]) -> dict[str, str]:
    return {name: value.encode("utf-8", "replace").decode() for name, value in every.items() if value}


def _size(most: int | None) -> str:
    return "" if most is None else str(most)


def _parts(name: str, value: str) -> Iterator[str]:
    # Not every server writes a plus in such a way that it comes back as one.
    plain = value.replace("+", " ").strip().casefold()
    yield from (part.strip() for part in plain.split(",")) if name == "status" else [plain]


def _milliseconds(moment: datetime | None) -> str:
    # Nothing is older than the count of milliseconds, which has no sign.
    return "" if moment is None else str(max(0, (moment - _EPOCH) // timedelta(milliseconds=1)))
