"""What all cards have in common: the frame around them, signed buttons, times, names of the API's fields."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.domain.form import Form
from bot.domain.operation import Element, Operation
from bot.domain.press import CARD_KEY, Press
from bot.domain.request import Request
from bot.domain.view import Frame
from cards import kit
from cards.escape import cut

_ABOUT = 40
"""Characters that tell one from others; an id has more than anybody reads."""


def framed(
    frame: Frame,
    *,
    title: str,
    body: Iterable[Element],
    actions: Iterable[Element] = (),
    footer: str = "",
) -> dict[str, Any]:
    """A whole card: heading, environment, body, footer, buttons."""
    head = [*([kit.heading(title)] if title else []), *badge(frame)]
    foot = [kit.small(footer, separator=True, spacing="Medium")] if footer else []
    return kit.card([*head, *body, *foot], actions=actions)


def badge(frame: Frame) -> list[Element]:
    """The environment's name, so that nobody takes a test for the real thing; nothing in production."""
    if not frame.environment:
        return []
    words = f"{frame.environment.upper()} environment"
    return [kit.text(words, size="Small", weight="Bolder", color="Warning", spacing="None")]


def signed(frame: Frame, title: str, *, press: Press, style: str | None = None, inputs: bool = False) -> Element:
    """A button that means ``press``."""
    return kit.button(title, {CARD_KEY: frame.sign(press)}, style=style, inputs=inputs)


_FIELDS = {
    "name": "Name",
    "displayName": "Display name",
    "provisioningId": "Provisioning ID",
    "spEnterpriseId": "Enterprise",
    "package": "Package",
    "timezone": "Time zone",
    "region": "Country of phone numbers",
    "billingPeriod": "Month",
    "enableDirSync": "Directory sync enabled",
    "syncStatus": "What Webex is told",
    "lastSyncTrackingId": "Tracking ID of the last sync",
}


def named(name: str, form: Form | None = None) -> str:
    """What people call a field of the API: the form's label, else what forms usually call it, else its own name."""
    asked = next((each for each in form.inputs if each.name == name), None) if form else None
    return asked.label if asked else _FIELDS.get(name, name)


def subject(request: Request, operation: Operation) -> str:
    """What a request is about: its first needed values, or any where none is needed; enough to tell it from others.

    A template is the same for many, and what it stands for cannot be read.
    """
    asked = [each for each in operation.form.inputs if each.name != "provisioningId"]
    needed = [each for each in asked if each.required] or asked
    said = [request.values[each.name] for each in needed if request.values.get(each.name)]
    return " · ".join(cut(_readable(value, request), _ABOUT) for value in said[:2])


def _readable(value: str, request: Request) -> str:
    """Buttons name things by ids of Webex, which nobody can tell apart; a user ID or a month stands for them."""
    data = request.outcome.data if request.outcome else {}
    fields = data.get("fields")
    if value == request.webex_id:
        return request.user_id or (request.plan.typed if request.plan else "") or value
    if value != data.get("id") or not isinstance(fields, Mapping):
        return value
    return str(fields.get("userId") or fields.get("billingPeriod") or value)


def flat(body: Mapping[str, Any], *, under: str = "") -> dict[str, Any]:
    """The entries of nested JSON under dotted names."""
    entries: dict[str, Any] = {}
    for key, value in body.items():
        if isinstance(value, Mapping) and value:
            entries |= flat(value, under=f"{under}{key}.")
        else:
            entries[f"{under}{key}"] = value
    return entries


def moment(at: datetime) -> str:
    """21 Nov 2026 18:36 UTC."""
    at = at.astimezone(UTC)
    return f"{at.day} {at:%b %Y %H:%M} UTC"


def moment_of(told: Any) -> str:
    """The time that a text of the API tells; what is no time is shown as it came."""
    try:
        return moment(datetime.fromisoformat(str(told)))
    except ValueError:
        return str(told)


def clock(at: datetime) -> str:
    """18:36:05 UTC."""
    return f"{at.astimezone(UTC):%H:%M:%S} UTC"


def counted(number: int, thing: str) -> str:
    """1 thing, 2 things."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def capital(words: str) -> str:
    """The words as a line begins."""
    return words[:1].upper() + words[1:]


def remark(words: str) -> list[Element]:
    """What else is to be said below a heading, if anything."""
    return [kit.text(sentence(words), spacing="Small")] if words else []


def sentence(words: str) -> str:
    """The words with a full stop, unless they end with a mark of their own."""
    words = words.strip()
    return words if not words or words[-1] in ".!?…”" else f"{words}."
