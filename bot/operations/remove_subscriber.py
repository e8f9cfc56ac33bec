"""Remove subscriber: take away the mapping between a BroadWorks subscriber and its Webex user."""

from datetime import datetime

from bot.domain import subscribers
from bot.domain.desk import Desk
from bot.domain.form import Form, Values
from bot.domain.operation import FollowUp, Operation, Risk
from bot.domain.places import subscriber_path
from bot.domain.plan import Call, Finding, Level, Outcome, Plan, Source
from bot.domain.provisioning import Subscriber, SubscriberStatus
from bot.domain.request import Request
from bot.errors import Refused
from cards.remove_subscriber import result
from cards.watching import status_words

_MAPPED = (
    "firstName",
    "lastName",
    "userId",
    "email",
    "spEnterpriseId",
    "primaryPhoneNumber",
    "mobilePhoneNumber",
    "extension",
    "package",
    "status",
    "personId",
    "provisioningId",
)
_NOT_GIVEN = frozenset({"status", "personId"})
"""What nobody gives who provisions a subscriber."""

_PERSON_STAYS = (
    "This removes the mapping between the BroadWorks subscriber and its Webex user. "
    "Nothing promises that the Webex person is deleted as well."
)

FORM = Form(inputs=(subscribers.WHO,))


def plan(values: Values, desk: Desk) -> Plan:
    """Remove a subscriber's mapping to its Webex user; you see what is mapped, and type the user ID first."""
    subscriber = subscribers.one(values[subscribers.WHO.name], desk)
    return Plan(
        operation=OPERATION.name,
        call=Call("DELETE", subscriber_path(subscriber.id), {}, desk.broadworks.base_url),
        made=desk.clock(),
        before={name: subscriber.fields[name] for name in _MAPPED if subscriber.fields.get(name) not in (None, "")},
        findings=_findings(subscriber),
        subject=subscribers.subject(subscriber),
        typed=subscriber.user_id or subscriber.email or subscriber.id,
    )


def _findings(subscriber: Subscriber) -> tuple[Finding, ...]:
    found = (Finding(Level.WARNING, _PERSON_STAYS, Source.DOCUMENTED),)
    if subscriber.known_status is SubscriberStatus.PROVISIONED:
        return found
    words = f"Its status is: {status_words(subscriber.status)}. What becomes of that is not documented."
    return (*found, Finding(Level.WARNING, words, Source.WEBEX))


def run(plan: Plan, desk: Desk) -> Outcome:
    """Send the one write; that nobody is there any more is what was wanted too."""
    try:
        done = desk.broadworks.remove_subscriber(plan.call)
    except Refused as exc:
        if not exc.gone:
            raise
        note = "Webex found no such subscriber when the removal was sent: somebody had removed it meanwhile."
        return Outcome(ok=True, data={"already": True}, tracking_id=exc.tracking_id, note=note)
    return Outcome(ok=True, tracking_id=done.tracking_id)


def look(plan: Plan, desk: Desk, _since: datetime) -> Outcome | None:
    """Look whether the subscriber is still there; gone is gone, whenever."""
    try:
        desk.broadworks.subscriber(plan.subject.webex_id)
    except Refused as exc:
        if not exc.gone:
            raise
        return Outcome(ok=True, tracking_id=exc.tracking_id, note="Found by looking: it is gone.")
    return Outcome(ok=False, absent=True, note="The bot looked: the subscriber is still there. You can send it again.")


def follow_ups(request: Request) -> tuple[FollowUp, ...]:
    """Once it is gone, its form filled in to provision it again; until then, a look at it."""
    if request.plan is None:
        return ()
    if request.outcome is None or not request.outcome.ok:
        who = {subscribers.WHO.name: request.plan.subject.webex_id}
        return (FollowUp("Show subscriber", "show subscriber", who, at_once=True),)
    before = request.plan.before or {}
    given = {name: str(value) for name, value in before.items() if name not in _NOT_GIVEN}
    return (FollowUp("Provision again", "provision subscriber", given),)


OPERATION = Operation(
    words="remove subscriber",
    aliases=("delete subscriber",),
    form=FORM,
    plan=plan,
    result=result,
    risk=Risk.DESTRUCTIVE,
    verb="Remove",
    again="Ask again",
    examples=("remove subscriber 95547321@example.com", "remove subscriber"),
    ends=("no longer exists", "still exists"),
    run=run,
    look=look,
    record=subscribers.removed,
    follow_ups=follow_ups,
)
