"""Fetch what a delivery is about, and hand it to dispatch."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import stamina
import structlog
from sqlalchemy.orm import Session

from bot import dispatch
from bot.dispatch.front import Front
from bot.domain.actor import Person
from bot.domain.event import Envelope, Event, Message, Submission
from bot.errors import WebexNotFound
from bot.services import spaces
from bot.store import queries
from bot.store.session import Database
from bot.webex.gateway import Gateway
from bot.webex.mentions import spoken

log = structlog.get_logger(__name__)

KNOWN_FOR = timedelta(hours=24)
_FRESH_TRIES = 4
_SHORTLY = (0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
"""Seconds between looks for a message that has just been posted and is not written down yet."""

Transact = Callable[[Callable[[Session], None]], None]
"""Runs a use case in one transaction that happens once, even if the process dies and starts again."""


@dataclass(frozen=True)
class Receiver:
    """Turns deliveries into events and lets dispatch decide what they mean."""

    gateway: Gateway
    front: Front
    database: Database

    def receive(self, envelope: Envelope, transact: Transact) -> None:
        """Handle one delivery; may raise a WebexError, after which it can be tried again."""
        if self.gateway.me().id in {envelope.person_id, envelope.actor_id} and envelope.resource != "memberships":
            return
        match envelope.resource:
            case "memberships":
                self._membership(envelope, transact)
            case "rooms":
                self._moved(envelope, transact)
            case _:
                event = self._fetch(envelope)
                person = self._person(event.person_id) if event is not None else None
                if event is not None and person is not None:
                    transact(lambda session: dispatch.handle(session, self.front, event=event, person=person))

    def _fetch(self, envelope: Envelope) -> Event | None:
        """GET what happened; None when it is gone, or not addressed to the bot."""
        try:
            # A message that was just written may be unknown for a moment.
            for attempt in stamina.retry_context(
                on=WebexNotFound, attempts=_FRESH_TRIES, timeout=5.0, wait_initial=0.2, wait_jitter=0.1
            ):
                with attempt:
                    return self._message(envelope) if envelope.resource == "messages" else self._action(envelope)
        except WebexNotFound:
            log.info("what was delivered is gone", key=envelope.key)
        return None

    def _message(self, envelope: Envelope) -> Message | None:
        found = self.gateway.message(envelope.id)
        if found.person_id == self.gateway.me().id:
            return None
        return Message(
            id=found.id,
            room_id=found.room_id,
            direct=found.direct,
            person_id=found.person_id,
            email=found.person_email,
            text=spoken(found.text, found.html, bot=self.gateway.me(), direct=found.direct),
            thread=found.parent_id or "",
            has_files=found.has_files,
            tracking_id=found.tracking_id,
        )

    def _action(self, envelope: Envelope) -> Submission:
        found = self.gateway.action(envelope.id)
        self._let_it_be_recorded(found.message_id, room_id=found.room_id)
        return Submission(
            found.id, found.message_id, found.room_id, found.person_id, found.inputs, tracking_id=found.tracking_id
        )

    def _let_it_be_recorded(self, message_id: str, *, room_id: str) -> None:
        """Somebody may press before the bot has written down which message it has just posted."""
        for pause in _SHORTLY:
            with self.database.reading() as session:
                if queries.delivery_of_message(session, message_id) or not queries.is_posting(session, room_id):
                    return
            time.sleep(pause)

    def _person(self, person_id: str) -> Person | None:
        """Who it was; None when Webex does not know anybody of that id, so that there is nobody to answer."""
        now = self.front.context.now()
        with self.database.reading() as session:
            known = queries.cached_person(session, person_id, since=now - KNOWN_FOR)
        if known is not None:
            return known
        try:
            person = self.gateway.person(person_id)
        except WebexNotFound:
            log.warning("somebody whom Webex does not know", person=person_id)
            return None
        with self.database.transaction() as session:
            queries.keep_person(session, person, at=now)
        return person

    def _moved(self, envelope: Envelope, transact: Transact) -> None:
        """Go along with a space whose id has changed; how Webex names the old one is not documented."""
        old = envelope.data.get("oldRoomId") or envelope.data.get("previousRoomId")
        new = envelope.data.get("newRoomId") or envelope.id
        log.warning("a space has moved: check BOT_ALLOWED_SPACES", old=old, new=new)
        if old and old != new:
            transact(lambda session: spaces.move(session, self.front.context, old=old, new=new))

    def _membership(self, envelope: Envelope, transact: Transact) -> None:
        context, joined = self.front.context, envelope.event == "created"
        invited = joined and envelope.person_id == self.gateway.me().id and envelope.data.get("roomType") == "group"
        inviter = self._person(envelope.actor_id) if invited and envelope.actor_id else None

        def record(session: Session) -> None:
            dispatch.record_membership(
                session,
                context,
                joined=joined,
                room_id=envelope.room_id,
                person_id=envelope.person_id,
                by=envelope.actor_id,
            )
            if inviter is not None:
                dispatch.greet(session, context, room_id=envelope.room_id, inviter=inviter)

        transact(record)
