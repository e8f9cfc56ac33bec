"""Rows that the tests of the store keep."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.attempt import Attempt
from bot.domain.audit import AuditEvent, Happening
from bot.domain.conversation import Conversation
from bot.domain.delivery import Delivery, Shows
from bot.domain.desk import Provisioned
from bot.domain.request import Request

NOW = datetime(2026, 7, 9, 14, 13, 20, 123456, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def request(**changed: Any) -> Request:
    fields: dict[str, Any] = {
        "operation": "provision_workspace",
        "asked_by": "ann",
        "asker_name": "Ann",
        "room_id": "room",
        "values": {"displayName": "Küche 会议室 \x00 \ud800"},
        "asked_at": NOW,
        "tracking_id": "BOT_1",
    }
    return Request(**(fields | changed))


def attempt(number: int = 1, **changed: Any) -> Attempt:
    fields: dict[str, Any] = {
        "request": 1,
        "number": number,
        "plan_hash": "h" * 64,
        "made_at": NOW,
        "deadline": NOW + MINUTE,
        "owner": "first",
    }
    return Attempt(**(fields | changed))


def conversation(**changed: Any) -> Conversation:
    fields: dict[str, Any] = {
        "room_id": "room",
        "thread": "",
        "person_id": "ann",
        "operation": "provision_workspace",
        "expires_at": NOW,
    }
    return Conversation(**(fields | changed))


def delivery(**changed: Any) -> Delivery:
    fields: dict[str, Any] = {"room_id": "room", "shows": Shows.NOTICE, "made_at": NOW}
    return Delivery(**(fields | changed))


def audit_event(**changed: Any) -> AuditEvent:
    fields: dict[str, Any] = {"at": NOW, "what": Happening.ASKED, "actor": "ann", "detail": {"room": "room"}}
    return AuditEvent(**(fields | changed))


def provisioned(**changed: Any) -> Provisioned:
    fields: dict[str, Any] = {
        "kind": "workspace",
        "webex_id": "place",
        "user_id": "95547321@Example.com",
        "enterprise": "Reseller1+acme",
        "name": "Room",
        "number": "+12405551212",
        "extension": "",
        "request": 1,
        "made_at": NOW,
    }
    return Provisioned(**(fields | changed))
