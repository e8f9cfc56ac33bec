"""How the outcome of synchronising a directory is drawn."""

from collections.abc import Mapping
from typing import Any

from bot.domain.form import Form
from bot.domain.operation import Element
from bot.domain.plan import Outcome
from bot.domain.request import Request
from cards import directory, kit
from cards.shared import remark


def result(request: Request, _form: Form) -> list[Element]:
    """Whether it is up to date, and what was changed."""
    outcome = request.outcome or Outcome(ok=False)
    words = "Directory synchronised" if outcome.ok else "Directory not synchronised"
    told = outcome.data.get("fields")
    fields: Mapping[str, Any] = told if isinstance(told, Mapping) else {}
    which = request.plan.subject.user_id if request.plan else ""
    return [
        kit.box([kit.strong(words), *remark(outcome.note)], style="good" if outcome.ok else "attention"),
        *([kit.text(which)] if which else []),
        *directory.facts(fields),
    ]
