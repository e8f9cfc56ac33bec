"""How a billing report is drawn, wherever one is shown."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.month import is_month
from bot.domain.operation import Element
from cards import kit
from cards.shared import capital, flat, moment_of
from cards.watching import status_words

_LABELS = {
    "billingPeriod": "Month",
    "status": "Status",
    "created": "Requested",
    "createdBy": "Requested by",
    "id": "Report ID",
}
_ELSEWHERE = frozenset({"status", "errors"})
_STYLES = {"completed": "good", "failed": "attention", "in_progress": "accent"}
COLOURS = {"completed": "Good", "failed": "Attention", "in_progress": "Accent"}


def called(month: str) -> str:
    """October 2026; what is no month stays as it came."""
    return f"{datetime.strptime(month, '%Y-%m'):%B %Y}" if is_month(month) else month or "Unknown month"  # noqa: DTZ007 - a month has no time zone.


def label(name: str) -> str:
    """What people call a field of a report."""
    return _LABELS.get(name, name)


def facts(fields: Mapping[str, Any]) -> list[Element]:
    """Everything that Webex told of a report, the known things first, the rest under its own names."""
    told = flat({name: value for name, value in fields.items() if name not in _ELSEWHERE and value not in (None, "")})
    order = [*(name for name in _LABELS if name in told), *(name for name in told if name not in _LABELS)]
    return kit.facts((label(name), moment_of(told[name]) if name == "created" else told[name]) for name in order)


def status(word: str, *lines: str) -> Element:
    """How far it is, in a box of its own colour, with what that means for who reads it."""
    said = capital(status_words(word)) if word else "Webex gave no status"
    below = [kit.text(line, spacing="Small") for line in lines]
    return kit.box([kit.strong(said), *below], style=_STYLES.get(word.casefold(), "warning"))
