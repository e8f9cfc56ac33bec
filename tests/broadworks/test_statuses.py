"""What each documented response code means, for a read and for a write."""

from collections.abc import Callable
from typing import TypeVar

import httpx
import pytest

from bot.domain.plan import Call
from bot.domain.provisioning import Precheck, Workspace
from bot.errors import BroadWorksError, Busy, Refused, Unconfirmed
from tests.broadworks.conftest import BASE_URL, MakeClient

CALL = Call("POST", "broadworks/workspaces", {"displayName": "Room"}, BASE_URL)
Told = type[BroadWorksError] | None
"""The exception, or None for a value."""

T = TypeVar("T")

TABLE: list[tuple[int, Told, int, Told]] = [
    # status, precheck, its tries, workspace (always one try)
    (200, None, 1, None),
    (201, None, 1, None),
    (202, None, 1, None),
    (204, Unconfirmed, 4, Unconfirmed),
    (400, Refused, 1, Refused),
    (401, Refused, 1, Refused),
    (403, Refused, 1, Refused),
    (404, Refused, 1, Refused),
    (405, Refused, 1, Refused),
    (409, Refused, 1, Refused),
    (410, Refused, 1, Refused),
    (415, Refused, 1, Refused),
    (423, Busy, 4, Busy),
    (428, Refused, 1, Refused),
    (429, Busy, 4, Busy),
    (500, Unconfirmed, 4, Unconfirmed),
    (502, Unconfirmed, 4, Unconfirmed),
    (503, Unconfirmed, 4, Unconfirmed),
    (504, Unconfirmed, 4, Unconfirmed),
]


class Far:
    """Answers always the same, and counts."""

    def __init__(self, status: int) -> None:
        self.status = status
        self.count = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.count += 1
        headers = {"Trackingid": "ROUTER_1"}
        if self.status == 204:
            return httpx.Response(204, headers=headers)
        body = {"message": "success", "id": "UExBQ0U"} if self.status < 300 else {"message": "told why"}
        return httpx.Response(self.status, json=body, headers=headers)


def outcome(call: Callable[[], T]) -> T | BroadWorksError:
    """What comes out of a call, returned or raised."""
    try:
        return call()
    except BroadWorksError as exc:
        return exc


@pytest.mark.parametrize(("status", "told", "tries"), [row[:3] for row in TABLE])
def test_precheck(client_for: MakeClient, status: int, told: Told, tries: int) -> None:
    far = Far(status)
    client = client_for(far)

    found = outcome(lambda: client.precheck({"email": "ann@example.com"}))

    assert type(found) is (told or Precheck)
    assert (found.tries, found.tracking_id, far.count) == (tries, "ROUTER_1", tries)
    assert isinstance(found, Precheck) or found.status == status


@pytest.mark.parametrize(("status", "told"), [(row[0], row[3]) for row in TABLE])
def test_provision_workspace(client_for: MakeClient, status: int, told: Told) -> None:
    far = Far(status)
    client = client_for(far)

    found = outcome(lambda: client.provision_workspace(CALL))

    assert type(found) is (told or Workspace)
    assert (found.tracking_id, far.count) == ("ROUTER_1", 1)
    assert isinstance(found, Workspace) or (found.status, found.tries) == (status, 1)
