"""The simulated billing reports: made after a while, listed, removed, and their files behind links that expire."""

import csv
import io
from typing import Any

import httpx
import pytest

from bot.simulator import Simulator
from tests.simulator.kit import StillClock, client
from tests.simulator.shapes import conforming

REPORTS = "/broadworks/billing/reports"
NOT_FOUND = {"code": 2024, "description": "Billing Report not found."}


@pytest.fixture
def api(sim: Simulator) -> Any:
    with conforming(sim, sim.broadworks_token) as http:
        yield http


@pytest.fixture
def anybody(sim: Simulator) -> Any:
    """Somebody who has no token and a link."""
    with client(sim, None) as http:
        yield http


def requested(api: httpx.Client, month: str = "2026-06") -> str:
    return str(api.post(REPORTS, json={"billingPeriod": month}).raise_for_status().json()["id"])


def shown(api: httpx.Client, report_id: str) -> dict[str, Any]:
    found: dict[str, Any] = api.get(f"{REPORTS}/{report_id}").raise_for_status().json()
    return found


def test_a_report_is_made_after_a_while(api: httpx.Client, clock: StillClock) -> None:
    report = requested(api)
    assert shown(api, report)["status"] == "IN_PROGRESS"
    clock.forward(4.9)
    assert "tempDownloadURL" not in shown(api, report)

    clock.forward(0.1)

    done = shown(api, report)
    assert (done["billingPeriod"], done["status"], done["created"]) == (
        "2026-06",
        "COMPLETED",
        "2026-07-09T14:12:03.123Z",
    )


def test_its_file_is_behind_a_link_that_needs_no_token_and_expires(
    sim: Simulator, api: httpx.Client, anybody: httpx.Client, clock: StillClock
) -> None:
    report = requested(api, "2026-07")
    clock.forward(5)
    link = shown(api, report)["tempDownloadURL"]
    assert link.startswith("http://localhost/billing-reports/")

    file = anybody.get(link)
    rows = list(csv.DictReader(io.StringIO(file.text)))
    assert [row["userId"] for row in rows] == ["95540001@example.com"]
    assert file.headers["Content-Type"].startswith("text/csv")

    clock.forward(600)
    late = anybody.get(link)
    assert (late.status_code, "AccessDenied" in late.text) == (403, True)
    assert anybody.get(shown(api, report)["tempDownloadURL"]).content == sim.broadworks.reports.file(
        sim.broadworks.reports.all()[0]
    )


@pytest.mark.parametrize("change", [("Signature=", "Signature=0"), ("Expires=1", "Expires=9"), ("Expires=", "Other=")])
def test_a_link_that_was_changed_opens_nothing(
    api: httpx.Client, anybody: httpx.Client, clock: StillClock, change: tuple[str, str]
) -> None:
    report = requested(api)
    clock.forward(5)
    link = shown(api, report)["tempDownloadURL"]

    assert anybody.get(link.replace(*change)).status_code == 403
    assert anybody.get(f"/billing-reports/{report}.csv").status_code == 404


def test_the_link_of_one_file_does_not_open_another(
    api: httpx.Client, anybody: httpx.Client, clock: StillClock
) -> None:
    one, other = requested(api), requested(api)
    clock.forward(5)
    link = shown(api, one)["tempDownloadURL"]

    assert anybody.get(link.replace(one, other)).status_code == 403


def test_the_list_can_be_narrowed_by_when_and_sorted(sim: Simulator, api: httpx.Client, clock: StillClock) -> None:
    sim.switches.reports_failing = 1
    failed, good = requested(api, "2026-05"), requested(api, "2026-04")
    clock.forward(5)

    def listed(**query: str) -> list[str]:
        return [each["id"] for each in api.get(REPORTS, params=query).raise_for_status().json()["items"]]

    assert listed() == [good, failed]
    assert listed(sortBy="status") == [good, failed]
    assert listed(sortBy="id") == sorted([good, failed])
    assert listed(after="2026-07") == listed(before="2026-07") == []
    assert listed(after="2026-06", before="2026-08") == [good, failed]


def test_a_report_that_fails_says_why(sim: Simulator, api: httpx.Client, clock: StillClock) -> None:
    sim.switches.reports_failing = 1
    failed, good = requested(api), requested(api)
    clock.forward(5)

    assert shown(api, failed)["errors"] == [NOT_FOUND]
    assert (shown(api, failed)["status"], shown(api, good)["status"]) == ("FAILED", "COMPLETED")


def test_a_report_that_was_removed_is_gone_with_its_file(
    api: httpx.Client, anybody: httpx.Client, clock: StillClock
) -> None:
    report = requested(api)
    clock.forward(5)
    link = shown(api, report)["tempDownloadURL"]

    assert api.delete(f"{REPORTS}/{report}").status_code == 204

    gone = [api.delete(f"{REPORTS}/{report}"), api.get(f"{REPORTS}/{report}")]
    assert [(each.status_code, each.json()["errors"]) for each in gone] == [(404, [NOT_FOUND])] * 2
    assert anybody.get(link).status_code == 403


@pytest.mark.parametrize("body", [{}, {"billingPeriod": 7}, {"billingPeriod": "2026-13"}, {"billingPeriod": "2026-08"}])
def test_what_is_no_month_that_has_begun_is_refused(sim: Simulator, api: httpx.Client, body: dict[str, Any]) -> None:
    refused = api.post(REPORTS, json=body)

    assert refused.status_code == 400
    assert refused.json()["errors"][0]["fieldName"] == "billingPeriod"
    assert len(sim.broadworks.reports) == 0


@pytest.mark.parametrize("query", [{"before": "soon"}, {"after": "2026-1"}, {"sortBy": "colour"}])
def test_a_list_that_makes_no_sense_is_refused(api: httpx.Client, query: dict[str, str]) -> None:
    assert api.get(REPORTS, params=query).status_code == 400


def test_links_go_wrong_as_the_switches_say(
    sim: Simulator, api: httpx.Client, anybody: httpx.Client, clock: StillClock
) -> None:
    report = requested(api)
    clock.forward(5)
    sim.switches.report_links_expired = 1
    assert anybody.get(shown(api, report)["tempDownloadURL"]).status_code == 403
    assert anybody.get(shown(api, report)["tempDownloadURL"]).status_code == 200

    sim.switches.report_link_elsewhere = True
    assert shown(api, report)["tempDownloadURL"].startswith("https://files.elsewhere.example/billing-reports/")
    sim.switches.report_link_elsewhere = False
    sim.switches.report_link_page = True
    page = anybody.get(shown(api, report)["tempDownloadURL"])
    assert (page.status_code, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")


def test_nobody_without_the_right_token_has_anything_to_do_with_reports(sim: Simulator, anybody: httpx.Client) -> None:
    assert anybody.get(REPORTS).status_code == 401
    with client(sim, sim.bot.token) as http:
        assert http.post(REPORTS, json={"billingPeriod": "2026-06"}).status_code == 403
