"""Billing reports are read whole, whatever comes; the address of a file is seen by nobody."""

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.broadworks.report import report
from bot.broadworks.report_calls import PAGES
from bot.domain.plan import Call
from bot.domain.provisioning import Done, Info
from bot.domain.report import Report, ReportSort, ReportStatus
from bot.errors import Unconfirmed
from tests.broadworks.calls import ID
from tests.broadworks.conftest import BASE_URL, MakeClient
from tests.broadworks.shapes import REPORT_STATUSES

SIGNATURE = "Syp3vrVeMx4P6MeMtm8e1bQaeAdHFe"
URL = f"https://billing-reports-example.webexcontent.com/a366/2026/10/1.csv?Expires=1624978489&Signature={SIGNATURE}"
TOLD = {
    "id": ID,
    "billingPeriod": "2026-10",
    "status": "COMPLETED",
    "created": "2026-11-16T12:40:33.109Z",
    "createdBy": "a-person",
    "tempDownloadURL": URL,
    "colour": "red",
}


def read(client_for: MakeClient, told: Any) -> Report:
    return client_for(lambda _request: httpx.Response(200, json=told, headers={"Trackingid": "ROUTER_1"})).report(ID)


def test_a_report_is_read_with_all_that_was_told_but_its_address(client_for: MakeClient) -> None:
    found = read(client_for, TOLD)

    assert found == Report(
        id=ID,
        month="2026-10",
        status="COMPLETED",
        created=datetime(2026, 11, 16, 12, 40, 33, 109_000, tzinfo=UTC),
        created_by="a-person",
        fields={name: value for name, value in TOLD.items() if name != "tempDownloadURL"},
        tracking_id="ROUTER_1",
    )
    assert (found.completed, found.failed, found.known_status) == (True, False, ReportStatus.COMPLETED)
    assert found.url is not None
    assert found.url.reveal() == URL


def test_an_address_shows_itself_to_nobody(client_for: MakeClient) -> None:
    twice = {**TOLD, "TempDownloadUrl": URL, "note": f"see {URL}", "deep": [{"a": {"b": URL.partition("?")[2]}}]}
    with capture_logs() as logs:
        found = read(client_for, {**twice, "errors": [{"code": 1, "description": f"gone: {URL}"}]})

    shown = [repr(found), str(found), repr(asdict(found)), f"{found.url}", repr(logs), json.dumps(found.fields)]
    assert [each for each in shown if SIGNATURE in each] == []
    assert found.fields["note"] == "see (hidden)"
    with pytest.raises(TypeError):
        json.dumps(found.url)
    with pytest.raises(TypeError):
        json.dumps(asdict(replace(found, created=None)))


@pytest.mark.parametrize("url", [None, "", " ", 7, ["x"], "x" * 9000])
def test_what_is_no_address_is_none(client_for: MakeClient, url: Any) -> None:
    found = read(client_for, {**TOLD, "tempDownloadURL": url})

    assert found.url is None
    assert "tempDownloadURL" not in found.fields


def test_a_status_that_nobody_knows_is_kept(client_for: MakeClient) -> None:
    found = read(client_for, {"id": ID, "status": "Archived", "billingPeriod": 202610, "created": "soon"})

    assert (found.status, found.known_status, found.month, found.created) == ("Archived", None, "202610", None)
    assert (found.completed, found.failed) == (False, False)


def test_the_errors_of_a_report_have_their_code_under_another_name(client_for: MakeClient) -> None:
    errors = [{"code": 2024, "description": "Billing Report not found."}, {"errorCode": "7", "description": "Odd"}]

    found = read(client_for, {"id": ID, "status": "failed", "errors": errors})

    assert found.errors == (Info("2024", "Billing Report not found."), Info("7", "Odd"))
    assert found.failed


def test_a_list_is_asked_for_as_it_is_documented(client_for: MakeClient) -> None:
    seen: list[dict[str, str]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(dict(request.url.params))
        return httpx.Response(200, json={"items": [{"id": "1", "billingPeriod": "2026-09", "status": "FAILED"}]})

    client = client_for(answer)
    found = client.reports()
    client.reports(before="2026-11", after="2026-01", sort_by=ReportSort.STATUS)

    assert [(each.id, each.month, each.status) for each in found] == [("1", "2026-09", "FAILED")]
    assert seen == [{"sortBy": "billingPeriod"}, {"before": "2026-11", "after": "2026-01", "sortBy": "status"}]


def test_a_list_that_has_pages_after_all_is_read_whole(client_for: MakeClient) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        second = request.url.params.get("cursor") == "2"
        links = {} if second else {"Link": f'<{BASE_URL}/broadworks/billing/reports?cursor=2>; rel="next"'}
        return httpx.Response(200, json={"items": [{"id": "2" if second else "1"}]}, headers=links)

    assert [each.id for each in client_for(answer).reports()] == ["1", "2"]


@pytest.mark.parametrize(
    ("link", "words"),
    [("https://elsewhere.example/v1/x", "leads elsewhere"), (f"{BASE_URL}/broadworks/billing/reports", "more than")],
)
def test_a_list_that_leads_elsewhere_or_on_for_ever_is_not_taken_for_a_whole_one(
    client_for: MakeClient, link: str, words: str
) -> None:
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.host)
        return httpx.Response(200, json={"items": []}, headers={"Link": f'<{link}>; rel="next"'})

    with pytest.raises(Unconfirmed, match=words):
        client_for(answer).reports()

    assert set(seen) == {"webexapis.com"}
    assert len(seen) <= PAGES


@pytest.mark.parametrize("answered", [{}, {"items": [{"billingPeriod": "2026-09"}]}, {"items": ["x"]}])
def test_a_list_that_cannot_be_read_is_asked_for_again(client_for: MakeClient, answered: Any) -> None:
    answers = [httpx.Response(200, json=answered), httpx.Response(200, json={"items": [{"id": "1"}]})]

    assert [each.id for each in client_for(lambda _request: answers.pop(0)).reports()] == ["1"]


def test_a_report_is_requested_once_and_its_id_is_all_that_comes_back(client_for: MakeClient) -> None:
    seen: list[Any] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(json.loads(request.content))
        return httpx.Response(200, json={"id": ID})

    call = Call("POST", "broadworks/billing/reports", {"billingPeriod": "2026-10"}, BASE_URL)
    found = client_for(answer).request_report(call)

    assert (found.id, found.status, found.url) == (ID, "", None)
    assert seen == [{"billingPeriod": "2026-10"}]


def test_a_removal_is_answered_with_nothing(client_for: MakeClient) -> None:
    call = Call("DELETE", f"broadworks/billing/reports/{ID}", {}, BASE_URL)

    done = client_for(lambda _request: httpx.Response(204)).remove_report(call)

    assert done == Done(f"broadworks/billing/reports/{ID}")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("DELETE", "broadworks/billing/reports", {}),
        ("DELETE", "broadworks/billing/reports/..", {}),
        ("DELETE", f"broadworks/subscribers/{ID}", {}),
        ("DELETE", f"broadworks/billing/reports/{ID}", {"a": 1}),
        ("POST", f"broadworks/billing/reports/{ID}", {}),
    ],
)
def test_what_was_planned_for_something_else_is_not_sent(
    client_for: MakeClient, method: str, path: str, body: dict[str, Any]
) -> None:
    client = client_for(lambda _request: httpx.Response(500))

    with pytest.raises(ValueError, match="report"):
        client.remove_report(Call(method, path, body, BASE_URL))
    with pytest.raises(ValueError, match="report"):
        client.request_report(Call(method, path, body, BASE_URL))


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.just(URL),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5) | st.just(URL), inner, max_size=3),
    max_leaves=10,
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(TOLD)) | st.text(max_size=8), values, max_size=8))
def test_whatever_else_is_told_the_address_is_in_none_of_it(told: dict[str, Any]) -> None:

    found = report({**told, "id": ID, "tempDownloadURL": URL})

    assert found is not None
    assert SIGNATURE not in repr(found)
    assert SIGNATURE not in repr(found.fields)


def test_every_documented_status_is_known() -> None:
    assert set(ReportStatus) == set(REPORT_STATUSES)
