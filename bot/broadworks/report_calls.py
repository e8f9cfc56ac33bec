"""The endpoints of billing reports: list, request, get, remove, and the file itself."""

from functools import partial
from typing import BinaryIO

import httpx

from bot.broadworks import listing, parse
from bot.broadworks.answer import Answer
from bot.broadworks.download import LinkExpired
from bot.broadworks.endpoint import Endpoint
from bot.broadworks.errors import unreadable
from bot.broadworks.patience import Patience
from bot.domain.places import REPORT, REPORTS, path_of
from bot.domain.plan import Call
from bot.domain.provisioning import Done
from bot.domain.report import Report, ReportSort
from bot.errors import Declined

PAGES = 10
"""Pages of a list of reports that are followed, though none is documented to have more than one."""


class ReportCalls(Endpoint):
    """Implements ``api.ReportApi``."""

    def reports(
        self, *, before: str = "", after: str = "", sort_by: ReportSort = ReportSort.MONTH
    ) -> tuple[Report, ...]:
        """GET /broadworks/billing/reports, all of it; raises Unconfirmed rather than return half a list."""
        patience = self._wire.patience()
        every = {"before": before, "after": after, "sortBy": sort_by.value}
        url = httpx.URL(REPORTS, params={name: value for name, value in every.items() if value})
        found: tuple[Report, ...] = ()
        for _ in range(PAGES):
            answer, reports = patience.run(partial(self._some, url, patience=patience))
            found += reports
            if answer.next_page is None:
                return found
            url = self._following(answer)
        raise unreadable(answer, f"its list has more than {PAGES} pages")

    def report(self, report_id: str) -> Report:
        """GET /broadworks/billing/reports/{id}."""
        path = path_of(report_id, REPORT[0])
        patience = self._wire.patience()
        return patience.run(lambda: parse.report(self._wire.send("GET", path, patience=patience)))

    def request_report(self, call: Call) -> Report:
        """POST /broadworks/billing/reports, exactly as planned: sent once, never again by itself."""
        self._check(call, "POST", does="request a report", fits=call.path.strip("/") == REPORTS)
        return parse.report(self._wire.send("POST", REPORTS, body=call.body))

    def remove_report(self, call: Call) -> Done:
        """DELETE /broadworks/billing/reports/{id}, sent once; a Refused of 404 says that there is none."""
        path = path_of(self._of_one(call, "DELETE", patterns=REPORT, does="remove a report", bare=True), REPORT[0])
        answer = self._wire.send("DELETE", path)
        parse.nothing(answer)
        return Done(path, answer.tracking_id)

    def download_report(self, report_id: str, *, into: BinaryIO) -> Report:
        """The file of a report, from an address that was given just now; once more where that one has expired."""
        for _ in range(2):
            report = self.report(report_id)
            if report.url is None:
                raise Declined("Webex gives no file for this report. Look how far it is: get it again.")
            try:
                self._wire.downloads.fetch(report.url, into, patience=self._wire.patience())
            except LinkExpired:
                continue
            return report
        raise Declined(
            "Webex gave two addresses for the file of this report, and there is none at either: they expire soon. "
            "Nothing was passed on. Get it again in a few minutes; if it stays so, request the report anew."
        )

    def _some(self, url: httpx.URL, *, patience: Patience) -> tuple[Answer, tuple[Report, ...]]:
        answer = self._wire.send("GET", url, patience=patience)
        # What cannot be read is noticed here, where it is tried again.
        return answer, parse.reports(answer)

    def _following(self, answer: Answer) -> httpx.URL:
        try:
            return listing.same_place(answer.next_page or "", base_url=self.base_url)
        except ValueError as exc:
            raise unreadable(answer, f"the link to its next page {exc}") from exc
