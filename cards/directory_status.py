"""How the state of a directory is drawn."""

from collections.abc import Mapping
from typing import Any

from bot.domain.form import Form
from bot.domain.operation import Element
from bot.domain.request import Request
from cards import directory, kit, problem


def result(request: Request, _form: Form) -> list[Element]:
    """Of which enterprise, how it is, what went wrong, then times and counts."""
    data: Mapping[str, Any] = request.outcome.data if request.outcome else {}
    told = data.get("fields")
    fields: Mapping[str, Any] = told if isinstance(told, Mapping) else {}
    return [
        kit.strong(str(data.get("enterprise") or "Enterprise")),
        *directory.state(fields),
        *errors(data),
        *directory.facts(fields),
    ]


def errors(data: Mapping[str, Any]) -> list[Element]:
    """What Webex complains about, with what is known of its codes."""
    drawn = problem.reasons(problem.rebuilt({"reasons": data.get("errors") or ()}))
    return [kit.box([kit.strong("What went wrong"), *drawn], style="attention")] if drawn else []
