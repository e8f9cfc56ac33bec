"""How the enterprises that were found are listed."""

from collections.abc import Mapping
from typing import Any

from bot.domain.form import Form
from bot.domain.operation import Element
from bot.domain.request import Request
from cards import directory, kit
from cards.shared import capital, counted


def result(request: Request, _form: Form) -> list[Element]:
    """What was looked for, and a few lines for each enterprise."""
    data: Mapping[str, Any] = request.outcome.data if request.outcome else {}
    items = [each for each in data.get("items") or () if isinstance(each, Mapping)]
    first, more = "page" not in request.values, bool(data.get("next"))
    wanted = [kit.small(f"Begins with: {data['wanted']}")] if data.get("wanted") else []
    if not items:
        return [*_none(first=first, more=more), *wanted, *([] if more or not first else _advice(data))]
    rows = [element for number, item in enumerate(items, start=1) for element in _row(number, item)]
    return [kit.strong(_count(len(items), first=first, more=more)), *wanted, *_left_out(data), *rows]


def _count(number: int, *, first: bool, more: bool) -> str:
    """How many there are altogether Webex does not say."""
    if first:
        return f"The first {counted(number, 'enterprise')}" if more else f"{counted(number, 'enterprise')} found"
    return f"The next {counted(number, 'enterprise')}" if more else f"The last {counted(number, 'enterprise')}"


def _left_out(data: Mapping[str, Any]) -> list[Element]:
    if not data.get("left_out"):
        return []
    return [kit.text(f"Webex sent {data['left_out']} more than fit here: say more of the name.", color="Warning")]


def _none(*, first: bool, more: bool) -> list[Element]:
    if more:
        why = "Webex's list has gaps and goes on: press Next to look further."
        return [kit.box([kit.strong("None so far"), kit.text(why, spacing="Small")], style="accent")]
    words = "No enterprise found" if first else "That was all: no more enterprises"
    return [kit.box([kit.strong(words)], style="warning" if first else "emphasis")]


def _advice(data: Mapping[str, Any]) -> list[Element]:
    """What to try next."""
    if not data.get("wanted"):
        words = "Ask the operator whether the bot's administrator is allowed to see enterprises."
    elif data.get("near"):
        words = "Webex looks only at how the name begins. These have it elsewhere:"
    else:
        words = (
            "Webex looks only at how the name begins, as it is written in Partner Hub: service provider, plus, "
            "enterprise. Say less of it, or nothing to see all."
        )
    return [kit.strong("What to try"), kit.text(words, spacing="Small")]


def _row(number: int, item: Mapping[str, Any]) -> list[Element]:
    told = item.get("sync")
    fields: Mapping[str, Any] = told if isinstance(told, Mapping) else {}
    about = f"{directory.switched(fields)} · {directory.status(fields)}"
    return [
        kit.strong(f"{number} · {item.get('enterprise') or 'no name'}", separator=True),
        kit.text(capital(about), size="Small", spacing="None"),
    ]
