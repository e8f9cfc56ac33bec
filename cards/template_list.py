"""How the list of templates is drawn."""

from collections.abc import Mapping
from typing import Any

from bot.domain.form import Form
from bot.domain.operation import Element
from bot.domain.plan import Outcome
from bot.domain.request import Request
from cards import kit
from cards.shared import counted
from cards.template import shown

_ABOUT = ("spEnterpriseId", "package", "timezone")


def result(request: Request, _form: Form) -> list[Element]:
    """Each template with what it stands for and what it brings."""
    data = (request.outcome or Outcome(ok=False)).data
    listed = [each for each in data.get("templates") or () if isinstance(each, Mapping)]
    if not listed:
        return [kit.strong(_none(request.values.get("filter", "")))]
    drawn: list[Element] = [kit.text(_how_many(data, len(listed)))]
    for each in listed:
        drawn += _template(each)
    return drawn


def _none(wanted: str) -> str:
    return f"No template has “{wanted}” in it." if wanted else "There are no templates yet."


def _how_many(data: Mapping[str, Any], listed: int) -> str:
    first, total = int(data.get("first") or 1), int(data.get("total") or listed)
    if listed == total:
        return f"{counted(total, 'template')}. Choose one in forms, or write pid= and its name in a line."
    return f"{first} to {first + listed - 1} of {counted(total, 'template')}."


def _template(fields: Mapping[str, Any]) -> list[Element]:
    about = [str(fields[name]) for name in _ABOUT if fields.get(name)]
    if fields.get("region"):
        about.append(f"numbers of {fields['region']}")
    made = " ".join([f"by {fields['madeBy']}" if fields.get("madeBy") else "", str(fields.get("madeOn") or "")]).strip()
    return [
        kit.strong(str(fields.get("name") or ""), separator=True),
        *([kit.text(" · ".join(about), spacing="None")] if about else []),
        kit.mono(shown("provisioningId", str(fields.get("provisioningId") or ""))),
        *([kit.small(f"Saved {made}", spacing="None")] if made else []),
    ]
