"""Fetches the file of a report from the address that Webex has signed: only from hosts that are allowed."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import BinaryIO

import httpx
import structlog

from bot.broadworks.answer import Answer
from bot.broadworks.errors import failure, translated
from bot.broadworks.patience import Patience
from bot.domain.report import SignedUrl
from bot.errors import Busy, Declined, Refused, Unconfirmed

LIMIT = 100 * 1024 * 1024
"""Bytes of a file; a message of Webex takes no more."""

SECONDS = 120.0
HOPS = 3
"""Redirects that are followed."""

_TIMEOUT = httpx.Timeout(connect=5, read=30, write=10, pool=5)
_CHUNK = 64 * 1024
_HEAD = 512
_EXPIRED = frozenset({403, 404, 410})
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_PASSED_ON = "Nothing was passed on."

_log = structlog.get_logger(__name__)


class LinkExpired(Exception):
    """There is no file at the address any more; another address may have one."""


@dataclass(frozen=True)
class Downloads:
    """Knows where files may come from: ``hosts`` and what is below them, by https, and where the API itself is.

    Nothing of the administrator's goes there: no token, no cookie. ``trust_env`` says whether proxies count.
    """

    base_url: str
    hosts: frozenset[str] = frozenset()
    transport: httpx.BaseTransport | None = field(default=None, repr=False)
    trust_env: bool = True
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def fetch(self, url: SignedUrl, into: BinaryIO, *, patience: Patience) -> None:
        """Put the file ``into`` an open file, byte for byte; raises LinkExpired, Declined, or a BroadWorksError."""
        patience.run(lambda: self._fetch_once(url, into))

    def _fetch_once(self, url: SignedUrl, into: BinaryIO) -> None:
        into.seek(0)
        into.truncate()
        began, size = self.clock(), 0
        at = self._allowed(url.reveal())
        with translated(), self._client() as client:
            for _ in range(HOPS + 1):
                with client.stream("GET", at) as response:
                    if response.has_redirect_location:
                        at = self._allowed(response.headers["Location"], after=at)
                        continue
                    _log.info("report file", host=at.host, status=response.status_code)
                    _demand_file(response, now=self.now)
                    size = self._save(response, into, until=began + SECONDS)
                    break
            else:
                raise Declined(f"Webex sends the bot from address to address for the file of this report. {_PASSED_ON}")
        _demand_no_page(into)
        _log.info("report file fetched", host=at.host, bytes=size, seconds=round(self.clock() - began, 3))

    def _client(self) -> httpx.Client:
        """One for each file, so that no cookie of one is shown to another."""
        return httpx.Client(
            transport=self.transport,
            timeout=_TIMEOUT,
            follow_redirects=False,
            trust_env=self.trust_env,
            headers={"Accept": "text/csv, */*;q=0.1", "Accept-Encoding": "identity"},
        )

    def _allowed(self, address: str, *, after: httpx.URL | None = None) -> httpx.URL:
        """Where an address leads, if the bot goes there; raises Declined, which tells the host and nothing more."""
        try:
            url = after.join(address) if after is not None else httpx.URL(address)
        except (httpx.InvalidURL, ValueError):
            # The cause would carry the address.
            raise Declined(f"The address of this report's file cannot be read. {_PASSED_ON}") from None
        if url.userinfo or not (self._is_own(url) or self._is_named(url)):
            raise Declined(
                f"The file of this report is at an address to which the bot does not go ({url.scheme}, host "
                f"{url.host[:100] or 'unknown'}). {_PASSED_ON} If that host is Webex's, the operator can allow it: "
                "BROADWORKS_DOWNLOAD_HOSTS."
            )
        return url

    def _is_own(self, url: httpx.URL) -> bool:
        base = httpx.URL(self.base_url)
        return (url.scheme, url.host, url.port) == (base.scheme, base.host, base.port)

    def _is_named(self, url: httpx.URL) -> bool:
        host = f".{url.host.casefold().rstrip('.')}"
        named = any(host.endswith(f".{each}") for each in self.hosts)
        return url.scheme == "https" and url.port is None and named

    def _save(self, response: httpx.Response, into: BinaryIO, *, until: float) -> int:
        size = 0
        for chunk in response.iter_bytes(_CHUNK):
            size += len(chunk)
            if size > LIMIT:
                _refuse_size()
            if self.clock() > until:
                raise Unconfirmed("The file took too long")
            into.write(chunk)
        return size


def _demand_file(response: httpx.Response, *, now: Callable[[], datetime]) -> None:
    """Raise what an answer amounts to that is no file, before anything of it is read."""
    status = response.status_code
    if status in _EXPIRED:
        raise LinkExpired
    if status != httpx.codes.OK:
        found = failure(Answer(status, response.headers), now=now)
        if isinstance(found, Refused) and not isinstance(found, Busy):
            # What it means of the API, such as a token that is not accepted, it does not mean here.
            raise Declined(f"Webex's file store refuses the file of this report (HTTP {status}). {_PASSED_ON}")
        raise found
    if response.headers.get("Content-Type", "").partition(";")[0].strip().casefold() in _PAGES:
        _refuse_page()
    announced = response.headers.get("Content-Length", "")
    if announced.isdecimal() and int(announced[:20]) > LIMIT:
        _refuse_size()


def _demand_no_page(file: BinaryIO) -> None:
    file.seek(0)
    head = file.read(_HEAD).removeprefix(_BYTE_ORDER_MARK).lstrip()
    file.seek(0)
    if not head:
        raise Declined(f"The file of this report is empty. {_PASSED_ON} Request the report anew.")
    if head.startswith(b"<"):
        _refuse_page()


def _refuse_page() -> None:
    raise Declined(
        f"Where the file of this report should be, there is a web page. {_PASSED_ON} Try again in a few minutes; if it "
        "stays so, tell the operator."
    )


def _refuse_size() -> None:
    raise Declined(
        f"The file of this report has more than {LIMIT // 1024**2} MB, and a message of Webex takes no more. "
        f"{_PASSED_ON} Take it from Partner Hub."
    )
