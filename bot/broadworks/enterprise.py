"""Reads enterprises and their directories out of whatever object came, as far as they can be read."""

from collections.abc import Mapping
from typing import Any

from bot.broadworks import envelope
from bot.broadworks.subscriber import identity, with_field
from bot.broadworks.text import storable
from bot.broadworks.values import count, flag, moment, text
from bot.domain.enterprise import DirectorySync, Enterprise, ExternalUser
from bot.domain.provisioning import Info

_SYNC = "broadworksDirectorySync"
_ENABLED, _STATUS = "enableDirSync", "directorySyncStatus"


def enterprise(data: Mapping[str, Any], *, tracking_id: str | None = None) -> Enterprise | None:
    """The enterprise, with what cannot be read left out of all but ``fields``; None for an object without an id."""
    found = identity(data)
    if found is None:
        return None
    return Enterprise(
        id=found,
        org_id=text(data.get("orgId")),
        provisioning_id=text(data.get("provisioningId")),
        enterprise=text(data.get("spEnterpriseId")),
        sync=directory(_object(data.get(_SYNC)), tracking_id=tracking_id),
        fields=storable(dict(data)),
        tracking_id=tracking_id,
    )


def directory(data: Mapping[str, Any], *, tracking_id: str | None = None) -> DirectorySync | None:
    """How a directory is kept in step; None for an object that says nothing of it."""
    if _ENABLED not in data and _STATUS not in data:
        return None
    told = _object(data.get(_STATUS))
    return DirectorySync(
        enabled=flag(data.get(_ENABLED)),
        status=text(told.get("syncStatus")),
        started=moment(told.get("lastSyncStartTime")),
        ended=moment(told.get("lastSyncEndTime")),
        succeeded=moment(told.get("lastSuccessfulSyncTime")),
        sync_tracking_id=text(told.get("lastSyncTrackingId")),
        counts=_counts(told),
        errors=tuple(Info(each.code or "", with_field(each)) for each in envelope.entries(told.get("errors"))),
        fields=storable(dict(data)),
        tracking_id=tracking_id,
    )


def external_user(data: Mapping[str, Any], *, tracking_id: str | None = None) -> ExternalUser | None:
    """What became of a user; None for an object that does not say."""
    status = text(data.get("status"))
    if not status:
        return None
    user = _object(data.get("userResponse"))
    return ExternalUser(status, storable(dict(user)), storable(dict(data)), tracking_id)


def _counts(told: Mapping[str, Any]) -> dict[str, int]:
    """Every number that came, under its own name: whatever else Webex comes to count is a count too."""
    kept: dict[str, Any] = storable(dict(told))
    numbers = {name: count(value) for name, value in kept.items() if isinstance(value, int | float | str)}
    return {name: number for name, number in numbers.items() if number is not None}


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
