"""The connection to the API: sends a request once and tells what came back."""

import json
import time
from collections.abc import Callable, Mapping
from copy import copy
from datetime import UTC, datetime
from ipaddress import ip_address
from math import inf
from typing import Any, Self

import httpx
import structlog

from bot.broadworks.answer import Answer, receive
from bot.broadworks.auth import BearerAuth, Tokens
from bot.broadworks.download import Downloads
from bot.broadworks.errors import failure, translated
from bot.broadworks.patience import SECONDS, Patience
from bot.broadworks.text import header_safe
from bot.errors import BroadWorksError, TooLate, Unconfirmed

TIMEOUT = httpx.Timeout(connect=5, read=30, write=10, pool=5)

_HEADERS, _BODY = "send_request_headers.started", "send_request_body.started"
"""The two steps before which httpcore calls its trace and after which bytes have left."""

_UNAUTHORISED = 401

_log = structlog.get_logger(__name__)


class Wire:
    """Knows where the API is, the token and the time; safe to share between threads.

    ``token`` is always the same, or a source of tokens. ``tracking`` gives the bot's own id of what is going on;
    ``clock`` counts seconds, ``now`` tells the date; ``download_hosts`` are those from which files of reports may come.
    """

    def __init__(
        self,
        *,
        base_url: str,
        token: str | Tokens,
        tracking: Callable[[], str],
        transport: httpx.BaseTransport | None = None,
        download_hosts: frozenset[str] = frozenset(),
        timeout: httpx.Timeout = TIMEOUT,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self._tracking = tracking
        self._timeout = timeout
        self._clock = clock
        self._now = now
        self._latest: datetime | None = None
        self.downloads = Downloads(
            self.base_url,
            download_hosts,
            transport=transport,
            trust_env=not _is_loopback(httpx.URL(self.base_url).host),
            clock=clock,
            now=now,
        )
        self._auth = BearerAuth(token)
        self._http = httpx.Client(
            base_url=self.base_url,
            auth=self._auth,
            transport=transport,
            timeout=timeout,
            follow_redirects=False,
            trust_env=trusts_proxies(self.base_url),
            headers={"Accept": "application/json"},
        )

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def until(self, moment: datetime) -> Self:
        """The same connections, over which nothing is sent from that moment on."""
        punctual = copy(self)
        punctual._latest = moment  # noqa: SLF001 - it is this very class.
        return punctual

    def patience(self) -> Patience:
        """The patience of one read: from the last moment on, trying again would be of no use."""
        left = inf if self._latest is None else (self._latest - self._now()).total_seconds()
        return Patience(clock=self._clock, within=min(SECONDS, left))

    def send(
        self,
        method: str,
        url: httpx.URL | str,
        *,
        body: Mapping[str, Any] | None = None,
        patience: Patience | None = None,
    ) -> Answer:
        """Send once and return an answer of 2xx; anything else is raised."""
        return self.approved(self.ask(method, url, body=body, patience=patience))

    def approved(self, answer: Answer) -> Answer:
        """The answer, if it is one of 2xx; anything else is raised."""
        if not 200 <= answer.status <= 299:
            raise failure(answer, now=self._now)
        return answer

    def ask(
        self,
        method: str,
        url: httpx.URL | str,
        *,
        body: Mapping[str, Any] | None = None,
        patience: Patience | None = None,
    ) -> Answer:
        """Send once and return the answer, whatever it says."""
        content = None if body is None else json.dumps(dict(body), allow_nan=False).encode()
        ours = header_safe(self._tracking())
        timeout = patience.bounded(self._timeout) if patience else self._timeout
        began = self._clock()
        log = _log.bind(method=method, path=httpx.URL(url).path, tracking_id=ours)
        try:
            with translated():
                headers = _headers(ours, content=content)
                request = self._http.build_request(
                    method,
                    url,
                    content=content,
                    headers=headers,
                    timeout=timeout,
                    extensions={"trace": self._demand_in_time},
                )
                answer = self._let_in(request, seconds=timeout.read)
        except BroadWorksError as exc:
            log.info("broadworks call", status=None, seconds=self._since(began), failure=str(exc))
            raise
        theirs = answer.tracking_id
        log.info("broadworks call", status=answer.status, seconds=self._since(began), webex_tracking_id=theirs)
        return answer

    def _let_in(self, request: httpx.Request, *, seconds: float | None) -> Answer:
        """Send with the token as it is, and once more with another if that one is not accepted.

        A write too: who answers 401 has let nobody in, so nothing was done, and what is sent then is still the one
        write of its attempt. It is never sent again after any other answer, after no answer, or from the last moment
        on, and a second 401 is an answer like any other.
        """
        answer = self._exchange(request, seconds=seconds)
        if answer.status != _UNAUTHORISED or not self._auth.renew(request):
            return answer
        _log.info("broadworks call is sent again with another token", webex_tracking_id=answer.tracking_id)
        answer = self._exchange(request, seconds=seconds)
        if answer.status == _UNAUTHORISED:
            self._auth.give_up(request)
        return answer

    def _demand_in_time(self, step: str, _facts: Any) -> None:
        """Refuse to go on from the last moment; the transport calls this right before bytes go to the socket.

        No earlier place would do: a process can be frozen at any time, and connecting can take long.
        """
        if self._latest is None or not step.endswith((_HEADERS, _BODY)) or self._now() < self._latest:
            return
        if step.endswith(_HEADERS):
            raise TooLate("The time to send it had passed")
        raise Unconfirmed("The time to send it passed while it was being sent")

    def _exchange(self, request: httpx.Request, *, seconds: float | None) -> Answer:
        self._demand_in_time(_HEADERS, None)
        response = self._http.send(request, stream=True)
        # The read timeout counts from byte to byte; this makes it count for the whole body as well.
        until = inf if seconds is None else self._clock() + seconds
        return receive(response, expired=lambda: self._clock() > until)

    def _since(self, began: float) -> float:
        return round(self._clock() - began, 3)


def _headers(tracking_id: str, *, content: bytes | None) -> dict[str, str]:
    headers = {"TrackingID": tracking_id} if tracking_id else {}
    return headers if content is None else {**headers, "Content-Type": "application/json"}


def trusts_proxies(base_url: str) -> bool:
    """A proxy for the world outside would not find what runs on this machine."""
    return not _is_loopback(httpx.URL(base_url).host)


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
