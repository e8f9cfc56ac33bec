"""Reads a subscriber out of whatever object came, as far as it can be read."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.broadworks import envelope
from bot.broadworks.text import storable, words
from bot.domain.provisioning import Info, Subscriber
from bot.errors import ApiComplaint

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECONDS = re.compile(r"\d{11,}", re.ASCII)
_ID_LENGTH = 1024
_YES_OR_NO = {"true": True, "false": False}


def identity(data: Mapping[str, Any]) -> str | None:
    """The id of a thing, which is opaque; None for what can be none."""
    found = data.get("id")
    if not isinstance(found, str) or len(found) > _ID_LENGTH:
        return None
    kept: str = storable(found)
    return kept if kept.strip() else None


def subscriber(data: Mapping[str, Any], *, tracking_id: str | None = None) -> Subscriber | None:
    """The subscriber, with what cannot be read left out of all but ``fields``; None for an object without an id."""
    found = identity(data)
    if found is None:
        return None
    return Subscriber(
        id=found,
        person_id=text(data.get("personId")),
        user_id=text(data.get("userId")),
        enterprise=text(data.get("spEnterpriseId")),
        first_name=text(data.get("firstName")),
        last_name=text(data.get("lastName")),
        email=text(data.get("email")),
        primary_number=text(data.get("primaryPhoneNumber")),
        mobile_number=text(data.get("mobilePhoneNumber")),
        extension=text(data.get("extension")),
        package=text(data.get("package")),
        status=text(data.get("status")),
        errors=tuple(Info(each.code or "", with_field(each)) for each in envelope.entries(data.get("errors"))),
        created=moment(data.get("created")),
        last_status_change=moment(data.get("lastStatusChange")),
        provisioning_id=text(data.get("provisioningId")),
        self_activated=_flag(data.get("selfActivated")),
        fields=storable(dict(data)),
        tracking_id=tracking_id,
    )


def with_field(entry: ApiComplaint) -> str:
    """The words of a complaint, with its field where they do not name it."""
    if entry.field is None or entry.field in entry.description:
        return entry.description
    return f"{entry.description} ({entry.field})".strip()


def text(value: Any) -> str:
    """Their words on one line; "" for what has none."""
    # Some serialisers know only one kind of number.
    return words(int(value) if isinstance(value, float) and value.is_integer() else value)


def moment(value: Any) -> datetime | None:
    """A time in UTC out of ISO 8601 or milliseconds since 1970; None for anything else."""
    said = text(value)
    try:
        if _MILLISECONDS.fullmatch(said):
            return _EPOCH + timedelta(milliseconds=int(said))
        found = datetime.fromisoformat(said)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _flag(value: Any) -> bool | None:
    """Documented as a boolean, shown as a text."""
    return value if isinstance(value, bool) else _YES_OR_NO.get(words(value).casefold())
