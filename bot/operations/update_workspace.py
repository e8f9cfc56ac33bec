"""Update workspace: change the user ID, the number or the extension of a provisioned workspace."""

from collections.abc import Mapping
from dataclasses import replace

from bot.domain import changes, readiness, workspaces
from bot.domain.desk import Amended, Desk
from bot.domain.form import CLEARED, Complaint, Form, Input, Kind, Values
from bot.domain.operation import FollowUp, Operation, Risk
from bot.domain.places import workspace_path
from bot.domain.plan import Call, Finding, Level, Outcome, Plan, Source
from bot.domain.request import Request
from bot.domain.workspaces import Meant
from cards.update_workspace import result

_NUMBER, _EXTENSION = "primaryPhoneNumber", "extension"
_NEVER = "Webex cannot change the {} of a workspace here: remove the workspace and provision it again."
_NAME = (
    "Webex cannot change the display name here; Control Hub can. To say which workspace you mean, write its name "
    "without “name=”."
)
_CLEARED = "That an empty value removes what is there is documented for subscribers, not for workspaces."
_SAME = "Nothing would change, as far as this bot remembers. All of it is sent all the same."
_UNREACHABLE = "Neither a phone number nor an extension would be left: Webex probably wants one of them."


def _something(values: Values) -> list[Complaint]:
    if values.keys() - {WHICH.name}:
        return []
    return [
        Complaint(None, "Say what shall change, for example phone=+1-240-555-1213, or ext=- to remove the extension.")
    ]


def _reachable(values: Values) -> list[Complaint]:
    """Inferred from the rule for subscribers, so it only warns."""
    both = values.get(_NUMBER) == values.get(_EXTENSION) == CLEARED
    return [Complaint(None, _UNREACHABLE)] if both else []


WHICH = replace(workspaces.WHICH, short=("which", "room", "user", "id"))
"""Without the names under which a new user ID would be given."""

FORM = Form(
    inputs=(
        WHICH,
        Input(
            _NUMBER,
            "Phone number",
            Kind.NUMBER,
            short=("phone", "number", "primary"),
            hint="+1-240-555-1212, or - to remove it",
            clearable=True,
        ),
        Input(
            _EXTENSION,
            "Extension",
            Kind.EXTENSION,
            short=("ext",),
            hint="51212, or - to remove it",
            clearable=True,
        ),
        Input("userId", "New user ID", Kind.USER_ID, short=("newUser", "newId"), hint="95547322@example.com"),
    ),
    rules=(_something,),
    remarks=(_reachable,),
    untaken={
        **dict.fromkeys(("displayName", "name"), _NAME),
        **dict.fromkeys(("spEnterpriseId", "enterprise", "sp"), _NEVER.format("enterprise")),
        **dict.fromkeys(
            ("provisioningId", "provisioning", "template", "pid"), _NEVER.format("template (the provisioning ID)")
        ),
    },
)


def plan(values: Values, desk: Desk) -> Plan:
    """Change a workspace's user ID, number or extension; you see old (as far as the bot knows) and new before."""
    meant = workspaces.one(values[WHICH.name], desk)
    workspaces.demand_id(meant)
    wanted = {name: "" if value == CLEARED else value for name, value in values.items() if name != WHICH.name}
    differing = changes.to_send(wanted, meant.fields) if meant.known else wanted
    # The bot's memory may be wrong: where it says that nothing would change, all of it is sent.
    body = differing or wanted
    findings = (
        *workspaces.findings(meant, workspaces.sight(meant.id, desk)),
        *_remarks(meant, body, as_known=not differing),
        *_taken(meant, body, desk),
    )
    return Plan(
        operation=OPERATION.name,
        call=Call("PUT", workspace_path(meant.id), dict(body), desk.broadworks.base_url),
        made=desk.clock(),
        before={name: changes.there(name, meant.fields) if meant.known else None for name in body},
        findings=findings,
        subject=meant.subject,
    )


def _remarks(meant: Meant, body: Mapping[str, str], *, as_known: bool) -> list[Finding]:
    found = [Finding(Level.WARNING, _SAME)] if as_known else []
    if "" in body.values():
        found.append(Finding(Level.WARNING, _CLEARED, Source.DOCUMENTED))
    left = {**meant.fields, **body}
    clears_one = any(body.get(name) == "" for name in (_NUMBER, _EXTENSION))
    clears_both = body.get(_NUMBER) == body.get(_EXTENSION) == ""
    if meant.known and clears_one and not clears_both and not (left.get(_NUMBER) or left.get(_EXTENSION)):
        found.append(Finding(Level.WARNING, _UNREACHABLE))
    return found


def _taken(meant: Meant, body: Mapping[str, str], desk: Desk) -> list[Finding]:
    """Whether somebody or something else has what it is to get."""
    user_id, number = body.get("userId", ""), body.get(_NUMBER, "")
    if not user_id and not number:
        return []
    looks = readiness.looked([readiness.no_subscriber(user_id, desk)]) if user_id else ()
    return [*looks, *readiness.clashes(desk, user_id=user_id, number=number, but=meant.id)]


def run(plan: Plan, desk: Desk) -> Outcome:
    """Send the one write."""
    workspace = desk.broadworks.update_workspace(plan.call)
    return Outcome(ok=True, data={"id": workspace.id, "fields": workspace.fields}, tracking_id=workspace.tracking_id)


def record(request: Request, plan: Plan) -> Amended:
    """What the registry learns: all that Webex has echoed, and what was sent."""
    told = request.outcome.data.get("fields") if request.outcome else None
    fields = told if isinstance(told, Mapping) else {}
    changed = {name: changes.settled(name, sent, fields) for name, sent in plan.call.body.items()}
    return Amended(
        kind=workspaces.KIND,
        webex_id=plan.subject.webex_id,
        at=request.ended_at or plan.made,
        request=request.number,
        facts=workspaces.facts_of({**fields, **changed}),
    )


def follow_ups(request: Request) -> tuple[FollowUp, ...]:
    """Look at which one it is about."""
    if request.plan is None:
        return ()
    which = {WHICH.name: request.plan.subject.webex_id}
    return (FollowUp("Show workspace", "show workspace", which, at_once=True),)


OPERATION = Operation(
    words="update workspace",
    aliases=("change workspace",),
    form=FORM,
    plan=plan,
    result=result,
    risk=Risk.CHANGE,
    verb="Update",
    again="Again with changes",
    examples=(
        "update workspace Conference Room phone=+1-240-555-1213",
        "update workspace 95547321@example.com ext=-",
        "update workspace",
    ),
    ends=("was changed", "was not changed"),
    run=run,
    blind=(
        "Webex tells nobody the user ID, number or extension of a workspace, so the bot cannot look whether they were "
        "changed. Look in Control Hub or BroadWorks. If you cannot tell, close this as not changed and ask again: the "
        "same update a second time changes nothing more."
    ),
    record=record,
    follow_ups=follow_ups,
)
