"""Resend consent: the e-mail that asks a user to agree to the move of an existing account."""

from datetime import datetime, timedelta

from bot.domain.desk import Desk
from bot.domain.form import Form, Values
from bot.domain.operation import FollowUp, Operation, Risk
from bot.domain.places import consent_path
from bot.domain.plan import Call, Finding, Level, Outcome, Plan, Source
from bot.domain.provisioning import Subscriber, SubscriberStatus
from bot.domain.request import ENDED, Request, State
from bot.domain.subscribers import WHO, one, subject
from bot.errors import Declined
from cards.resend_consent import ADDRESS, NAME, result
from cards.subscriber import called
from cards.watching import status_words

_RECENT = timedelta(days=1)
"""Within that time one more mail is a nuisance to most people."""

FORM = Form(inputs=(WHO,))


def plan(values: Values, desk: Desk) -> Plan:
    """Have Webex send the consent e-mail again to a user whose existing account is to be moved."""
    subscriber = one(values["subscriber"], desk)
    _demand_waiting(subscriber)
    return Plan(
        operation=OPERATION.name,
        call=Call("POST", consent_path(subscriber.id), {}, desk.broadworks.base_url),
        made=desk.clock(),
        before={NAME: called(subscriber.fields), ADDRESS: subscriber.email or "Webex does not say"},
        findings=(*_since(subscriber), _last_one(subscriber, desk)),
        subject=subject(subscriber),
    )


def _demand_waiting(subscriber: Subscriber) -> None:
    if subscriber.known_status is SubscriberStatus.PENDING_USER_MIGRATION:
        return
    now = status_words(subscriber.status) if subscriber.status else "Webex gave no status"
    raise Declined(
        f"{called(subscriber.fields)} is not waiting for consent, so there is no mail to send again. "
        f"Status in Webex: {now}."
    )


def _since(subscriber: Subscriber) -> list[Finding]:
    if subscriber.last_status_change is None:
        return []
    return [Finding(Level.GOOD, f"Waiting for consent since {_at(subscriber.last_status_change)}", Source.WEBEX)]


def _last_one(subscriber: Subscriber, desk: Desk) -> Finding:
    """When a mail was asked for here before; what was asked for in Partner Hub nobody can see."""
    past = desk.requests.about(user_id=subscriber.user_id, webex_id=subscriber.id, limit=50)
    sent = [each for each in past if each.operation == OPERATION.name and _may_have_been_sent(each)]
    if not sent:
        return Finding(Level.GOOD, "This bot has not sent it again before.")
    last, at = sent[0], sent[0].confirmed_at or sent[0].asked_at
    level = Level.WARNING if at > desk.clock() - _RECENT else Level.GOOD
    return Finding(level, f"The last one was asked for by {last.asker_name} at {_at(at)}, in request {last.number}.")


def _may_have_been_sent(request: Request) -> bool:
    return request.confirmed_at is not None and (request.state is State.DONE or request.state not in ENDED)


def _at(moment: datetime) -> str:
    return f"{moment:%d %b %Y %H:%M} UTC"


def run(plan: Plan, desk: Desk) -> Outcome:
    """Send the one write."""
    done = desk.broadworks.resend_consent(plan.call)
    return Outcome(ok=True, data={"path": done.path}, tracking_id=done.tracking_id, tries=done.tries)


def follow_ups(request: Request) -> list[FollowUp]:
    """The subscriber, to see whether the user has agreed."""
    who = request.user_id or request.webex_id or request.values.get("subscriber", "")
    return [FollowUp("Show subscriber", "show subscriber", {"subscriber": who}, at_once=True)] if who else []


OPERATION = Operation(
    words="resend consent",
    aliases=("resend consent mail", "resend consent e-mail", "send consent again"),
    form=FORM,
    plan=plan,
    result=result,
    risk=Risk.CHANGE,
    verb="Resend",
    again="Resend another",
    examples=("resend consent 95547321@example.com", "resend consent"),
    run=run,
    ends=("was done", "was not done"),
    blind=(
        "Webex does not tell whether the e-mail was sent. Ask the user whether one has come. If none has, close this "
        "and ask again: a second e-mail does little harm."
    ),
    follow_ups=follow_ups,
)
