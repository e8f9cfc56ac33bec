"""How the outcome of removing a billing report is drawn."""

from typing import Any

from bot.domain.form import Form
from bot.domain.operation import Element
from bot.domain.plan import Outcome
from bot.domain.request import Request
from cards import kit
from cards.shared import remark


def result(request: Request, _form: Form) -> list[Element]:
    """What was removed."""
    outcome = request.outcome or Outcome(ok=False)
    verdict = [kit.strong(_verdict(outcome)), *remark(outcome.note)]
    before: dict[str, Any] = (request.plan.before or {}) if request.plan else {}
    shown = [kit.strong("What it was"), *kit.facts(before.items())] if before else []
    return [kit.box(verdict, style="good" if outcome.ok else "attention"), *shown]


def _verdict(outcome: Outcome) -> str:
    if not outcome.ok:
        return "Billing report not removed"
    return "The billing report was not there any more" if outcome.data.get("already") else "Billing report removed"
