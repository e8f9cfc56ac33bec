"""The cards of removing a template."""

from dataclasses import replace

from bot.domain.form import Complaint
from bot.domain.plan import LOCAL, Call, Finding, Level, Outcome, Plan
from bot.domain.request import State
from bot.domain.view import RequestView, View
from bot.operations.template_remove import OPERATION
from tests.cards.samples import ACME, LAB, NOW, asked, form

PLAN = Plan(
    "template_remove",
    Call("DELETE", "templates/acme", ACME.fields, LOCAL),
    made=NOW,
    findings=(
        Finding(
            Level.GOOD, "Nothing changes in Webex, and requests that were asked with it keep their provisioning ID."
        ),
    ),
)


def removing(state: State, outcome: Outcome | None = None) -> RequestView:
    return asked(OPERATION, values={"template": "acme"}, version=4, state=state, plan=PLAN, outcome=outcome)


SCENES: dict[str, View] = {
    "template_remove_form": replace(form(OPERATION), templates=(ACME, LAB), usual="lab"),
    "template_remove_form_wrong": replace(
        form(
            OPERATION,
            Complaint("template", "Template: there is no template “acmee”. There are: acme, lab."),
            template="acmee",
        ),
        templates=(ACME, LAB),
    ),
    "template_remove_confirmation": removing(State.ASKED),
    "template_remove": removing(State.DONE, Outcome(ok=True)),
    "template_remove_absent": removing(
        State.UNKNOWN, Outcome(ok=False, absent=True, note="The bot has looked: it is still there.")
    ),
}
