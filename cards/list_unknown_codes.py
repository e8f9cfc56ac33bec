"""How the codes are listed that Webex gave and nobody here knows."""

import json
from collections.abc import Mapping
from typing import Any

from bot.domain.form import Form
from bot.domain.operation import Element
from bot.domain.plan import Outcome
from bot.domain.request import Request
from cards import kit
from cards.explain import seen
from cards.shared import counted

_HOW = (
    "To have one explained to everybody, find out what it means, add an entry to the file that BOT_CODES_FILE names, "
    "and restart the bot. For the first one:"
)


def result(request: Request, _form: Form) -> list[Element]:
    """Each code with Webex's words and how often it was met, then how to make it known."""
    data = (request.outcome or Outcome(ok=False)).data
    listed = [each for each in data.get("codes") or () if isinstance(each, Mapping)]
    if not listed:
        return [kit.strong(_none(request.values.get("filter", "")))]
    drawn: list[Element] = [kit.text(_how_many(data, len(listed)))]
    for each in listed:
        drawn += _code(each)
    return [*drawn, kit.text(_HOW, separator=True), kit.mono(_entry(listed[0]))]


def _none(wanted: str) -> str:
    return f"No unknown code has “{wanted}” in it." if wanted else "Every code that was met so far is known."


def _how_many(data: Mapping[str, Any], listed: int) -> str:
    first, total = int(data.get("first") or 1), int(data.get("total") or listed)
    many = f"{counted(total, 'code')} that nobody here knows"
    return f"{many}, the newest first." if listed == total else f"{first} to {first + listed - 1} of {many}."


def _code(told: Mapping[str, Any]) -> list[Element]:
    words = str(told.get("words") or "")
    said = f"“{words}”" if words else "Webex gave no text for it."
    return [
        kit.strong(f"Code {told.get('code')}", separator=True),
        kit.text(said, spacing="None"),
        kit.small(seen(told), spacing="None"),
    ]


def _entry(told: Mapping[str, Any]) -> str:
    """What to write down, as it must be written."""
    entry = {
        "code": str(told.get("code")),
        "kind": "error",
        "surface": str(told.get("surface")),
        "meaning": "What it means.",
        "remedy": "What to do.",
        "who": "agent",
    }
    return json.dumps(entry, ensure_ascii=False)
