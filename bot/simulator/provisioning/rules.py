"""What the provisioning API refuses in a request: its fields, its customer, what is taken.

Only three numbers of errors are known for certain; everything else is refused in words alone.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.simulator.problems import Problem
from bot.simulator.provisioning.records import BroadWorks, digits

NULL_PARAMETER = 1001
PARAMETER_SIZE = 1002
USER_ID_TAKEN = 10022

PACKAGES = ("softphone", "basic", "standard", "premium")
WORKSPACE_FIELDS = (
    "provisioningId",
    "userId",
    "spEnterpriseId",
    "displayName",
    "primaryPhoneNumber",
    "extension",
)
SUBSCRIBER_FIELDS = (
    "provisioningId",
    "userId",
    "spEnterpriseId",
    "firstName",
    "lastName",
    "package",
    "primaryPhoneNumber",
    "mobilePhoneNumber",
    "extension",
    "email",
    "language",
    "timezone",
)
_LONGEST = {"userId": 161}
_LONGEST_OTHERWISE = 256
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True)
class Complaint:
    description: str
    field: str | None = None
    code: int | None = None

    def as_json(self) -> dict[str, Any]:
        facts = {"errorCode": self.code, "description": self.description, "fieldName": self.field}
        return {name: value for name, value in facts.items() if value is not None}


def check_subscriber(state: BroadWorks, body: Mapping[str, Any]) -> None:
    complaints = [*_shape(body, SUBSCRIBER_FIELDS, required=("email",)), *_customer_info(body)]
    _refuse(400, "Provisioning preCheck validation failed.", complaints)
    _refuse(400, "Provisioning preCheck validation failed.", _template(state, body))
    _refuse(409, "Provisioning preCheck validation failed.", _conflicts(state, body))


def check_workspace(state: BroadWorks, body: Mapping[str, Any]) -> None:
    _refuse(400, "The workspace could not be provisioned.", _shape(body, WORKSPACE_FIELDS, WORKSPACE_FIELDS[:4]))
    _refuse(400, "The workspace could not be provisioned.", _template(state, body))
    if body["spEnterpriseId"] not in state.customers:
        missing = Complaint("There is no customer for this spEnterpriseId.", "spEnterpriseId")
        _refuse(404, "The workspace could not be provisioned.", [missing])
    _refuse(409, "The workspace could not be provisioned.", _conflicts(state, body))


def _refuse(status: int, message: str, complaints: "list[Complaint] | Iterator[Complaint]") -> None:
    errors = [complaint.as_json() for complaint in complaints]
    if errors:
        raise Problem(status, message, errors=errors)


def _shape(body: Mapping[str, Any], known: tuple[str, ...], required: tuple[str, ...]) -> Iterator[Complaint]:
    for field in known:
        value = body.get(field)
        if value is None:
            if field in required:
                yield Complaint(f"Null parameter: {field} is mandatory.", field, NULL_PARAMETER)
        elif not isinstance(value, str):
            yield Complaint(f"{field} must be a string.", field)
        else:
            yield from _value(field, value, mandatory=field in required)


def _value(field: str, value: str, *, mandatory: bool) -> Iterator[Complaint]:
    longest = _LONGEST.get(field, _LONGEST_OTHERWISE)
    if len(value) > longest or (mandatory and not value.strip()):
        size = f"Invalid parameter size: {field} is outside the bounds 1 to {longest}."
        yield Complaint(size, field, PARAMETER_SIZE)
    elif field == "package" and value not in PACKAGES:
        yield Complaint(f"package must be one of {', '.join(PACKAGES)}.", field)
    elif field == "email" and not _EMAIL.fullmatch(value):
        yield Complaint("The email is not a valid e-mail address.", field)
    elif field.endswith("PhoneNumber") and value and not digits(value):
        yield Complaint(f"{field} is not a telephone number.", field)


def _customer_info(body: Mapping[str, Any]) -> Iterator[Complaint]:
    info = body.get("customerInfo")
    if info is None:
        return
    email = info.get("primaryEmail") if isinstance(info, dict) else None
    if email is None:
        yield Complaint("Null parameter: primaryEmail is mandatory in customerInfo.", "primaryEmail", NULL_PARAMETER)
    elif not isinstance(email, str) or not _EMAIL.fullmatch(email):
        yield Complaint("The primaryEmail of the customer is not a valid e-mail address.", "primaryEmail")


def _template(state: BroadWorks, body: Mapping[str, Any]) -> Iterator[Complaint]:
    template = body.get("provisioningId")
    bound = state.customers.get(body.get("spEnterpriseId") or "")
    if template and template not in state.templates:
        yield Complaint("There is no template with this provisioningId.", "provisioningId")
    elif template and bound and template != bound:
        yield Complaint("The customer is bound to another provisioningId.", "provisioningId")


def _conflicts(state: BroadWorks, body: Mapping[str, Any]) -> Iterator[Complaint]:
    if _taken(state, body, "userId"):
        words = "The BroadWorks userId is already associated with an existing user."
        yield Complaint(words, "userId", USER_ID_TAKEN)
    if _taken(state, body, "email"):
        yield Complaint("The email is already used by another subscriber.", "email")
    if _taken(state, body, "primaryPhoneNumber"):
        yield Complaint("The primaryPhoneNumber is already in use.", "primaryPhoneNumber")
    enterprise = body.get("spEnterpriseId")
    if enterprise and _taken(state, body, "extension", enterprise=enterprise):
        yield Complaint("The extension is already in use in this enterprise.", "extension")


def _taken(state: BroadWorks, body: Mapping[str, Any], field: str, *, enterprise: str | None = None) -> bool:
    return state.taken(field, body.get(field) or "", enterprise=enterprise)
