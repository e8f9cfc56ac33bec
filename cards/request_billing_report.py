"""How it is told that a billing report was made."""

from collections.abc import Mapping

from bot.domain.form import Form
from bot.domain.operation import Element
from bot.domain.plan import Outcome
from bot.domain.request import Request
from cards import kit, report
from cards.shared import remark

_NEXT = "Press Get: its file comes to you alone, in a direct message."


def result(request: Request, _form: Form) -> list[Element]:
    """Whether there is a report now, of which month, and how to come by its file."""
    outcome = request.outcome or Outcome(ok=False)
    month = report.called(request.values.get("billingPeriod", ""))
    there = outcome.ok and bool(outcome.data.get("id"))
    heading = f"The billing report of {month} is {'ready' if there else 'there'}"
    if not outcome.ok:
        heading = f"No billing report of {month} was made by this request"
    lines = [*remark(outcome.note), *remark(_NEXT if there else "")]
    fields = outcome.data.get("fields")
    drawn = report.facts(fields) if isinstance(fields, Mapping) else []
    return [kit.box([kit.strong(heading), *lines], style="good" if outcome.ok else "attention"), *drawn]
