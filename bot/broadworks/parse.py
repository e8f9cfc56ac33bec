"""Turns answers of 2xx into domain values, or says that they cannot be read."""

from typing import Any

from bot.broadworks import envelope
from bot.broadworks.answer import Answer
from bot.broadworks.errors import unreadable
from bot.broadworks.text import storable
from bot.domain.provisioning import Info, Precheck, Workspace
from bot.errors import ApiComplaint

_ID_LENGTH = 1024


def precheck(answer: Answer) -> Precheck:
    """Passed only if Webex said success and complained about nothing; raises Unconfirmed."""
    data = _object(answer)
    complaints = envelope.errors(data)
    said = envelope.message(data)
    entries = (*envelope.entries(data.get("info")), *complaints)
    return Precheck(
        passed=said.casefold() == "success" and not complaints,
        message=said,
        infos=tuple(Info(each.code or "", _with_field(each)) for each in entries),
        tracking_id=answer.tracking_id,
    )


def workspace(answer: Answer) -> Workspace:
    """What was made, with all that was echoed; raises Unconfirmed."""
    data = _object(answer)
    identity = data.get("id")
    if not isinstance(identity, str) or not identity.strip() or len(identity) > _ID_LENGTH:
        raise unreadable(answer, "without the id of a workspace")
    return Workspace(storable(identity), storable(data), answer.tracking_id)


def page(answer: Answer) -> list[dict[str, Any]]:
    """The items of one page of a list; raises Unconfirmed, for half a list would pass for a whole one."""
    items = _object(answer).get("items")
    if not isinstance(items, list) or not all(isinstance(each, dict) for each in items):
        raise unreadable(answer, "without a list of items")
    return [storable(each) for each in items]


def _with_field(entry: ApiComplaint) -> str:
    if entry.field is None or entry.field in entry.description:
        return entry.description
    return f"{entry.description} ({entry.field})".strip()


def _object(answer: Answer) -> dict[str, Any]:
    if not answer.whole:
        raise unreadable(answer, "its body broke off or is too long")
    if not answer.body.strip():
        raise unreadable(answer, "without a body")
    if answer.data is None:
        raise unreadable(answer, "its body cannot be read")
    return answer.data
