"""A space may move to another id; what belongs to it goes along."""

import hashlib
import hmac
import json
from typing import Any

from sqlalchemy import select

from bot.domain.audit import AuditEvent, Happening
from bot.store import tables
from tests.chat import Chat
from tests.running import SECRET


def deliver(chat: Chat, **data: str) -> int:
    """Webex tells that a space has moved; returns the status of the answer."""
    envelope: dict[str, Any] = {"id": "hook", "resource": "rooms", "event": "migrated", "data": data}
    raw = json.dumps(envelope).encode()
    headers = {"X-Spark-Signature": hmac.new(SECRET.encode(), raw, hashlib.sha1).hexdigest()}
    client = chat.bot.application.flask.test_client()
    return client.post("/webhooks/webex", data=raw, headers=headers).status_code


def rooms_of_requests(chat: Chat, *rooms: str) -> list[str]:
    """In which of these spaces there are requests."""
    with chat.bot.application.database.reading() as session:
        found = session.scalars(select(tables.requests.c.room_id).where(tables.requests.c.room_id.in_(rooms)))
        return list(found)


def moves(chat: Chat) -> list[dict[str, str]]:
    """The moves that were written down."""
    with chat.bot.application.database.reading() as session:
        return [each.detail for each in session.scalars(select(AuditEvent)) if each.what is Happening.MOVED]


def test_a_space_that_moves_takes_its_requests_and_messages_along(chat: Chat) -> None:
    old, new = chat.space("support"), f"moved-{chat.turn}"
    chat.say("ann", "precheck one@example.com", space="support")
    chat.expect("support", "Webex expects this to work")

    assert deliver(chat, id=new, oldRoomId=old) == 200

    chat.until(lambda: rooms_of_requests(chat, old, new) == [new])
    assert {"from": old, "to": new} in moves(chat)


def test_a_move_that_does_not_say_from_where_changes_nothing(chat: Chat) -> None:
    chat.say("ann", "precheck one@example.com", space="support")
    chat.expect("support", "Webex expects this to work")

    assert deliver(chat, id=f"moved-{chat.turn}") == 200

    chat.settle()
    assert rooms_of_requests(chat, chat.rooms["support"]) == [chat.rooms["support"]]
