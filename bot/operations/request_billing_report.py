"""Request billing report: Webex makes the report of a month, which takes a while and is watched to its end."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain import reports
from bot.domain.desk import Desk
from bot.domain.form import Form, Input, Kind, Values
from bot.domain.month import last_whole
from bot.domain.operation import FollowUp, Operation, Risk
from bot.domain.places import REPORTS
from bot.domain.plan import Call, Finding, Level, Outcome, Plan, Source
from bot.domain.request import Request
from cards.report import called
from cards.request_billing_report import result
from cards.watching import status_words

_CLOCK_SKEW = timedelta(seconds=5)
"""How far apart two clocks may be; more would take for ours what somebody requested just before."""

MONTH = Input(
    "billingPeriod",
    "Month",
    Kind.MONTH,
    required=True,
    short=("month", "period"),
    bare=True,
    hint="2026-10",
    usual=last_whole,
)

FORM = Form(inputs=(MONTH,))


def plan(values: Values, desk: Desk) -> Plan:
    """Have Webex make the billing report of a month; you are told when it is ready."""
    month = values[MONTH.name]
    return Plan(
        operation=OPERATION.name,
        call=Call("POST", REPORTS, {MONTH.name: month}, desk.broadworks.base_url),
        made=desk.clock(),
        findings=(*_whether_over(month, now=desk.clock()), *_those_there(month, desk)),
    )


def _whether_over(month: str, *, now: datetime) -> list[Finding]:
    """What Webex makes of a month that is not over is not documented."""
    if month < f"{now:%Y-%m}":
        return []
    words = "is not over yet" if month == f"{now:%Y-%m}" else "is still to come"
    return [Finding(Level.WARNING, f"{called(month)} {words}: the report may be incomplete, or refused.")]


def _those_there(month: str, desk: Desk) -> list[Finding]:
    found = reports.of_month(month, desk)
    if not found:
        return [Finding(Level.GOOD, f"Webex has no report of {month} yet.", Source.WEBEX)]
    states = ", ".join(status_words(each.status) for each in found[: reports.MOST_OF_A_MONTH])
    words = f"Webex has {len(found)} of {month} already: {states}. This makes another one."
    return [Finding(Level.WARNING, words, Source.WEBEX)]


def run(plan: Plan, desk: Desk) -> Outcome:
    """Send the one write; Webex has then accepted it, and works on it."""
    accepted = desk.broadworks.request_report(plan.call)
    return reports.told(accepted, desk, since=desk.clock())


def look(plan: Plan, desk: Desk, since: datetime) -> Outcome | None:
    """Look for the report among those of that month that were made since the write was sent."""
    month = plan.call.body[MONTH.name]
    candidates = [each for each in reports.of_month(month, desk) if not desk.requests.about(webex_id=each.id)]
    if len(candidates) > reports.MOST_OF_A_MONTH:
        return None
    details = [desk.broadworks.report(each.id) for each in candidates]
    if any(each.created is None for each in details):
        return None
    new = [each for each in details if each.created and each.created >= since - _CLOCK_SKEW]
    if not new:
        note = f"The bot looked: Webex has no new report of {month}. So it was not done: send it again, or close it."
        return Outcome(ok=False, absent=True, note=note)
    if len(new) > 1:
        return None
    note = "Found by looking: exactly one report of that month was made at that time."
    return replace(reports.told(new[0], desk), note=note)


def follow_ups(request: Request) -> Sequence[FollowUp]:
    """Once there is a report, its file; where there is none, the list of those that there are."""
    outcome = request.outcome
    if outcome is not None and outcome.ok and outcome.watched is None and outcome.data.get("id"):
        return (FollowUp("Get", "get billing report", {reports.WHICH.name: str(outcome.data["id"])}, at_once=True),)
    return (FollowUp("List reports", "list billing reports", at_once=True),) if request.ended else ()


OPERATION = Operation(
    words="request billing report",
    aliases=("create billing report", "new billing report", "make billing report"),
    form=FORM,
    plan=plan,
    result=result,
    risk=Risk.CHANGE,
    verb="Request",
    again="Request another",
    examples=("request billing report 2026-10", "request billing report"),
    run=run,
    look=look,
    follow=reports.follow,
    follow_ups=follow_ups,
)
