"""Show workspace: what this bot remembers of one, what Webex tells of it, and what was asked of this bot about it."""

from collections.abc import Mapping
from typing import Any

from bot.domain import workspaces
from bot.domain.desk import Desk
from bot.domain.form import Form, Values
from bot.domain.operation import FollowUp, Operation
from bot.domain.past import past
from bot.domain.plan import Answer, Outcome
from bot.domain.request import Request
from bot.domain.workspaces import WHICH, Meant, Sight
from bot.errors import Declined
from cards.show_workspace import result

_CHANGED = ("userId", "primaryPhoneNumber", "extension")
"""What can be changed of it."""

FORM = Form(inputs=(WHICH,))


def plan(values: Values, desk: Desk) -> Answer:
    """Show a workspace: what this bot remembers of it and how old that is, what Webex tells, and its history here."""
    meant = workspaces.one(values[WHICH.name], desk)
    seen = workspaces.sight(meant.id, desk) if meant.id else Sight()
    if meant.known is None and seen.gone:
        raise Declined("Neither this bot nor Webex knows a workspace with that ID. Say “find workspaces” and look.")
    known = meant.known
    data = {
        "id": meant.id,
        "fields": meant.fields,
        "origin": workspaces.origin(known) if known else "",
        "as_of": known.as_of.isoformat() if known else "",
        "removed": known.removed_at.isoformat() if known and known.removed_at else "",
        "webex": _told(meant, seen),
        "history": past(meant.subject, desk),
    }
    return Answer(Outcome(ok=True, data=data, tracking_id=seen.tracking_id))


def _told(meant: Meant, seen: Sight) -> dict[str, Any]:
    """What Webex says of it, or why it says nothing."""
    why = seen.why if meant.id else "Nobody has told the bot its Webex ID"
    return {"fields": dict(seen.fields), "gone": seen.gone, "why": why}


def follow_ups(request: Request) -> list[FollowUp]:
    """What can be done with it; once it is removed, its form filled in to provision it again."""
    data: Mapping[str, Any] = request.outcome.data if request.outcome else {}
    if "fields" not in data:
        return [FollowUp("Find workspaces", "find workspaces")]
    which = {WHICH.name: data["id"] or request.values.get(WHICH.name, "")}
    refresh = FollowUp("Refresh", "show workspace", which, at_once=True)
    if data["removed"]:
        return [FollowUp("Provision again", "provision workspace", data["fields"]), refresh]
    if not data["id"]:
        return [refresh]
    current = {name: data["fields"][name] for name in _CHANGED if name in data["fields"]}
    return [
        FollowUp("Update", "update workspace", {**current, **which}),
        FollowUp("Remove", "remove workspace", which, at_once=True),
        refresh,
    ]


OPERATION = Operation(
    words="show workspace",
    aliases=("show room",),
    form=FORM,
    plan=plan,
    result=result,
    verb="Show",
    again="Show another",
    examples=("show workspace Conference Room", "show workspace 95547321@example.com", "show workspace"),
    follow_ups=follow_ups,
)
