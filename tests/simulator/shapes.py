"""The shapes of the provisioning API's answers about subscribers and reports, as its documentation has them."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx
from jsonschema import Draft202012Validator

from bot.simulator import Simulator
from tests.broadworks.shapes import PACKAGES, REPORT_STATUSES, STATUSES
from tests.simulator.kit import client

_TEXT = {"type": "string", "minLength": 1}
_STAMP = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$"}


def _object(required: Mapping[str, Any], optional: Mapping[str, Any] | None = None) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


def _list(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


def _one_of(values: tuple[str, ...]) -> dict[str, Any]:
    return {"enum": list(values)}


# For an error that happened in the background no field is to blame.
ERROR = _object({"description": _TEXT}, {"errorCode": {"type": "number"}})
SUBSCRIBER = _object(
    {
        "id": {"type": "string", "pattern": "^Y2lzY29zcGFyazovL3VzL1NVQlNDUklCRVIv"},
        "userId": _TEXT,
        "spEnterpriseId": _TEXT,
        "firstName": _TEXT,
        "lastName": _TEXT,
        "package": _one_of(PACKAGES),
        "status": _one_of(STATUSES),
        "created": _STAMP,
        "lastStatusChange": _STAMP,
        "provisioningId": _TEXT,
        # A boolean in the schema, a string in every example.
        "selfActivated": {"enum": [True, False, "true", "false"]},
    },
    {
        "personId": {"type": "string", "pattern": "^Y2lzY29zcGFyazovL3VzL1BFT1BMRS"},
        "email": _TEXT,
        "primaryPhoneNumber": _TEXT,
        "mobilePhoneNumber": _TEXT,
        "extension": _TEXT,
        "errors": {**_list(ERROR), "minItems": 1},
    },
)
SUBSCRIBERS = _object({"items": {**_list(SUBSCRIBER), "maxItems": 100}})
_INFO = _object({"infoCode": {"type": "number"}, "description": _TEXT})
PRECHECK = _object({"message": {"const": "success"}, "info": {"anyOf": [_INFO, _list(_INFO)]}})
_MONTH = {"type": "string", "pattern": r"^\d{4}-(0[1-9]|1[0-2])$"}
_REPORT_ID = {"type": "string", "pattern": "^Y2lzY29zcGFyazovL3VzL0JJTExJTkdfUkVQT1JUL"}
_BRIEF = {"id": _REPORT_ID, "billingPeriod": _MONTH, "status": _one_of(REPORT_STATUSES)}
REPORTS = _object({"items": _list(_object(_BRIEF))})
REPORT = _object(
    {**_BRIEF, "created": _STAMP, "createdBy": {"type": "string", "pattern": "^Y2lzY29zcGFyazovL3VzL1BFT1BMRS"}},
    {
        "tempDownloadURL": {"type": "string", "pattern": "^https?://"},
        "errors": {**_list(_object({"code": {"type": "number"}, "description": _TEXT})), "minItems": 1},
    },
)
ENVELOPE = _object(
    {
        "message": _TEXT,
        "errors": {
            **_list(
                _object(
                    {"description": _TEXT},
                    {"errorCode": {"type": "number"}, "code": {"type": "number"}, "fieldName": _TEXT},
                )
            ),
            "minItems": 1,
        },
        "trackingId": _TEXT,
    }
)

# Method and path of every call; None where the answer has no body.
_ANSWERS: tuple[tuple[str, str, int, dict[str, Any] | None], ...] = (
    ("GET", "/broadworks/subscribers", 200, SUBSCRIBERS),
    ("POST", "/broadworks/subscribers", 200, SUBSCRIBER),
    ("POST", "/broadworks/subscribers/validate", 200, PRECHECK),
    ("GET", "/broadworks/subscribers/[^/]+", 200, SUBSCRIBER),
    ("PUT", "/broadworks/subscribers/[^/]+", 200, SUBSCRIBER),
    ("DELETE", "/broadworks/subscribers/[^/]+", 204, None),
    ("POST", "(/broadworks)?/subscribers/[^/]+/emails/consentMove", 204, None),
    ("GET", "/broadworks/billing/reports", 200, REPORTS),
    ("POST", "/broadworks/billing/reports", 200, _object({"id": _REPORT_ID})),
    ("GET", "/broadworks/billing/reports/[^/]+", 200, REPORT),
    ("DELETE", "/broadworks/billing/reports/[^/]+", 204, None),
)


def conform(response: httpx.Response) -> None:
    """Refuses an answer that is none of the documented ones."""
    response.read()
    if response.status_code >= 400:
        Draft202012Validator(ENVELOPE).validate(response.json())
        assert response.json()["trackingId"] == response.headers["TrackingID"]
        return
    status, shape = _documented(response.request)
    assert response.status_code == status
    if shape is None:
        assert response.content == b""
    else:
        Draft202012Validator(shape).validate(response.json())


@contextmanager
def conforming(sim: Simulator, token: str | None) -> Iterator[httpx.Client]:
    """A client that fails a test at the first answer about subscribers or reports that has not its documented shape."""
    with client(sim, token) as http:
        http.event_hooks = {"response": [_checked]}
        yield http


def _checked(response: httpx.Response) -> None:
    if "/subscribers" in response.request.url.path or "/billing/" in response.request.url.path:
        conform(response)


def _documented(request: httpx.Request) -> tuple[int, dict[str, Any] | None]:
    path = request.url.path.removeprefix("/v1")
    for method, pattern, status, shape in _ANSWERS:
        if method == request.method and re.fullmatch(pattern, path):
            return status, shape
    raise AssertionError(f"{request.method} {path} is not documented.")
