"""Find subscribers: all of whom everything is true that was given, a card at a time."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain.desk import Desk
from bot.domain.form import Choice, Complaint, Form, Input, Kind, Values
from bot.domain.operation import FollowUp, Operation
from bot.domain.plan import Answer, Outcome
from bot.domain.provisioning import Subscriber, SubscriberFilter, SubscriberPage, SubscriberStatus
from bot.domain.request import Request
from bot.domain.since import since
from bot.errors import Declined
from cards.find_subscribers import result, show
from cards.shared import capital
from cards.watching import status_words

ON_A_CARD = 8
"""More would not be read on a phone, where each has a button besides."""

EMPTY_PAGES = 10
"""Pages without anybody that are passed over before a person is asked whether to go on."""

_PAGE = "page"
_STATUSES = (SubscriberStatus.ERROR, *(each for each in SubscriberStatus if each is not SubscriberStatus.ERROR))
"""What calls for somebody comes first."""

_PRECHECKED = frozenset({"email", "userId", "spEnterpriseId"})


def _everybody(values: Values) -> list[Complaint]:
    """Hardly anybody means to read all of them, but whoever wants to may."""
    words = "Nothing was given to look for, so these are all subscribers that the bot can see."
    return [] if values else [Complaint(None, words)]


def _titled(status: SubscriberStatus) -> Choice:
    return Choice(status.value, capital(status_words(status)))


FORM = Form(
    inputs=(
        Input("email", "E-mail", Kind.EMAIL, short=("mail",), bare=True, hint="ann@example.com"),
        Input("userId", "User ID", Kind.USER_ID, short=("user",), hint="95547321@example.com"),
        Input("spEnterpriseId", "Enterprise", Kind.ENTERPRISE, short=("enterprise", "sp"), hint="Reseller1+acme"),
        Input("after", "Created since", Kind.SINCE, short=("created",), hint="2026-11-20, today, 24h, 7d (in UTC)"),
        Input(
            "lastStatusChange",
            "Changed since",
            Kind.SINCE,
            short=("changed",),
            hint="2026-11-20, today, 24h, 7d (in UTC)",
        ),
        Input("status", "Status", Kind.CHOICE, choices=tuple(map(_titled, _STATUSES)), several=True),
    ),
    remarks=(_everybody,),
)


def plan(values: Values, desk: Desk) -> Answer:
    """Find subscribers by e-mail, user ID, enterprise, time or status."""
    wanted, page = _found(values, desk)
    data = {
        "items": [_row(each) for each in page.items[:ON_A_CARD]],
        "left_out": max(0, len(page.items) - ON_A_CARD),
        "next": page.next,
        "wanted": _told(wanted),
        "as_user_id": bool(values.get("email")) and not wanted.email,
    }
    return Answer(Outcome(ok=True, data=data, tracking_id=page.tracking_id))


def _found(values: Values, desk: Desk) -> tuple[SubscriberFilter, SubscriberPage]:
    """What was looked for, and the page that was asked for of it."""
    meant = _wanted(values, now=desk.clock())
    last: SubscriberPage | None = None
    for wanted in _readings(meant):
        page = _page(wanted, desk, cursor=values.get(_PAGE))
        if page is not None and (page.items or page.next):
            return wanted, page
        last = page or last
    if last is None:
        raise Declined("That page of the list is not there any more. Search again.")
    return meant, last


def _wanted(values: Values, *, now: datetime) -> SubscriberFilter:
    return SubscriberFilter(
        user_id=values.get("userId", ""),
        email=values.get("email", ""),
        enterprise=values.get("spEnterpriseId", ""),
        last_status_change=_moment("lastStatusChange", values, now=now),
        status=tuple(filter(None, values.get("status", "").split(","))),
        after=_moment("after", values, now=now),
        max=ON_A_CARD,
    )


def _moment(name: str, values: Values, *, now: datetime) -> datetime | None:
    said = values.get(name)
    if not said:
        return None
    found = since(said, now=now)
    if found > now:
        raise Declined(f"{FORM[name].label} {said} is still to come: it is {now:%Y-%m-%d %H:%M} UTC now.")
    return found


def _readings(meant: SubscriberFilter) -> Iterator[SubscriberFilter]:
    """An address alone can also be a user ID, which is told apart by nothing but looking."""
    yield meant
    if meant.email and not meant.user_id:
        yield replace(meant, email="", user_id=meant.email)


def _page(wanted: SubscriberFilter, desk: Desk, *, cursor: str | None) -> SubscriberPage | None:
    """The next page with somebody on it, or the last one that was looked at; None if the cursor is of another list."""
    for _ in range(EMPTY_PAGES):
        try:
            page = desk.broadworks.subscriber_page(wanted, cursor)
        except ValueError:
            if cursor is None:
                raise
            return None
        if page.items or page.next is None:
            break
        cursor = page.next
    return page


def _row(subscriber: Subscriber) -> dict[str, str]:
    return {
        "id": subscriber.id,
        "firstName": subscriber.first_name,
        "lastName": subscriber.last_name,
        "userId": subscriber.user_id,
        "email": subscriber.email,
        "package": subscriber.package,
        "status": subscriber.status,
    }


def _told(wanted: SubscriberFilter) -> dict[str, str]:
    """What was looked for, under the names of the form; times are moments by now."""
    every = {
        "email": wanted.email,
        "userId": wanted.user_id,
        "spEnterpriseId": wanted.enterprise,
        "after": wanted.after.isoformat() if wanted.after else "",
        "lastStatusChange": wanted.last_status_change.isoformat() if wanted.last_status_change else "",
        "status": ",".join(wanted.status),
    }
    return {name: value for name, value in every.items() if value}


def follow_ups(request: Request) -> list[FollowUp]:
    """A button for each row; where there is nobody, the question whether somebody could be provisioned."""
    data: Mapping[str, Any] = request.outcome.data if request.outcome else {}
    items: Sequence[Mapping[str, str]] = data.get("items") or ()
    if items:
        times = Counter(each["userId"] for each in items)
        return [
            FollowUp(show(number, of=len(items)), "show subscriber", {"subscriber": _who(each, times)}, at_once=True)
            for number, each in enumerate(items, start=1)
        ]
    if not data or data.get("next") or request.values.keys().isdisjoint({"email", "userId"}):
        return []
    known = {name: value for name, value in request.values.items() if name in _PRECHECKED}
    return [FollowUp("Precheck", "precheck subscriber", known)]


def _who(item: Mapping[str, str], times: Mapping[str, int]) -> str:
    """The user ID, which people can read, unless it does not tell who is meant."""
    return item["userId"] if item["userId"] and times[item["userId"]] == 1 else item["id"]


OPERATION = Operation(
    words="find subscribers",
    aliases=("find", "find subscriber", "search", "search subscribers", "list subscribers"),
    form=FORM,
    plan=plan,
    result=result,
    verb="Find",
    again="Edit and find again",
    examples=(
        "find ann@example.com",
        "find subscribers",
        "find enterprise=Reseller1+acme status=error,provisioning",
        "find status=pending_user_migration changed=7d",
    ),
    follow_ups=follow_ups,
)
