"""Provision workspace: create a workspace for an existing customer."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain import enterprises, readiness
from bot.domain.desk import Desk, Provisioned
from bot.domain.form import Complaint, Form, Input, Kind, Values
from bot.domain.operation import FollowUp, Operation, Risk
from bot.domain.places import WORKSPACES
from bot.domain.plan import Call, Finding, Level, Outcome, Plan, Subject
from bot.domain.request import Request
from cards.provision_workspace import result

_CLOCK_SKEW = timedelta(seconds=5)
"""How far apart two clocks may be; more would take for ours what somebody made just before, under the same name."""


def _number_or_extension(values: Values) -> list[Complaint]:
    if values.get("primaryPhoneNumber") or values.get("extension"):
        return []
    return [Complaint("primaryPhoneNumber", "Give a phone number or an extension: a workspace needs one of them.")]


FORM = Form(
    inputs=(
        Input("displayName", "Display name", required=True, short=("name",), hint="Conference Room"),
        Input(
            "userId", "User ID", Kind.USER_ID, required=True, short=("user",), bare=True, hint="95547321@example.com"
        ),
        Input(
            "spEnterpriseId",
            "Enterprise",
            Kind.ENTERPRISE,
            required=True,
            short=("enterprise", "sp"),
            hint="Reseller1+acme",
        ),
        Input(
            "provisioningId",
            "Provisioning ID",
            Kind.TEMPLATE,
            required=True,
            short=("provisioning", "template", "pid"),
            hint="From Partner Hub, or left to the enterprise",
            unless="spEnterpriseId",
            max_length=512,
        ),
        Input(
            "primaryPhoneNumber",
            "Phone number",
            Kind.NUMBER,
            short=("phone", "number", "primary"),
            hint="+1-240-555-1212, or only an extension",
        ),
        Input("extension", "Extension", Kind.EXTENSION, short=("ext",), hint="51212"),
    ),
    rules=(_number_or_extension,),
)


def plan(values: Values, desk: Desk) -> Plan:
    """Create a workspace for an existing customer; you see what will be sent before it is."""
    body, brought = enterprises.with_provisioning_id(values, desk)
    call = Call("POST", WORKSPACES, body, desk.broadworks.base_url)
    return Plan(
        operation=OPERATION.name,
        call=call,
        made=desk.clock(),
        findings=(*brought, *_findings(body, desk, exists=bool(brought))),
        subject=Subject(user_id=values["userId"]),
    )


def _findings(values: Values, desk: Desk, *, exists: bool) -> tuple[Finding, ...]:
    """A workspace has no precheck of Webex's, so all of it is the bot's own; the enterprise may be known to exist."""
    user_id = values["userId"]
    checks = [readiness.no_subscriber(user_id, desk)]
    if not exists:
        checks.insert(0, readiness.enterprise(values, desk))
    known = readiness.clashes(desk, user_id=user_id, number=values.get("primaryPhoneNumber", ""))
    nothing = Finding(Level.GOOD, "This bot has not provisioned that user ID or number before.")
    return (*readiness.looked(checks), *(known or [nothing]))


def run(plan: Plan, desk: Desk) -> Outcome:
    """Send the one write."""
    workspace = desk.broadworks.provision_workspace(plan.call)
    return Outcome(ok=True, data={"id": workspace.id, "fields": workspace.fields}, tracking_id=workspace.tracking_id)


def look(plan: Plan, desk: Desk, since: datetime) -> Outcome | None:
    """Look for the workspace among those of that name made since the write was sent."""
    name = plan.call.body["displayName"]
    found = [
        workspace
        for workspace in desk.broadworks.find_workspaces(name)
        if workspace.get("displayName") == name
        and workspace.get("id")
        and _created(workspace) >= since - _CLOCK_SKEW
        and not desk.registry.find(webex_id=str(workspace.get("id")), removed=True)
    ]
    if len(found) != 1:
        return None
    note = "Found by looking: exactly one workspace of that name was created at that time."
    return Outcome(ok=True, data={"id": str(found[0]["id"]), "fields": found[0]}, note=note)


def _created(workspace: dict[str, Any]) -> datetime:
    try:
        created = datetime.fromisoformat(str(workspace.get("created")))
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return created if created.tzinfo else created.replace(tzinfo=UTC)


def follow_ups(request: Request) -> Sequence[FollowUp]:
    """Once there is a workspace, it can be looked at."""
    found = request.outcome.data.get("id") if request.outcome and request.outcome.ok else None
    return (FollowUp("Show workspace", "show workspace", {"workspace": str(found)}, at_once=True),) if found else ()


def record(request: Request, plan: Plan) -> Provisioned:
    """What the registry remembers of it."""
    body = plan.call.body
    return Provisioned(
        kind="workspace",
        webex_id=str(request.outcome.data.get("id", "")) if request.outcome else "",
        user_id=body["userId"],
        enterprise=body["spEnterpriseId"],
        name=body["displayName"],
        number=body.get("primaryPhoneNumber", ""),
        extension=body.get("extension", ""),
        request=request.number or 0,
        made_at=request.ended_at or plan.made,
        provisioning_id=body["provisioningId"],
    )


OPERATION = Operation(
    words="provision workspace",
    aliases=("add workspace",),
    form=FORM,
    plan=plan,
    result=result,
    risk=Risk.CHANGE,
    verb="Provision",
    again="Again with changes",
    examples=(
        'provision workspace name="Conference Room" user=95547321@sp.com enterprise=Reseller1+acme pid=ZjVi… ext=51212',
        "provision workspace",
    ),
    run=run,
    look=look,
    record=record,
    follow_ups=follow_ups,
)
