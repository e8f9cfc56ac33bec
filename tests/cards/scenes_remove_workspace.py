"""The views of removing a workspace that have a golden file."""

from dataclasses import replace

from bot.domain.plan import Call, Finding, Level, Outcome, Plan, Source, Subject
from bot.domain.request import State
from bot.domain.view import RequestView, View
from bot.operations.remove_workspace import OPERATION
from tests.cards.samples import BODY, LOST, NOW, PLACE, TEMPLATE, THEIRS, asked, form
from tests.cards.scenes_update_workspace import KNOWN, SEEN, STRANGER

STAYS = Finding(
    Level.WARNING,
    "This removes the mapping between the BroadWorks workspace and its Webex device. "
    "Nothing promises that the workspace disappears from Control Hub as well.",
    Source.DOCUMENTED,
)
ORDER = ("displayName", "userId", "spEnterpriseId", "primaryPhoneNumber", "extension", "provisioningId")
PLAN = Plan(
    operation="remove_workspace",
    call=Call("DELETE", f"broadworks/workspaces/{PLACE}", {}, "https://webexapis.com/v1/"),
    made=NOW,
    before={name: BODY[name] for name in ORDER},
    findings=(STAYS, KNOWN, SEEN),
    subject=Subject("95547321@example.com", PLACE),
    typed="95547321@example.com",
)
UNKNOWN = replace(
    PLAN,
    before=None,
    findings=(STAYS, *STRANGER.findings[:2]),
    subject=Subject(webex_id=PLACE),
    typed=PLACE,
)
MEANWHILE = "Webex found no such workspace when the removal was sent: it had been removed before."


def removing(state: State, **changed: object) -> RequestView:
    """A removal of the conference room, however far it is."""
    values = {"workspace": "Conference Room"}
    return asked(OPERATION, **{"values": values, "state": state, "version": 4, "plan": PLAN, **changed})


SCENES: dict[str, View] = {
    "remove_workspace_form": form(OPERATION),
    "remove_workspace_confirmation": replace(removing(State.ASKED), names={TEMPLATE: "acme"}),
    "remove_workspace_confirmation_stranger": removing(State.ASKED, plan=UNKNOWN, values={"workspace": PLACE}),
    "remove_workspace": removing(State.DONE, outcome=Outcome(ok=True, tracking_id=THEIRS)),
    "remove_workspace_stranger": removing(State.DONE, plan=UNKNOWN, outcome=Outcome(ok=True, tracking_id=THEIRS)),
    "remove_workspace_already": removing(
        State.DONE, outcome=Outcome(ok=True, data={"already": True}, tracking_id=THEIRS, note=MEANWHILE)
    ),
    "remove_workspace_found": removing(
        State.DONE, outcome=Outcome(ok=True, tracking_id=THEIRS, note="Found by looking: it is gone.")
    ),
    "remove_workspace_closed": removing(
        State.FAILED, outcome=Outcome(ok=False, note="Closed by Ann Agent, who looked: it was not removed in Webex.")
    ),
    "remove_workspace_unknown": removing(State.UNKNOWN, outcome=Outcome(ok=False, problem=LOST)),
}
