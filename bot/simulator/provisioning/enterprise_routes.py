"""The routes of enterprises and of their directories."""

from typing import Any

from bot.simulator import ids
from bot.simulator.paging import page
from bot.simulator.problems import Problem
from bot.simulator.provisioning.call import ProvisioningCall
from bot.simulator.provisioning.complaints import NULL_PARAMETER, Complaint, refuse, shape
from bot.simulator.routing import Api

NO_ENTERPRISE = "Could not find an enterprise with provided ID."
SYNC_NOW = "SYNC_NOW"
_REFUSED = "The directory sync request is invalid."
_DEFAULT, _MOST = 100, 1000
_SYNC = "/broadworks/enterprises/<enterprise_id>/broadworksDirectorySync"

api: Api[ProvisioningCall] = Api("enterprises")


@api.get("/broadworks/enterprises")
def some(call: ProvisioningCall) -> Any:
    whole, start = call.query("spEnterpriseId"), call.query("startsWith") or ""
    found = [each for each in call.state.enterprises() if whole in {None, each} and each.startswith(start)]
    return page(found, show=lambda name: _shown(call, name), default=_DEFAULT, most=_MOST)


@api.get(_SYNC)
def directory(call: ProvisioningCall, enterprise_id: str) -> Any:
    return call.state.directories.of(_enterprise(call, enterprise_id)).shown()


@api.put(_SYNC)
def switch(call: ProvisioningCall, enterprise_id: str) -> Any:
    enterprise = _enterprise(call, enterprise_id)
    wanted = call.flag("enableDirSync")
    if wanted is None:
        _refuse("enableDirSync", "Null parameter: enableDirSync is mandatory.", code=NULL_PARAMETER)
    return call.state.directories.switch(enterprise, on=bool(wanted))


@api.post(_SYNC)
def sync(call: ProvisioningCall, enterprise_id: str) -> Any:
    enterprise = _enterprise(call, enterprise_id)
    if call.text("syncStatus") != SYNC_NOW:
        _refuse("syncStatus", f"The only value allowed for syncStatus is {SYNC_NOW}.")
    return call.state.directories.sync(enterprise)


@api.post(f"{_SYNC}/externalUser")
def sync_user(call: ProvisioningCall, enterprise_id: str) -> Any:
    enterprise = _enterprise(call, enterprise_id)
    refuse(400, _REFUSED, shape(call.body, ("userId",), required=("userId",)))
    user_id = call.body["userId"]
    has_webex = call.state.subscribers.taken("userId", user_id, enterprise=enterprise)
    return call.state.directories.sync_user(enterprise, user_id, has_webex=has_webex)


def id_of(enterprise: str) -> str:
    """The same in every run."""
    return ids.steady("ENTERPRISE", enterprise)


def _shown(call: ProvisioningCall, enterprise: str) -> dict[str, Any]:
    return {
        "id": id_of(enterprise),
        "orgId": ids.steady("ORGANIZATION", enterprise),
        "spEnterpriseId": enterprise,
        "provisioningId": call.state.customers[enterprise],
        "broadworksDirectorySync": call.state.directories.of(enterprise).shown(),
    }


def _enterprise(call: ProvisioningCall, enterprise_id: str) -> str:
    found = next((each for each in call.state.enterprises() if id_of(each) == enterprise_id), None)
    if found is None:
        raise Problem(404, NO_ENTERPRISE)
    return found


def _refuse(field: str, words: str, *, code: int | None = None) -> None:
    refuse(400, _REFUSED, [Complaint(words, field, code)])
