"""Reads the lists of the API, a page at a time or all of them one after the other."""

from collections.abc import Callable, Iterator
from typing import Protocol, TypeVar

import httpx

from bot.broadworks import listing
from bot.broadworks.answer import Answer
from bot.broadworks.endpoint import Endpoint
from bot.broadworks.errors import unreadable
from bot.broadworks.listing import Listing
from bot.errors import Unconfirmed

EMPTY_PAGES = 100
"""Empty pages in a row after which a list is taken for endless."""

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Page(Protocol[T_co]):
    """Some of what was looked for; ``next`` leads to more, and is None where the list ends."""

    @property
    def items(self) -> tuple[T_co, ...]: ...

    @property
    def next(self) -> str | None: ...

    @property
    def tracking_id(self) -> str | None: ...


class Paged(Endpoint):
    """Endpoints that answer in pages."""

    def _page_of(
        self, asked: Listing, page: str | None, *, read: Callable[[Answer], tuple[T, ...]]
    ) -> tuple[tuple[T, ...], str | None, str | None]:
        """The items of the first page, or of one that an earlier page named; its next page; its tracking id."""
        url = asked.address
        if page is not None:
            url = url.copy_with(query=asked.following(page, base_url=self.base_url).query)
        patience = self._wire.patience()

        def once() -> tuple[Answer, tuple[T, ...]]:
            answer = self._wire.send("GET", url, patience=patience)
            # What cannot be read is noticed here, where it is tried again.
            return answer, read(answer)

        answer, found = patience.run(once)
        if answer.next_page is None:
            return found, None, answer.tracking_id
        try:
            following = asked.following(answer.next_page, base_url=self.base_url)
        except ValueError as exc:
            raise unreadable(answer, f"the link to its next page {exc}") from exc
        return found, str(following), answer.tracking_id


def every(asked: Listing, fetch: Callable[[str | None], Page[T]]) -> Iterator[T]:
    """All that is on a list, each page fetched when it is needed; raises Unconfirmed if the list has no end."""
    seen = {listing.fingerprint(asked.address)}
    empty = 0
    page = fetch(None)
    while True:
        yield from page.items
        if page.next is None:
            return
        known = len(seen)
        seen.add(listing.fingerprint(httpx.URL(page.next)))
        empty = 0 if page.items else empty + 1
        if len(seen) == known or empty == EMPTY_PAGES:
            raise Unconfirmed(f"The list of {asked.things} leads on without an end", tracking_id=page.tracking_id)
        page = fetch(page.next)
