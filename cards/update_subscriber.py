"""How the outcome of updating a subscriber is drawn."""

from collections.abc import Mapping
from typing import Any

from bot.domain import changes
from bot.domain.form import Form
from bot.domain.operation import Element
from bot.domain.plan import Outcome
from bot.domain.request import Request
from cards import kit
from cards.shared import named, remark
from cards.subscriber import called

NOTHING = "(nothing)"


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
        *kit.facts((named(name, form), _change(request, name, value)) for name, value in body.items()),
        *_instead(other, body, form),
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


def _change(request: Request, name: str, value: Any) -> str:
    """The old and the new value; an old one that Webex does not tell is left out."""
    before = (request.plan.before or {}).get(name) if request.plan else None
    return _shown(value) if before is None else f"{_shown(before)} → {_shown(value)}"


def _instead(other: Mapping[str, str], body: Mapping[str, Any], form: Form) -> list[Element]:
    if not other:
        return []
    pairs = ((named(name, form), f"{_shown(value)} instead of {_shown(body[name])}") for name, value in other.items())
    advice = "Look at the subscriber again in a few minutes. If it stays so, tell your partner administrator."
    return [kit.strong("Webex shows"), *kit.facts(pairs), kit.text(advice)]


def _shown(value: Any) -> str:
    return str(value) if value not in (None, "") else NOTHING
