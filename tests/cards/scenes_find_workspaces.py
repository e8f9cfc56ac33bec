"""The views of finding workspaces that have a golden file."""

from typing import Any

from bot.domain.form import Complaint
from bot.domain.plan import Outcome
from bot.domain.request import State
from bot.domain.view import RequestView, View
from bot.operations.find_workspaces import OPERATION
from tests.cards.samples import PLACE, THEIRS, asked, form

NEXT = "own:17"


def item(number: int = 1, **changed: str) -> dict[str, str]:
    """A workspace as the bot remembers it."""
    return {
        "displayName": f"Conference Room {number}",
        "userId": f"9554730{number}@example.com",
        "spEnterpriseId": "Reseller1+acme",
        "primaryPhoneNumber": f"+1240555121{number}",
        "extension": f"5121{number}",
        "provisioningId": "ZjVi",
        "id": PLACE,
        "origin": f"request {number}",
        "as_of": "2026-11-20T08:00:00+00:00",
        "removed": "",
        **changed,
    }


LISTED = {"id": PLACE, "displayName": "Conference Room 9", "created": "2026-11-01T09:30:00.000Z"}


def found(*items: dict[str, str], values: dict[str, str] | None = None, **data: Any) -> RequestView:
    """An answer with these workspaces."""
    wanted = {name: value for name, value in (values or {}).items() if name != "page"}
    told = {"items": list(items), "next": None, "wanted": wanted, "webex": "", "as_user_id": False, **data}
    outcome = Outcome(ok=True, data=told, tracking_id=THEIRS)
    return asked(OPERATION, state=State.DONE, version=2, values=dict(values or {}), outcome=outcome)


SCENES: dict[str, View] = {
    "find_workspaces_form": form(OPERATION),
    "find_workspaces_form_wrong": form(
        OPERATION,
        Complaint("primaryPhoneNumber", "Phone number is too short for its country: write it like +1-240-555-1212."),
        displayName="Lobby",
        primaryPhoneNumber="+1 240",
    ),
    "find_workspaces": found(
        *(item(number) for number in range(1, 6)),
        item(6, origin="imported from rooms.csv by maria", provisioningId="", extension=""),
        item(7, origin="request 7 and imported from rooms.csv by maria", primaryPhoneNumber=""),
        item(8, displayName="*Bobby's* <@all>", userId="[x](y)"),
        values={"displayName": "Conference Room"},
        next=NEXT,
    ),
    "find_workspaces_both": found(
        item(), LISTED, values={"displayName": "Conference Room 9", "page": NEXT}, webex="asked"
    ),
    "find_workspaces_refused": found(item(), values={"displayName": "Conference Room"}, webex="refused"),
    "find_workspaces_unasked": found(item(), values={"displayName": "Conference Room"}, webex="unasked"),
    "find_workspaces_by_user_id": found(
        item(), values={"displayName": "95547301@example.com"}, as_user_id=True, webex="asked"
    ),
    "find_workspaces_removed": found(
        item(removed="2026-11-21T09:00:00+00:00"), values={"userId": "95547301@example.com"}
    ),
    "find_workspaces_nothing": found(values={"displayName": "Conference Room"}, webex="asked"),
    "find_workspaces_nothing_together": found(
        values={"spEnterpriseId": "Reseller1+acme", "primaryPhoneNumber": "+12405551212"}
    ),
    "find_workspaces_nothing_at_all": found(),
    "find_workspaces_no_more": found(values={"displayName": "Conference Room", "page": NEXT}, webex="asked"),
}
