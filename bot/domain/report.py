"""A billing report as Webex tells it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.domain.provisioning import Info


class ReportStatus(StrEnum):
    """How far Webex is with a report."""

    IN_PROGRESS = "IN_PROGRESS"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"


class ReportSort(StrEnum):
    """By what the API sorts a list of reports."""

    MONTH = "billingPeriod"
    STATUS = "status"
    ID = "id"


class SignedUrl:
    """The address of a report's file. Whoever has it can read the file, so it shows itself to nobody."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The address, for the one place that goes there."""
        return self._text

    def __repr__(self) -> str:
        return "SignedUrl(hidden)"


@dataclass(frozen=True)
class Report:
    """A billing report; what Webex did not tell is "", None or empty.

    ``status`` is in Webex's own word, known to us or not. ``fields`` is the whole answer, without the address of the
    file, which is in ``url`` alone. ``created`` is aware.
    """

    id: str
    month: str = ""
    status: str = ""
    created: datetime | None = None
    created_by: str = ""
    errors: tuple[Info, ...] = ()
    url: SignedUrl | None = field(default=None, repr=False, compare=False)
    fields: dict[str, Any] = field(default_factory=dict)
    tracking_id: str | None = None

    @property
    def known_status(self) -> ReportStatus | None:
        """The status, if it is one of those that are documented."""
        try:
            return ReportStatus(self.status.upper())
        except ValueError:
            return None

    @property
    def completed(self) -> bool:
        """Its file can be had."""
        return self.known_status is ReportStatus.COMPLETED

    @property
    def failed(self) -> bool:
        """Webex could not make it."""
        return self.known_status is ReportStatus.FAILED
