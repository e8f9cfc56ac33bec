"""What the provisioning API refuses of a subscriber: prechecked, new, or changed."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.simulator.problems import Problem
from bot.simulator.provisioning.complaints import NULL_PARAMETER, Complaint, is_email, refuse, shape
from bot.simulator.provisioning.records import BroadWorks
from bot.simulator.provisioning.rules import conflicts, template
from bot.simulator.provisioning.subscriber import Subscriber

REQUIRED = ("provisioningId", "userId", "spEnterpriseId", "firstName", "lastName", "package")
FIELDS = (*REQUIRED, "primaryPhoneNumber", "mobilePhoneNumber", "extension", "email", "language", "timezone")
CHANGEABLE = (
    "userId",
    "firstName",
    "lastName",
    "primaryPhoneNumber",
    "mobilePhoneNumber",
    "extension",
    "timezone",
    "package",
)
CLEARABLE = ("primaryPhoneNumber", "mobilePhoneNumber", "extension")

_NO_PRECHECK = "Provisioning preCheck validation failed."
_NOT_MADE = "The subscriber could not be provisioned."
_NOT_CHANGED = "The subscriber could not be updated."


def check_precheck(state: BroadWorks, body: Mapping[str, Any]) -> None:
    """An e-mail alone will do; whatever else is given must be right."""
    refuse(400, _NO_PRECHECK, [*shape(body, FIELDS, required=("email",)), *_customer_info(body)])
    refuse(400, _NO_PRECHECK, template(state, body))
    refuse(409, _NO_PRECHECK, conflicts(state, body))


def check_new(state: BroadWorks, body: Mapping[str, Any]) -> dict[str, str]:
    """The facts of the new subscriber; what is empty is as good as not given."""
    refuse(400, _NOT_MADE, shape(body, FIELDS, required=REQUIRED))
    refuse(400, _NOT_MADE, template(state, body))
    refuse(409, _NOT_MADE, conflicts(state, body))
    return {name: body[name] for name in FIELDS if body.get(name)}


def check_update(state: BroadWorks, subscriber: Subscriber, body: Mapping[str, Any]) -> dict[str, str]:
    """The facts to be changed, empty where they go; what cannot be changed here is ignored."""
    given = {name: body[name] for name in CHANGEABLE if body.get(name) is not None}
    refuse(400, _NOT_CHANGED, shape(given, given, required=given.keys() - set(CLEARABLE)))
    refuse(400, _NOT_CHANGED, _unreachable(subscriber, given))
    if subscriber.status == "updating":
        raise Problem(409, "An update of this subscriber is in progress.")
    if not subscriber.person_id:
        raise Problem(409, f"Only a provisioned subscriber can be updated, and this one is {subscriber.status}.")
    there = {**given, "spEnterpriseId": subscriber.facts["spEnterpriseId"]}
    refuse(409, _NOT_CHANGED, conflicts(state, there, but=subscriber))
    return given


def _unreachable(subscriber: Subscriber, given: Mapping[str, str]) -> Iterator[Complaint]:
    """Whoever loses the number must have an extension, and the reverse."""
    after = {**subscriber.facts, **given}
    for cleared, needed in (("primaryPhoneNumber", "extension"), ("extension", "primaryPhoneNumber")):
        if given.get(cleared) == "" and not after.get(needed):
            yield Complaint(f"{cleared} can only be removed if the {needed} is set.", cleared)


def _customer_info(body: Mapping[str, Any]) -> Iterator[Complaint]:
    info = body.get("customerInfo")
    if info is None:
        return
    email = info.get("primaryEmail") if isinstance(info, dict) else None
    if email is None:
        yield Complaint("Null parameter: primaryEmail is mandatory in customerInfo.", "primaryEmail", NULL_PARAMETER)
    elif not is_email(email):
        yield Complaint("The primaryEmail of the customer is not a valid e-mail address.", "primaryEmail")
