"""The shapes of the provisioning API's answers, as its documentation describes them."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx
from jsonschema_rs import Draft202012Validator

from bot.simulator import Simulator
from tests.broadworks.shapes import PACKAGES, STATUSES, SYNC_COUNTS, USER_SYNCS
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
WORKSPACE = _object(
    {
        "id": {"type": "string", "pattern": "^Y2lzY29zcGFyazovL3VzL1BMQUNFL"},
        "provisioningId": _TEXT,
        "userId": _TEXT,
        "spEnterpriseId": _TEXT,
        "displayName": _TEXT,
        "created": _STAMP,
    },
    {"primaryPhoneNumber": _TEXT, "extension": _TEXT},
)
# Of the general API: what is documented of it and used here.
PLACE = _object(
    {
        "id": {"type": "string", "pattern": "^Y2lzY29zcGFyazovL3VzL1BMQUNFL"},
        "orgId": {"type": "string", "pattern": "^Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi"},
        "displayName": _TEXT,
        "type": {"enum": ["notSet", "focus", "huddle", "meetingRoom", "open", "desk", "other"]},
        "created": _STAMP,
    }
)
PLACES = _object({"items": _list(PLACE)})
_INFO = _object({"infoCode": {"type": "number"}, "description": _TEXT})
PRECHECK = _object({"message": {"const": "success"}, "info": {"anyOf": [_INFO, _list(_INFO)]}})
# To the microsecond, as in every example.
_FINE_STAMP = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$"}
_COUNT = {"type": "integer", "minimum": 0}
_SYNC = _object(
    {"syncStatus": _TEXT},
    {
        **dict.fromkeys(SYNC_COUNTS, _COUNT),
        **dict.fromkeys(("lastSyncStartTime", "lastSyncEndTime", "lastSuccessfulSyncTime"), _FINE_STAMP),
        "lastSyncTrackingId": _TEXT,
        "errors": {**_list(ERROR), "minItems": 1},
    },
)
DIRECTORY = _object({"enableDirSync": {"type": "boolean"}, "directorySyncStatus": _SYNC})
ENTERPRISE = _object(
    {
        "id": {"type": "string", "pattern": "^Y2lzY29zcGFyazovL3VzL0VOVEVSUFJJU0Uv"},
        "orgId": {"type": "string", "pattern": "^Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi"},
        "provisioningId": _TEXT,
        "spEnterpriseId": _TEXT,
        "broadworksDirectorySync": DIRECTORY,
    }
)
ENTERPRISES = _object({"items": {**_list(ENTERPRISE), "maxItems": 1000}})
_USER = _object({"userId": _TEXT}, dict.fromkeys(("firstName", "lastName", "extension", "number", "mobile"), _TEXT))
USER_SYNC = _object({"userResponse": _USER, "status": _one_of(USER_SYNCS)})
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
    ("GET", "/broadworks/enterprises", 200, ENTERPRISES),
    ("GET", "/broadworks/enterprises/[^/]+/broadworksDirectorySync", 200, DIRECTORY),
    ("PUT", "/broadworks/enterprises/[^/]+/broadworksDirectorySync", 200, DIRECTORY),
    ("POST", "/broadworks/enterprises/[^/]+/broadworksDirectorySync", 200, DIRECTORY),
    ("POST", "/broadworks/enterprises/[^/]+/broadworksDirectorySync/externalUser", 200, USER_SYNC),
    ("POST", "(/broadworks)?/subscribers/[^/]+/emails/consentMove", 204, None),
    ("POST", "/broadworks/workspaces", 200, WORKSPACE),
    ("PUT", "/broadworks/workspaces/[^/]+", 200, WORKSPACE),
    ("DELETE", "/broadworks/workspaces/[^/]+", 204, None),
    ("GET", "/workspaces", 200, PLACES),
    ("GET", "/workspaces/[^/]+", 200, PLACE),
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
    """A client that fails a test at the first answer of the provisioning API that has not its documented shape."""
    with client(sim, token) as http:
        http.event_hooks = {"response": [_checked]}
        yield http


def _checked(response: httpx.Response) -> None:
    if {"subscribers", "workspaces", "enterprises"} & set(response.request.url.path.split("/")):
        conform(response)


def _documented(request: httpx.Request) -> tuple[int, dict[str, Any] | None]:
    path = request.url.path.removeprefix("/v1")
    for method, pattern, status, shape in _ANSWERS:
        if method == request.method and re.fullmatch(pattern, path):
            return status, shape
    raise AssertionError(f"{request.method} {path} is not documented.")
