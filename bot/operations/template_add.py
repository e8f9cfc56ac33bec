"""Template add: a short name for a provisioning ID, with what usually goes with it."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.desk import Desk
from bot.domain.form import Choice, Form, Input, Kind, Values
from bot.domain.operation import FollowUp, Operation, Risk
from bot.domain.plan import LOCAL, Call, Finding, Level, Outcome, Plan
from bot.domain.provisioning import Package
from bot.domain.request import Request, State
from bot.domain.template import FIELDS, LONGEST_NAME, SHORTEST_ID, Template, named, of_fields
from bot.errors import Declined
from cards.template_add import result

FORM = Form(
    inputs=(
        Input(
            "name",
            "Name",
            Kind.NAME,
            required=True,
            short=("template",),
            hint="acme",
            bare=True,
            max_length=LONGEST_NAME,
        ),
        Input(
            "provisioningId",
            "Provisioning ID",
            required=True,
            short=("provisioning", "pid", "id"),
            hint="From Partner Hub",
            max_length=512,
        ),
        Input("spEnterpriseId", "Enterprise", Kind.ENTERPRISE, short=("enterprise", "sp"), hint="Reseller1+acme"),
        Input(
            "package",
            "Package",
            Kind.CHOICE,
            short=("pkg",),
            choices=tuple(Choice(package.value, package.value.capitalize()) for package in Package),
        ),
        Input("timezone", "Time zone", Kind.TIMEZONE, short=("tz",), hint="America/Los_Angeles"),
        Input(
            "region",
            "Country of phone numbers",
            Kind.COUNTRY,
            short=("country",),
            hint="US",
        ),
    ),
)


def plan(values: Values, desk: Desk) -> Plan:
    """Give a provisioning ID a short name, and what usually goes with it; nothing changes in Webex."""
    known = desk.templates.all()
    copied = named(values["provisioningId"], known)
    # Copied from a mail or a page, an ID can be broken into lines.
    whole = copied.provisioning_id if copied else values["provisioningId"].replace(" ", "")
    after = {**values, "provisioningId": whole}
    replaced = named(values["name"], known)
    before = replaced.fields if replaced else None
    # What the one before knew and this one does not is shown as it will be: empty.
    body = {name: after.get(name, "") for name in FIELDS if after.get(name) or name in (before or {})}
    call = Call("PUT", f"templates/{values['name']}", body, LOCAL)
    findings = _findings(body, replaced=replaced, known=known)
    return Plan(operation=OPERATION.name, call=call, made=desk.clock(), before=before, findings=findings)


def _findings(body: Values, *, replaced: Template | None, known: Sequence[Template]) -> tuple[Finding, ...]:
    found = []
    if replaced is not None:
        found.append(Finding(Level.WARNING, f"This replaces the template “{replaced.name}” for everybody."))
    if len(body["provisioningId"]) < SHORTEST_ID:
        found.append(Finding(Level.WARNING, "The provisioning ID is shorter than those of Webex. Is it all of it?"))
    same = [each.name for each in known if each.provisioning_id == body["provisioningId"] and each is not replaced]
    if same:
        found.append(Finding(Level.GOOD, f"The same provisioning ID is called {', '.join(same[:5])} as well."))
    return tuple(found)


def run(plan: Plan, desk: Desk) -> Outcome:
    """Keep it, unless somebody else has changed it since it was shown."""
    wanted = of_fields(plan.call.body, made_by=desk.asker, made_at=desk.clock())
    there = _there(plan, desk)
    if there not in (wanted.fields, plan.before):
        raise Declined(f"Somebody has changed the template “{wanted.name}” meanwhile. Ask again to see how it is now.")
    desk.templates.keep(wanted)
    return Outcome(ok=True)


def look(plan: Plan, desk: Desk, _since: datetime) -> Outcome | None:
    """See whether it is there."""
    wanted = of_fields(plan.call.body, made_by="", made_at=plan.made)
    if _there(plan, desk) == wanted.fields:
        return Outcome(ok=True, note="Found by looking: it is there.")
    return Outcome(ok=False, absent=True, note="The bot has looked: it was not saved.")


def _there(plan: Plan, desk: Desk) -> dict[str, str] | None:
    found = named(plan.call.body["name"], desk.templates.all())
    return found.fields if found else None


def follow_ups(request: Request) -> Sequence[FollowUp]:
    """What people may want next."""
    if request.state is not State.DONE:
        return ()
    return (FollowUp("All templates", "template list", at_once=True),)


OPERATION = Operation(
    words="template add",
    aliases=("add template", "new template"),
    form=FORM,
    plan=plan,
    result=result,
    risk=Risk.CHANGE,
    verb="Save",
    again="Again with changes",
    examples=("template add acme pid=ZjVi… enterprise=Reseller1+acme package=standard country=US", "template add"),
    run=run,
    look=look,
    follow_ups=follow_ups,
)
