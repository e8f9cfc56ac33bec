"""The cards of renaming a template."""

from dataclasses import replace

from bot.domain.form import Complaint
from bot.domain.plan import LOCAL, Call, Finding, Level, Outcome, Plan
from bot.domain.problem import Problem
from bot.domain.request import State
from bot.domain.view import RequestView, View
from bot.operations.template_rename import OPERATION
from tests.cards.samples import ACME, LAB, NOW, asked, form

VALUES = {"template": "acme", "newName": "globex"}
PLAN = Plan(
    "template_rename",
    Call("PUT", "templates/acme", VALUES, LOCAL),
    made=NOW,
    findings=(
        Finding(
            Level.GOOD,
            "It stands for the same as before. Whoever writes the old name is told which names there are.",
        ),
    ),
)
TAKEN = Problem("There is a template “globex” already. Choose another name, or remove that one first.")


def renaming(state: State, outcome: Outcome | None = None) -> RequestView:
    return asked(OPERATION, values=VALUES, version=4, state=state, plan=PLAN, outcome=outcome)


SCENES: dict[str, View] = {
    "template_rename_form": replace(form(OPERATION, template="ACME"), templates=(ACME, LAB)),
    "template_rename_form_none": form(
        OPERATION, Complaint("template", "Template: there are no templates yet. Say “template add” to make one.")
    ),
    "template_rename_confirmation": renaming(State.ASKED),
    "template_rename": renaming(State.DONE, Outcome(ok=True)),
    "template_rename_absent": renaming(
        State.UNKNOWN, Outcome(ok=False, absent=True, note="The bot has looked: it was not renamed.")
    ),
    "template_rename_failed": renaming(State.FAILED, Outcome(ok=False, problem=TAKEN)),
}
