"""Billing reports for the tests of their operations, and an API that has some."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, BinaryIO

from bot.domain.desk import Desk
from bot.domain.plan import Watched
from bot.domain.provisioning import Info
from bot.domain.report import Report, ReportSort, SignedUrl
from bot.domain.request import Request, State
from bot.errors import Refused
from tests.operations.desk import NOW, FakeBroadWorks, desk

ID = "Y2lzY29zcGFyazovL3VzL0JJTExJTkdfUkVQT1JULzViOGQ1MThhLThmMDAtNDUxYi1hNDA2"
CSV = b"userId\r\n1\r\n"
GONE = Refused("Webex answered 404 Not Found", status=404, tracking_id="THEIRS")


def report(number: int = 1, **facts: Any) -> Report:
    """One as its own page shows it."""
    given = {
        "id": f"{ID}{number}",
        "month": "2026-06",
        "status": "COMPLETED",
        "created": NOW - timedelta(days=1),
        "url": SignedUrl("https://webexcontent.com/1.csv?Signature=secret"),
        "tracking_id": "THEIRS",
        **facts,
    }
    told = {"id": given["id"], "billingPeriod": given["month"], "status": given["status"]}
    created = {"created": given["created"].isoformat()} if given["created"] else {}
    return Report(fields={**told, **created}, **given)


FAILED = report(status="FAILED", url=None, errors=(Info("2024", "Billing Report not found."),))


@dataclass
class Reporting(FakeBroadWorks):
    """Has some reports; the list tells them in brief."""

    there: list[Report] = field(default_factory=list)

    def reports(
        self, *, before: str = "", after: str = "", sort_by: ReportSort = ReportSort.MONTH
    ) -> tuple[Report, ...]:
        self.asked.append(("reports", before, after, sort_by.value))
        return tuple(Report(each.id, each.month, each.status, tracking_id="LIST") for each in self.there)

    def report(self, report_id: str) -> Report:
        self.asked.append(report_id)
        found = next((each for each in self.there if each.id == report_id), None)
        if found is None:
            raise GONE
        return found

    def download_report(self, report_id: str, *, into: BinaryIO) -> Report:
        into.write(CSV)
        into.seek(0)
        return self.report(report_id)


def desk_with(*there: Report, requests: tuple[Request, ...] = ()) -> Desk:
    """A desk whose API has these."""
    return replace(desk(requests=requests), broadworks=Reporting(there=list(there)))


def asked_of(found: Desk) -> list[Any]:
    """What its API was asked."""
    assert isinstance(found.broadworks, Reporting)
    return found.broadworks.asked


def request(operation: str, **changed: Any) -> Request:
    """A request, as it would be stored."""
    given = {
        "operation": operation,
        "asked_by": "ann",
        "asker_name": "Ann",
        "room_id": "room",
        "values": {},
        "asked_at": NOW,
        "tracking_id": "OURS",
        "number": 12,
        "state": State.DONE,
        **changed,
    }
    return Request(**given)


def watching(number: int, report_id: str, status: str = "IN_PROGRESS", *, ago: timedelta = timedelta()) -> Request:
    """One that waits for a report."""
    watched = Watched(report_id, status, since=NOW - ago)
    return request("request_billing_report", number=number, state=State.WATCHING, watched=watched)
