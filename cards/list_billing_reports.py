"""How the billing reports are listed."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from bot.domain.form import Form
from bot.domain.operation import Element
from bot.domain.request import Request
from cards import kit, report
from cards.shared import capital, counted, named
from cards.watching import status_words

BOTH_BUTTONS = 2
"""Of so many reports each has a button to get it and one to remove it; of more there would be no room."""

_BY_LINE = "One that has no button here: say “get billing report 2026-10” or “remove billing report 2026-10”."


def result(request: Request, form: Form) -> list[Element]:
    """How many there are, and a line for each."""
    data: Mapping[str, Any] = request.outcome.data if request.outcome else {}
    items = [each for each in data.get("items") or () if isinstance(each, Mapping)]
    wanted = data.get("wanted")
    looked_for = [
        kit.small(f"{named(name, form)}: {report.called(str(month))}")
        for name, month in (wanted.items() if isinstance(wanted, Mapping) else ())
    ]
    if not items:
        return [kit.strong(_none(narrowed=bool(looked_for))), *looked_for]
    left_out = int(data.get("left_out") or 0)
    times = Counter(str(each.get("month") or "") for each in items)
    rows = [element for number, each in enumerate(items, start=1) for element in _row(number, each, times)]
    return [
        kit.strong(counted(len(items) + left_out, "billing report")),
        *looked_for,
        *_left_out(left_out),
        *rows,
        *_by_line(items),
    ]


def get(number: int, *, of: int) -> str:
    """The title of the button that gets the file of a row."""
    return f"Get {number}" if of > 1 else "Get"


def remove(number: int, *, of: int) -> str:
    """The title of the button that removes the report of a row."""
    return f"Remove {number}" if of > 1 else "Remove"


def _none(*, narrowed: bool) -> str:
    return "Webex has no billing report made in that time." if narrowed else "Webex has no billing reports."


def _left_out(number: int) -> list[Element]:
    words = f"{number} more do not fit here: say after what month, or before which, they were made."
    return [kit.text(words, color="Warning")] if number else []


def _row(number: int, item: Mapping[str, Any], times: Mapping[str, int]) -> list[Element]:
    """Where a month has several, the ID tells which one is meant."""
    month = str(item.get("month") or "")
    status = str(item.get("status") or "")
    words = status_words(status) if status else "Webex gave no status"
    colour = report.COLOURS.get(status.casefold(), "Warning")
    return [
        kit.strong(f"{number} · {report.called(month)}", separator=True),
        kit.text(capital(words), size="Small", spacing="None", color=colour),
        *([kit.mono(str(item.get("id") or ""))] if times[month] > 1 else []),
    ]


def _by_line(items: list[Mapping[str, Any]]) -> list[Element]:
    return [kit.small(_BY_LINE, separator=True)] if len(items) > BOTH_BUTTONS else []
