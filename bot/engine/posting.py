"""Send one message: drawn now, posted or edited, retried, and in the end either shown or known to be not."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog
from sqlalchemy.orm import Session

from bot.domain.conversation import Conversation
from bot.domain.delivery import Attachment, Delivery, Shows
from bot.domain.problem import Problem
from bot.domain.view import Drawn
from bot.errors import WebexBusy, WebexError, WebexNotFound, WebexRefused, WebexUnreachable
from bot.services import conversations, deliveries
from bot.services.context import Context
from bot.services.deliveries import DELIVER
from bot.services.views import view_of
from bot.signing import Signer
from bot.store import queries
from bot.store.session import Database
from bot.tracking import current
from bot.webex.gateway import Gateway
from cards.render import render

log = structlog.get_logger(__name__)

MAX_EDITS = 9
MAX_FAILURES = 300
"""With pauses of at most five minutes that is about a day: Webex may be away, or the bot's token be renewed."""

_GONE = frozenset({403, 404})
_LOCKED_OUT = 401


Attach = Callable[[int], AbstractContextManager[Attachment | Problem]]
"""Fetches the file of a request, or says why there is none; it is gone when the context is left."""


@dataclass(frozen=True)
class Poster:
    """Brings deliveries to where they are to be seen."""

    gateway: Gateway
    context: Context
    signer: Signer
    database: Database
    attach: Attach

    def deliver(self, delivery_id: int) -> None:
        """Show the present state of what a delivery shows; do nothing if it is shown already."""
        # What changes while it is being sent is shown at once, and not when the queue is looked at again.
        while self._delivered(delivery_id):
            pass

    def _delivered(self, delivery_id: int) -> bool:
        """Send once; False when there was nothing to send, or it did not go."""
        with self.database.reading() as session:
            delivery = session.get(Delivery, delivery_id)
            if delivery is None or delivery.parked or delivery.shown >= delivery.wanted:
                return False
            wanted = delivery.wanted
            view = view_of(session, self.context, delivery, sign=self.signer.sign)
        drawn = render(view)
        try:
            sent = self._send(delivery, drawn)
        except WebexError as exc:
            self._failed(delivery_id, exc)
            return False
        with self.database.transaction() as session:
            stored = session.get_one(Delivery, delivery_id)
            if isinstance(sent, Problem):
                deliveries.tell_instead(stored, sent)
                return True
            self._sent(session, stored, wanted=wanted, sent=sent)
        about = {"request": delivery.request} if delivery.request is not None else {}
        log.info(
            "message shown",
            delivery=delivery_id,
            how="edited" if sent.edited else "posted",
            shows=delivery.shows.value,
            **about,
        )
        return True

    def _send(self, delivery: Delivery, drawn: Drawn) -> "_Sent | Problem":
        if delivery.shows is Shows.FILE:
            return self._send_file(delivery, drawn)
        if delivery.message_id and delivery.edits < MAX_EDITS:
            try:
                self.gateway.edit(
                    delivery.message_id, room_id=delivery.room_id, markdown=drawn.markdown, card=drawn.card
                )
            except WebexRefused as exc:
                if exc.status == _LOCKED_OUT:
                    raise
                log.info("an edit was refused", delivery=delivery.id, status=exc.status)
            else:
                return _Sent(delivery.message_id, delivery.room_id, edited=True)
        sent = self._post(delivery, drawn)
        if delivery.message_id:
            self._take_away(delivery.message_id)
        return sent

    def _send_file(self, delivery: Delivery, drawn: Drawn) -> "_Sent | Problem":
        """Send it with the file that there is now; where there is none, or Webex takes it not, why."""
        with self.attach(delivery.request or 0) as found:
            if isinstance(found, Problem):
                return found
            try:
                return _Sent(*self.gateway.post_file(delivery.person_id, markdown=drawn.markdown, file=found))
            except WebexRefused as exc:
                if exc.status == _LOCKED_OUT or exc.status in _GONE:
                    raise
                log.warning("a file was refused", delivery=delivery.id, status=exc.status)
                return Problem(
                    "Webex does not take the file into a message.",
                    why=f"It answered {exc.status}. {exc.message}".strip(),
                    advice="Take the file from Partner Hub, and tell the operator.",
                    who="agent",
                )

    def _post(self, delivery: Delivery, drawn: Drawn) -> "_Sent":
        try:
            return self._post_once(delivery, drawn, parent_id=delivery.parent_id)
        except WebexRefused as exc:
            if exc.status == _LOCKED_OUT or (exc.status in _GONE and delivery.parent_id is None):
                raise
            log.info("a message was refused as it was", delivery=delivery.id, status=exc.status)
        if delivery.parent_id is not None:
            # Webex refuses some replies in threads: the message goes to the space itself then.
            try:
                return self._post_once(delivery, drawn, parent_id=None)
            except WebexRefused as exc:
                if exc.status in _GONE:
                    raise
        plain = Drawn(drawn.markdown)
        return replace(self._post_once(delivery, plain, parent_id=None), by_text=drawn.card is not None)

    def _post_once(self, delivery: Delivery, drawn: Drawn, *, parent_id: str | None) -> "_Sent":
        if delivery.room_id:
            room_id = delivery.room_id
            sent = self.gateway.post(room_id, markdown=drawn.markdown, card=drawn.card, parent_id=parent_id)
        else:
            whom = {"email": delivery.to_email} if delivery.to_email else {"person_id": delivery.person_id}
            sent, room_id = self.gateway.post_to(**whom, markdown=drawn.markdown, card=drawn.card)
        return _Sent(sent, room_id)

    def _take_away(self, message_id: str) -> None:
        try:
            self.gateway.delete(message_id)
        except WebexNotFound:
            return
        except WebexError as exc:
            # The new message is there; the old one's buttons are harmless, as the row decides.
            log.warning("an old message could not be taken away", error=type(exc).__name__)

    def _sent(self, session: Session, delivery: Delivery, *, wanted: int, sent: "_Sent") -> None:
        delivery.edits = delivery.edits + 1 if sent.edited else 0
        delivery.message_id = sent.message_id
        # The space may have been moved meanwhile, but only where it was known before.
        delivery.room_id = delivery.room_id or sent.room_id
        delivery.shown = wanted
        delivery.failures = 0
        conversation = session.get(Conversation, delivery.conversation) if delivery.conversation else None
        if sent.by_text and conversation is not None and conversation.open:
            conversations.ask_by_text(session, self.context, conversation=conversation, place=delivery.place)

    def _failed(self, delivery_id: int, exc: WebexError) -> None:
        """Try again later, longer each time; give up on what Webex refuses and on what has failed too often."""
        with self.database.transaction() as session:
            delivery = session.get_one(Delivery, delivery_id)
            if isinstance(exc, WebexBusy):
                wait = timedelta(seconds=exc.retry_after)
            else:
                delivery.failures += 1
                wait = timedelta(seconds=min(300, 2**delivery.failures))
            if isinstance(exc, WebexRefused) and exc.status in _GONE:
                # The bot is not in that space any more: nobody is there to be told.
                delivery.parked = True
                log.warning("a space cannot be posted to", delivery=delivery_id, status=exc.status)
            elif delivery.failures >= MAX_FAILURES or not _may_pass(exc):
                delivery.parked = True
                queries.record_failure(
                    session,
                    kind=DELIVER,
                    key=str(delivery_id),
                    at=self.context.now(),
                    error=str(exc),
                    tracking_id=current(),
                )
            else:
                turn = f"{delivery.wanted}-{delivery.failures}-{self.context.now():%H%M%S%f}"
                self.context.later(session, DELIVER, f"{delivery_id}.{turn}", self.context.now() + wait)


def _may_pass(exc: WebexError) -> bool:
    """Whether it can go well later, unchanged."""
    return isinstance(exc, WebexBusy | WebexUnreachable) or getattr(exc, "status", None) == _LOCKED_OUT


@dataclass(frozen=True)
class _Sent:
    """What became of a message: ``by_text`` when it had to go without its card."""

    message_id: str
    room_id: str
    edited: bool = False
    by_text: bool = False
