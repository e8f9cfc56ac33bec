"""Template remove: a short name that nobody needs any more."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.desk import Desk
from bot.domain.form import Form, Input, Kind, Values
from bot.domain.operation import FollowUp, Operation, Risk
from bot.domain.plan import LOCAL, Call, Finding, Level, Outcome, Plan
from bot.domain.request import Request, State
from bot.domain.template import Template, named
from bot.errors import Declined
from cards.template_remove import result

FORM = Form(
    inputs=(Input("template", "Template", Kind.TEMPLATE_NAME, required=True, short=("name",), hint="acme", bare=True),),
)

_KEPT = Finding(
    Level.GOOD, "Nothing changes in Webex, and requests that were asked with it keep their provisioning ID."
)


def plan(values: Values, desk: Desk) -> Plan:
    """Remove a template for everybody; nothing changes in Webex."""
    template = _there(values["template"], desk)
    if template is None:
        raise Declined(f"There is no template “{values['template']}” any more. Nothing was changed.")
    call = Call("DELETE", f"templates/{template.name}", template.fields, LOCAL)
    return Plan(operation=OPERATION.name, call=call, made=desk.clock(), findings=(_KEPT,))


def run(plan: Plan, desk: Desk) -> Outcome:
    """Forget it, unless somebody has made another of it since it was shown."""
    template = _there(plan.call.body["name"], desk)
    if template is not None and template.fields != plan.call.body:
        raise Declined(
            f"Somebody has changed the template “{template.name}” meanwhile. Ask again to see how it is now."
        )
    desk.templates.drop(plan.call.body["name"])
    return Outcome(ok=True)


def look(plan: Plan, desk: Desk, _since: datetime) -> Outcome | None:
    """See whether it is still there."""
    if _there(plan.call.body["name"], desk) is None:
        return Outcome(ok=True, note="Found by looking: it is not there any more.")
    return Outcome(ok=False, absent=True, note="The bot has looked: it is still there.")


def _there(name: str, desk: Desk) -> Template | None:
    return named(name, desk.templates.all())


def follow_ups(request: Request) -> Sequence[FollowUp]:
    """Made again it is with what it said; what else there is can be looked at."""
    if request.state is not State.DONE or request.plan is None:
        return ()
    return (
        FollowUp("Add it again", "template add", values=request.plan.call.body),
        FollowUp("All templates", "template list", at_once=True),
    )


OPERATION = Operation(
    words="template remove",
    aliases=("remove template", "delete template", "template delete"),
    form=FORM,
    plan=plan,
    result=result,
    risk=Risk.DESTRUCTIVE,
    verb="Remove",
    again="Remove another",
    examples=("template remove acme", "template remove"),
    run=run,
    look=look,
    follow_ups=follow_ups,
)
