"""A space may move to another id; what belongs to it goes along."""

import hashlib
import hmac
import json
from typing import Any

from sqlalchemy import select

from bot.domain.audit import AuditEvent, Happening
from bot.domain.conversation import Conversation
from bot.store import queries, tables
from bot.testing.running import SECRET
from bot.testing.talking import Chat


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


def test_a_form_that_was_opened_in_the_moved_space_already_is_the_one_that_counts(chat: Chat) -> None:
    chat.say("ann", "precheck")
    chat.expect("ann", "This form is open until")
    room, new = chat.rooms["ann"], f"moved-{chat.turn}"
    with chat.bot.application.database.transaction() as session:
        [old] = [each for each in queries.open_conversations(session) if each.room_id == room]
        session.add(
            Conversation(new, old.thread, old.person_id, old.operation, expires_at=old.expires_at, values={"a": "b"})
        )

    assert deliver(chat, id=new, oldRoomId=room) == 200

    chat.until(lambda: {"from": room, "to": new} in moves(chat))
    with chat.bot.application.database.reading() as session:
        [left] = [each for each in queries.open_conversations(session) if each.room_id in {room, new}]
    assert left.values == {"a": "b"}
