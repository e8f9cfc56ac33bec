"""Update subscriber: change what Webex knows of a provisioned subscriber."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.domain import changes, subscribers
from bot.domain.desk import Desk
from bot.domain.form import CLEARED, Choice, Complaint, Form, Input, Kind, Values
from bot.domain.operation import FollowUp, Operation, Risk
from bot.domain.places import subscriber_path
from bot.domain.plan import Call, Finding, Level, Outcome, Plan, Source, Watched
from bot.domain.problem import Problem, Reason
from bot.domain.provisioning import Package, Subscriber, SubscriberStatus
from bot.domain.request import Request
from bot.errors import BroadWorksError, Declined, Refused
from cards.subscriber import called
from cards.update_subscriber import result
from cards.watching import status_words

_CLASH = 409
_CLOCK_SKEW = timedelta(seconds=5)
"""How far apart two clocks may be."""

_NUMBER, _EXTENSION = "primaryPhoneNumber", "extension"
_MEETINGS = {Package.STANDARD.value, Package.PREMIUM.value}
_NEVER = "Webex cannot change the {}: remove the subscriber and provision it again."
_EMAIL = f"{_NEVER.format('e-mail address')} To say whom you mean, write the address without “email=”."


def _something(values: Values) -> list[Complaint]:
    if values.keys() - {WHO.name}:
        return []
    return [
        Complaint(None, "Say what shall change, for example mobile=+1-240-555-1213, or ext=- to remove the extension.")
    ]


def _number_or_extension(values: Values) -> list[Complaint]:
    if not (values.get(_NUMBER) == values.get(_EXTENSION) == CLEARED):
        return []
    return [Complaint(_EXTENSION, "A subscriber needs a phone number or an extension: only one of them can go.")]


WHO = replace(subscribers.WHO, short=("who", "user", "id"))
"""Without the names under which a new user ID or an e-mail address would be given."""

FORM = Form(
    inputs=(
        WHO,
        Input("firstName", "First name", short=("first",)),
        Input("lastName", "Last name", short=("last",)),
        Input(
            _NUMBER,
            "Phone number",
            Kind.NUMBER,
            short=("phone", "number", "primary"),
            hint="+1-240-555-1212, or - to remove it",
            clearable=True,
        ),
        Input(
            "mobilePhoneNumber",
            "Mobile number",
            Kind.NUMBER,
            short=("mobile",),
            hint="+1-240-555-1213, or - to remove it",
            clearable=True,
        ),
        Input(
            _EXTENSION,
            "Extension",
            Kind.EXTENSION,
            short=("ext",),
            hint="51212, or - to remove it",
            clearable=True,
        ),
        Input(
            "package",
            "Package",
            Kind.CHOICE,
            short=("pkg",),
            choices=tuple(Choice(package.value, package.value.capitalize()) for package in Package),
        ),
        Input("userId", "New user ID", Kind.USER_ID, short=("newUser", "newId"), hint="95547322@example.com"),
        Input("timezone", "Time zone", Kind.TIMEZONE, short=("tz",), hint="America/Los_Angeles"),
    ),
    rules=(_something, _number_or_extension),
    untaken={
        **dict.fromkeys(("email", "mail"), _EMAIL),
        **dict.fromkeys(("language", "lang"), _NEVER.format("language")),
        **dict.fromkeys(("spEnterpriseId", "enterprise", "sp"), _NEVER.format("enterprise")),
        **dict.fromkeys(
            ("provisioningId", "provisioning", "template", "pid"), _NEVER.format("template (the provisioning ID)")
        ),
    },
)


def plan(values: Values, desk: Desk) -> Plan:
    """Change a subscriber's name, numbers, package, user ID or time zone; you see old and new before it is sent."""
    subscriber = subscribers.one(values[WHO.name], desk)
    wanted = {name: "" if value == CLEARED else value for name, value in values.items() if name != WHO.name}
    body = changes.to_send(wanted, subscriber.fields)
    if not body:
        who = called(subscriber.fields)
        raise Declined(f"Nothing would change: Webex shows all of that for {who} already. Say what shall be different.")
    _demand_reachable(body, subscriber.fields)
    return Plan(
        operation=OPERATION.name,
        call=Call("PUT", subscriber_path(subscriber.id), dict(body), desk.broadworks.base_url),
        made=desk.clock(),
        before={name: changes.there(name, subscriber.fields) for name in body},
        findings=_findings(subscriber, body),
        subject=subscribers.subject(subscriber),
    )


def _demand_reachable(body: Mapping[str, str], fields: Mapping[str, Any]) -> None:
    """Webex keeps a number or an extension of everybody; raises Declined where neither would be left."""
    for cleared, needed in ((_NUMBER, _EXTENSION), (_EXTENSION, _NUMBER)):
        left = body[needed] if needed in body else changes.there(needed, fields)
        if body.get(cleared) == "" and not left:
            gone, other = FORM[cleared].label.lower(), FORM[needed].label.lower()
            raise Declined(
                f"Webex wants everybody to have a phone number or an extension. {called(fields)} has no {other}, "
                f"so the {gone} cannot be removed, unless you give a new {other} with it."
            )


def _findings(subscriber: Subscriber, body: Mapping[str, str]) -> tuple[Finding, ...]:
    who = dict.fromkeys((called(subscriber.fields), subscriber.user_id, subscriber.enterprise))
    found = [Finding(Level.GOOD, f"This is {' · '.join(filter(None, who))}", Source.WEBEX)]
    if subscriber.known_status is not SubscriberStatus.PROVISIONED:
        words = (
            f"Its status is: {status_words(subscriber.status)}. Webex changes only who is provisioned, and may refuse."
        )
        found.append(Finding(Level.WARNING, words, Source.WEBEX))
    package = subscriber.package.casefold()
    if "package" in body and {package, body["package"]} == _MEETINGS:
        words = (
            f"From {package} to {body['package']} at once can leave old meeting-room data behind. "
            "Change to basic first, and then to what is wanted."
        )
        found.append(Finding(Level.WARNING, words, Source.DOCUMENTED))
    return tuple(found)


def run(plan: Plan, desk: Desk) -> Outcome:
    """Send the one write; what Webex has accepted is watched."""
    try:
        subscriber = desk.broadworks.update_subscriber(plan.call)
    except Refused as exc:
        if exc.status == _CLASH and _is_being_updated(plan, desk):
            return _not_now(exc)
        raise
    outcome = subscribers.told(subscriber, desk)
    if outcome.ok and outcome.watched is None and changes.otherwise(plan.call.body, subscriber.fields):
        # The answer may still show what was there before, its status too.
        return replace(outcome, watched=Watched(subscriber.id, subscriber.status, since=desk.clock()))
    return outcome


def _is_being_updated(plan: Plan, desk: Desk) -> bool:
    """Whether that is why it was refused; where Webex does not say, its refusal stands as it is."""
    try:
        return desk.broadworks.subscriber(plan.subject.webex_id).moving
    except BroadWorksError:
        return False


def _not_now(exc: Refused) -> Outcome:
    problem = Problem(
        happened="Webex refused because it is still working on this subscriber.",
        why="It takes one change at a time. Nothing was changed.",
        advice="Wait until the other change has ended, then ask again.",
        who="agent",
        reasons=tuple(Reason(each.description, each.field) for each in exc.complaints if each.description),
        status=exc.status,
        tracking_id=exc.tracking_id,
        again=True,
    )
    return Outcome(ok=False, problem=problem, tracking_id=exc.tracking_id)


def look(plan: Plan, desk: Desk, since: datetime) -> Outcome | None:
    """Look at the subscriber: is it being changed, was it, or is everything as before and quiet?"""
    try:
        subscriber = desk.broadworks.subscriber(plan.subject.webex_id)
    except Refused as exc:
        if not exc.gone:
            raise
        problem = Problem(
            "The subscriber is not there any more.", why="Somebody has removed it meanwhile.", who="agent"
        )
        return Outcome(ok=False, problem=problem, tracking_id=exc.tracking_id)
    status, moved_on = subscriber.known_status, _moved_on(subscriber, since)
    if status is SubscriberStatus.UPDATING or (status is SubscriberStatus.ERROR and moved_on):
        return subscribers.told(subscriber, desk)
    if status is SubscriberStatus.PROVISIONED and moved_on and not _differs(plan.call.body, subscriber):
        return replace(subscribers.told(subscriber, desk), note=_seen(plan, subscriber))
    if subscriber.ended and moved_on is False and not _differs(plan.before or {}, subscriber):
        note = "The bot looked: the subscriber is as it was, and Webex is not working on it. You can send it again."
        return Outcome(ok=False, absent=True, note=note)
    return None


def _moved_on(subscriber: Subscriber, since: datetime) -> bool | None:
    """Whether its status has changed since the write was sent; None where Webex does not tell."""
    changed = subscriber.last_status_change
    return None if changed is None else changed >= since - _CLOCK_SKEW


def _differs(wanted: Mapping[str, str | None], subscriber: Subscriber) -> bool:
    known = {name: value for name, value in wanted.items() if value is not None}
    return bool(changes.otherwise(known, subscriber.fields))


def _seen(plan: Plan, subscriber: Subscriber) -> str:
    untold = [name for name in plan.call.body if changes.there(name, subscriber.fields) is None]
    if not untold:
        return "Found by looking: Webex shows every value as it was sent."
    labels = ", ".join(FORM[name].label.lower() for name in untold)
    return f"Found by looking: Webex has updated the subscriber since then. It does not show the {labels}."


def follow_ups(request: Request) -> tuple[FollowUp, ...]:
    """Look at whom it is about."""
    if request.plan is None:
        return ()
    who = {subscribers.WHO.name: request.plan.subject.webex_id}
    return (FollowUp("Show subscriber", "show subscriber", who, at_once=True),)


OPERATION = Operation(
    words="update subscriber",
    aliases=("change subscriber",),
    form=FORM,
    plan=plan,
    result=result,
    risk=Risk.CHANGE,
    verb="Update",
    again="Again with changes",
    examples=(
        "update subscriber 95547321@example.com mobile=+1-240-555-1213 package=premium",
        "update subscriber ann@example.com ext=-",
        "update subscriber",
    ),
    ends=("was changed", "was not changed"),
    run=run,
    look=look,
    record=subscribers.amended,
    follow=subscribers.follow,
    follow_ups=follow_ups,
)
