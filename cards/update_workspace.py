"""How the outcome of updating a workspace is drawn."""

from collections.abc import Mapping
from typing import Any

from bot.domain.changes import otherwise
from bot.domain.form import Form
from bot.domain.operation import Element
from bot.domain.plan import Outcome
from bot.domain.request import Request
from cards import changed, kit
from cards.shared import remark


def result(request: Request, form: Form) -> list[Element]:
    """What was changed, and what Webex shows in place of it if that is something else."""
    outcome = request.outcome or Outcome(ok=False)
    body: Mapping[str, Any] = request.plan.call.body if request.plan else {}
    told = outcome.data.get("fields")
    fields: Mapping[str, Any] = told if isinstance(told, Mapping) else {}
    other = otherwise(body, fields) if outcome.ok and fields else {}
    return [
        kit.box([kit.strong(_verdict(outcome, other)), *remark(outcome.note)], style=_style(outcome, other)),
        *_which(request, fields),
        *([] if outcome.ok and not other else [kit.strong("What was asked for")]),
        *changed.changes(request, form),
        *changed.instead(other, body, form, thing="workspace in Control Hub"),
    ]


def _verdict(outcome: Outcome, other: Mapping[str, str]) -> str:
    if not outcome.ok:
        return "Workspace not updated"
    return "Webex has accepted the update, but shows other values" if other else "Workspace updated"


def _style(outcome: Outcome, other: Mapping[str, str]) -> str:
    return ("warning" if other else "good") if outcome.ok else "attention"


def _which(request: Request, fields: Mapping[str, Any]) -> list[Element]:
    """Its name and user ID as Webex echoes them, else what people called it."""
    user_id = fields.get("userId") or (request.plan.subject.user_id if request.plan else "")
    words = [str(each) for each in (fields.get("displayName"), user_id) if each]
    return [kit.text(" · ".join(words or [request.values.get("workspace", "")]))]
