"""Reads an enterprise out of whatever object came, as far as it can be read."""

from collections.abc import Mapping
from typing import Any

from bot.broadworks.subscriber import flag, identity, text
from bot.broadworks.text import storable
from bot.domain.enterprise import Enterprise


def enterprise(data: Mapping[str, Any], *, tracking_id: str | None = None) -> Enterprise | None:
    """The enterprise, with what cannot be read left out of all but ``fields``; None for an object without an id."""
    found = identity(data)
    if found is None:
        return None
    directory = _object(data.get("broadworksDirectorySync"))
    return Enterprise(
        id=found,
        org_id=text(data.get("orgId")),
        provisioning_id=text(data.get("provisioningId")),
        enterprise=text(data.get("spEnterpriseId")),
        enabled=flag(directory.get("enableDirSync")),
        sync=storable(dict(_object(directory.get("directorySyncStatus")))),
        fields=storable(dict(data)),
        tracking_id=tracking_id,
    )


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
