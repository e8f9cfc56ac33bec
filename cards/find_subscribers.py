"""How the subscribers that were found are listed."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.form import Form
from bot.domain.operation import Element
from bot.domain.request import Request
from cards import kit
from cards.shared import capital, counted, moment_of, named
from cards.subscriber import called
from cards.watching import status_words

_TIMES = frozenset({"after", "lastStatusChange"})
_COLOURS = {"provisioned": "Good", "provisioning": "Accent", "updating": "Accent", "error": "Attention"}
_WHOLE = "Webex compares whole values, not parts of them: check how it is written."
_ADVICE = {
    "email": _WHOLE,
    "userId": _WHOLE,
    "spEnterpriseId": "An enterprise is written as in Partner Hub: service provider, plus, enterprise.",
    "after": "Go further back in time.",
    "lastStatusChange": "Go further back in time.",
    "status": "Look for any status: leave it out.",
}
_TOGETHER = "Everything that is given must be true of the same subscriber: leave something out."
_NOBODY_AT_ALL = "Ask the operator whether the bot's administrator is allowed to see subscribers."


def result(request: Request, form: Form) -> list[Element]:
    """What was looked for, and a few lines for each subscriber."""
    data: Mapping[str, Any] = request.outcome.data if request.outcome else {}
    items = [each for each in data.get("items") or () if isinstance(each, Mapping)]
    wanted = _wanted(data)
    first, more = "page" not in request.values, bool(data.get("next"))
    looked_for = [kit.small(f"{name}: {value}") for name, value in _lines(wanted, form)]
    if not items:
        return [*_nobody(first=first, more=more), *looked_for, *([] if more or not first else _advice(wanted))]
    rows = [element for number, item in enumerate(items, start=1) for element in _row(number, item)]
    return [kit.strong(_count(len(items), first=first, more=more)), *looked_for, *_remarks(data), *rows]


def show(number: int, *, of: int) -> str:
    """The title of the button that shows a row."""
    return f"Show {number}" if of > 1 else "Show"


def _wanted(data: Mapping[str, Any]) -> dict[str, str]:
    found = data.get("wanted")
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, Mapping) else {}


def _count(number: int, *, first: bool, more: bool) -> str:
    """How many there are altogether Webex does not say."""
    if first:
        return f"The first {counted(number, 'subscriber')}" if more else f"{counted(number, 'subscriber')} found"
    return f"The next {counted(number, 'subscriber')}" if more else f"The last {counted(number, 'subscriber')}"


def _lines(wanted: Mapping[str, str], form: Form) -> list[tuple[str, str]]:
    return [(named(name, form), _said(name, value)) for name, value in wanted.items()]


def _said(name: str, value: str) -> str:
    if name == "status":
        return " or ".join(map(status_words, value.split(",")))
    if name in _TIMES:
        return moment_of(value)
    return value


def _remarks(data: Mapping[str, Any]) -> list[Element]:
    remarks = ["Nobody has that e-mail address; it is a user ID."] if data.get("as_user_id") else []
    if data.get("left_out"):
        remarks.append(f"Webex sent {data['left_out']} more than fit here: give more to look for.")
    return [kit.text(words, color="Warning") for words in remarks]


def _nobody(*, first: bool, more: bool) -> list[Element]:
    if more:
        why = "Webex's list has gaps and goes on: press Next to look further."
        return [kit.box([kit.strong("Nobody so far"), kit.text(why, spacing="Small")], style="accent")]
    if not first:
        return [kit.box([kit.strong("That was all: nobody else")], style="emphasis")]
    return [kit.box([kit.strong("Nobody found")], style="warning")]


def _advice(wanted: Mapping[str, str]) -> list[Element]:
    """What to try next, the likeliest first, and that an address was tried both ways."""
    advice: Sequence[str] = list(dict.fromkeys(_ADVICE[name] for name in wanted if name in _ADVICE))
    if len(wanted) > 1:
        advice = [_TOGETHER, *advice]
    both = "email" in wanted and "userId" not in wanted
    tried = [kit.text("It is no user ID either.", spacing="Small")] if both else []
    lines = [kit.text(words, spacing="Small") for words in advice or [_NOBODY_AT_ALL]]
    return [*tried, kit.strong("What to try"), *lines]


def _row(number: int, item: Mapping[str, Any]) -> list[Element]:
    status = str(item.get("status") or "")
    about = " · ".join(str(item[name]) for name in ("userId", "package") if item.get(name))
    words = status_words(status) if status else "Webex gave no status"
    colour = _COLOURS.get(status.casefold(), "Warning")
    return [
        kit.strong(f"{number} · {called(item)}", separator=True),
        *([kit.text(about, size="Small", spacing="None")] if about else []),
        kit.text(capital(words), size="Small", spacing="None", color=colour),
    ]
