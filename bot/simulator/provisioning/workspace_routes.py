"""The routes of workspaces."""

from typing import Any

from bot.simulator import ids
from bot.simulator.paging import page
from bot.simulator.problems import Problem
from bot.simulator.provisioning import rules
from bot.simulator.provisioning.call import NO_SCOPE, ProvisioningCall
from bot.simulator.provisioning.records import Record
from bot.simulator.routing import Api

NO_WORKSPACE = "Could not find a workspace with provided ID."

api: Api[ProvisioningCall] = Api("workspaces")


@api.post("/broadworks/workspaces")
def provision(call: ProvisioningCall) -> Any:
    rules.check_workspace(call.state, call.body)
    given = {name: call.body[name] for name in rules.WORKSPACE_FIELDS if call.body.get(name) is not None}
    return call.state.create_workspace(given)


@api.put("/broadworks/workspaces/<workspace_id>")
def update(call: ProvisioningCall, workspace_id: str) -> Any:
    """Unlike with a subscriber the answer has the new values: nothing here goes on in the background."""
    workspace = _workspace(call, workspace_id)
    call.state.change_workspace(workspace, rules.check_change(call.state, workspace, call.body))
    return workspace


@api.delete("/broadworks/workspaces/<workspace_id>")
def remove(call: ProvisioningCall, workspace_id: str) -> None:
    call.state.remove_workspace(_workspace(call, workspace_id))


@api.get("/workspaces")
def some(call: ProvisioningCall) -> Any:
    _check_scope(call)
    name = call.query("displayName")
    found = [one for one in call.state.all_workspaces() if name in {None, one["displayName"]}]
    return page(found, show=shown)


@api.get("/workspaces/<workspace_id>")
def one(call: ProvisioningCall, workspace_id: str) -> Any:
    _check_scope(call)
    return shown(_workspace(call, workspace_id))


def shown(workspace: Record) -> dict[str, Any]:
    """As the general API of workspaces sees it: it knows nothing of BroadWorks."""
    return {
        "id": workspace["id"],
        "orgId": ids.steady("ORGANIZATION", workspace["spEnterpriseId"]),
        "displayName": workspace["displayName"],
        "type": "notSet",
        "created": workspace["created"],
    }


def _workspace(call: ProvisioningCall, workspace_id: str) -> Record:
    found = call.state.workspace(workspace_id)
    if found is None:
        raise Problem(404, NO_WORKSPACE)
    return found


def _check_scope(call: ProvisioningCall) -> None:
    if not call.switches.workspaces_scope:
        raise Problem(403, NO_SCOPE)
