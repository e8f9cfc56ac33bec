"""What the provisioning API refuses of a customer, of what is taken, and of a workspace."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.simulator.provisioning.complaints import USER_ID_TAKEN, Complaint, refuse, shape
from bot.simulator.provisioning.records import BroadWorks, Holder, Record

WORKSPACE_FIELDS = (
    "provisioningId",
    "userId",
    "spEnterpriseId",
    "displayName",
    "primaryPhoneNumber",
    "extension",
)
CHANGEABLE = ("userId", "primaryPhoneNumber", "extension")
_REACHABLE = CHANGEABLE[1:]
_NO_WORKSPACE = "The workspace could not be provisioned."
_NOT_CHANGED = "The workspace could not be updated."


def check_workspace(state: BroadWorks, body: Mapping[str, Any]) -> None:
    refuse(400, _NO_WORKSPACE, shape(body, WORKSPACE_FIELDS, required=WORKSPACE_FIELDS[:4]))
    refuse(400, _NO_WORKSPACE, template(state, body))
    if not state.has_customer(body["spEnterpriseId"]):
        missing = Complaint("There is no customer for this spEnterpriseId.", "spEnterpriseId")
        refuse(404, _NO_WORKSPACE, [missing])
    refuse(409, _NO_WORKSPACE, conflicts(state, body))


def check_change(state: BroadWorks, workspace: Record, body: Mapping[str, Any]) -> dict[str, str]:
    """The fields to be changed, empty where they go; what cannot be changed here is ignored.

    That a number or an extension must stay is documented of subscribers alone; that it holds here too is inferred.
    """
    given = {name: body[name] for name in CHANGEABLE if body.get(name) is not None}
    refuse(400, _NOT_CHANGED, shape(given, given, required=given.keys() - set(_REACHABLE)))
    after = {**workspace, **given}
    if not any(after.get(name) for name in _REACHABLE) and not given.keys().isdisjoint(_REACHABLE):
        left = Complaint("A workspace needs a primaryPhoneNumber or an extension.", "extension")
        refuse(400, _NOT_CHANGED, [left])
    there = {**given, "spEnterpriseId": workspace["spEnterpriseId"]}
    refuse(409, _NOT_CHANGED, conflicts(state, there, but=workspace))
    return given


def template(state: BroadWorks, body: Mapping[str, Any]) -> Iterator[Complaint]:
    """There must be such a template, and an enterprise keeps the one that it began with."""
    wanted = body.get("provisioningId")
    bound = state.customers.get(body.get("spEnterpriseId") or "")
    if wanted and wanted not in state.templates:
        yield Complaint("There is no template with this provisioningId.", "provisioningId")
    elif wanted and bound and wanted != bound:
        yield Complaint("The customer is bound to another provisioningId.", "provisioningId")


def conflicts(state: BroadWorks, body: Mapping[str, Any], *, but: Holder | None = None) -> Iterator[Complaint]:
    """What somebody or something else has already; `but` is who may have it."""

    def taken(field: str, *, enterprise: str | None = None) -> bool:
        return state.taken(field, body.get(field) or "", enterprise=enterprise, but=but)

    if taken("userId"):
        words = "The BroadWorks userId is already associated with an existing user."
        yield Complaint(words, "userId", USER_ID_TAKEN)
    if taken("email"):
        yield Complaint("The email is already used by another subscriber.", "email")
    if taken("primaryPhoneNumber"):
        yield Complaint("The primaryPhoneNumber is already in use.", "primaryPhoneNumber")
    enterprise = body.get("spEnterpriseId")
    if enterprise and taken("extension", enterprise=enterprise):
        yield Complaint("The extension is already in use in this enterprise.", "extension")
