"""The simulated sign-in: consent, codes that need their verifier, tokens that expire and can be revoked."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from bot.simulator import Simulator
from bot.simulator.oauth.grants import challenge_of
from tests.simulator.kit import StillClock, client

BACK = "http://127.0.0.1:8910/callback"
VERIFIER = "a-verifier"
SUBSCRIBERS = "/v1/broadworks/subscribers"


@pytest.fixture
def http(control: httpx.Client) -> httpx.Client:
    """Somebody without any token."""
    return control


def asked(sim: Simulator, **changes: str) -> dict[str, str]:
    usual = {
        "client_id": sim.grants.client_id,
        "response_type": "code",
        "redirect_uri": BACK,
        "scope": "one two",
        "state": "xyz",
        "code_challenge": challenge_of(VERIFIER),
        "code_challenge_method": "S256",
    }
    return {name: value for name, value in {**usual, **changes}.items() if value}


def decide(http: httpx.Client, sim: Simulator, decision: str = "allow", **changes: str) -> dict[str, str]:
    """What comes back to the integration."""
    query = urlencode(asked(sim, **changes))
    answer = http.post(f"/v1/authorize?{query}", data={"decision": decision})
    assert answer.status_code == 302, answer.text
    assert answer.headers["Location"].startswith(BACK)
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["Location"]).query).items()}


def ask(http: httpx.Client, sim: Simulator, **form: str) -> httpx.Response:
    known = {"client_id": sim.grants.client_id, "client_secret": sim.grants.client_secret}
    return http.post("/v1/access_token", data={**known, **form})


def redeem(http: httpx.Client, sim: Simulator, the_code: str, **changes: str) -> httpx.Response:
    form = {"grant_type": "authorization_code", "code": the_code, "redirect_uri": BACK, "code_verifier": VERIFIER}
    return ask(http, sim, **{**form, **changes})


def renew(http: httpx.Client, sim: Simulator, refresh: str) -> httpx.Response:
    return ask(http, sim, grant_type="refresh_token", refresh_token=refresh)


def first(http: httpx.Client, sim: Simulator) -> dict[str, Any]:
    found: dict[str, Any] = renew(http, sim, sim.grants.refresh_token).raise_for_status().json()
    return found


def status(sim: Simulator, token: str) -> int:
    with client(sim, token) as caller:
        return caller.get("/broadworks/subscribers").status_code


# Consent.


def test_the_page_says_who_wants_what_and_can_only_lead_back_to_this_machine(
    http: httpx.Client, sim: Simulator
) -> None:
    page = http.get("/v1/authorize", params=asked(sim, scope="one <script>two</script>"))

    assert page.status_code == 200
    assert "<script>" not in page.text
    for words in (sim.grants.client_id, BACK, "<li>one</li>", "Allow", "Deny"):
        assert words in page.text
    assert "form-action 'self' http://127.0.0.1:* http://localhost:*" in page.headers["Content-Security-Policy"]
    assert page.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"client_id": "C-other"}, "There is no integration with this client_id."),
        ({"redirect_uri": "http://evil.example/callback"}, "must be on this machine"),
        ({"redirect_uri": "https://127.0.0.1/callback"}, "must be on this machine"),
        ({"redirect_uri": f"{BACK}#here"}, "must be on this machine"),
        ({"redirect_uri": "javascript:alert(1)"}, "must be on this machine"),
        ({"response_type": "token"}, "response_type must be code."),
        ({"code_challenge_method": "plain"}, "code_challenge_method must be S256."),
    ],
)
def test_nobody_is_sent_anywhere_for_what_is_not_known(
    http: httpx.Client, sim: Simulator, changes: dict[str, str], words: str
) -> None:
    for method in ("GET", "POST"):
        answer = http.request(method, "/v1/authorize", params=asked(sim, **changes))
        assert (answer.status_code, words in answer.json()["message"]) == (400, True)


def test_who_allows_it_is_sent_back_with_a_code_and_who_does_not_without(http: httpx.Client, sim: Simulator) -> None:
    allowed, denied = decide(http, sim), decide(http, sim, "deny")

    assert (sorted(allowed), allowed["state"]) == (["code", "state"], "xyz")
    assert denied == {"error": "access_denied", "error_description": "The person said no.", "state": "xyz"}
    assert sorted(decide(http, sim, state="", redirect_uri=f"{BACK}?a=b")) == ["a", "code"]


# Codes.


def test_a_code_gives_tokens_once(http: httpx.Client, sim: Simulator) -> None:
    code = decide(http, sim)["code"]

    granted = redeem(http, sim, code).json()
    again = redeem(http, sim, code)

    assert {name: granted[name] for name in ("expires_in", "refresh_token_expires_in", "token_type")} == {
        "expires_in": 1209600,
        "refresh_token_expires_in": 7776000,
        "token_type": "Bearer",
    }
    assert status(sim, granted["access_token"]) == 200
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")


@pytest.mark.parametrize(
    "changes", [{"code_verifier": "guessed"}, {"redirect_uri": "http://127.0.0.1:1/callback"}, {"code": "none"}]
)
def test_a_code_is_for_whoever_asked_for_it(http: httpx.Client, sim: Simulator, changes: dict[str, str]) -> None:
    answer = redeem(http, sim, decide(http, sim)["code"], **changes)

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


def test_a_code_is_soon_too_old(http: httpx.Client, sim: Simulator, clock: StillClock) -> None:
    code = decide(http, sim)["code"]
    clock.forward(300)

    assert redeem(http, sim, code).status_code == 400


def test_a_client_without_a_challenge_needs_no_verifier(http: httpx.Client, sim: Simulator) -> None:
    code = decide(http, sim, code_challenge="", code_challenge_method="")["code"]

    assert redeem(http, sim, code, code_verifier="").status_code == 200


def test_a_client_must_know_its_secret_and_a_grant_that_there_is(http: httpx.Client, sim: Simulator) -> None:
    unknown = ask(http, sim, client_secret="guessed", grant_type="refresh_token")
    odd = ask(http, sim, grant_type="password")

    assert (unknown.status_code, unknown.json()["error"]) == (401, "invalid_client")
    assert (odd.status_code, odd.json()["error"]) == (400, "unsupported_grant_type")
    assert sorted(odd.json()) == ["error", "error_description", "errors", "message", "trackingId"]


# Tokens and their end.


def test_an_access_token_expires_and_a_refresh_token_lasts_while_it_is_used(
    http: httpx.Client, sim: Simulator, clock: StillClock
) -> None:
    granted = first(http, sim)
    assert granted["refresh_token"] == sim.grants.refresh_token
    clock.forward(timedelta(days=14).total_seconds())
    assert status(sim, granted["access_token"]) == 401

    clock.forward(timedelta(days=75).total_seconds())
    again = first(http, sim)
    clock.forward(timedelta(days=90).total_seconds())

    assert again["access_token"] != granted["access_token"]
    assert renew(http, sim, again["refresh_token"]).status_code == 400


def test_the_simple_token_works_without_any_of_this(sim: Simulator) -> None:
    assert status(sim, sim.broadworks_token) == 200
    sim.switches.access_expired = True
    assert status(sim, sim.broadworks_token) == 401
    sim.switches.access_expired = False
    assert status(sim, sim.broadworks_token) == 200


def test_what_was_issued_expires_now_for_good_and_what_is_issued_then_works(http: httpx.Client, sim: Simulator) -> None:
    before = first(http, sim)["access_token"]
    sim.switches.access_expired = True
    after = first(http, sim)["access_token"]
    assert (status(sim, before), status(sim, after)) == (401, 200)

    sim.switches.access_expired = False

    assert (status(sim, before), status(sim, after)) == (401, 200)


def test_a_revocation_ends_everything_of_before_while_it_lasts(http: httpx.Client, sim: Simulator) -> None:
    before = first(http, sim)
    sim.switches.refresh_revoked = True
    refused = renew(http, sim, before["refresh_token"])
    after = redeem(http, sim, decide(http, sim)["code"]).json()

    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_grant")
    assert (status(sim, before["access_token"]), status(sim, after["access_token"])) == (401, 200)
    assert renew(http, sim, after["refresh_token"]).status_code == 200
    sim.switches.refresh_revoked = False
    assert (status(sim, before["access_token"]), renew(http, sim, before["refresh_token"]).status_code) == (200, 200)


def test_with_a_switch_a_refresh_token_works_once(http: httpx.Client, sim: Simulator) -> None:
    sim.switches.refresh_once = True
    second = first(http, sim)["refresh_token"]

    assert second != sim.grants.refresh_token
    assert renew(http, sim, sim.grants.refresh_token).status_code == 400
    assert renew(http, sim, second).status_code == 200


def test_renewals_can_be_out_of_order(http: httpx.Client, sim: Simulator) -> None:
    control = {"times": 1}
    http.post("/control/scenarios/broadworks-renewal-down", json=control).raise_for_status()

    assert renew(http, sim, sim.grants.refresh_token).status_code == 503
    assert renew(http, sim, sim.grants.refresh_token).status_code == 200


def test_an_issued_token_is_of_the_provisioning_api_and_of_no_use_for_messaging(
    http: httpx.Client, sim: Simulator
) -> None:
    token = first(http, sim)["access_token"]
    with client(sim, token) as caller:
        assert caller.get("/people/me").status_code == 403
        caller.get("/broadworks/subscribers")

    assert [call.person for call in sim.calls.to("broadworks")] == ["broadworks"]


def test_no_secret_is_kept_of_what_was_called(http: httpx.Client, sim: Simulator) -> None:
    code = decide(http, sim)["code"]
    redeem(http, sim, code)
    first(http, sim)

    record = repr([(call, call.body) for call in sim.calls])
    assert [secret for secret in (*sim.grants.secrets(), code, VERIFIER) if secret in record] == []
