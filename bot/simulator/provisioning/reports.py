"""All billing reports of the simulated BroadWorks: what becomes of them as time passes, and their files."""

import csv
import hashlib
import hmac
import io
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from bot.simulator import ids
from bot.simulator.clock import Clock, stamp
from bot.simulator.control.switches import Switches
from bot.simulator.provisioning.subscriber import Subscriber

Status = Literal["IN_PROGRESS", "COMPLETED", "FAILED"]
LINK_SECONDS = 600
# The one error of a report that any source shows.
FAILED_ERROR = {"code": 2024, "description": "Billing Report not found."}
_ADMINISTRATOR = ids.steady("PEOPLE", "partner administrator")
_COLUMNS = ("billingPeriod", "spEnterpriseId", "userId", "package", "status", "created")


@dataclass(eq=False)
class Report:
    """`due` is when it ends, `fails` how."""

    id: str
    period: str
    created: datetime
    due: datetime
    fails: bool = False

    def status(self, now: datetime) -> Status:
        if now < self.due:
            return "IN_PROGRESS"
        return "FAILED" if self.fails else "COMPLETED"


class Reports:
    """In the order of their coming. A link to a file is good for a while and for that file alone."""

    def __init__(self, clock: Clock, switches: Switches, *, people: Callable[[], Iterable[Subscriber]]) -> None:
        self._clock = clock
        self._switches = switches
        self._people = people
        self._by_id: dict[str, Report] = {}
        self._key = secrets.token_bytes(32)

    def __len__(self) -> int:
        return len(self._by_id)

    def now(self) -> datetime:
        return self._clock.now()

    def all(self) -> list[Report]:
        return list(self._by_id.values())

    def get(self, report_id: str) -> Report | None:
        return self._by_id.get(report_id)

    def request(self, period: str) -> Report:
        """A new one, even of a month that has one already."""
        fails = self._switches.reports_failing > 0
        if fails:
            self._switches.reports_failing -= 1
        now = self.now()
        due = now + timedelta(seconds=self._switches.report_seconds)
        return self._keep(Report(ids.fresh("BILLING_REPORT"), period, now, due, fails))

    def add(self, period: str, *, at: datetime | None = None, fails: bool = False) -> Report:
        """One that was made before."""
        made = at or self.now()
        return self._keep(Report(ids.fresh("BILLING_REPORT"), period, made, made, fails))

    def remove(self, report: Report) -> None:
        del self._by_id[report.id]

    def brief(self, report: Report) -> dict[str, Any]:
        """As the list shows it."""
        return {"id": report.id, "billingPeriod": report.period, "status": report.status(self.now())}

    def shown(self, report: Report, *, host: str) -> dict[str, Any]:
        told = {**self.brief(report), "created": stamp(report.created), "createdBy": _ADMINISTRATOR}
        if told["status"] == "COMPLETED":
            told["tempDownloadURL"] = self._link(report, host=host)
        if told["status"] == "FAILED":
            told["errors"] = [FAILED_ERROR]
        return told

    def opens(self, report_id: str, *, expires: str, signature: str) -> bool:
        """Whether a link is one that was given out for this file, and still good."""
        good = hmac.compare_digest(self._signature(report_id, expires).encode(), signature.encode())
        return good and self.now().timestamp() < float(expires)

    def file(self, report: Report) -> bytes:
        """Everybody who was there by the end of the month, as a program of the provider's would read it."""
        out = io.StringIO()
        rows = csv.writer(out)
        rows.writerow(_COLUMNS)
        for one in self._people():
            created = f"{one.created:%Y-%m}"
            if created <= report.period:
                facts = one.facts
                about = (facts["spEnterpriseId"], facts["userId"], facts.get("package", ""), one.status)
                rows.writerow((report.period, *about, stamp(one.created)))
        return out.getvalue().encode()

    def _keep(self, report: Report) -> Report:
        self._by_id[report.id] = report
        return report

    def _link(self, report: Report, *, host: str) -> str:
        life = LINK_SECONDS
        if self._switches.report_links_expired > 0:
            self._switches.report_links_expired -= 1
            life = -1
        expires = str(int(self.now().timestamp()) + life)
        if self._switches.report_link_elsewhere:
            host = "https://files.elsewhere.example/"
        signature = self._signature(report.id, expires)
        return f"{host}billing-reports/{report.id}.csv?Expires={expires}&Signature={signature}&Key-Pair-Id=SIMULATED"

    def _signature(self, report_id: str, expires: str) -> str:
        return hmac.new(self._key, f"{report_id} {expires}".encode(), hashlib.sha256).hexdigest()
