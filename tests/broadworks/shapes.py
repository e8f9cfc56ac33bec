"""What the endpoints of subscribers and reports are documented to take and to give: fields, types, what must be."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
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

    def problems(self, value: Any, *, at: str) -> Iterator[str]:
        if self.many and not isinstance(value, list):
            yield f"{at} is no list"
            return
        for each in value if self.many else [value]:
            if self.within is not None:
                yield from self.within.problems(each, at=f"{at}.")
            elif not self.fits(each):
                yield f"{at} is no {self.name}"


def one_of(*values: str) -> Kind:
    return Kind(" or ".join(values), lambda value: value in values)


def some(shape: Shape) -> Kind:
    return Kind("object", lambda _: True, within=shape, many=True)


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
MONTH = Kind("month", lambda value: isinstance(value, str) and bool(re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", value)))
REPORT_STATUSES = ("IN_PROGRESS", "COMPLETED", "FAILED")
# Of the errors of a report alone the code is under this name.
REPORT_ERROR = Shape({"code": NUMBER, "description": TEXT}, more=True)
REPORT = Shape(
    {
        "id": TEXT,
        "billingPeriod": MONTH,
        "status": one_of(*REPORT_STATUSES),
        "created": MOMENT,
        "createdBy": TEXT,
        "tempDownloadURL": TEXT,
        "errors": some(REPORT_ERROR),
    },
    more=True,
)
REPORTS = Shape({"items": some(REPORT)}, frozenset({"items"}), more=True)
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


@dataclass(frozen=True)
class Endpoint:
    """One method of one path; ``{}`` stands for an id. A ``body`` of None is none at all."""

    method: str
    path: str
    status: int = 200
    query: Shape = field(default_factory=lambda: Shape({}))
    body: Shape | None = None
    answer: Shape | None = None

    def matches(self, method: str, raw_path: str) -> bool:
        pattern = re.escape(self.path).replace(r"\{\}", "[^/]+")
        return method == self.method and re.fullmatch(pattern, raw_path) is not None

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
        answer=Shape({"message": TEXT, "info": some(INFO)}, more=True),
    ),
    "reports": Endpoint(
        "GET",
        "/broadworks/billing/reports",
        query=Shape({"before": MONTH, "after": MONTH, "sortBy": one_of("id", "status", "billingPeriod")}),
        answer=REPORTS,
    ),
    "request report": Endpoint(
        "POST",
        "/broadworks/billing/reports",
        body=Shape({"billingPeriod": MONTH}, frozenset({"billingPeriod"})),
        answer=Shape({"id": TEXT}, more=True),
    ),
    "report": Endpoint("GET", "/broadworks/billing/reports/{}", answer=REPORT),
    "remove report": Endpoint("DELETE", "/broadworks/billing/reports/{}", status=204),
    "consent": Endpoint("POST", "/subscribers/{}/emails/consentMove", status=204),
}


def endpoint(method: str, raw_path: str) -> Endpoint | None:
    """The endpoint that such a request reaches, the plain path before the one with an id."""
    found = [each for each in ENDPOINTS.values() if each.matches(method, unquote_dots(raw_path))]
    return min(found, key=lambda each: "{}" in each.path, default=None)


def unquote_dots(raw_path: str) -> str:
    """Fails for a path of which a server could make another one."""
    assert not {"", ".", ".."} & set(unquote(raw_path).split("/")[1:])
    return raw_path
