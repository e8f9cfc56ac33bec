"""The cards of adding a template."""

from dataclasses import replace

from bot.domain.form import Complaint
from bot.domain.plan import LOCAL, Call, Finding, Level, Outcome, Plan
from bot.domain.problem import Problem
from bot.domain.request import State
from bot.domain.view import RequestView, View
from bot.operations.template_add import OPERATION
from tests.cards.samples import ACME, NOW, TEMPLATE, asked, form

BODY = ACME.fields
PLAN = Plan("template_add", Call("PUT", "templates/acme", BODY, LOCAL), made=NOW)
REPLACING = replace(
    PLAN,
    call=replace(PLAN.call, body={**BODY, "timezone": "", "package": "premium"}),
    before=BODY,
    findings=(
        Finding(Level.WARNING, "This replaces the template “acme” for everybody."),
        Finding(Level.GOOD, "The same provisioning ID is called acme-east as well."),
    ),
)
CHANGED = Problem("Somebody has changed the template “acme” meanwhile. Ask again to see how it is now.")


def adding(state: State, plan: Plan = PLAN, outcome: Outcome | None = None) -> RequestView:
    return asked(OPERATION, values=BODY, version=4, state=state, plan=plan, outcome=outcome)


SCENES: dict[str, View] = {
    "template_add_form": form(OPERATION),
    "template_add_form_wrong": form(
        OPERATION,
        Complaint("name", "Name takes letters, digits, - _ and . only, without spaces, like acme-east."),
        Complaint("provisioningId", "Provisioning ID is missing."),
        Complaint("region", "Country of phone numbers takes a country's code of two letters, such as US or GB."),
        name="acme east",
        region="USA",
    ),
    "template_add_confirmation": replace(adding(State.ASKED), names={TEMPLATE: "acme-east"}),
    "template_add_replacing": adding(State.ASKED, REPLACING),
    "template_add_running": adding(State.RUNNING),
    "template_add": adding(State.DONE, outcome=Outcome(ok=True)),
    "template_add_found": adding(State.DONE, outcome=Outcome(ok=True, note="Found by looking: it is there.")),
    "template_add_absent": adding(
        State.UNKNOWN,
        outcome=Outcome(ok=False, absent=True, note="The bot has looked: it was not saved."),
    ),
    "template_add_failed": adding(State.FAILED, outcome=Outcome(ok=False, problem=CHANGED)),
    "template_add_withdrawn": adding(State.WITHDRAWN),
}
