"""The client of the provisioning API: one method per endpoint."""

from copy import copy
from datetime import datetime
from typing import Self

from bot.broadworks.enterprise_calls import EnterpriseCalls
from bot.broadworks.report_calls import ReportCalls
from bot.broadworks.subscriber_calls import SubscriberCalls
from bot.broadworks.workspace_calls import WorkspaceCalls


class BroadWorksClient(SubscriberCalls, WorkspaceCalls, EnterpriseCalls, ReportCalls):
    """Sends what the operations ask for, reads retried and writes once; implements ``api.BroadWorks``.

    Every method may raise a BroadWorksError; those that take a Call raise ValueError for one that was planned for
    another place or purpose, those that take an id for what can be none. Safe to share between threads.
    """

    def __repr__(self) -> str:
        return f"BroadWorksClient({self.base_url!r})"

    def close(self) -> None:
        """Close the connections."""
        self._wire.close()

    def until(self, moment: datetime) -> Self:
        """The same client on the same connections, which sends nothing from that moment on."""
        punctual = copy(self)
        punctual._wire = self._wire.until(moment)  # noqa: SLF001 - it is this very class.
        return punctual
