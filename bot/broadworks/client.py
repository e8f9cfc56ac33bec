"""The client of the provisioning API: one method per endpoint."""

import json
import time
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from ipaddress import ip_address
from math import inf
from typing import Any, Self

import httpx
import structlog

from bot.broadworks import parse
from bot.broadworks.answer import Answer, receive
from bot.broadworks.auth import BearerAuth
from bot.broadworks.errors import failure, translated, unreadable
from bot.broadworks.patience import Patience
from bot.broadworks.text import header_safe
from bot.domain.plan import Call
from bot.domain.provisioning import Precheck, Workspace
from bot.errors import BroadWorksError, NeverSent, Unconfirmed

TIMEOUT = httpx.Timeout(connect=5, read=30, write=10, pool=5)
PAGES = 10
"""Pages of a list that are followed."""

_VALIDATE = "broadworks/subscribers/validate"
_WORKSPACES = "broadworks/workspaces"
_PAGE_SIZE = 100
_HEADERS, _BODY = "send_request_headers.started", "send_request_body.started"
"""The two steps before which httpcore calls its trace and after which bytes have left."""

_log = structlog.get_logger(__name__)


class BroadWorksClient:
    """Sends what the operations ask for, reads retried and writes once; implements ``desk.BroadWorks``.

    ``tracking`` gives the bot's own id of what is going on; ``clock`` counts seconds, ``now`` tells the date.
    Every method may raise a BroadWorksError. Safe to share between threads.
    """

    def __init__(
        self,
        *,
        base_url: str,
        token: str,
        tracking: Callable[[], str],
        transport: httpx.BaseTransport | None = None,
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
        self._http = httpx.Client(
            base_url=self.base_url,
            auth=BearerAuth(token),
            transport=transport,
            timeout=timeout,
            follow_redirects=False,
            # A proxy for the world outside would not find what runs on this machine.
            trust_env=not _is_loopback(httpx.URL(self.base_url).host),
            headers={"Accept": "application/json"},
        )

    def __repr__(self) -> str:
        return f"BroadWorksClient({self.base_url!r})"

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def until(self, moment: datetime) -> Self:
        """The same client on the same connections, which sends nothing from that moment on."""
        punctual = copy(self)
        punctual._latest = moment  # noqa: SLF001 - it is this very class.
        return punctual

    def precheck(self, body: Mapping[str, Any]) -> Precheck:
        """POST /broadworks/subscribers/validate: creates nothing, so it is retried like a read."""
        patience = Patience(clock=self._clock)

        def once() -> Precheck:
            return parse.precheck(self._send("POST", _VALIDATE, body=body, patience=patience))

        found = patience.run(once)
        return replace(found, tries=patience.tries, waited=round(patience.waited, 3))

    def provision_workspace(self, call: Call) -> Workspace:
        """POST /broadworks/workspaces, exactly as planned: sent once, never again by itself.

        Raises ValueError for a call that was planned for another place.
        """
        if call.base_url.rstrip("/") != self.base_url:
            raise ValueError(f"The call was planned for {call.base_url}, this client is for {self.base_url}.")
        if (call.method, call.path.strip("/")) != ("POST", _WORKSPACES):
            raise ValueError(f"{call.method} {call.path} does not provision a workspace.")
        return parse.workspace(self._send(call.method, _WORKSPACES, body=call.body))

    def find_workspaces(self, display_name: str) -> list[dict[str, Any]]:
        """GET /workspaces?displayName=, all pages of it; raises Unconfirmed rather than return half a list."""
        patience = Patience(clock=self._clock)
        name = display_name.encode("utf-8", "replace").decode()
        with translated():
            url = httpx.URL("workspaces", params={"displayName": name, "max": _PAGE_SIZE})
        found: list[dict[str, Any]] = []
        for _ in range(PAGES):
            answer = patience.run(partial(self._page, url, patience=patience))
            found += parse.page(answer)
            if answer.next_page is None:
                return found
            url = self._next(answer)
        raise unreadable(answer, f"its list has more than {PAGES} pages")

    def _page(self, url: httpx.URL, *, patience: Patience) -> Answer:
        answer = self._send("GET", url, patience=patience)
        # What cannot be read is noticed here, where it is tried again.
        parse.page(answer)
        return answer

    def _next(self, answer: Answer) -> httpx.URL:
        """The next page, if it is at the same place: the token goes nowhere else."""
        base = httpx.URL(self.base_url + "/")
        try:
            url = base.join(answer.next_page or "")
        except httpx.InvalidURL as exc:
            raise unreadable(answer, "the link to its next page cannot be read") from exc
        if (url.scheme, url.host, url.port) != (base.scheme, base.host, base.port):
            raise unreadable(answer, "the link to its next page leads elsewhere")
        return url

    def _send(
        self,
        method: str,
        url: httpx.URL | str,
        *,
        body: Mapping[str, Any] | None = None,
        patience: Patience | None = None,
    ) -> Answer:
        """Send once and return an answer of 2xx; anything else is raised."""
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
                self._demand_in_time(_HEADERS, None)
                answer = self._exchange(request, seconds=timeout.read)
        except BroadWorksError as exc:
            log.info("broadworks call", status=None, seconds=self._since(began), failure=str(exc))
            raise
        theirs = answer.tracking_id
        log.info("broadworks call", status=answer.status, seconds=self._since(began), webex_tracking_id=theirs)
        if not 200 <= answer.status <= 299:
            raise failure(answer, now=self._now)
        return answer

    def _demand_in_time(self, step: str, _facts: Any) -> None:
        """Refuse to go on from the last moment; the transport calls this right before bytes go to the socket.

        No earlier place would do: a process can be frozen at any time, and connecting can take long.
        """
        if self._latest is None or not step.endswith((_HEADERS, _BODY)) or self._now() < self._latest:
            return
        if step.endswith(_HEADERS):
            raise NeverSent("The time to send it had passed")
        raise Unconfirmed("The time to send it passed while it was being sent")

    def _exchange(self, request: httpx.Request, *, seconds: float | None) -> Answer:
        response = self._http.send(request, stream=True)
        # The read timeout counts from byte to byte; this makes it count for the whole body as well.
        until = inf if seconds is None else self._clock() + seconds
        return receive(response, expired=lambda: self._clock() > until)

    def _since(self, began: float) -> float:
        return round(self._clock() - began, 3)


def _headers(tracking_id: str, *, content: bytes | None) -> dict[str, str]:
    headers = {"TrackingID": tracking_id} if tracking_id else {}
    return headers if content is None else {**headers, "Content-Type": "application/json"}


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
