"""Every call that the client can make, with the answer that each hopes for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.broadworks.client import BroadWorksClient
from bot.domain.plan import Call
from bot.domain.provisioning import (
    Done,
    Precheck,
    Subscriber,
    SubscriberFilter,
    SubscriberPage,
    Workspace,
)
from bot.domain.report import Report

ID = "Y2lzY29zcGFyazovL3VzL1NVQlNDUklCRVIvMQ"
ONE = f"broadworks/subscribers/{ID}"
CONSENT = f"subscribers/{ID}/emails/consentMove"
NEW: dict[str, Any] = {
    "provisioningId": "ZjViMzYxODc",
    "userId": "95547321@example.com",
    "spEnterpriseId": "Reseller1+acme",
    "firstName": "Ann",
    "lastName": "Room",
    "package": "standard",
    "email": "ann@example.com",
}
REPORT = f"broadworks/billing/reports/{ID}"
MONTH = {"billingPeriod": "2026-10"}
CHANGE = {"package": "premium", "lastName": "Room"}
WORKSPACE = {
    "displayName": "Room",
    "userId": "9@sp.com",
    "spEnterpriseId": "Reseller1+acme",
    "provisioningId": "ZjViMzYxODc",
}
ANN = {"id": ID, **NEW, "status": "provisioning"}
"""What serves as an answer to every call."""
FULL = {"message": "success", **ANN, "items": [ANN]}


@dataclass(frozen=True)
class Known:
    """One call: how it is made, what it sends, what comes of it."""

    make: Callable[[BroadWorksClient], Any]
    method: str
    path: str
    gives: type
    write: bool = False
    body: dict[str, Any] | None = None

    @property
    def bare(self) -> bool:
        """Whether a yes to it needs no words."""
        return self.gives is Done


def planned(client: BroadWorksClient, method: str, path: str, body: dict[str, Any] | None = None) -> Call:
    return Call(method, path, body or {}, client.base_url)


KNOWN: dict[str, Known] = {
    "precheck": Known(
        lambda client: client.precheck({"email": "ann@example.com"}),
        "POST",
        "broadworks/subscribers/validate",
        Precheck,
        body={"email": "ann@example.com"},
    ),
    "subscribers": Known(
        lambda client: list(client.subscribers(SubscriberFilter(email="ann@example.com"))),
        "GET",
        "broadworks/subscribers",
        list,
    ),
    "subscriber_page": Known(
        lambda client: client.subscriber_page(SubscriberFilter(enterprise="Reseller1+acme")),
        "GET",
        "broadworks/subscribers",
        SubscriberPage,
    ),
    "subscriber": Known(lambda client: client.subscriber(ID), "GET", ONE, Subscriber),
    "provision_subscriber": Known(
        lambda client: client.provision_subscriber(planned(client, "POST", "broadworks/subscribers", NEW)),
        "POST",
        "broadworks/subscribers",
        Subscriber,
        write=True,
        body=NEW,
    ),
    "update_subscriber": Known(
        lambda client: client.update_subscriber(planned(client, "PUT", ONE, CHANGE)),
        "PUT",
        ONE,
        Subscriber,
        write=True,
        body=CHANGE,
    ),
    "remove_subscriber": Known(
        lambda client: client.remove_subscriber(planned(client, "DELETE", ONE)), "DELETE", ONE, Done, write=True
    ),
    "resend_consent": Known(
        lambda client: client.resend_consent(planned(client, "POST", CONSENT)), "POST", CONSENT, Done, write=True
    ),
    "provision_workspace": Known(
        lambda client: client.provision_workspace(planned(client, "POST", "broadworks/workspaces", WORKSPACE)),
        "POST",
        "broadworks/workspaces",
        Workspace,
        write=True,
        body=WORKSPACE,
    ),
    "find_workspaces": Known(lambda client: client.find_workspaces("Room"), "GET", "workspaces", list),
    "reports": Known(
        lambda client: client.reports(before="2026-11", after="2026-01"), "GET", "broadworks/billing/reports", tuple
    ),
    "report": Known(lambda client: client.report(ID), "GET", REPORT, Report),
    "request_report": Known(
        lambda client: client.request_report(planned(client, "POST", "broadworks/billing/reports", MONTH)),
        "POST",
        "broadworks/billing/reports",
        Report,
        write=True,
        body=MONTH,
    ),
    "remove_report": Known(
        lambda client: client.remove_report(planned(client, "DELETE", REPORT)), "DELETE", REPORT, Done, write=True
    ),
}
WRITES = [name for name, known in KNOWN.items() if known.write]
READS = [name for name, known in KNOWN.items() if not known.write]
