"""The views of billing reports that have a golden file."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from bot.domain.delivery import NoticeKind
from bot.domain.form import Complaint
from bot.domain.plan import Call, Finding, Level, Outcome, Plan, Source, Subject, Watched
from bot.domain.problem import Explanation, Problem, Reason
from bot.domain.request import State
from bot.domain.view import RequestView, View
from bot.operations import (
    get_billing_report,
    list_billing_reports,
    remove_billing_report,
    request_billing_report,
)
from tests.cards.samples import LOST, NOW, OURS, THEIRS, asked, form, notice

REQUEST = request_billing_report.OPERATION
LIST = list_billing_reports.OPERATION
GET = get_billing_report.OPERATION
REMOVE = remove_billing_report.OPERATION

ID = "Y2lzY29zcGFyazovL3VzL0JJTExJTkdfUkVQT1JULzViOGQ1MThhLThmMDAtNDUxYi1hNDA2LWVhZjQ5YjRhN2ZhOA"
FIELDS: dict[str, Any] = {
    "id": ID,
    "billingPeriod": "2026-10",
    "status": "COMPLETED",
    "created": "2026-11-16T12:40:33.109Z",
    "createdBy": "Y2lzY29zcGFyazovL3VzL1BFT1BMRS8wYWNkMzg3NS00ZTEyLTRkNzctYjk4MS1lMzg5ZmQ4ODQ2YzA",
    "colour": "unknown *field*",
}
FACTS: dict[str, Any] = {"id": ID, "month": "2026-10", "fields": FIELDS, "errors": []}
NOT_FOUND: dict[str, Any] = {
    "words": "Billing Report not found.",
    "field": None,
    "explanation": {
        "code": "2024",
        "meaning": "The billing report does not exist",
        "remedy": "List the reports, or request the report anew",
        "who": "agent",
        "known": True,
    },
}
PLAN = Plan(
    operation="request_billing_report",
    call=Call("POST", "broadworks/billing/reports", {"billingPeriod": "2026-10"}, "https://webexapis.com/v1/"),
    made=NOW,
    findings=(Finding(Level.GOOD, "Webex has no report of 2026-10 yet.", Source.WEBEX),),
)
AGAIN = Plan(
    operation="request_billing_report",
    call=Call("POST", "broadworks/billing/reports", {"billingPeriod": "2026-11"}, "https://webexapis.com/v1/"),
    made=NOW,
    findings=(
        Finding(Level.WARNING, "November 2026 is not over yet: the report may be incomplete, or refused."),
        Finding(
            Level.WARNING,
            "Webex has 2 of 2026-11 already: completed, failed. This makes another one.",
            Source.WEBEX,
        ),
    ),
)
REMOVAL = Plan(
    operation="remove_billing_report",
    call=Call("DELETE", f"broadworks/billing/reports/{ID}", {}, "https://webexapis.com/v1/"),
    made=NOW,
    before={"Month": "October 2026", "Status": "completed", "Requested": "16 Nov 2026 12:40 UTC", "Report ID": ID},
    findings=(Finding(Level.WARNING, "Its file cannot be had any more then. Webex makes another one on request."),),
    subject=Subject(webex_id=ID),
    typed="2026-10",
)
FAILED = Problem(
    happened="Webex could not make the billing report 2026-10.",
    advice="Request it anew. If that fails too, ask your partner administrator to look in Partner Hub.",
    who="agent",
    reasons=(Reason("Billing Report not found.", None, Explanation("2024", "The billing report does not exist")),),
    again=True,
)
ELSEWHERE = Problem(
    happened="No file for request 12: The file of this report is at an address to which the bot does not go (https, "
    "host files.elsewhere.example)",
    why="Nothing was passed on. If that host is Webex's, the operator can allow it: BROADWORKS_DOWNLOAD_HOSTS.",
    advice="Say “retry request 12” to try again",
    ours=OURS,
)


def requesting(state: State, **changed: Any) -> RequestView:
    """A request for the report of October, however far it is."""
    values = {"billingPeriod": "2026-10"}
    return asked(REQUEST, **{"values": values, "state": state, "version": 4, "plan": PLAN, **changed})


def listed(*items: tuple[str, str], **data: Any) -> RequestView:
    """A list that was answered."""
    rows = [{"id": f"{ID}{number}", "month": month, "status": status} for number, (month, status) in enumerate(items)]
    told = {"items": rows, "left_out": 0, "wanted": {}, **data}
    outcome = Outcome(ok=True, data=told, tracking_id=THEIRS)
    return asked(LIST, values={}, state=State.DONE, version=2, outcome=outcome)


def got(status: str, *, file: str = "", **data: Any) -> RequestView:
    """A report that was looked at."""
    fields = {**FIELDS, "status": status}
    told = {**FACTS, "fields": fields, "status": status, "others": 0, **data}
    outcome = Outcome(ok=True, data=told, tracking_id=THEIRS, file=file)
    return asked(GET, values={"report": "2026-10"}, state=State.DONE, version=2, outcome=outcome)


def removing(state: State, **changed: Any) -> RequestView:
    """A removal, however far it is."""
    given = {"values": {"report": ID}, "state": state, "version": 4, "plan": REMOVAL, "webex_id": ID, **changed}
    return asked(REMOVE, **given)


SCENES: dict[str, View] = {
    "request_billing_report_form": form(REQUEST, billingPeriod="2026-10"),
    "request_billing_report_form_wrong": form(
        REQUEST,
        Complaint("billingPeriod", "Month is no month that the bot can read. Write it like 2026-10."),
        billingPeriod="soon",
    ),
    "request_billing_report_confirmation": requesting(State.ASKED),
    "request_billing_report_confirmation_again": requesting(
        State.ASKED, plan=AGAIN, values={"billingPeriod": "2026-11"}
    ),
    "request_billing_report_watching": requesting(
        State.WATCHING,
        watched=Watched(ID, "IN_PROGRESS", since=NOW),
        nudge_at=NOW + timedelta(minutes=30),
        webex_id=ID,
        outcome=Outcome(
            ok=True,
            data={**FACTS, "month": "", "fields": {"id": ID}},
            tracking_id=THEIRS,
            watched=Watched(ID, "IN_PROGRESS", since=NOW),
        ),
    ),
    "request_billing_report": requesting(
        State.DONE, webex_id=ID, outcome=Outcome(ok=True, data=FACTS, tracking_id=THEIRS)
    ),
    "request_billing_report_failed": requesting(State.FAILED, outcome=Outcome(ok=False, data=FACTS, problem=FAILED)),
    "request_billing_report_unknown": requesting(State.UNKNOWN, outcome=Outcome(ok=False, problem=LOST)),
    "request_billing_report_absent": requesting(
        State.UNKNOWN,
        outcome=Outcome(
            ok=False,
            problem=LOST,
            absent=True,
            note="The bot looked: Webex has no new report of 2026-10. So it was not done: send it again, or close it.",
        ),
    ),
    "request_billing_report_closed": requesting(
        State.FAILED, outcome=Outcome(ok=False, note="Closed by Ann Agent, who looked: it does not exist in Webex.")
    ),
    "request_billing_report_closed_done": requesting(
        State.DONE, outcome=Outcome(ok=True, note="Closed by Ann Agent, who looked: it exists in Webex.")
    ),
    "list_billing_reports": listed(
        ("2026-10", "COMPLETED"),
        ("2026-09", "IN_PROGRESS"),
        ("2026-08", "FAILED"),
        ("2026-07", "COMPLETED"),
        ("2026-07", "ARCHIVED"),
        left_out=3,
        wanted={"after": "2026-06", "before": "2026-12"},
    ),
    "list_billing_reports_two": listed(("2026-10", "COMPLETED"), ("2026-09", "IN_PROGRESS")),
    "list_billing_reports_one": listed(("2026-10", "COMPLETED")),
    "list_billing_reports_none": listed(),
    "list_billing_reports_none_then": listed(wanted={"after": "2026-06"}),
    "list_billing_reports_form": form(LIST),
    "get_billing_report_form": form(GET),
    "get_billing_report": got("COMPLETED", file="billing-report-2026-10.csv"),
    "get_billing_report_of_several": got("COMPLETED", file="billing-report-2026-10.csv", others=2),
    "get_billing_report_not_yet": got("IN_PROGRESS"),
    "get_billing_report_failed": got("FAILED", errors=[NOT_FOUND]),
    "get_billing_report_no_file": got("COMPLETED"),
    "get_billing_report_odd": got("", month="", fields={"id": ID}),
    "remove_billing_report_form": form(REMOVE),
    "remove_billing_report_confirmation": removing(State.ASKED),
    "remove_billing_report": removing(State.DONE, outcome=Outcome(ok=True, tracking_id=THEIRS)),
    "remove_billing_report_already": removing(
        State.DONE,
        outcome=Outcome(
            ok=True,
            data={"already": True},
            tracking_id=THEIRS,
            note="Webex found no such report when the removal was sent: somebody had removed it meanwhile.",
        ),
    ),
    "remove_billing_report_unknown": removing(State.UNKNOWN, outcome=Outcome(ok=False, problem=LOST)),
    "remove_billing_report_closed": removing(
        State.FAILED, outcome=Outcome(ok=False, note="Closed by Ann Agent, who looked: it still exists in Webex.")
    ),
    "notice_file": notice(NoticeKind.FILE, request=12, file="billing-report-2026-10.csv"),
    "notice_problem_of_a_file": notice(NoticeKind.PROBLEM, problem=asdict(ELSEWHERE)),
}
