"""Reads a subscriber out of whatever object came, as far as it can be read."""

from collections.abc import Mapping
from typing import Any

from bot.broadworks import envelope
from bot.broadworks.text import storable
from bot.broadworks.values import flag, moment, text
from bot.domain.places import could_be_id
from bot.domain.provisioning import Info, Subscriber
from bot.errors import ApiComplaint


def identity(data: Mapping[str, Any]) -> str | None:
    """The id of a thing, which is opaque; None for what can be none, because no path could name it."""
    found = data.get("id")
    kept: str = storable(found) if isinstance(found, str) else ""
    return kept if could_be_id(kept) else None


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
        self_activated=flag(data.get("selfActivated")),
        fields=storable(dict(data)),
        tracking_id=tracking_id,
    )


def with_field(entry: ApiComplaint) -> str:
    """The words of a complaint, with its field where they do not name it."""
    if entry.field is None or entry.field in entry.description:
        return entry.description
    return f"{entry.description} ({entry.field})".strip()
