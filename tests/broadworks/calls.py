"""Every call that the client can make, with the answer that each hopes for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.broadworks.client import BroadWorksClient
from bot.domain.enterprise import DirectorySync, Enterprise, EnterpriseFilter, EnterprisePage, ExternalUser
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
ENTERPRISES = "broadworks/enterprises"
DIRECTORY = f"{ENTERPRISES}/{ID}/broadworksDirectorySync"
EXTERNAL_USER = f"{DIRECTORY}/externalUser"
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
PLACE = "Y2lzY29zcGFyazovL3VzL1BMQUNFLzE"
ROOM = f"broadworks/workspaces/{PLACE}"
ROOM_CHANGE = {"extension": "51213", "primaryPhoneNumber": ""}
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
DIRECTORY_STATE = {"enableDirSync": True, "directorySyncStatus": {"syncStatus": "IN_PROGRESS"}}
FULL = {"message": "success", **ANN, "items": [ANN], **DIRECTORY_STATE}


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
    "update_workspace": Known(
        lambda client: client.update_workspace(planned(client, "PUT", ROOM, ROOM_CHANGE)),
        "PUT",
        ROOM,
        Workspace,
        write=True,
        body=ROOM_CHANGE,
    ),
    "remove_workspace": Known(
        lambda client: client.remove_workspace(planned(client, "DELETE", ROOM)), "DELETE", ROOM, Done, write=True
    ),
    "workspace": Known(lambda client: client.workspace(PLACE), "GET", f"workspaces/{PLACE}", Workspace),
    "enterprises": Known(
        lambda client: list(client.enterprises(EnterpriseFilter(starts_with="Reseller1"))), "GET", ENTERPRISES, list
    ),
    "enterprise_page": Known(
        lambda client: client.enterprise_page(EnterpriseFilter(enterprise="Reseller1+acme", max=10)),
        "GET",
        ENTERPRISES,
        EnterprisePage,
    ),
    "find_enterprise": Known(lambda client: client.find_enterprise("Reseller1+acme"), "GET", ENTERPRISES, Enterprise),
    "directory_sync": Known(lambda client: client.directory_sync(ID), "GET", DIRECTORY, DirectorySync),
    "set_directory_sync": Known(
        lambda client: client.set_directory_sync(planned(client, "PUT", DIRECTORY, {"enableDirSync": True})),
        "PUT",
        DIRECTORY,
        DirectorySync,
        write=True,
        body={"enableDirSync": True},
    ),
    "sync_directory": Known(
        lambda client: client.sync_directory(planned(client, "POST", DIRECTORY, {"syncStatus": "SYNC_NOW"})),
        "POST",
        DIRECTORY,
        DirectorySync,
        write=True,
        body={"syncStatus": "SYNC_NOW"},
    ),
    "sync_external_user": Known(
        lambda client: client.sync_external_user(planned(client, "POST", EXTERNAL_USER, {"userId": "9@sp.com"})),
        "POST",
        EXTERNAL_USER,
        ExternalUser,
        write=True,
        body={"userId": "9@sp.com"},
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
