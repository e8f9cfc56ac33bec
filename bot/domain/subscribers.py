"""What the operations on subscribers share: who is meant, how far Webex is with them, and what came of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice

from bot.domain import changes
from bot.domain.desk import Amended, Codes, Desk
from bot.domain.form import Input, Kind
from bot.domain.places import SHORTEST_ID, could_be_id
from bot.domain.plan import Outcome, Plan, Subject, Watched
from bot.domain.problem import Problem, Reason
from bot.domain.provisioning import Info, Subscriber, SubscriberFilter, SubscriberStatus
from bot.domain.request import Request, State
from bot.errors import Declined, Refused

WHO = Input(
    "subscriber",
    "User ID or e-mail",
    Kind.USER_ID,
    required=True,
    short=("user", "userId", "email", "mail", "id"),
    bare=True,
    hint="95547321@example.com",
    max_length=1024,
)
"""Whom it is about, in one input: a user ID of BroadWorks, an e-mail address, or an id of Webex."""

_FACTS = {"userId": "user_id", "primaryPhoneNumber": "number", "extension": "extension"}
"""What the registry keeps of what can be changed."""

_SKEW = timedelta(minutes=10)
"""How far the clocks of Webex and the bot may be apart."""

_EVERYWHERE = timedelta(minutes=2)
"""What was accepted just now may not be known to all of Webex's servers yet."""


def one(who: str, desk: Desk) -> Subscriber:
    """The subscriber who is meant; raises Declined if there is none, or more than one."""
    if "@" not in who and len(who) >= SHORTEST_ID and could_be_id(who):
        return _by_id(who, desk)
    for wanted in (SubscriberFilter(user_id=who, max=2), SubscriberFilter(email=who, max=2)):
        found = _some(wanted, desk)
        if len(found) > 1:
            raise Declined(f"More than one subscriber is “{who}”. Say “find subscribers user={who}” and choose.")
        if found:
            return found[0]
    raise Declined(f"Webex knows no subscriber “{who}”. Check how it is written, or say “find subscribers”.")


def subject(subscriber: Subscriber) -> Subject:
    """Whom a plan about a subscriber is about."""
    return Subject(user_id=subscriber.user_id, webex_id=subscriber.id, enterprise=subscriber.enterprise)


def renamed(request: Request) -> Mapping[str, str]:
    """What names the one whom a request has given another user ID, where the one before was said of it."""
    fields = request.outcome.data.get("fields") if request.outcome and request.state is State.DONE else None
    now = str(fields.get("userId") or "") if isinstance(fields, Mapping) else ""
    said = request.values.get(WHO.name, "")
    return {WHO.name: now} if now and said and said.casefold() == request.user_id.casefold() else {}


def told(subscriber: Subscriber, desk: Desk) -> Outcome:
    """What came of provisioning or changing a subscriber, which is ``watched`` while Webex works on it."""
    data = {"id": subscriber.id, "fields": subscriber.fields}
    if subscriber.known_status is SubscriberStatus.ERROR:
        problem = _failed(subscriber.errors, desk.codes)
        return Outcome(ok=False, data=data, problem=problem, tracking_id=subscriber.tracking_id)
    watched = None if subscriber.ended else _watched(subscriber, now=desk.clock())
    return Outcome(ok=True, data=data, tracking_id=subscriber.tracking_id, watched=watched)


def amended(request: Request, plan: Plan) -> Amended:
    """What the registry learns of an update: what Webex shows of it at its end, else what was sent."""
    told = request.outcome.data.get("fields") if request.outcome else None
    fields = told if isinstance(told, Mapping) else {}
    body = plan.call.body
    facts = {fact: changes.settled(name, body[name], fields) for name, fact in _FACTS.items() if name in body}
    if fields.get("firstName") and fields.get("lastName"):
        facts["name"] = f"{fields['firstName']} {fields['lastName']}"
    return Amended("subscriber", plan.subject.webex_id, _ended(request, plan), request=request.number, facts=facts)


def removed(request: Request, plan: Plan) -> Amended:
    """What the registry learns of a removal."""
    at = _ended(request, plan)
    return Amended("subscriber", plan.subject.webex_id, at, request=request.number, removed=True)


def reason(error: Info, codes: Codes) -> Reason:
    """What Webex complains about in a subscriber, with what is known of its code."""
    explained = codes.explain(error.code, words=error.description) if error.code else None
    return Reason(error.description, None, explained)


def follow(requests: Sequence[Request], desk: Desk) -> Mapping[int, Outcome]:
    """How far Webex is with one subscriber, or with many by one list of what has changed since it was looked last."""
    if len(requests) == 1:
        seen = _look(requests[0], desk)
        return {requests[0].number or 0: seen} if seen else {}
    numbers: dict[str, list[int]] = {}
    for each in requests:
        if each.watched and each.number:
            numbers.setdefault(each.watched.id, []).append(each.number)
    found: dict[str, Outcome] = {}
    for subscriber in desk.broadworks.subscribers(SubscriberFilter(last_status_change=_since(requests))):
        if subscriber.id in numbers:
            found[subscriber.id] = told(subscriber, desk)
        if len(found) == len(numbers):
            break
    return {number: outcome for id_, outcome in found.items() for number in numbers[id_]}


def _ended(request: Request, plan: Plan) -> datetime:
    return request.ended_at or plan.made


def _by_id(subscriber_id: str, desk: Desk) -> Subscriber:
    try:
        return desk.broadworks.subscriber(subscriber_id)
    except Refused as exc:
        if not exc.gone:
            raise
        raise Declined("Webex knows no subscriber with that ID. Say “find subscribers” to look for it.") from exc


def _some(wanted: SubscriberFilter, desk: Desk) -> Sequence[Subscriber]:
    """The first page, unless it is one of those that are empty and lead on to more."""
    page = desk.broadworks.subscriber_page(wanted)
    if page.items or page.next is None:
        return page.items
    return tuple(islice(desk.broadworks.subscribers(wanted), 2))


def _look(request: Request, desk: Desk) -> Outcome | None:
    watched = request.watched
    if watched is None:
        return None
    try:
        return told(desk.broadworks.subscriber(watched.id), desk)
    except Refused as exc:
        if not exc.gone:
            raise
        if desk.clock() < watched.since + _EVERYWHERE:
            return None
        happened = "The subscriber is not there any more."
        problem = Problem(happened, why="Somebody has removed it while Webex was working on it.", who="agent")
        return Outcome(ok=False, problem=problem, tracking_id=exc.tracking_id)


def _watched(subscriber: Subscriber, *, now: datetime) -> Watched:
    since = subscriber.last_status_change or subscriber.created or now
    return Watched(subscriber.id, subscriber.status or "no status", since=since, patient=subscriber.waiting)


def _since(requests: Sequence[Request]) -> datetime:
    """Before the first change that may not have been seen, by the clock of Webex or, with some margin, by ours."""
    return min(_unseen_since(each.watched, each.looked_at) for each in requests if each.watched)


def _unseen_since(watched: Watched, looked_at: datetime | None) -> datetime:
    return watched.since if looked_at is None else max(watched.since, looked_at - _SKEW)


def _failed(errors: Sequence[Info], codes: Codes) -> Problem:
    return Problem(
        happened="Webex accepted it, but could not finish it.",
        advice="Correct what Webex complains about, then ask again. Your partner administrator can see more.",
        who="agent",
        reasons=tuple(reason(each, codes) for each in errors),
    )
