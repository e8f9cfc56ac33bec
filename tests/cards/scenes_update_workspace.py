"""The views of updating a workspace that have a golden file."""

from dataclasses import replace

from bot.domain.form import Complaint
from bot.domain.plan import Call, Finding, Level, Outcome, Plan, Source, Subject
from bot.domain.request import State
from bot.domain.view import RequestView, View
from bot.operations.update_workspace import OPERATION
from tests.cards.samples import ECHOED, LOST, NOW, PLACE, THEIRS, asked, form

BODY = {"primaryPhoneNumber": "+12405551213", "extension": "", "userId": "95547322@example.com"}
KNOWN = Finding(
    Level.GOOD,
    "As this bot remembers it, this is “Conference Room” · 95547321@example.com · Reseller1+acme (request 7, "
    "as of 20 Nov 2026 08:00 UTC).",
)
SEEN = Finding(Level.GOOD, "Webex has this workspace, named “Conference Room”.", Source.WEBEX)
CLEARED = Finding(
    Level.WARNING,
    "That an empty value removes what is there is documented for subscribers, not for workspaces.",
    Source.DOCUMENTED,
)
FREE = Finding(Level.GOOD, "No subscriber has this user ID.")
PLAN = Plan(
    operation="update_workspace",
    call=Call("PUT", f"broadworks/workspaces/{PLACE}", BODY, "https://webexapis.com/v1/"),
    made=NOW,
    before={"primaryPhoneNumber": "+12405551212", "extension": "51212", "userId": "95547321@example.com"},
    findings=(KNOWN, SEEN, CLEARED, FREE),
    subject=Subject("95547321@example.com", PLACE),
)
STRANGER = replace(
    PLAN,
    before=dict.fromkeys(BODY),
    findings=(
        Finding(
            Level.WARNING,
            "This bot does not know this workspace, which it has neither provisioned nor imported. What it has now "
            "nobody can say here. Make sure that it is the right one.",
        ),
        Finding(
            Level.WARNING,
            "The bot's token may not look at workspaces in Webex (spark-admin:workspaces_read), so the bot did not "
            "see whether it is still there.",
        ),
        CLEARED,
    ),
    subject=Subject(webex_id=PLACE),
)
NOW_SHOWN = {name: value for name, value in {**ECHOED, **BODY}.items() if value}


def updating(state: State, **changed: object) -> RequestView:
    """An update of the conference room, however far it is."""
    values = {"workspace": "Conference Room", **{name: value or "-" for name, value in BODY.items()}}
    return asked(OPERATION, **{"values": values, "state": state, "version": 4, "plan": PLAN, **changed})


SCENES: dict[str, View] = {
    "update_workspace_form": form(OPERATION, workspace="Conference Room"),
    "update_workspace_form_wrong": form(
        OPERATION,
        Complaint(None, "Say what shall change, for example phone=+1-240-555-1213, or ext=- to remove the extension."),
        workspace="Conference Room",
    ),
    "update_workspace_confirmation": updating(State.ASKED),
    "update_workspace_confirmation_stranger": updating(State.ASKED, plan=STRANGER, values={"workspace": PLACE}),
    "update_workspace": updating(
        State.DONE, outcome=Outcome(ok=True, data={"id": PLACE, "fields": NOW_SHOWN}, tracking_id=THEIRS)
    ),
    "update_workspace_otherwise": updating(
        State.DONE,
        outcome=Outcome(ok=True, data={"id": PLACE, "fields": {**NOW_SHOWN, "extension": "51212"}}, tracking_id=THEIRS),
    ),
    "update_workspace_closed": updating(
        State.DONE, outcome=Outcome(ok=True, note="Closed by Ann Agent: it was changed.")
    ),
    "update_workspace_closed_not_done": updating(
        State.FAILED, outcome=Outcome(ok=False, note="Closed by Ann Agent: it was not changed.")
    ),
    "update_workspace_unknown": updating(State.UNKNOWN, outcome=Outcome(ok=False, problem=LOST)),
}
