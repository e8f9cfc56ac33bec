"""How a subscriber is drawn, wherever one is shown."""

from collections.abc import Mapping
from typing import Any

from bot.domain.operation import Element
from cards import kit
from cards.shared import capital, flat, moment_of
from cards.watching import status_words

_LABELS = {
    "firstName": "First name",
    "lastName": "Last name",
    "email": "E-mail",
    "userId": "User ID",
    "spEnterpriseId": "Enterprise",
    "package": "Package",
    "status": "Status",
    "primaryPhoneNumber": "Phone number",
    "mobilePhoneNumber": "Mobile number",
    "extension": "Extension",
    "created": "Created",
    "lastStatusChange": "Status since",
    "selfActivated": "Activated by the user",
    "provisioningId": "Provisioning ID",
    "personId": "Webex person ID",
    "id": "Subscriber ID",
}
_TIMES = frozenset({"created", "lastStatusChange"})
_ELSEWHERE = frozenset({"status", "errors"})
_STYLES = {"provisioned": "good", "error": "attention", "updating": "accent", "provisioning": "accent"}


def facts(fields: Mapping[str, Any]) -> list[Element]:
    """Everything that Webex told of a subscriber, the known things first and in words, the rest under its own names."""
    told = flat({name: value for name, value in fields.items() if name not in _ELSEWHERE and value not in (None, "")})
    order = [*(name for name in _LABELS if name in told), *(name for name in told if name not in _LABELS)]
    return kit.facts((label(name), shown(name, told[name])) for name in order)


def label(name: str) -> str:
    """What people call a field of a subscriber."""
    return _LABELS.get(name, name)


def shown(name: str, value: Any) -> Any:
    """A value as people read it: times as everywhere, yes and no in words."""
    if name in _TIMES:
        return moment_of(value)
    if str(value).casefold() in {"true", "false"}:
        return "yes" if str(value).casefold() == "true" else "no"
    return value


def called(fields: Mapping[str, Any]) -> str:
    """The name of a subscriber, else its user ID."""
    name = " ".join(str(fields[each]) for each in ("firstName", "lastName") if fields.get(each))
    return name or str(fields.get("userId") or fields.get("email") or "Subscriber")


def status(fields: Mapping[str, Any]) -> list[Element]:
    """How far its provisioning is, in a box of its own colour."""
    word = str(fields.get("status") or "")
    said = status_words(word) if word else "unknown: Webex gave no status"
    line = kit.strong(capital(said))
    return [kit.box([line], style=_STYLES.get(word.casefold(), "warning"))]
