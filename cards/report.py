"""How a billing report is drawn, wherever one is shown."""

import calendar
from collections.abc import Mapping
from typing import Any

from bot.domain.month import is_month
from bot.domain.operation import Element
from cards import kit
from cards.shared import capital, flat, moment_of
from cards.watching import status_words

MONTH, STATUS, MADE, ID = "Month", "Status", "Requested", "Report ID"
"""What a plan says of a report, in the words of its card."""

_LABELS = {"billingPeriod": MONTH, "status": STATUS, "created": MADE, "createdBy": "Requested by", "id": ID}
_ELSEWHERE = frozenset({"status", "errors"})
_STYLES = {"completed": "good", "failed": "attention", "in_progress": "accent"}
COLOURS = {"completed": "Good", "failed": "Attention", "in_progress": "Accent"}


def called(month: str) -> str:
    """October 2026; what is no month stays as it came."""
    if not is_month(month):
        return month or "unknown month"
    year, number = month.split("-")
    return f"{calendar.month_name[int(number)]} {year}"


def briefly(fields: Mapping[str, Any]) -> dict[str, str]:
    """What tells a report from others, by the words of its card."""
    word = str(fields.get("status") or "")
    every = {
        MONTH: called(str(fields.get("billingPeriod") or "")),
        STATUS: status_words(word) if word else "",
        MADE: moment_of(fields["created"]) if fields.get("created") else "",
        ID: str(fields.get("id") or ""),
    }
    return {name: value for name, value in every.items() if value}


def facts(fields: Mapping[str, Any]) -> list[Element]:
    """Everything that Webex told of a report, the known things first, the rest under its own names."""
    told = flat({name: value for name, value in fields.items() if name not in _ELSEWHERE and value not in (None, "")})
    order = [*(name for name in _LABELS if name in told), *(name for name in told if name not in _LABELS)]
    return kit.facts(
        (_LABELS.get(name, name), moment_of(told[name]) if name == "created" else told[name]) for name in order
    )


def status(word: str, *lines: str) -> Element:
    """How far it is, in a box of its own colour, with what that means for who reads it."""
    said = capital(status_words(word)) if word else "Webex gave no status"
    below = [kit.text(line, spacing="Small") for line in lines]
    return kit.box([kit.strong(said), *below], style=_STYLES.get(word.casefold(), "warning"))
