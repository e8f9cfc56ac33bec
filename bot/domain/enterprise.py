"""Enterprises in their own terms: each a customer of the service provider, and how its directory is kept in step."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.domain.provisioning import Info

LARGEST_LIST = 1000
"""Enterprises that Webex puts on one page at most."""


class SyncStatus(StrEnum):
    """The states of a directory that have been seen; there may be others."""

    NOT_SYNCED = "NOT_SYNCED"
    IN_PROGRESS = "IN_PROGRESS"
    COMPLETE = "COMPLETE"


@dataclass(frozen=True)
class DirectorySync:
    """How the directory of an enterprise is kept in step; what Webex did not tell is "", None or empty.

    ``status`` is Webex's own word, known to us or not. ``counts`` are numbers by the API's names, of the last
    synchronisation and altogether; ``errors`` are those of the last one. ``fields`` is the whole answer.
    """

    enabled: bool | None = None
    status: str = ""
    started: datetime | None = None
    ended: datetime | None = None
    succeeded: datetime | None = None
    sync_tracking_id: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    errors: tuple[Info, ...] = ()
    fields: dict[str, Any] = field(default_factory=dict)
    tracking_id: str | None = None

    @property
    def known_status(self) -> SyncStatus | None:
        """The status, if it is one of those that have been seen."""
        try:
            return SyncStatus(self.status.upper())
        except ValueError:
            return None

    @property
    def running(self) -> bool:
        """A synchronisation is under way: it says so, or in a word that nobody has met, it has begun and not ended."""
        if self.known_status is not None or self.started is None:
            return self.known_status is SyncStatus.IN_PROGRESS
        return self.ended is None or self.ended < self.started

    @property
    def failed(self) -> bool:
        """The last synchronisation has ended, and not as it should."""
        never = self.known_status is SyncStatus.NOT_SYNCED or not self.status
        complete = self.known_status is SyncStatus.COMPLETE
        return not self.running and (bool(self.errors) or not (never or complete))


@dataclass(frozen=True)
class Enterprise:
    """An enterprise as Webex told it; what it did not tell is "" or None.

    ``enterprise`` is its spEnterpriseId: the service provider's own name for it. ``fields`` is the whole answer.
    """

    id: str
    org_id: str = ""
    provisioning_id: str = ""
    enterprise: str = ""
    sync: DirectorySync | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    tracking_id: str | None = None

    @property
    def enabled(self) -> bool | None:
        """Whether its directory is synchronised; None where Webex does not tell."""
        return self.sync.enabled if self.sync else None


@dataclass(frozen=True)
class EnterpriseFilter:
    """Which enterprises are looked for: by the whole spEnterpriseId, or by how it begins; ``max`` are on a page."""

    enterprise: str = ""
    starts_with: str = ""
    max: int | None = None

    def __post_init__(self) -> None:
        if self.max is not None and not 1 <= self.max <= LARGEST_LIST:
            raise ValueError(f"A page has 1 to {LARGEST_LIST} enterprises.")


@dataclass(frozen=True)
class EnterprisePage:
    """Some of the enterprises that were looked for; ``next`` leads to more, and is None where the list ends."""

    items: tuple[Enterprise, ...]
    next: str | None = None
    tracking_id: str | None = None


@dataclass(frozen=True)
class ExternalUser:
    """What became of one user of BroadWorks without Webex whose entry in the directory was brought up to date.

    ``status`` is Webex's own word: ADD, UPDATE, DELETE or NO_OPERATION, or one that nobody has met.
    """

    status: str
    user: dict[str, Any] = field(default_factory=dict)
    fields: dict[str, Any] = field(default_factory=dict)
    tracking_id: str | None = None
