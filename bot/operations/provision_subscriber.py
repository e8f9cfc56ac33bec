"""Provision subscriber: give a BroadWorks user a Webex account, and follow it until it is there."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice

from bot.domain import enterprises, prechecking, readiness, subscribers
from bot.domain.desk import Desk, Provisioned
from bot.domain.form import Choice, Complaint, Form, Input, Kind, Values
from bot.domain.operation import FollowUp, Operation, Risk
from bot.domain.places import SUBSCRIBERS
from bot.domain.plan import Call, Finding, Level, Outcome, Plan, Source, Subject
from bot.domain.provisioning import Package, Subscriber, SubscriberFilter, SubscriberStatus
from bot.domain.request import Request
from cards.provision_subscriber import result

_SKEW = timedelta(seconds=5)
"""How far two clocks may be apart, where they are as they should be."""

_WIDE_SKEW = timedelta(minutes=10)
"""What is older than this was certainly there before."""


def _reachable(values: Values) -> list[Complaint]:
    """Webex asks for one of them when a subscriber is changed; whether it does so here is not published."""
    if values.get("primaryPhoneNumber") or values.get("extension"):
        return []
    return [Complaint(None, "There is neither a phone number nor an extension: Webex probably wants one of them.")]


def _mailed(values: Values) -> list[Complaint]:
    if values.get("email"):
        return []
    return [Complaint(None, "Without an e-mail address Webex asks the user for it, and waits until it has it.")]


FORM = Form(
    inputs=(
        Input(
            "provisioningId",
            "Provisioning ID",
            Kind.TEMPLATE,
            required=True,
            short=("provisioning", "template", "pid"),
            hint="From Partner Hub, or left to the enterprise",
            unless="spEnterpriseId",
            max_length=512,
        ),
        Input(
            "userId", "User ID", Kind.USER_ID, required=True, short=("user",), bare=True, hint="95547321@example.com"
        ),
        Input(
            "spEnterpriseId",
            "Enterprise",
            Kind.ENTERPRISE,
            required=True,
            short=("enterprise", "sp"),
            hint="Reseller1+acme",
        ),
        Input("firstName", "First name", required=True, short=("first",)),
        Input("lastName", "Last name", required=True, short=("last",)),
        Input(
            "package",
            "Package",
            Kind.CHOICE,
            required=True,
            short=("pkg",),
            choices=tuple(Choice(package.value, package.value.capitalize()) for package in Package),
        ),
        Input("email", "E-mail", Kind.EMAIL, short=("mail",), hint="ann@example.com"),
        Input(
            "primaryPhoneNumber",
            "Phone number",
            Kind.NUMBER,
            short=("phone", "number", "primary"),
            hint="+1-240-555-1212, or only an extension",
        ),
        Input("extension", "Extension", Kind.EXTENSION, short=("ext",), hint="51212"),
        Input(
            "mobilePhoneNumber", "Mobile number", Kind.NUMBER, short=("mobile",), hint="+1-240-555-1213", advanced=True
        ),
        Input("language", "Language", Kind.LANGUAGE, short=("lang",), hint="en_US", advanced=True),
        Input("timezone", "Time zone", Kind.TIMEZONE, short=("tz",), hint="America/Los_Angeles", advanced=True),
    ),
    remarks=(_reachable, _mailed),
)


def plan(values: Values, desk: Desk) -> Plan:
    """Provision a subscriber after a precheck; you see what will be sent before it is, and are told how it ends."""
    body, brought = enterprises.with_provisioning_id(values, desk)
    call = Call("POST", SUBSCRIBERS, body, desk.broadworks.base_url)
    verdict = prechecking.precheck(body, desk, FORM)
    # Where Webex is away, a second question would only keep the person waiting.
    asking = prechecking.answered(verdict) or not body.get("email")
    # An enterprise that has brought something is there.
    checks = [_there(values, desk)] if brought else [_there(values, desk), readiness.new_enterprise(values, desk)]
    looked = readiness.looked(checks) if asking else ()
    findings = (*brought, *verdict, *looked, *_known(values, desk))
    subject = Subject(user_id=values["userId"])
    return Plan(operation=OPERATION.name, call=call, made=desk.clock(), findings=findings, subject=subject)


def _there(values: Values, desk: Desk) -> readiness.Check:
    """Whether the user ID has a subscriber already: a precheck does not say which, and in what state."""

    def check() -> Finding | None:
        found = _first(SubscriberFilter(user_id=values["userId"], max=1), desk)
        if found is None:
            return None
        words = f"There is a subscriber with this user ID already: {_described(found)}."
        return Finding(Level.BAD, words, Source.WEBEX)

    return "whether there is a subscriber with this user ID already", check


def _known(values: Values, desk: Desk) -> Iterator[Finding]:
    """What this bot itself remembers: what it has provisioned, and what it is about to."""
    user_id, number = values["userId"], values.get("primaryPhoneNumber", "")
    known = readiness.clashes(desk, user_id=user_id, number=number)
    under_way = [each for each in desk.requests.about(user_id=user_id) if each.confirmed_at and not each.ended]
    yield from known
    for request in under_way:
        text = f"Request {request.number} by {request.asker_name} is about this user ID too, and has not ended yet."
        yield Finding(Level.WARNING, text)
    if not known and not under_way:
        yield Finding(Level.GOOD, "This bot has not provisioned that user ID or number before.")


def run(plan: Plan, desk: Desk) -> Outcome:
    """Send the one write; Webex has then accepted it, and works on it."""
    return subscribers.told(desk.broadworks.provision_subscriber(plan.call), desk)


def look(plan: Plan, desk: Desk, since: datetime) -> Outcome | None:
    """Look for the subscriber of that user ID, of which there can be only one, and whether it is what was sent."""
    body = plan.call.body
    found = _first(SubscriberFilter(user_id=body["userId"], enterprise=body["spEnterpriseId"], max=1), desk)
    if found is None:
        note = (
            "The bot looked: Webex has no subscriber with this user ID in this enterprise. So it was not done: "
            "send it again, or close it."
        )
        return Outcome(ok=False, absent=True, note=note)
    if found.created is None:
        return None
    differing = _differing(found, plan)
    is_new = found.created >= since - _SKEW
    if is_new and not differing:
        note = "Found by looking: a subscriber as it was sent, created at that time."
        return replace(subscribers.told(found, desk), note=note)
    if is_new or found.created < since - _WIDE_SKEW:
        why = f"It differs from what was sent: {', '.join(differing)}" if is_new else "It was there before"
        note = f"This user ID has a subscriber that this request did not make: {_described(found)}. {why}."
        return Outcome(ok=False, data={"id": found.id, "fields": found.fields}, note=note)
    # Whether its time is before ours or only its clock is, nobody can tell.
    return None


def _first(wanted: SubscriberFilter, desk: Desk) -> Subscriber | None:
    return next(islice(desk.broadworks.subscribers(wanted), 1), None)


def _described(subscriber: Subscriber) -> str:
    name = " ".join(filter(None, (subscriber.first_name, subscriber.last_name))) or subscriber.email
    facts = [name, f"status {subscriber.status or 'unknown'}", subscriber.enterprise]
    made = f"created {subscriber.created:%d %b %Y %H:%M} UTC" if subscriber.created else ""
    return ", ".join(filter(None, (*facts, made)))


def _differing(found: Subscriber, plan: Plan) -> list[str]:
    """The labels of what Webex shows otherwise than it was sent; what it does not show contradicts nothing."""
    shown = {
        "firstName": found.first_name,
        "lastName": found.last_name,
        "email": found.email,
        "package": found.package,
        "primaryPhoneNumber": found.primary_number,
        "mobilePhoneNumber": found.mobile_number,
        "extension": found.extension,
        "provisioningId": found.provisioning_id,
    }
    sent = {name: str(plan.call.body.get(name) or "") for name in shown}
    return [
        FORM[name].label
        for name, value in shown.items()
        if value and sent[name] and _comparable(name, value) != _comparable(name, sent[name])
    ]


def _comparable(name: str, value: str) -> str:
    """A number may be written in many ways; of words the case does not matter, save for an opaque ID."""
    if name.endswith("PhoneNumber"):
        return "".join(filter(str.isdigit, value))
    return value if name == "provisioningId" else " ".join(value.casefold().split())


def record(request: Request, plan: Plan) -> Provisioned:
    """What the registry remembers of it."""
    body = plan.call.body
    return Provisioned(
        kind="subscriber",
        webex_id=_id_of(request),
        user_id=body["userId"],
        enterprise=body["spEnterpriseId"],
        name=f"{body['firstName']} {body['lastName']}",
        number=body.get("primaryPhoneNumber", ""),
        extension=body.get("extension", ""),
        request=request.number or 0,
        made_at=request.ended_at or plan.made,
    )


def follow_ups(request: Request) -> Sequence[FollowUp]:
    """Once there is a subscriber, it can be looked at; while it waits for consent, the mail can be sent again."""
    found = _id_of(request)
    if not found:
        return ()
    # People can read a user ID, and an ID of Webex would stand in the forms that this leads on to.
    who = {"subscriber": request.user_id or found}
    status = request.watched.status.casefold() if request.watched and not request.ended else ""
    consent = FollowUp("Resend consent", "resend consent", who, at_once=True)
    asked = (consent,) if status == SubscriberStatus.PENDING_USER_MIGRATION else ()
    return (*asked, FollowUp("Show subscriber", "show subscriber", who, at_once=True))


def _id_of(request: Request) -> str:
    told = request.outcome.data.get("id") if request.outcome else None
    return str(told or request.webex_id or "")


OPERATION = Operation(
    words="provision subscriber",
    aliases=("add subscriber", "create subscriber", "new subscriber"),
    takes_pasted=True,
    form=FORM,
    plan=plan,
    result=result,
    risk=Risk.CHANGE,
    verb="Provision",
    again="Again with changes",
    examples=(
        "provision subscriber 95547321@example.com template=acme first=Ann last=Archer mail=ann@example.com ext=51212",
        "provision subscriber",
    ),
    run=run,
    look=look,
    record=record,
    follow=subscribers.follow,
    follow_ups=follow_ups,
)
