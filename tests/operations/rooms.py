"""A workspace that this bot knows, and desks at which Webex tells this or that of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.desk import Desk, Provisioned
from bot.domain.plan import Finding, Level, Source
from bot.domain.provisioning import Workspace
from tests.operations.desk import NOW, Telling, desk

PLACE = "Y2lzY29zcGFyazovL3VzL1BMQUNFL2RkMjJlZGZlLTlmZWY"
OTHER_PLACE = "Y2lzY29zcGFyazovL3VzL1BMQUNFL290aGVyLW90aGVyLW8"
MADE = datetime(2026, 7, 1, 8, 0, tzinfo=UTC)
SINCE = NOW - timedelta(minutes=1)
FIELDS = {
    "displayName": "Conference Room",
    "userId": "95547321@example.com",
    "spEnterpriseId": "Reseller1+acme",
    "primaryPhoneNumber": "+12405551212",
    "extension": "51212",
    "provisioningId": "ZjVi",
}
GENERAL = {"id": PLACE, "displayName": "Conference Room", "created": "2026-07-01T08:00:00.000Z"}
THERE = Workspace(PLACE, GENERAL, "THEIRS")

KNOWN = Finding(
    Level.GOOD,
    "As this bot remembers it, this is “Conference Room” · 95547321@example.com · Reseller1+acme "
    "(request 3, as of 01 Jul 2026 08:00 UTC).",
)
STRANGER = Finding(
    Level.WARNING,
    "This bot does not know this workspace, which it has neither provisioned nor imported. What it has now nobody "
    "can say here. Make sure that it is the right one.",
)
SEEN = Finding(Level.GOOD, "Webex has this workspace, named “Conference Room”.", Source.WEBEX)


def room(**changed: Any) -> Provisioned:
    """The one that this bot has provisioned in its third request."""
    fields: dict[str, Any] = {
        "kind": "workspace",
        "webex_id": PLACE,
        "user_id": "95547321@example.com",
        "enterprise": "Reseller1+acme",
        "name": "Conference Room",
        "number": "+12405551212",
        "extension": "51212",
        "request": 3,
        "made_at": MADE,
        "provisioning_id": "ZjVi",
        "id": 1,
    }
    return Provisioned(**(fields | changed))


def having(*known: Provisioned, requests: Any = (), **told: Any) -> Desk:
    """A desk at which these are remembered, and Webex has the conference room, or tells what it is told to."""
    return replace(desk(None, *known, requests=requests), broadworks=Telling(**{"place": THERE, **told}))
