"""How a workspace is drawn, wherever one is shown."""

from collections.abc import Mapping
from typing import Any

from bot.domain.operation import Element
from cards import kit
from cards.shared import flat, moment_of

_LABELS = {
    "displayName": "Display name",
    "userId": "User ID",
    "spEnterpriseId": "Enterprise",
    "primaryPhoneNumber": "Phone number",
    "extension": "Extension",
    "created": "Created",
    "provisioningId": "Provisioning ID",
    "id": "Workspace ID",
}


def facts(fields: Mapping[str, Any]) -> list[Element]:
    """Everything that is told of a workspace, the known things first, the rest under its own names."""
    told = flat({name: value for name, value in fields.items() if value not in (None, "")})
    order = [*(name for name in _LABELS if name in told), *(name for name in told if name not in _LABELS)]
    return kit.facts((_LABELS.get(name, name), _shown(name, told[name])) for name in order)


def called(fields: Mapping[str, Any]) -> str:
    """The name of a workspace, else its user ID."""
    return str(fields.get("displayName") or fields.get("userId") or "Workspace")


def _shown(name: str, value: Any) -> Any:
    return moment_of(value) if name == "created" else value
