"""The endpoints of subscribers: precheck, list, get, provision, update, remove, resend consent."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from bot.broadworks import listing, parse
from bot.broadworks.consent import ConsentAddress, nobody_there
from bot.broadworks.paging import Paged, every
from bot.broadworks.wire import Wire
from bot.domain.places import CONSENT, SUBSCRIBER, SUBSCRIBERS, consent_path, subscriber_path
from bot.domain.plan import Call
from bot.domain.provisioning import LARGEST_PAGE, Done, Precheck, Subscriber, SubscriberFilter, SubscriberPage
from bot.errors import BroadWorksError

_VALIDATE = f"{SUBSCRIBERS}/validate"


class SubscriberCalls(Paged):
    """Implements ``api.SubscriberApi``."""

    def __init__(self, wire: Wire) -> None:
        super().__init__(wire)
        self._consent = ConsentAddress()

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
        return every(listing.subscribers(wanted), lambda page: self.subscriber_page(wanted, page))

    def subscriber_page(self, wanted: SubscriberFilter, page: str | None = None) -> SubscriberPage:
        """GET /broadworks/subscribers: the first page, or the one that an earlier page named as its ``next``.

        Raises ValueError for a ``page`` that is not of this same list.
        """
        return SubscriberPage(*self._page_of(listing.subscribers(wanted), page, read=parse.subscribers))

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
        path = subscriber_path(self._of_one(call, "PUT", patterns=SUBSCRIBER, does="update a subscriber"))
        return parse.subscriber(self._wire.send("PUT", path, body=call.body))

    def remove_subscriber(self, call: Call) -> Done:
        """DELETE /broadworks/subscribers/{id}, sent once; a Refused of 404 says that there is none."""
        path = subscriber_path(self._of_one(call, "DELETE", patterns=SUBSCRIBER, does="remove a subscriber", bare=True))
        answer = self._wire.send("DELETE", path)
        parse.nothing(answer)
        return Done(path, answer.tracking_id)

    def resend_consent(self, call: Call) -> Done:
        """POST /subscribers/{id}/emails/consentMove: the e-mail is sent again, once.

        The sources know two addresses of it. Only if there is nothing at one is the other tried, and the one that
        worked is remembered.
        """
        found = self._of_one(call, "POST", patterns=CONSENT, does="send a consent e-mail again", bare=True)
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
