"""How it is told what became of one user in the directory."""

from collections.abc import Mapping
from typing import Any

from bot.domain.form import Form
from bot.domain.operation import Element
from bot.domain.plan import Outcome
from bot.domain.request import Request
from cards import kit
from cards.shared import remark

_WORDS = {
    "ADD": "The user was added to the directory",
    "UPDATE": "The user's entry in the directory was brought up to date",
    "DELETE": "The user was taken out of the directory: BroadWorks has no such user any more",
    "NO_OPERATION": "Nothing had to be done: the directory shows the user as BroadWorks does",
}
_LABELS = {
    "userId": "User ID",
    "firstName": "First name",
    "lastName": "Last name",
    "number": "Phone number",
    "mobile": "Mobile number",
    "extension": "Extension",
}


def result(request: Request, _form: Form) -> list[Element]:
    """What was done in plain words, and who the user is."""
    outcome = request.outcome or Outcome(ok=False)
    verdict = [kit.strong(_verdict(outcome)), *remark(outcome.note)]
    told = outcome.data.get("user")
    user: Mapping[str, Any] = told if isinstance(told, Mapping) else {}
    shown = {name: value for name, value in user.items() if value not in (None, "")} or _asked(request)
    order = [*(name for name in _LABELS if name in shown), *(name for name in shown if name not in _LABELS)]
    return [
        kit.box(verdict, style="good" if outcome.ok else "attention"),
        *kit.facts((_LABELS.get(name, name), shown[name]) for name in order),
    ]


def _verdict(outcome: Outcome) -> str:
    if not outcome.ok:
        return "The user was not synchronised"
    status = str(outcome.data.get("status") or "")
    if not status:
        return "The user was synchronised"
    return _WORDS.get(status.upper(), f"Webex calls what it did “{status}”, which this bot does not know")


def _asked(request: Request) -> Mapping[str, Any]:
    return request.plan.call.body if request.plan else {}
