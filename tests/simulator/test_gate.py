"""What stands before everything: pages of others, bodies without end, and answers that could become pages."""

import httpx
import pytest

from bot.simulator import Simulator


def test_a_page_from_elsewhere_neither_uses_a_fault_up_nor_shows_in_what_happened(
    sim: Simulator, control: httpx.Client
) -> None:
    fault = sim.faults.add(service="webex", kind="status", times=1)

    for headers in ({"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Host": "evil.example"}):
        assert control.post("/v1/messages", headers=headers).status_code == 403

    assert (fault.times, len(sim.calls), sim.trace.entries()) == (1, 0, [])


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/split", "/gallery", "/nowhere", "/static/none", "/play/config", "/play/inside", "/play/dialogue.yaml"),
        *("/control", "/control/none", "/v1/people/me", "/v1/none"),
    ],
)
def test_no_answer_can_become_a_page_of_somebody_else(control: httpx.Client, path: str) -> None:
    headers = control.get(path).headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_the_text_of_a_fault_is_no_page_that_could_run(sim: Simulator, control: httpx.Client) -> None:
    sim.faults.add(service="webex", kind="html", body="<script>alert(1)</script>")

    assert "sandbox" in control.get("/v1/people/me").headers["Content-Security-Policy"]


def test_what_is_noted_of_a_call_is_not_longer_than_anybody_reads(sim: Simulator, ann: httpx.Client) -> None:
    body = {"text": "x" * 300_000}
    ann.post(f"/{'a/' * 20_000}", params={"q": "x" * 9_000}, json=body, headers={"TrackingID": "T" * 50_000})

    call = sim.calls[0]
    assert (len(call.path), len(call.query), len(call.tracking_id), call.body) == (2_000, 2_000, 200, None)


def test_a_body_without_end_is_refused_before_it_is_read(control: httpx.Client) -> None:
    answer = control.post("/v1/messages", headers={"Content-Length": "99999999999"}, content=b"x")

    assert (answer.status_code, answer.headers["Connection"]) == (413, "close")


@pytest.mark.parametrize("header", ["Content-Length", "transfer-encoding", "Connection", "a b", ""])
def test_a_fault_cannot_lie_about_where_its_answer_ends(control: httpx.Client, header: str) -> None:
    fault = {"service": "webex", "kind": "status", "headers": {header: "5"}}

    assert control.post("/control/faults", json=fault).status_code == 400


def test_a_title_with_a_token_names_no_file_after_it(sim: Simulator, control: httpx.Client) -> None:
    answer = control.get("/play/dialogue.yaml", params={"title": f"of {sim.people['ann'].token}"})

    assert sim.people["ann"].token not in answer.text + answer.headers["Content-Disposition"]
