"""Get billing report: what Webex tells of one, and its file in a direct message to who asked."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from bot.domain import reports
from bot.domain.delivery import Attachment
from bot.domain.desk import Desk
from bot.domain.form import Form, Values
from bot.domain.month import is_month
from bot.domain.operation import FollowUp, Operation
from bot.domain.plan import Answer, Outcome
from bot.domain.report import Report, ReportStatus
from bot.domain.request import Request
from bot.errors import Declined
from cards.get_billing_report import result

_MEDIA_TYPE = "text/csv"
_OLDEST = datetime.min.replace(tzinfo=UTC)

FORM = Form(inputs=(reports.WHICH,))


def plan(values: Values, desk: Desk) -> Answer:
    """Get a billing report: its file comes to you alone, in a direct message, also when you ask in a group space."""
    found = reports.some(values[reports.WHICH.name], desk)
    report = _newest(found, desk)
    data = {
        **reports.facts(report, desk),
        "status": report.status,
        "others": len(found) - 1,
    }
    file = _name(report) if report.completed and report.url is not None else ""
    return Answer(Outcome(ok=True, data=data, tracking_id=report.tracking_id, file=file))


def _newest(found: Sequence[Report], desk: Desk) -> Report:
    """Of several of a month, the newest that has a file; only its own page tells when one was made."""
    having = [each for each in found if each.completed] or list(found)
    if len(having) > reports.MOST_OF_A_MONTH:
        raise Declined(f"Webex has {len(having)} reports of {found[0].month}. Get one by its ID.")
    details = [each if each.fields.get("created") else desk.broadworks.report(each.id) for each in having]
    return max(details, key=lambda each: each.created or _OLDEST)


def _name(report: Report) -> str:
    return f"billing-report-{report.month if is_month(report.month) else 'of-webex'}.csv"


@contextmanager
def attach(request: Request, desk: Desk) -> Iterator[Attachment]:
    """The file, byte for byte; where it lies meanwhile has no name, so nothing is left when the process dies."""
    outcome = request.outcome or Outcome(ok=False)
    with tempfile.TemporaryFile() as file:
        desk.broadworks.download_report(str(outcome.data.get("id")), into=file)
        yield Attachment(outcome.file, file, _MEDIA_TYPE)


def follow_ups(request: Request) -> list[FollowUp]:
    """The same once more, or another one in place of one that has failed; its removal; all the others."""
    listed = FollowUp("List reports", "list billing reports", at_once=True)
    outcome = request.outcome or Outcome(ok=False)
    if not outcome.data.get("id"):
        return [listed]
    which = {reports.WHICH.name: str(outcome.data["id"])}
    again = FollowUp("Get again" if outcome.file else "Refresh", "get billing report", which, at_once=True)
    if str(outcome.data.get("status")).upper() == ReportStatus.FAILED:
        month = {"billingPeriod": str(outcome.data.get("month") or "")}
        again = FollowUp("Request again", "request billing report", month)
    return [again, FollowUp("Remove", "remove billing report", which, at_once=True), listed]


OPERATION = Operation(
    words="get billing report",
    aliases=("billing report", "show billing report", "download billing report"),
    form=FORM,
    plan=plan,
    result=result,
    verb="Get",
    again="Get another",
    examples=("get billing report 2026-10", "get billing report"),
    attach=attach,
    follow_ups=follow_ups,
)
