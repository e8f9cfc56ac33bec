"""What the endpoints are documented to take and to give: fields, types, what must be there."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from urllib.parse import unquote

STATUSES = (
    "pending_email_input",
    "pending_email_validation",
    "pending_user_migration",
    "provisioning",
    "provisioned",
    "updating",
    "error",
)
PACKAGES = ("softphone", "basic", "standard", "premium")
LARGEST_PAGE = 100
LARGEST_LIST = 1000
USER_SYNCS = ("ADD", "UPDATE", "DELETE", "NO_OPERATION")


@dataclass(frozen=True)
class Shape:
    """The fields of an object with their types; answers may have more, requests may not."""

    fields: Mapping[str, "Kind"]
    required: frozenset[str] = frozenset()
    more: bool = False

    def problems(self, value: Any, *, at: str = "") -> Iterator[str]:
        if not isinstance(value, Mapping):
            yield f"{at or 'it'} is no object"
            return
        yield from (f"{at}{name} is missing" for name in sorted(self.required - set(value)))
        for name, each in value.items():
            if name in self.fields:
                yield from self.fields[name].problems(each, at=f"{at}{name}")
            elif not self.more:
                yield f"{at}{name} is unknown"


@dataclass(frozen=True)
class Kind:
    """One type of value, in JSON or, where everything is a text, in a query."""

    name: str
    fits: Callable[[Any], bool]
    within: Shape | None = None
    many: bool = False
    or_one: bool = False

    def problems(self, value: Any, *, at: str) -> Iterator[str]:
        listed = self.many and not (self.or_one and isinstance(value, Mapping))
        if listed and not isinstance(value, list):
            yield f"{at} is no list"
            return
        for each in value if listed else [value]:
            if self.within is not None:
                yield from self.within.problems(each, at=f"{at}.")
            elif not self.fits(each):
                yield f"{at} is no {self.name}"


def strict(shape: Shape) -> Shape:
    """The same without anything more, for who is to give what is documented and nothing else."""
    fields = {
        name: replace(kind, within=strict(kind.within)) if kind.within else kind for name, kind in shape.fields.items()
    }
    return Shape(fields, shape.required)


def one_of(*values: str) -> Kind:
    return Kind(" or ".join(values), lambda value: value in values)


def some(shape: Shape) -> Kind:
    return Kind("object", lambda _: True, within=shape, many=True)


def one_or_some(shape: Shape) -> Kind:
    """An object where the schema says so, a list of them where an example shows it."""
    return Kind("object", lambda _: True, within=shape, many=True, or_one=True)


def an(shape: Shape) -> Kind:
    return Kind("object", lambda _: True, within=shape)


def _is_moment(value: Any) -> bool:
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


TEXT = Kind("text", lambda value: isinstance(value, str))
NUMBER = Kind("number", lambda value: isinstance(value, int | float) and not isinstance(value, bool))
MOMENT = Kind("time with its zone", _is_moment)
# Documented as a boolean; every documented example shows a text.
FLAG = Kind("boolean", lambda value: isinstance(value, bool) or value in {"true", "false"})

# In a query everything is a text.
QUERY_FLAG = one_of("true", "false")
EPOCH = Kind("number of milliseconds", lambda value: bool(re.fullmatch(r"\d+", value)))
SIZE = Kind("size of a page", lambda value: value.isdecimal() and 1 <= int(value) <= LARGEST_PAGE)
LIST_SIZE = Kind("size of a list", lambda value: value.isdecimal() and 1 <= int(value) <= LARGEST_LIST)
STATUS_LIST = Kind("list of statuses", lambda value: all(each in STATUSES for each in value.split(",")))

ERROR = Shape({"errorCode": NUMBER, "description": TEXT}, more=True)
SUBSCRIBER = Shape(
    {
        "id": TEXT,
        "personId": TEXT,
        "userId": TEXT,
        "spEnterpriseId": TEXT,
        "firstName": TEXT,
        "lastName": TEXT,
        "email": TEXT,
        "primaryPhoneNumber": TEXT,
        "mobilePhoneNumber": TEXT,
        "extension": TEXT,
        "package": one_of(*PACKAGES),
        "status": one_of(*STATUSES),
        "errors": some(ERROR),
        "created": MOMENT,
        "lastStatusChange": MOMENT,
        "provisioningId": TEXT,
        "selfActivated": FLAG,
    },
    more=True,
)
SUBSCRIBERS = Shape({"items": some(SUBSCRIBER)}, frozenset({"items"}), more=True)
ENVELOPE = Shape(
    {
        "message": TEXT,
        "errors": some(Shape({"errorCode": NUMBER, "code": NUMBER, "description": TEXT, "fieldName": TEXT}, more=True)),
        "trackingId": TEXT,
    },
    frozenset({"message", "trackingId"}),
    more=True,
)
"""What every refusal looks like, as far as that can be pieced together: no shape of an error is documented."""
INFO = Shape({"infoCode": NUMBER, "description": TEXT}, more=True)

FILTER = Shape(
    {
        "userId": TEXT,
        "personId": TEXT,
        "email": TEXT,
        "provisioningId": TEXT,
        "spEnterpriseId": TEXT,
        "lastStatusChange": EPOCH,
        "status": STATUS_LIST,
        "after": EPOCH,
        "selfActivated": QUERY_FLAG,
        "max": SIZE,
    }
)
NEW_SUBSCRIBER = Shape(
    {
        "provisioningId": TEXT,
        "userId": TEXT,
        "spEnterpriseId": TEXT,
        "firstName": TEXT,
        "lastName": TEXT,
        "package": one_of(*PACKAGES),
        "primaryPhoneNumber": TEXT,
        "mobilePhoneNumber": TEXT,
        "extension": TEXT,
        "email": TEXT,
        "language": TEXT,
        "timezone": TEXT,
    },
    frozenset({"provisioningId", "userId", "spEnterpriseId", "firstName", "lastName", "package"}),
)
CHANGED_SUBSCRIBER = Shape(
    {
        "userId": TEXT,
        "firstName": TEXT,
        "lastName": TEXT,
        "primaryPhoneNumber": TEXT,
        "mobilePhoneNumber": TEXT,
        "extension": TEXT,
        "timezone": TEXT,
        "package": TEXT,
    }
)
CHECKED_SUBSCRIBER = Shape(
    {**NEW_SUBSCRIBER.fields, "customerInfo": an(Shape({"primaryEmail": TEXT}, frozenset({"primaryEmail"})))},
    frozenset({"email"}),
)
WORKSPACE = Shape(
    {
        "id": TEXT,
        "provisioningId": TEXT,
        "userId": TEXT,
        "spEnterpriseId": TEXT,
        "displayName": TEXT,
        "primaryPhoneNumber": TEXT,
        "extension": TEXT,
        "created": MOMENT,
    },
    more=True,
)
NEW_WORKSPACE = Shape(
    {
        "provisioningId": TEXT,
        "userId": TEXT,
        "spEnterpriseId": TEXT,
        "displayName": TEXT,
        "primaryPhoneNumber": TEXT,
        "extension": TEXT,
    },
    frozenset({"provisioningId", "userId", "spEnterpriseId", "displayName"}),
)
CHANGED_WORKSPACE = Shape({"userId": TEXT, "primaryPhoneNumber": TEXT, "extension": TEXT})
REPORT_STATUSES = ("IN_PROGRESS", "COMPLETED", "FAILED")
SORTED_BY = ("id", "status", "billingPeriod")
MONTH = Kind("month", lambda value: isinstance(value, str) and bool(re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", value)))
# Here, and nowhere else, the number of an error is its code.
REPORT_ERROR = Shape({"code": NUMBER, "description": TEXT}, more=True)
LISTED_REPORT = Shape({"id": TEXT, "billingPeriod": MONTH, "status": one_of(*REPORT_STATUSES)}, more=True)
REPORTS = Shape({"items": some(LISTED_REPORT)}, frozenset({"items"}), more=True)
REPORT = Shape(
    {
        **LISTED_REPORT.fields,
        "created": MOMENT,
        "createdBy": TEXT,
        "tempDownloadURL": TEXT,
        "errors": some(REPORT_ERROR),
    },
    more=True,
)
MADE_REPORT = Shape({"id": TEXT}, more=True)
REPORT_FILTER = Shape({"before": MONTH, "after": MONTH, "sortBy": one_of(*SORTED_BY)})

# Of the general API: what is used here of what it has.
PLACE = Shape({"id": TEXT, "orgId": TEXT, "displayName": TEXT, "created": MOMENT}, more=True)
PLACES = Shape({"items": some(PLACE)}, frozenset({"items"}), more=True)

SYNC_COUNTS = (
    *(f"{what}{done}" for what in ("users", "machines") for done in ("Added", "Updated", "Deleted")),
    *(f"{whose}Contacts{done}" for whose in ("user", "org") for done in ("Added", "Updated", "Deleted")),
    "totalExternalUsersInCI",
    "totalExternalMachinesInCI",
    "totalUserContactsInContactService",
    "totalOrgContactsInContactService",
)
# No list of the statuses is published.
SYNC = Shape(
    {
        "syncStatus": TEXT,
        "lastSyncStartTime": MOMENT,
        "lastSyncEndTime": MOMENT,
        "lastSuccessfulSyncTime": MOMENT,
        "lastSyncTrackingId": TEXT,
        "errors": some(ERROR),
        **dict.fromkeys(SYNC_COUNTS, NUMBER),
    },
    more=True,
)
DIRECTORY = Shape({"enableDirSync": FLAG, "directorySyncStatus": an(SYNC)}, more=True)
ENTERPRISE = Shape(
    {
        "id": TEXT,
        "orgId": TEXT,
        "provisioningId": TEXT,
        "spEnterpriseId": TEXT,
        "broadworksDirectorySync": an(DIRECTORY),
    },
    more=True,
)
ENTERPRISES = Shape({"items": some(ENTERPRISE)}, frozenset({"items"}), more=True)
ENTERPRISE_FILTER = Shape({"spEnterpriseId": TEXT, "startsWith": TEXT, "max": LIST_SIZE})
SWITCH = Shape({"enableDirSync": Kind("boolean", lambda value: isinstance(value, bool))}, frozenset({"enableDirSync"}))
SYNC_NOW = Shape({"syncStatus": one_of("SYNC_NOW")}, frozenset({"syncStatus"}))
USER_SYNC = Shape(
    {
        "userResponse": an(
            Shape(dict.fromkeys(("userId", "firstName", "lastName", "extension", "number", "mobile"), TEXT), more=True)
        ),
        "status": one_of(*USER_SYNCS),
    },
    more=True,
)


@dataclass(frozen=True)
class Endpoint:
    """One method of one path; ``{}`` stands for an id. A ``body`` of None is none at all.

    ``other`` is another path under which it may be found.
    """

    method: str
    path: str
    status: int = 200
    other: str = ""
    query: Shape = field(default_factory=lambda: Shape({}))
    body: Shape | None = None
    answer: Shape | None = None

    def matches(self, method: str, raw_path: str) -> bool:
        patterns = (re.escape(path).replace(r"\{\}", "[^/]+") for path in (self.path, self.other) if path)
        return method == self.method and any(re.fullmatch(pattern, raw_path) for pattern in patterns)

    def problems(self, *, query: Mapping[str, str], body: Any) -> list[str]:
        found = list(self.query.problems(query, at="?"))
        if self.body is None:
            return found if body is None else [*found, "there is a body"]
        return [*found, *self.body.problems(body)]


ENDPOINTS = {
    "list": Endpoint("GET", "/broadworks/subscribers", query=FILTER, answer=SUBSCRIBERS),
    "provision": Endpoint("POST", "/broadworks/subscribers", body=NEW_SUBSCRIBER, answer=SUBSCRIBER),
    "get": Endpoint("GET", "/broadworks/subscribers/{}", answer=SUBSCRIBER),
    "update": Endpoint("PUT", "/broadworks/subscribers/{}", body=CHANGED_SUBSCRIBER, answer=SUBSCRIBER),
    "remove": Endpoint("DELETE", "/broadworks/subscribers/{}", status=204),
    "validate": Endpoint(
        "POST",
        "/broadworks/subscribers/validate",
        body=CHECKED_SUBSCRIBER,
        answer=Shape({"message": TEXT, "info": one_or_some(INFO)}, more=True),
    ),
    "enterprises": Endpoint("GET", "/broadworks/enterprises", query=ENTERPRISE_FILTER, answer=ENTERPRISES),
    "directory": Endpoint("GET", "/broadworks/enterprises/{}/broadworksDirectorySync", answer=DIRECTORY),
    "switch": Endpoint("PUT", "/broadworks/enterprises/{}/broadworksDirectorySync", body=SWITCH, answer=DIRECTORY),
    "sync": Endpoint("POST", "/broadworks/enterprises/{}/broadworksDirectorySync", body=SYNC_NOW, answer=DIRECTORY),
    "sync user": Endpoint(
        "POST",
        "/broadworks/enterprises/{}/broadworksDirectorySync/externalUser",
        body=Shape({"userId": TEXT}),
        answer=USER_SYNC,
    ),
    "consent": Endpoint(
        "POST",
        "/subscribers/{}/emails/consentMove",
        status=204,
        other="/broadworks/subscribers/{}/emails/consentMove",
    ),
    "provision workspace": Endpoint("POST", "/broadworks/workspaces", body=NEW_WORKSPACE, answer=WORKSPACE),
    "update workspace": Endpoint("PUT", "/broadworks/workspaces/{}", body=CHANGED_WORKSPACE, answer=WORKSPACE),
    "remove workspace": Endpoint("DELETE", "/broadworks/workspaces/{}", status=204),
    "reports": Endpoint("GET", "/broadworks/billing/reports", query=REPORT_FILTER, answer=REPORTS),
    "request report": Endpoint(
        "POST",
        "/broadworks/billing/reports",
        body=Shape({"billingPeriod": MONTH}, frozenset({"billingPeriod"})),
        answer=MADE_REPORT,
    ),
    "report": Endpoint("GET", "/broadworks/billing/reports/{}", answer=REPORT),
    "remove report": Endpoint("DELETE", "/broadworks/billing/reports/{}", status=204),
    "find workspaces": Endpoint("GET", "/workspaces", query=Shape({"displayName": TEXT, "max": SIZE}), answer=PLACES),
    "workspace": Endpoint("GET", "/workspaces/{}", answer=PLACE),
}


GENERAL = frozenset({"find workspaces", "workspace"})
"""What is no part of the API for BroadWorks: the general one is asked what that has no call for."""

DOCUMENTED = {name: each for name, each in ENDPOINTS.items() if name not in GENERAL}
"""The operations that are documented for BroadWorks, all of them."""


@dataclass(frozen=True)
class Slip:
    """Where the documentation contradicts itself: in which endpoint, at what, and which of it is taken here and why.

    ``both`` are two ways to say the same that are understood both.
    """

    name: str
    at: str
    why: str
    both: tuple[Any, ...] = ()


SLIPS = (
    Slip(
        "validate",
        "info",
        "The schema has an object; the prose says list, and the example is one.",
        both=({"infoCode": 100, "description": "Well."}, [{"infoCode": 100, "description": "Well."}]),
    ),
    Slip("get", "selfActivated", "A boolean in the schema, a text in every example.", both=(False, "false")),
    Slip("update", "package", "A plain text here, one of four words wherever else it is sent."),
    Slip("list", "status", "The schema takes one word; the prose takes several with commas between them."),
    Slip("list", "lastStatusChange", "A text in the schema; the prose wants milliseconds, or a time of ISO 8601."),
    Slip("consent", "path", "Alone without /broadworks in front; its documented path is tried first, then the other."),
    Slip("enterprises", "items", "The schema is that of one enterprise; the example has a list of them under items."),
    Slip("directory", "id", "The example names a subscriber; the id of an enterprise is meant."),
    Slip("sync", "syncStatus", "Any text in the schema; the prose knows SYNC_NOW alone."),
    Slip("sync user", "userId", "Not required in the schema, though nobody is meant without it."),
    Slip("reports", "sortBy", "Any text in the schema; the prose names three."),
    Slip("report", "errors", "The number of an error is called code here, errorCode wherever else there is one."),
    Slip("request report", "id", "The example has a quotation mark in it; ids are opaque."),
)


def endpoint(method: str, raw_path: str) -> Endpoint | None:
    """The endpoint that such a request reaches, the plain path before the one with an id."""
    found = [each for each in ENDPOINTS.values() if each.matches(method, unquote_dots(raw_path))]
    return min(found, key=lambda each: "{}" in each.path, default=None)


def unquote_dots(raw_path: str) -> str:
    """Fails for a path of which a server could make another one."""
    assert not {"", ".", ".."} & set(unquote(raw_path).split("/")[1:])
    return raw_path
