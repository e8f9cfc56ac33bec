"""Remove billing report: take one away from Webex, after its month was typed."""

from datetime import datetime

from bot.domain import reports
from bot.domain.desk import Desk
from bot.domain.form import Form, Values
from bot.domain.month import is_month
from bot.domain.operation import FollowUp, Operation, Risk
from bot.domain.places import REPORT, path_of
from bot.domain.plan import Call, Finding, Level, Outcome, Plan, Source, Subject
from bot.domain.report import Report
from bot.domain.request import Request
from bot.errors import Declined, Refused
from cards.remove_billing_report import result
from cards.report import briefly

FORM = Form(inputs=(reports.WHICH,))


def plan(values: Values, desk: Desk) -> Plan:
    """Remove a billing report from Webex; you see which one, and type its month first."""
    report = _one(values[reports.WHICH.name], desk)
    return Plan(
        operation=OPERATION.name,
        call=Call("DELETE", path_of(report.id, REPORT[0]), {}, desk.broadworks.base_url),
        made=desk.clock(),
        before=briefly(report.fields),
        findings=_findings(report),
        subject=Subject(webex_id=report.id),
        typed=report.month or report.id,
    )


def _one(which: str, desk: Desk) -> Report:
    """The one that is meant, whole; raises Declined where a month has several."""
    found = reports.some(which, desk)
    if len(found) > 1:
        raise Declined(
            f"Webex has {len(found)} reports of {which}: say which by its ID, which “list billing reports” tells."
        )
    return reports.one(found[0].id, desk)


def _findings(report: Report) -> tuple[Finding, ...]:
    again = Finding(Level.WARNING, "Its file cannot be had any more then. Webex makes another one on request.")
    if report.completed or report.failed:
        return (again,)
    words = "Webex is still working on it. What becomes of that is not documented."
    return (again, Finding(Level.WARNING, words, Source.WEBEX))


def run(plan: Plan, desk: Desk) -> Outcome:
    """Send the one write; that it is not there any more is what was wanted too."""
    try:
        done = desk.broadworks.remove_report(plan.call)
    except Refused as exc:
        if not exc.gone:
            raise
        note = "Webex found no such report when the removal was sent: somebody had removed it meanwhile."
        return Outcome(ok=True, data={"already": True}, tracking_id=exc.tracking_id, note=note)
    return Outcome(ok=True, tracking_id=done.tracking_id)


def look(plan: Plan, desk: Desk, _since: datetime) -> Outcome | None:
    """Look whether the report is still there; gone is gone, whenever."""
    try:
        desk.broadworks.report(plan.subject.webex_id)
    except Refused as exc:
        if not exc.gone:
            raise
        return Outcome(ok=True, tracking_id=exc.tracking_id, note="Found by looking: it is gone.")
    return Outcome(ok=False, absent=True, note="The bot looked: the report is still there. You can send it again.")


def follow_ups(request: Request) -> tuple[FollowUp, ...]:
    """Once it is gone, its form to have it made anew; the list in any case."""
    listed = FollowUp("List reports", "list billing reports", at_once=True)
    month = request.plan.typed if request.plan else ""
    if request.outcome is None or not request.outcome.ok or not is_month(month):
        return (listed,)
    return (FollowUp("Request again", "request billing report", {"billingPeriod": month}), listed)


OPERATION = Operation(
    words="remove billing report",
    aliases=("delete billing report",),
    form=FORM,
    plan=plan,
    result=result,
    risk=Risk.DESTRUCTIVE,
    verb="Remove",
    again="Remove another",
    examples=("remove billing report 2026-10", "remove billing report"),
    ends=("no longer exists", "still exists"),
    run=run,
    look=look,
    follow_ups=follow_ups,
)
