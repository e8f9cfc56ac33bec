"""List billing reports: those that Webex has, the newest month first."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.desk import Desk
from bot.domain.form import Choice, Complaint, Form, Input, Kind, Values
from bot.domain.operation import FollowUp, Operation
from bot.domain.plan import Answer, Outcome
from bot.domain.report import Report, ReportSort
from bot.domain.reports import WHICH
from bot.domain.request import Request
from cards.list_billing_reports import BOTH_BUTTONS, get, remove, result

ON_A_CARD = 12
_BUTTONS = 4

_SORTS = (Choice(ReportSort.MONTH, "Month"), Choice(ReportSort.STATUS, "Status"), Choice(ReportSort.ID, "ID"))


def _in_order(values: Values) -> list[Complaint]:
    before, after = values.get("before", ""), values.get("after", "")
    if before and after and before <= after:
        return [Complaint("before", f"Made before must be later than Made after ({after}): nothing lies between.")]
    return []


FORM = Form(
    inputs=(
        Input("after", "Made after", Kind.MONTH, hint="2026-06: later than that month"),
        Input("before", "Made before", Kind.MONTH, hint="2026-10: earlier than that month"),
        Input("sortBy", "Sorted by", Kind.CHOICE, short=("sort",), choices=_SORTS),
    ),
    rules=(_in_order,),
)


def plan(values: Values, desk: Desk) -> Answer:
    """List the billing reports that Webex has, with how far each is."""
    sort = ReportSort(values.get("sortBy") or ReportSort.MONTH)
    before, after = values.get("before", ""), values.get("after", "")
    found = desk.broadworks.reports(before=before, after=after, sort_by=sort)
    # In which direction Webex sorts is not documented; people want the newest month first.
    listed = sorted(found, key=lambda each: each.month, reverse=True) if sort is ReportSort.MONTH else list(found)
    data = {
        "items": [{"id": each.id, "month": each.month, "status": each.status} for each in listed[:ON_A_CARD]],
        "left_out": max(0, len(listed) - ON_A_CARD),
        "wanted": {name: value for name, value in (("after", after), ("before", before)) if value},
    }
    return Answer(Outcome(ok=True, data=data, tracking_id=_tracking_id(found)))


def _tracking_id(found: Sequence[Report]) -> str | None:
    return found[-1].tracking_id if found else None


def follow_ups(request: Request) -> list[FollowUp]:
    """A button for each that can be had, and of few for their removal too; where there is none, to request one."""
    data: Mapping[str, Any] = request.outcome.data if request.outcome else {}
    items: Sequence[Mapping[str, str]] = data.get("items") or ()
    offered = []
    for number, each in enumerate(items, start=1):
        which = {WHICH.name: each["id"]}
        if each["status"].upper() == "COMPLETED":
            offered.append(FollowUp(get(number, of=len(items)), "get billing report", which, at_once=True))
        if len(items) <= BOTH_BUTTONS:
            offered.append(FollowUp(remove(number, of=len(items)), "remove billing report", which, at_once=True))
    return offered[:_BUTTONS] or [FollowUp("Request a report", "request billing report")]


OPERATION = Operation(
    words="list billing reports",
    aliases=("billing reports", "list reports"),
    form=FORM,
    plan=plan,
    result=result,
    verb="List",
    again="Edit and list again",
    at_once=True,
    examples=("list billing reports", "list billing reports after=2026-06 sort=status"),
    follow_ups=follow_ups,
)
