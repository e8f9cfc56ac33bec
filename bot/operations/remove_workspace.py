"""Remove workspace: take away the mapping between a BroadWorks workspace and its Webex device."""

from datetime import datetime

from bot.domain import workspaces
from bot.domain.desk import Amended, Desk
from bot.domain.form import Form, Values
from bot.domain.operation import FollowUp, Operation, Risk
from bot.domain.places import workspace_path
from bot.domain.plan import Call, Finding, Level, Outcome, Plan, Source
from bot.domain.request import Request
from bot.domain.workspaces import WHICH, Meant, Sight
from bot.errors import Refused
from cards.remove_workspace import result

_PLACE_MAY_STAY = (
    "This removes the mapping between the BroadWorks workspace and its Webex device. "
    "Nothing promises that the workspace disappears from Control Hub as well."
)

FORM = Form(inputs=(WHICH,))


def plan(values: Values, desk: Desk) -> Plan:
    """Remove a workspace's mapping to its Webex device; you see what is mapped, and type the user ID first."""
    meant = workspaces.one(values[WHICH.name], desk)
    workspaces.demand_id(meant)
    seen = workspaces.sight(meant.id, desk)
    stays = Finding(Level.WARNING, _PLACE_MAY_STAY, Source.DOCUMENTED)
    return Plan(
        operation=OPERATION.name,
        call=Call("DELETE", workspace_path(meant.id), {}, desk.broadworks.base_url),
        made=desk.clock(),
        before=_mapped(meant, seen),
        findings=(stays, *workspaces.findings(meant, seen)),
        subject=meant.subject,
        typed=_typed(meant, seen),
    )


def _mapped(meant: Meant, seen: Sight) -> dict[str, str] | None:
    """What the bot remembers of it; of one that it does not know, the little that Webex tells."""
    told = {name: str(seen.fields[name]) for name in ("displayName", "created") if seen.fields.get(name)}
    return meant.fields or told or None


def _typed(meant: Meant, seen: Sight) -> str:
    """What people can read and write, which tells this one from others."""
    name = meant.known.name if meant.known else str(seen.fields.get("displayName") or "")
    return meant.subject.user_id or name or meant.id


def run(plan: Plan, desk: Desk) -> Outcome:
    """Send the one write; that it is not there any more is what was wanted too, if it ever was there."""
    try:
        done = desk.broadworks.remove_workspace(plan.call)
    except Refused as exc:
        if not exc.gone or not _was_there(plan):
            raise
        note = "Webex found no such workspace when the removal was sent: it had been removed before."
        return Outcome(ok=True, data={"already": True}, tracking_id=exc.tracking_id, note=note)
    return Outcome(ok=True, tracking_id=done.tracking_id)


def _was_there(plan: Plan) -> bool:
    """Of an id that nobody has ever met a 404 says that it is wrong."""
    return bool(plan.before)


def look(plan: Plan, desk: Desk, _since: datetime) -> Outcome | None:
    """Gone from Webex's general list is gone; to be still in it says nothing, for a place may outlive its mapping."""
    if not workspaces.was_seen(plan.findings):
        return None
    try:
        desk.broadworks.workspace(plan.subject.webex_id)
    except Refused as exc:
        if not exc.gone:
            raise
        return Outcome(ok=True, tracking_id=exc.tracking_id, note="Found by looking: it is gone.")
    return None


def record(request: Request, plan: Plan) -> Amended:
    """What the registry learns of it."""
    at = request.ended_at or plan.made
    return Amended(workspaces.KIND, plan.subject.webex_id, at, request=request.number, removed=True)


def follow_ups(request: Request) -> tuple[FollowUp, ...]:
    """Once it is gone, its form filled in to provision it again; until then, a look at it."""
    if request.plan is None:
        return ()
    if request.outcome is None or not request.outcome.ok:
        which = {WHICH.name: request.plan.subject.webex_id}
        return (FollowUp("Show workspace", "show workspace", which, at_once=True),)
    given = {name: str(value) for name, value in (request.plan.before or {}).items() if name != "created"}
    return (FollowUp("Provision again", "provision workspace", given),)


OPERATION = Operation(
    words="remove workspace",
    aliases=("delete workspace",),
    form=FORM,
    plan=plan,
    result=result,
    risk=Risk.DESTRUCTIVE,
    verb="Remove",
    again="Ask again",
    examples=("remove workspace Conference Room", "remove workspace 95547321@example.com", "remove workspace"),
    ends=("was removed", "was not removed"),
    run=run,
    look=look,
    record=record,
    follow_ups=follow_ups,
)
