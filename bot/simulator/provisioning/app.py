"""The routes of workspaces, and all routes of the provisioning API together."""

from collections.abc import Callable
from threading import RLock
from typing import Any

from flask import Blueprint

from bot.simulator import ids
from bot.simulator.control.switches import Switches
from bot.simulator.paging import page
from bot.simulator.problems import Problem
from bot.simulator.provisioning import rules, subscriber_routes
from bot.simulator.provisioning.call import NO_SCOPE, ProvisioningCall, admit
from bot.simulator.provisioning.records import BroadWorks, Record
from bot.simulator.routing import Api

api: Api[ProvisioningCall] = Api("provisioning")


def blueprints(
    state: BroadWorks, switches: Switches, lock: RLock, *, token: str, is_somebody: Callable[[str], bool]
) -> list[Blueprint]:
    """`token` is the one that may; `is_somebody` knows those that only have no right to it."""

    def enter() -> ProvisioningCall:
        return admit(state, switches, token=token, is_somebody=is_somebody)

    return [each.blueprint(enter, lock) for each in (subscriber_routes.api, api)]


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
