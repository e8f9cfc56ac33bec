"""The routes of the provisioning API."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import RLock
from typing import Any

from flask import Blueprint

from bot.simulator import ids
from bot.simulator.control.switches import Switches
from bot.simulator.paging import page
from bot.simulator.problems import Problem
from bot.simulator.provisioning import rules
from bot.simulator.provisioning.records import BroadWorks, Record
from bot.simulator.routing import Api, Asked
from bot.simulator.webex.call import bearer

ALL_WELL = {"infoCode": 100, "description": "Provisioning preCheck validation successful."}
# No published list has this number: whoever meets it can only show the words.
QUALIFIED = {"infoCode": 150, "description": "The domain of the email is not claimed by the customer."}
NO_SCOPE = (
    "The server understood the request, but refused to fulfill it because the access token is missing required scopes"
    " or the user is missing required roles or licenses."
)


@dataclass(frozen=True)
class ProvisioningCall(Asked):
    state: BroadWorks
    switches: Switches


api: Api[ProvisioningCall] = Api("provisioning")


def blueprint(
    state: BroadWorks, switches: Switches, lock: RLock, *, token: str, is_somebody: Callable[[str], bool]
) -> Blueprint:
    """`token` is the one that may; `is_somebody` knows those that only have no right to it."""

    def enter() -> ProvisioningCall:
        given = bearer()
        if given != token:
            raise Problem(403, NO_SCOPE) if given and is_somebody(given) else Problem(401)
        return ProvisioningCall(state=state, switches=switches)

    return api.blueprint(enter, lock)


@api.post("/broadworks/subscribers/validate")
def validate(call: ProvisioningCall) -> Any:
    """Documented as an object, shown as a list: a switch chooses. It creates nothing."""
    rules.check_subscriber(call.state, call.body)
    info = [ALL_WELL, QUALIFIED] if call.switches.extra_info else [ALL_WELL]
    return {"message": "success", "info": info[-1] if call.switches.info_as_object else info}


@api.post("/broadworks/workspaces")
def provision(call: ProvisioningCall) -> Any:
    rules.check_workspace(call.state, call.body)
    given = {name: call.body[name] for name in rules.WORKSPACE_FIELDS if call.body.get(name) is not None}
    return call.state.create_workspace(given)


@api.get("/workspaces")
def some(call: ProvisioningCall) -> Any:
    _check_scope(call)
    name = call.query("displayName")
    found = [one for one in call.state.all_workspaces() if name in {None, one["displayName"]}]
    return page(found, show=shown)


@api.get("/workspaces/<workspace_id>")
def one(call: ProvisioningCall, workspace_id: str) -> Any:
    _check_scope(call)
    for workspace in call.state.all_workspaces():
        if workspace["id"] == workspace_id:
            return shown(workspace)
    raise Problem(404, "Could not find a workspace with provided ID.")


def shown(workspace: Record) -> dict[str, Any]:
    """As the general API of workspaces sees it: it knows nothing of BroadWorks."""
    return {
        "id": workspace["id"],
        "orgId": ids.steady("ORGANIZATION", workspace["spEnterpriseId"]),
        "displayName": workspace["displayName"],
        "type": "notSet",
        "created": workspace["created"],
    }


def _check_scope(call: ProvisioningCall) -> None:
    if not call.switches.workspaces_scope:
        raise Problem(403, NO_SCOPE)
