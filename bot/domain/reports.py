"""What the operations on billing reports share: which one is meant, how far Webex is with it, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from bot.domain.desk import Desk
from bot.domain.form import Input, Kind
from bot.domain.month import is_month
from bot.domain.plan import Outcome, Watched
from bot.domain.problem import Problem
from bot.domain.report import Report
from bot.domain.request import Request
from bot.domain.subscribers import reason
from bot.errors import Declined, Refused

WHICH = Input(
    "report",
    "Month or report ID",
    Kind.REPORT,
    required=True,
    short=("month", "id", "billingPeriod"),
    bare=True,
    hint="2026-10",
    max_length=1024,
)
"""Which one it is about: a month, where one report of it is meant, or an id of Webex."""

MOST_OF_A_MONTH = 10
"""Reports of one month of which the details are read."""

_EVERYWHERE = timedelta(minutes=2)
"""What was accepted just now may not be known to all of Webex's servers yet."""


def of_month(month: str, desk: Desk) -> list[Report]:
    """The reports of a month, in brief."""
    return [each for each in desk.broadworks.reports() if each.month == month]


def one(which: str, desk: Desk) -> Report:
    """The report of that id; raises Declined if there is none."""
    try:
        return desk.broadworks.report(which)
    except Refused as exc:
        if not exc.gone:
            raise
        raise Declined("Webex has no billing report with that ID. Say “list billing reports” and choose.") from exc


def some(which: str, desk: Desk) -> list[Report]:
    """The report of that id, or those of that month; raises Declined if there is none."""
    if not is_month(which):
        return [one(which, desk)]
    found = of_month(which, desk)
    if not found:
        raise Declined(
            f"Webex has no billing report of {which}. Say “request billing report {which}” to have it made, or "
            "“list billing reports” to see those that there are."
        )
    return found


def told(report: Report, desk: Desk, *, since: datetime | None = None) -> Outcome:
    """What came of the request for a report, which is ``watched`` while Webex works on it."""
    data = facts(report, desk)
    if report.failed:
        return Outcome(ok=False, data=data, problem=_failed(report, desk), tracking_id=report.tracking_id)
    if report.completed:
        return Outcome(ok=True, data=data, tracking_id=report.tracking_id)
    status = report.status or "IN_PROGRESS"
    watched = Watched(report.id, status, since=since or report.created or desk.clock())
    return Outcome(ok=True, data=data, tracking_id=report.tracking_id, watched=watched)


def facts(report: Report, desk: Desk) -> dict[str, Any]:
    """What is kept of a report: never where its file is."""
    return {
        "id": report.id,
        "month": report.month,
        "fields": report.fields,
        "errors": [asdict(reason(each, desk.codes)) for each in report.errors],
    }


def follow(requests: Sequence[Request], desk: Desk) -> Mapping[int, Outcome]:
    """How far Webex is with each report; of many, only those are read that the list shows to have come further."""
    watched = {each.number: each.watched for each in requests if each.number and each.watched}
    moved = set(watched)
    if len(watched) > 1:
        now = {each.id: each.status for each in desk.broadworks.reports()}
        moved = {number for number, each in watched.items() if now.get(each.id) != each.status}
    seen = {number: _look(watched[number], desk) for number in sorted(moved)}
    return {number: outcome for number, outcome in seen.items() if outcome is not None}


def _look(watched: Watched, desk: Desk) -> Outcome | None:
    try:
        return told(desk.broadworks.report(watched.id), desk, since=watched.since)
    except Refused as exc:
        if not exc.gone:
            raise
        if desk.clock() < watched.since + _EVERYWHERE:
            return None
        why = "Somebody has removed it while Webex was working on it."
        problem = Problem("The report is not there any more.", why=why, who="agent", again=True)
        return Outcome(ok=False, problem=problem, tracking_id=exc.tracking_id)


def _failed(report: Report, desk: Desk) -> Problem:
    return Problem(
        happened=f"Webex could not make the billing report {report.month}".rstrip() + ".",
        advice="Request it anew. If that fails too, ask your partner administrator to look in Partner Hub.",
        who="agent",
        reasons=tuple(reason(each, desk.codes) for each in report.errors),
        again=True,
    )
