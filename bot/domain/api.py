"""The provisioning API as operations see it, typed by protocols; every method may raise a BroadWorksError."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, BinaryIO, Protocol

from bot.domain.enterprise import DirectorySync, Enterprise, EnterpriseFilter, EnterprisePage, ExternalUser
from bot.domain.plan import Call
from bot.domain.provisioning import Done, Precheck, Subscriber, SubscriberFilter, SubscriberPage, Workspace
from bot.domain.report import Report, ReportSort


class SubscriberApi(Protocol):
    """Subscribers: each a BroadWorks user who is mapped to a Webex user."""

    def precheck(self, body: Mapping[str, Any]) -> Precheck:
        """POST /broadworks/subscribers/validate: a read, retried within bounds."""

    def subscribers(self, wanted: SubscriberFilter) -> Iterator[Subscriber]:
        """GET /broadworks/subscribers: every subscriber of a filter, each page fetched when it is needed."""

    def subscriber_page(self, wanted: SubscriberFilter, page: str | None = None) -> SubscriberPage:
        """GET /broadworks/subscribers: the first page, or the one that an earlier page named as its ``next``.

        Raises ValueError for a ``page`` that is not of this same list.
        """

    def subscriber(self, subscriber_id: str) -> Subscriber:
        """GET /broadworks/subscribers/{id}; raises ValueError for what can be no id."""

    def provision_subscriber(self, call: Call) -> Subscriber:
        """POST /broadworks/subscribers: a write, sent once; the work has only begun when it is answered."""

    def update_subscriber(self, call: Call) -> Subscriber:
        """PUT /broadworks/subscribers/{id}: a write, sent once; its answer may still show what was there before."""

    def remove_subscriber(self, call: Call) -> Done:
        """DELETE /broadworks/subscribers/{id}: a write, sent once."""

    def resend_consent(self, call: Call) -> Done:
        """POST /subscribers/{id}/emails/consentMove: a write, sent once; it sends an e-mail to the subscriber."""


class WorkspaceApi(Protocol):
    """Workspaces: each a BroadWorks user who is mapped to a place."""

    def provision_workspace(self, call: Call) -> Workspace:
        """POST /broadworks/workspaces: a write, sent once."""

    def update_workspace(self, call: Call) -> Workspace:
        """PUT /broadworks/workspaces/{id}: a write, sent once."""

    def remove_workspace(self, call: Call) -> Done:
        """DELETE /broadworks/workspaces/{id}: a write, sent once."""

    def workspace(self, workspace_id: str) -> Workspace:
        """GET /workspaces/{id}: its name and what else is general, if the token may look; ValueError for no id."""

    def find_workspaces(self, display_name: str) -> list[dict[str, Any]]:
        """GET /workspaces?displayName=: what exists under that name, if the token may look."""


class EnterpriseApi(Protocol):
    """Enterprises, and the synchronisation of their directories."""

    def enterprises(self, wanted: EnterpriseFilter) -> Iterator[Enterprise]:
        """GET /broadworks/enterprises: every enterprise of a filter, each page fetched when it is needed."""

    def enterprise_page(self, wanted: EnterpriseFilter, page: str | None = None) -> EnterprisePage:
        """GET /broadworks/enterprises: the first page, or the one that an earlier page named as its ``next``.

        Raises ValueError for a ``page`` that is not of this same list.
        """

    def find_enterprise(self, sp_enterprise_id: str) -> Enterprise | None:
        """GET /broadworks/enterprises?spEnterpriseId=: the one of that name; None where there is none."""

    def directory_sync(self, enterprise_id: str) -> DirectorySync:
        """GET /broadworks/enterprises/{id}/broadworksDirectorySync; raises ValueError for what can be no id."""

    def set_directory_sync(self, call: Call) -> DirectorySync:
        """PUT /broadworks/enterprises/{id}/broadworksDirectorySync: a write, sent once; switches it on or off."""

    def sync_directory(self, call: Call) -> DirectorySync:
        """POST /broadworks/enterprises/{id}/broadworksDirectorySync: a write, sent once; the work has only begun.

        Busy says that another one of the same cluster is under way.
        """

    def sync_external_user(self, call: Call) -> ExternalUser:
        """POST /broadworks/enterprises/{id}/broadworksDirectorySync/externalUser: a write, sent once."""


class ReportApi(Protocol):
    """Billing reports: each made by Webex for one month, on request."""

    def reports(
        self, *, before: str = "", after: str = "", sort_by: ReportSort = ReportSort.MONTH
    ) -> tuple[Report, ...]:
        """GET /broadworks/billing/reports: id, month and status of each; ``before`` and ``after`` are months."""

    def report(self, report_id: str) -> Report:
        """GET /broadworks/billing/reports/{id}; raises ValueError for what can be no id."""

    def request_report(self, call: Call) -> Report:
        """POST /broadworks/billing/reports: a write, sent once; its answer has the id of the report alone."""

    def remove_report(self, call: Call) -> Done:
        """DELETE /broadworks/billing/reports/{id}: a write, sent once."""

    def download_report(self, report_id: str, *, into: BinaryIO) -> Report:
        """Put the file of a report ``into`` an empty file, byte for byte; Declined says why there is none."""


class BroadWorks(SubscriberApi, WorkspaceApi, EnterpriseApi, ReportApi, Protocol):
    """The whole of it."""

    base_url: str

    def until(self, moment: datetime) -> "BroadWorks":
        """The same API, to which nothing is sent from that moment on: TooLate is raised instead."""
