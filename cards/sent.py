"""What a request sends: about whom, where it goes with which values, and what these take the place of."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from bot.domain.operation import Element
from bot.domain.plan import Plan
from bot.domain.view import RequestView
from cards import kit
from cards.escape import plain
from cards.shared import flat, named, subject
from cards.subscriber import label

_NOTHING, _UNKNOWN = "(nothing)", "(unknown)"


def about(view: RequestView) -> list[Element]:
    """Which one it is, on cards that do not list its values."""
    words = subject(view.request, view.operation)
    return [kit.text(words)] if words else []


def whom(view: RequestView, plan: Plan) -> list[Element]:
    """Which one it is: what exists in Webex already is named by its id alone in what is sent."""
    return about(view) if plan.subject.webex_id else []


def what_is_sent(view: RequestView, plan: Plan, *, but: Mapping[str, Any] = MappingProxyType({})) -> list[Element]:
    """Where it goes and every value, ``but`` those that are shown with another one that was there before."""
    call, before = plan.call, flat(but)
    body = {name: value for name, value in flat(call.body).items() if before.get(name, value) == value}
    pairs = [(named(name, view.operation.form), _called(view, value)) for name, value in body.items()]
    where = [] if call.local else [kit.mono(f"{call.method} /{call.path.lstrip('/')}")]
    return [*where, *kit.facts(pairs)]


def _called(view: RequestView, value: Any) -> Any:
    """A provisioning ID stands beside the name that people know it by."""
    name = view.names.get(value) if isinstance(value, str) and not view.request.local else None
    return f"{name} = {value}" if name else value


def before_and_after(view: RequestView, plan: Plan) -> list[Element]:
    """What is there now, with what takes its place; what stays as it is stands among what is sent."""
    if not plan.before:
        return []
    before, after = flat(plan.before), flat(plan.call.body)
    pairs = [
        (label(named(name, view.operation.form)), _shown(old) + (f" → {_shown(after[name])}" if name in after else ""))
        for name, old in before.items()
        if name not in after or after[name] != old
    ]
    if not pairs:
        return []
    heading = "What is there now" if after.keys().isdisjoint(before) else "Before → after"
    return [kit.strong(heading), *kit.facts(pairs)]


def _shown(value: Any) -> str:
    """Next to an arrow, no text at all would look like a mistake; None is what Webex does not tell."""
    if value is None:
        return _UNKNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    return (value if isinstance(value, str) else plain(value, limit=kit.VALUE)) or _NOTHING
