"""What is wrong with the fields of a request, in the shape that the provisioning API says it in.

Only three numbers of errors are known for certain; everything else is refused in words alone.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.simulator.problems import Problem
from bot.simulator.provisioning.compare import digits

NULL_PARAMETER = 1001
PARAMETER_SIZE = 1002
USER_ID_TAKEN = 10022

PACKAGES = ("softphone", "basic", "standard", "premium")
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


def refuse(status: int, message: str, complaints: Iterable[Complaint]) -> None:
    """Problem with all of them, if there are any."""
    errors = [complaint.as_json() for complaint in complaints]
    if errors:
        raise Problem(status, message, errors=errors)


def shape(body: Mapping[str, Any], known: Iterable[str], *, required: Iterable[str] = ()) -> Iterator[Complaint]:
    """Fields that are not known are ignored."""
    required = frozenset(required)
    for field in known:
        value = body.get(field)
        if value is None:
            if field in required:
                yield Complaint(f"Null parameter: {field} is mandatory.", field, NULL_PARAMETER)
        elif not isinstance(value, str):
            yield Complaint(f"{field} must be a string.", field)
        else:
            yield from _value(field, value, mandatory=field in required)


def is_email(value: object) -> bool:
    return isinstance(value, str) and _EMAIL.fullmatch(value) is not None


def _value(field: str, value: str, *, mandatory: bool) -> Iterator[Complaint]:
    longest = _LONGEST.get(field, _LONGEST_OTHERWISE)
    if len(value) > longest or (mandatory and not value.strip()):
        size = f"Invalid parameter size: {field} is outside the bounds 1 to {longest}."
        yield Complaint(size, field, PARAMETER_SIZE)
    elif field == "package" and value not in PACKAGES:
        yield Complaint(f"package must be one of {', '.join(PACKAGES)}.", field)
    elif field == "email" and not is_email(value):
        yield Complaint("The email is not a valid e-mail address.", field)
    elif field.endswith("PhoneNumber") and value and not digits(value):
        yield Complaint(f"{field} is not a telephone number.", field)
