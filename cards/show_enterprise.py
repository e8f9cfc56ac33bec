"""How one enterprise is drawn with its directory and its history."""

from collections.abc import Mapping
from typing import Any

from bot.domain.form import Form
from bot.domain.operation import Element
from bot.domain.request import Request
from cards import directory, kit
from cards.directory_status import errors
from cards.past import past

_LABELS = {
    "spEnterpriseId": "Enterprise",
    "provisioningId": "Provisioning ID",
    "orgId": "Webex organisation ID",
    "id": "Enterprise ID",
}
_ELSEWHERE = frozenset({"broadworksDirectorySync"})


def result(request: Request, _form: Form) -> list[Element]:
    """Which one it is, how its directory is and what is wrong with it, then everything else, then its history."""
    data: Mapping[str, Any] = request.outcome.data if request.outcome else {}
    return [
        kit.strong(str(data.get("enterprise") or "Enterprise")),
        *directory.state(_object(data, "sync")),
        *errors(data),
        *kit.facts(_facts(data)),
        *_directory(_object(data, "sync")),
        *past(data),
    ]


def _facts(data: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """The known things first, the rest under its own names."""
    fields = {
        name: value
        for name, value in _object(data, "fields").items()
        if name not in _ELSEWHERE and value not in (None, "")
    }
    people = _subscribers(_object(data, "subscribers"))
    template = [("Template", data["template"])] if data.get("template") else []
    order = [*(name for name in _LABELS if name in fields), *(name for name in fields if name not in _LABELS)]
    named = [(_LABELS.get(name, name), fields[name]) for name in order]
    return [*named[:1], *people, *template, *named[1:]]


def _subscribers(told: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Webex counts nothing, so what a page has is all that can be said."""
    if "number" not in told:
        return [("Subscribers", "Webex did not tell just now")]
    return [("Subscribers", f"more than {told['number']}" if told.get("more") else str(told["number"]))]


def _directory(sync: Mapping[str, Any]) -> list[Element]:
    drawn = directory.facts(sync)
    return [kit.strong("Directory", separator=True, spacing="Medium"), *drawn] if drawn else []


def _object(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = data.get(name)
    return found if isinstance(found, Mapping) else {}
