"""The client of the provisioning API: one method per endpoint."""

from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, Self

import httpx

from bot.broadworks import listing, parse
from bot.broadworks.answer import Answer
from bot.broadworks.consent import ConsentAddress, nobody_there
from bot.broadworks.errors import translated, unreadable
from bot.broadworks.patience import Patience
from bot.broadworks.wire import Wire
from bot.domain.places import CONSENT, SUBSCRIBERS, consent_path, subscriber_in, subscriber_path
from bot.domain.plan import Call
from bot.domain.provisioning import (
    LARGEST_PAGE,
    Done,
    Precheck,
    Subscriber,
    SubscriberFilter,
    SubscriberPage,
    Workspace,
)
from bot.errors import BroadWorksError, Unconfirmed

PAGES = 10
"""Pages of a list of workspaces that are followed."""

EMPTY_PAGES = 100
"""Empty pages in a row after which a list of subscribers is taken for endless."""

_VALIDATE = f"{SUBSCRIBERS}/validate"
_WORKSPACES = "broadworks/workspaces"
_PAGE_SIZE = 100


class BroadWorksClient:
    """Sends what the operations ask for, reads retried and writes once; implements ``desk.BroadWorks``.

    Every method may raise a BroadWorksError; those that take a Call raise ValueError for one that was planned for
    another place or purpose, those that take an id for what can be none. Safe to share between threads.
    """

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self.base_url = self._wire.base_url
        self._consent = ConsentAddress()

    def __repr__(self) -> str:
        return f"BroadWorksClient({self.base_url!r})"

    def close(self) -> None:
        """Close the connections."""
        self._wire.close()

    def until(self, moment: datetime) -> Self:
        """The same client on the same connections, which sends nothing from that moment on."""
        punctual = copy(self)
        punctual._wire = self._wire.until(moment)  # noqa: SLF001 - it is this very class.
        return punctual

    def precheck(self, body: Mapping[str, Any]) -> Precheck:
        """POST /broadworks/subscribers/validate: creates nothing, so it is retried like a read."""
        patience = self._wire.patience()

        def once() -> Precheck:
            return parse.precheck(self._wire.send("POST", _VALIDATE, body=body, patience=patience))

        found = patience.run(once)
        return replace(found, tries=patience.tries, waited=round(patience.waited, 3))

    def subscribers(self, wanted: SubscriberFilter) -> Iterator[Subscriber]:
        """GET /broadworks/subscribers, each page fetched when it is needed; Unconfirmed if the list has no end."""
        wanted = wanted if wanted.max else replace(wanted, max=LARGEST_PAGE)
        seen = {listing.fingerprint(listing.address(wanted))}
        empty = 0
        page = self.subscriber_page(wanted)
        while True:
            yield from page.items
            if page.next is None:
                return
            known = len(seen)
            seen.add(listing.fingerprint(httpx.URL(page.next)))
            empty = 0 if page.items else empty + 1
            if len(seen) == known or empty == EMPTY_PAGES:
                raise Unconfirmed("The list of subscribers leads on without an end", tracking_id=page.tracking_id)
            page = self.subscriber_page(wanted, page.next)

    def subscriber_page(self, wanted: SubscriberFilter, page: str | None = None) -> SubscriberPage:
        """GET /broadworks/subscribers: the first page, or the one that an earlier page named as its ``next``.

        Raises ValueError for a ``page`` that is not of this same list.
        """
        url = listing.address(wanted)
        if page is not None:
            url = url.copy_with(query=listing.following(page, base_url=self.base_url, wanted=wanted).query)
        patience = self._wire.patience()

        def once() -> tuple[Answer, tuple[Subscriber, ...]]:
            answer = self._wire.send("GET", url, patience=patience)
            # What cannot be read is noticed here, where it is tried again.
            return answer, parse.subscribers(answer)

        answer, found = patience.run(once)
        if answer.next_page is None:
            return SubscriberPage(found, None, answer.tracking_id)
        try:
            following = listing.following(answer.next_page, base_url=self.base_url, wanted=wanted)
        except ValueError as exc:
            raise unreadable(answer, f"the link to its next page {exc}") from exc
        return SubscriberPage(found, str(following), answer.tracking_id)

    def subscriber(self, subscriber_id: str) -> Subscriber:
        """GET /broadworks/subscribers/{id}."""
        path = subscriber_path(subscriber_id)
        patience = self._wire.patience()
        return patience.run(lambda: parse.subscriber(self._wire.send("GET", path, patience=patience)))

    def provision_subscriber(self, call: Call) -> Subscriber:
        """POST /broadworks/subscribers, exactly as planned: sent once, never again by itself."""
        self._check(call, "POST", does="provision a subscriber", fits=call.path.strip("/") == SUBSCRIBERS)
        return parse.subscriber(self._wire.send("POST", SUBSCRIBERS, body=call.body))

    def update_subscriber(self, call: Call) -> Subscriber:
        """PUT /broadworks/subscribers/{id}, sent once; the answer may still show what was there before."""
        path = subscriber_path(self._of_one(call, "PUT", does="update a subscriber"))
        return parse.subscriber(self._wire.send("PUT", path, body=call.body))

    def remove_subscriber(self, call: Call) -> Done:
        """DELETE /broadworks/subscribers/{id}, sent once; a Refused of 404 says that there is none."""
        path = subscriber_path(self._of_one(call, "DELETE", does="remove a subscriber", bare=True))
        answer = self._wire.send("DELETE", path)
        parse.nothing(answer)
        return Done(path, answer.tracking_id)

    def resend_consent(self, call: Call) -> Done:
        """POST /subscribers/{id}/emails/consentMove: the e-mail is sent again, once.

        The sources know two addresses of it. Only if there is nothing at one is the other tried, and the one that
        worked is remembered.
        """
        found = self._of_one(call, "POST", does="send a consent e-mail again", patterns=CONSENT, bare=True)
        pattern, other = self._consent.order(found, planned=call.path.strip("/"))
        answer = self._wire.ask("POST", consent_path(found, pattern=pattern))
        tries = 1
        try:
            if nobody_there(answer, subscriber_id=found):
                pattern, tries = other, 2
                answer = self._wire.ask("POST", consent_path(found, pattern=other))
            parse.nothing(self._wire.approved(answer))
        except BroadWorksError as exc:
            exc.tries = tries
            raise
        self._consent.worked(pattern)
        return Done(consent_path(found, pattern=pattern), answer.tracking_id, tries)

    def provision_workspace(self, call: Call) -> Workspace:
        """POST /broadworks/workspaces, exactly as planned: sent once, never again by itself."""
        self._check(call, "POST", does="provision a workspace", fits=call.path.strip("/") == _WORKSPACES)
        return parse.workspace(self._wire.send("POST", _WORKSPACES, body=call.body))

    def find_workspaces(self, display_name: str) -> list[dict[str, Any]]:
        """GET /workspaces?displayName=, all pages of it; raises Unconfirmed rather than return half a list."""
        patience = self._wire.patience()
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
        answer = self._wire.send("GET", url, patience=patience)
        # What cannot be read is noticed here, where it is tried again.
        parse.page(answer)
        return answer

    def _next(self, answer: Answer) -> httpx.URL:
        """The next page of a list of workspaces, if it is at the same place."""
        try:
            return listing.same_place(answer.next_page or "", base_url=self.base_url)
        except ValueError as exc:
            raise unreadable(answer, f"the link to its next page {exc}") from exc

    def _of_one(
        self,
        call: Call,
        method: str,
        *,
        does: str,
        patterns: tuple[str, ...] = (SUBSCRIBERS + "/{}",),
        bare: bool = False,
    ) -> str:
        """The id of the subscriber for whom a call was planned, which has no body if it is ``bare``."""
        found = subscriber_in(call.path, patterns=patterns)
        self._check(call, method, does=does, fits=found is not None and not (bare and call.body))
        return found or ""

    def _check(self, call: Call, method: str, *, does: str, fits: bool) -> None:
        if call.base_url.rstrip("/") != self.base_url:
            raise ValueError(f"The call was planned for {call.base_url}, this client is for {self.base_url}.")
        if call.method != method or not fits:
            raise ValueError(f"{call.method} {call.path} does not {does}.")
