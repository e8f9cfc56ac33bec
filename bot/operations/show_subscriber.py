"""Show subscriber: everything that Webex tells of one, and what was asked of this bot about it."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from bot.domain.desk import Desk
from bot.domain.form import Form, Values
from bot.domain.numbers import NotANumber, read_number
from bot.domain.operation import FollowUp, Operation
from bot.domain.past import past
from bot.domain.plan import Answer, Outcome
from bot.domain.provisioning import Subscriber, SubscriberStatus
from bot.domain.request import Request
from bot.domain.subscribers import WHO, one, reason, subject
from cards.show_subscriber import result

FORM = Form(inputs=(WHO,))


def plan(values: Values, desk: Desk) -> Answer:
    """Show a subscriber: its status, its errors, everything else that Webex tells, and its history here."""
    subscriber = one(values["subscriber"], desk)
    data = {
        "id": subscriber.id,
        "fields": subscriber.fields,
        "errors": [asdict(reason(each, desk.codes)) for each in subscriber.errors],
        "history": past(subject(subscriber), desk),
        "current": _current(subscriber, region=desk.region),
        "waits_for_consent": subscriber.known_status is SubscriberStatus.PENDING_USER_MIGRATION,
    }
    return Answer(Outcome(ok=True, data=data, tracking_id=subscriber.tracking_id))


def _current(subscriber: Subscriber, *, region: str | None) -> dict[str, str]:
    """What can be changed of it, as it is now, to begin an update with.

    A number that no form would take is left out: nobody who changes something else shall have to put it right.
    """
    every = {
        "userId": subscriber.user_id,
        "firstName": subscriber.first_name,
        "lastName": subscriber.last_name,
        "primaryPhoneNumber": _taken(subscriber.primary_number, region=region),
        "mobilePhoneNumber": _taken(subscriber.mobile_number, region=region),
        "extension": subscriber.extension,
        "package": subscriber.package,
    }
    return {name: value for name, value in every.items() if value}


def _taken(number: str, *, region: str | None) -> str:
    try:
        read_number(number, region=region)
    except NotANumber:
        return ""
    return number


def follow_ups(request: Request) -> list[FollowUp]:
    """What can be done with the subscriber that is shown; where there is none, a search."""
    data: Mapping[str, Any] = request.outcome.data if request.outcome else {}
    if "current" not in data:
        return [FollowUp("Find subscribers", "find subscribers")]
    # Who was shown by the ID of Webex may share a user ID with somebody else.
    by_id = request.values.get("subscriber") == data["id"] or "userId" not in data["current"]
    who = {"subscriber": data["id"] if by_id else data["current"]["userId"]}
    offered = [FollowUp("Update", "update subscriber", {**data["current"], **who})]
    if data.get("waits_for_consent"):
        offered.append(FollowUp("Resend consent", "resend consent", who, at_once=True))
    offered.append(FollowUp("Remove", "remove subscriber", who, at_once=True))
    offered.append(FollowUp("Refresh", "show subscriber", who, at_once=True))
    return offered


OPERATION = Operation(
    words="show subscriber",
    aliases=("subscriber", "show user"),
    form=FORM,
    plan=plan,
    result=result,
    verb="Show",
    again="Show another",
    examples=("show subscriber 95547321@example.com", "show subscriber"),
    follow_ups=follow_ups,
)
