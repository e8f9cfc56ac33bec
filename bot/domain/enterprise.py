"""An enterprise: the customer of a service provider, as Webex knows it."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Enterprise:
    """An enterprise as Webex told it; what it did not tell is "", None or empty.

    ``enabled`` and ``sync`` are about its directory: whether it is synchronised, and what is told of that, under
    Webex's own names. ``fields`` is the whole answer.
    """

    id: str
    org_id: str = ""
    provisioning_id: str = ""
    enterprise: str = ""
    enabled: bool | None = None
    sync: dict[str, Any] = field(default_factory=dict)
    fields: dict[str, Any] = field(default_factory=dict)
    tracking_id: str | None = None
