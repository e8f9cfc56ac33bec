"""How what an update has changed is drawn: old and new, and what Webex shows in place of it."""

from collections.abc import Mapping
from typing import Any

from bot.domain.form import Form
from bot.domain.operation import Element
from bot.domain.request import Request
from cards import kit
from cards.shared import named

NOTHING = "(nothing)"


def changes(request: Request, form: Form) -> list[Element]:
    """The old and the new value of everything that was sent; an old one that nobody knows is left out."""
    body: Mapping[str, Any] = request.plan.call.body if request.plan else {}
    return kit.facts((named(name, form), _change(request, name, value)) for name, value in body.items())


def instead(other: Mapping[str, str], body: Mapping[str, Any], form: Form, *, thing: str) -> list[Element]:
    """What Webex shows otherwise than it was sent, if anything."""
    if not other:
        return []
    pairs = ((named(name, form), f"{_shown(value)} instead of {_shown(body[name])}") for name, value in other.items())
    advice = f"Look at the {thing} again in a few minutes. If it stays so, tell your partner administrator."
    return [kit.strong("Webex shows"), *kit.facts(pairs), kit.text(advice)]


def _change(request: Request, name: str, value: Any) -> str:
    before = (request.plan.before or {}).get(name) if request.plan else None
    return _shown(value) if before is None else f"{_shown(before)} → {_shown(value)}"


def _shown(value: Any) -> str:
    return str(value) if value not in (None, "") else NOTHING
