"""How the outcome of updating a subscriber is drawn."""

from collections.abc import Mapping
from typing import Any

from bot.domain import changes
from bot.domain.form import Form
from bot.domain.operation import Element
from bot.domain.plan import Outcome
from bot.domain.request import Request
from cards import changed, kit
from cards.shared import remark
from cards.subscriber import called


def result(request: Request, form: Form) -> list[Element]:
    """What was changed, and what Webex shows in place of it if that is something else."""
    outcome = request.outcome or Outcome(ok=False)
    body: Mapping[str, Any] = request.plan.call.body if request.plan else {}
    told = outcome.data.get("fields")
    fields: Mapping[str, Any] = told if isinstance(told, Mapping) else {}
    other = changes.otherwise(body, fields) if outcome.ok and fields else {}
    return [
        kit.box(_verdict(outcome, whole=not other), style=_style(outcome, whole=not other)),
        *_who(request, fields),
        *([] if outcome.ok and not other else [kit.strong("What was asked for")]),
        *changed.changes(request, form),
        *changed.instead(other, body, form, thing="subscriber"),
    ]


def _verdict(outcome: Outcome, *, whole: bool) -> list[Element]:
    if not outcome.ok:
        words = "Subscriber not updated"
    else:
        words = "Subscriber updated" if whole else "Webex has ended the update, but shows other values"
    return [kit.strong(words), *remark(outcome.note)]


def _style(outcome: Outcome, *, whole: bool) -> str:
    return ("good" if whole else "warning") if outcome.ok else "attention"


def _who(request: Request, fields: Mapping[str, Any]) -> list[Element]:
    user_id = fields.get("userId") or (request.plan.subject.user_id if request.plan else "")
    words = [called(fields) if fields else "", str(user_id or "")]
    return [kit.text(" · ".join(filter(None, dict.fromkeys(words))))] if any(words) else []
