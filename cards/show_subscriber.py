"""How one subscriber is drawn with its history."""

from collections.abc import Mapping
from typing import Any

from bot.domain.form import Form
from bot.domain.operation import Element
from bot.domain.request import Request
from cards import kit, problem, subscriber
from cards.past import past


def result(request: Request, _form: Form) -> list[Element]:
    """Who it is, how far it is and what is wrong, then everything else, then what was asked of this bot."""
    data = request.outcome.data if request.outcome else {}
    fields = data.get("fields")
    told = fields if isinstance(fields, Mapping) else {}
    return [
        kit.strong(subscriber.called(told)),
        *subscriber.status(told),
        *_errors(data),
        *subscriber.facts(told),
        *past(data),
    ]


def _errors(data: Mapping[str, Any]) -> list[Element]:
    """What Webex complains about, with what is known of its codes."""
    drawn = problem.reasons(problem.rebuilt({"reasons": data.get("errors") or ()}))
    return [kit.box([kit.strong("What went wrong"), *drawn], style="attention")] if drawn else []
