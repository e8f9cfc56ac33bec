"""Template rename: another name for a template."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.desk import Desk
from bot.domain.form import Form, Input, Kind, Values
from bot.domain.operation import FollowUp, Operation, Risk
from bot.domain.plan import LOCAL, Call, Finding, Level, Outcome, Plan
from bot.domain.request import Request, State
from bot.domain.template import LONGEST_NAME, Template, named
from bot.errors import Declined
from cards.template_rename import result

FORM = Form(
    inputs=(
        Input(
            "template",
            "Template",
            Kind.TEMPLATE_NAME,
            required=True,
            short=("name", "from", "old"),
            hint="acme",
            bare=True,
        ),
        Input(
            "newName", "New name", Kind.NAME, required=True, short=("to", "new"), hint="globex", max_length=LONGEST_NAME
        ),
    ),
)

_KEPT = Finding(
    Level.GOOD, "It stands for the same as before. Whoever writes the old name is told which names there are."
)


def plan(values: Values, desk: Desk) -> Plan:
    """Give a template another name; what it stands for stays the same."""
    old = _free(values["template"], desk, new=values["newName"])
    call = Call("PUT", f"templates/{old.name}", {"template": old.name, "newName": values["newName"]}, LOCAL)
    return Plan(operation=OPERATION.name, call=call, made=desk.clock(), findings=(_KEPT,))


def run(plan: Plan, desk: Desk) -> Outcome:
    """Keep it under the new name."""
    old, new = plan.call.body["template"], plan.call.body["newName"]
    template = _free(old, desk, new=new)
    desk.templates.keep(replace(template, name=new, id=None), instead_of=old)
    return Outcome(ok=True)


def _free(old: str, desk: Desk, *, new: str) -> Template:
    """The template of the old name, if it can take the new one."""
    known = desk.templates.all()
    template, taken = named(old, known), named(new, known)
    if template is None:
        raise Declined(f"There is no template “{old}” any more. Say “template list” to see those that there are.")
    if taken is not None and taken is not template:
        raise Declined(f"There is a template “{taken.name}” already. Choose another name, or remove that one first.")
    if template.name == new:
        raise Declined(f"The template is called “{new}” already. Nothing was changed.")
    return template


def look(plan: Plan, desk: Desk, _since: datetime) -> Outcome | None:
    """See which of the two names there is."""
    names = {each.name for each in desk.templates.all()}
    if plan.call.body["newName"] in names and plan.call.body["template"] not in names:
        return Outcome(ok=True, note="Found by looking: it has the new name.")
    return Outcome(ok=False, absent=True, note="The bot has looked: it was not renamed.")


def follow_ups(request: Request) -> Sequence[FollowUp]:
    """What people may want next."""
    if request.state is not State.DONE:
        return ()
    return (FollowUp("All templates", "template list", at_once=True),)


OPERATION = Operation(
    words="template rename",
    aliases=("rename template",),
    form=FORM,
    plan=plan,
    result=result,
    risk=Risk.CHANGE,
    verb="Rename",
    again="Again with changes",
    examples=("template rename acme to=globex", "template rename"),
    run=run,
    look=look,
    follow_ups=follow_ups,
)
