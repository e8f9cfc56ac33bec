"""How the outcome of removing a workspace is drawn."""

from typing import Any

from bot.domain.form import Form
from bot.domain.operation import Element
from bot.domain.plan import Outcome
from bot.domain.request import Request
from cards import kit
from cards.shared import remark
from cards.workspace import facts


def result(request: Request, _form: Form) -> list[Element]:
    """What was removed, and what may have stayed."""
    outcome = request.outcome or Outcome(ok=False)
    drawn = [
        kit.box([kit.strong(_verdict(outcome)), *remark(outcome.note)], style="good" if outcome.ok else "attention")
    ]
    before: dict[str, Any] = (request.plan.before or {}) if request.plan else {}
    identity = request.plan.subject.webex_id if request.plan else ""
    heading = "What was mapped, as far as the bot knew" if before else "What it was"
    drawn += [kit.strong(heading), *facts({**before, "id": identity})]
    if outcome.ok:
        drawn.append(kit.small("The workspace may still be in Control Hub: a removal takes away the mapping to it."))
    return drawn


def _verdict(outcome: Outcome) -> str:
    if not outcome.ok:
        return "Workspace not removed"
    return "The workspace was not there any more" if outcome.data.get("already") else "Workspace removed"
