"""How the outcome of removing a subscriber is drawn."""

from typing import Any

from bot.domain.form import Form
from bot.domain.operation import Element
from bot.domain.plan import Outcome
from bot.domain.request import Request
from cards import kit
from cards.shared import remark
from cards.subscriber import facts


def result(request: Request, _form: Form) -> list[Element]:
    """What was removed, and what may have stayed."""
    outcome = request.outcome or Outcome(ok=False)
    drawn = [
        kit.box([kit.strong(_verdict(outcome)), *remark(outcome.note)], style="good" if outcome.ok else "attention")
    ]
    before: dict[str, Any] = (request.plan.before or {}) if request.plan else {}
    if before:
        drawn += [kit.strong("What was mapped"), *facts(before)]
    if outcome.ok:
        drawn.append(kit.small("The Webex person may still be there: a removal takes away the mapping to it."))
    return drawn


def _verdict(outcome: Outcome) -> str:
    if not outcome.ok:
        return "Subscriber not removed"
    return "The subscriber was not there any more" if outcome.data.get("already") else "Subscriber removed"
