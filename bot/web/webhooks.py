"""Receives what Webex delivers: verified, kept, answered; the work is done by others, later."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import structlog
from flask import Blueprint, Request, Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from bot import tracking
from bot.domain.event import Envelope
from bot.errors import StoreUnavailable, TooLarge, WebhookError
from bot.store.inbox import Inbox
from bot.web.metrics import Counters
from bot.webex import webhook

COUNTED = "webhooks_total"

log = structlog.get_logger(__name__)


def create_webhooks(
    *,
    inbox: Inbox,
    secrets: Sequence[str],
    on_event: Callable[[], None],
    counters: Counters,
    bot_id: Callable[[], str | None] = lambda: None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Blueprint:
    """POST /webhooks/webex. ``on_event`` wakes whoever empties the inbox; ``bot_id`` may not know yet and say None.

    Whatever is genuine is answered 200, also what is not needed: Webex turns a webhook off for good when it is often
    answered with an error. Only what could not be kept is answered 503.
    """
    blueprint = Blueprint("webhooks", __name__)

    def keep(envelope: Envelope) -> str:
        if (envelope.resource, envelope.event) not in webhook.EVENTS:
            return "unknown"
        if _is_own(envelope, bot_id()):
            return "own"
        if not inbox.put(envelope, tracking_id=tracking.current(), at=clock()):
            return "duplicate"
        on_event()
        return "accepted"

    @blueprint.post(webhook.PATH)
    def webex() -> Response:
        with tracking.tracked(tracking.new()):
            try:
                raw = _body(request)
                webhook.verify(raw, dict(request.headers.items()), secrets=secrets)
                envelope = webhook.read(raw)
                result, status = keep(envelope), 200
            except WebhookError as exc:
                result, status = type(exc).__name__.lower(), exc.status
                log.warning("webhook refused", reason=str(exc), status=status, theirs=_theirs(request))
            except StoreUnavailable as exc:
                result, status = "unstored", 503
                log.critical("webhook not kept", reason=str(exc), status=status, theirs=_theirs(request))
            else:
                log.info("webhook", result=result, key=envelope.key, theirs=_theirs(request))
        counters.count(COUNTED, result=result)
        return Response(status=status)

    return blueprint


def _body(asked: Request) -> bytes:
    """The body, of which never more is read than an event can have."""
    # A body of unknown length is cut there without a word, so it must be cut where it is known to be too large.
    asked.max_content_length = webhook.MAX_BYTES + 1
    try:
        return asked.get_data(cache=False)
    except RequestEntityTooLarge as exc:
        raise TooLarge("The body is larger than any event") from exc


def _is_own(envelope: Envelope, bot_id: str | None) -> bool:
    """The bot is told of what it wrote itself. Its memberships are news, and so are kept."""
    return envelope.resource == "messages" and bot_id is not None and bot_id in {envelope.person_id, envelope.actor_id}


def _theirs(asked: Request) -> str:
    """Webex's own tracking id, for their support."""
    return asked.headers.get(tracking.HEADER, "")[:128]
