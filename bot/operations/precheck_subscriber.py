"""Precheck subscriber: would Webex accept this subscriber?"""

from collections.abc import Sequence
from dataclasses import asdict, replace

from bot.domain.desk import Desk
from bot.domain.form import Choice, Complaint, Form, Input, Kind, Values
from bot.domain.operation import FollowUp, Operation
from bot.domain.plan import Answer, Outcome
from bot.domain.provisioning import Package
from bot.domain.request import Request
from cards.precheck_subscriber import result

_CUSTOMER = "customerInfo.primaryEmail"


_FULL = ("userId", "spEnterpriseId", "firstName", "lastName", "package")


def _full_variant(values: Values) -> list[Complaint]:
    """Which fields go with a provisioning ID is not published: those that provisioning itself asks for is a guess."""
    missing = [FORM[name].label for name in _FULL if name not in values]
    if "provisioningId" not in values or not missing:
        return []
    return [Complaint(None, f"With a provisioning ID Webex probably wants these as well: {', '.join(missing)}.")]


FORM = Form(
    inputs=(
        Input("email", "E-mail", Kind.EMAIL, required=True, short=("mail",), bare=True, hint="ann@example.com"),
        Input(
            "package",
            "Package",
            Kind.CHOICE,
            short=("pkg",),
            choices=tuple(Choice(package.value, package.value.capitalize()) for package in Package),
        ),
        Input(
            "provisioningId",
            "Provisioning ID",
            Kind.TEMPLATE,
            short=("provisioning", "template", "pid"),
            hint="From Partner Hub, if you have one",
            max_length=512,
        ),
        Input("userId", "User ID", Kind.USER_ID, short=("user",), hint="95547321@example.com"),
        Input("spEnterpriseId", "Enterprise", Kind.ENTERPRISE, short=("enterprise", "sp"), hint="Reseller1+example"),
        Input("firstName", "First name", short=("first",), advanced=True),
        Input("lastName", "Last name", short=("last",), advanced=True),
        Input(
            "primaryPhoneNumber",
            "Phone number",
            Kind.NUMBER,
            short=("phone", "number", "primary"),
            hint="+1-240-555-1212",
            advanced=True,
        ),
        Input(
            "mobilePhoneNumber", "Mobile number", Kind.NUMBER, short=("mobile",), hint="+1-240-555-1213", advanced=True
        ),
        Input("extension", "Extension", Kind.EXTENSION, short=("ext",), hint="51212", advanced=True),
        Input("language", "Language", Kind.LANGUAGE, short=("lang",), hint="en (Webex ignores it here)", advanced=True),
        Input("timezone", "Time zone", Kind.TIMEZONE, short=("tz",), hint="America/Los_Angeles", advanced=True),
        Input(
            _CUSTOMER,
            "Customer's e-mail",
            Kind.EMAIL,
            short=("customer", "customerEmail", "primaryEmail"),
            hint="billing@customer.example",
            advanced=True,
        ),
    ),
    remarks=(_full_variant,),
)


def plan(values: Values, desk: Desk) -> Answer:
    """Ask Webex whether a subscriber could be provisioned; nothing is created."""
    body: dict[str, object] = {name: value for name, value in values.items() if name != _CUSTOMER}
    if _CUSTOMER in values:
        body["customerInfo"] = {"primaryEmail": values[_CUSTOMER]}
    precheck = desk.broadworks.precheck(body)
    infos = [
        asdict(replace(info, explanation=desk.codes.explain(info.code, words=info.description)))
        for info in precheck.infos
    ]
    return Answer(
        Outcome(
            ok=precheck.passed,
            data={"message": precheck.message, "passed": precheck.passed, "infos": infos},
            tracking_id=precheck.tracking_id,
            tries=precheck.tries,
            waited=precheck.waited,
        )
    )


def follow_ups(request: Request) -> Sequence[FollowUp]:
    """Whom Webex would accept can be provisioned at once, with what was checked."""
    if request.outcome is None or not request.outcome.data.get("passed"):
        return ()
    values = {name: value for name, value in request.values.items() if name != _CUSTOMER}
    return (FollowUp("Provision subscriber", "provision subscriber", values),)


OPERATION = Operation(
    words="precheck subscriber",
    aliases=("precheck", "check"),
    form=FORM,
    plan=plan,
    result=result,
    verb="Check",
    again="Edit and check again",
    examples=("precheck ann@example.com package=standard", "precheck subscriber"),
    follow_ups=follow_ups,
)
