"""Somebody logs in for the bot, against the simulated sign-in over real sockets; each way to fail is told in words."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from structlog.testing import capture_logs

from bot.app import utc_now
from bot.errors import BotError, SettingsError
from bot.login import LoginFailed, log_in
from bot.renewing import stored_tokens
from bot.settings import Settings
from bot.simulator import Simulator
from bot.simulator.server import RunningServer, serve
from bot.store.session import Database
from tests.store.conftest import migrated

ROOT = Path(__file__).parents[1]
UNCHANGED = "Nothing was changed."


@pytest.fixture
def sim() -> Iterator[Simulator]:
    with Simulator() as simulator:
        yield simulator


@pytest.fixture
def world(sim: Simulator) -> Iterator[RunningServer]:
    with serve(sim) as server:
        yield server


@pytest.fixture
def variables(sim: Simulator, world: RunningServer, new_url: Callable[..., str]) -> dict[str, str]:
    """Of a bot into which nobody has logged in."""
    return {
        "WEBEX_TEAMS_ACCESS_TOKEN": sim.bot.token,
        "WEBEX_WEBHOOK_SECRET": "a-webhook-secret-for-tests",
        "BROADWORKS_BASE_URL": f"{world.url}/v1/",
        "BROADWORKS_CLIENT_ID": sim.grants.client_id,
        "BROADWORKS_CLIENT_SECRET": sim.grants.client_secret,
        "DATABASE_URL": new_url(migrated),
        "BOT_SECRET_KEYS": "a-signing-key-for-tests-0123456789abcdef",
        "BOT_ALLOWED_DOMAINS": "example.com",
    }


@pytest.fixture
def browser() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False, timeout=15) as client:
        yield client


class Browser:
    """What somebody does with the address that is opened."""

    def __init__(self, http: httpx.Client, *, decision: str = "allow", **instead: str) -> None:
        self.http = http
        self.decision = decision
        self.instead = instead
        self.pages: list[httpx.Response] = []

    def __call__(self, address: str) -> None:
        self.pages.append(self.http.get(address))
        decided = self.http.post(address, data={"decision": self.decision})
        back = httpx.URL(decided.headers["Location"])
        # Browsers ask for more than they are told to.
        assert self.http.get(back.copy_with(path="/favicon.ico", query=None)).status_code == 404
        self.pages.append(self.http.get(back.copy_merge_params(self.instead) if self.instead else back))


def run(variables: dict[str, str], browse: Callable[[str], object], *, port: int = 0, patience: float = 15) -> str:
    said: list[str] = []
    log_in(Settings.read(variables), port=port, browse=browse, say=said.append, patience=patience)
    return "\n".join(said)


def kept(variables: dict[str, str]) -> Any:
    settings = Settings.read(variables)
    with closing(Database(settings.database_url)) as database:
        return stored_tokens(settings, database, clock=utc_now).look()


def refused(variables: dict[str, str], browse: Callable[[str], object], **how: Any) -> str:
    """The words of a login that failed, after which nothing is kept."""
    with pytest.raises(LoginFailed) as caught:
        run(variables, browse, **how)
    with pytest.raises(BotError):
        kept(variables)
    return str(caught.value)


def test_who_logs_in_gives_the_bot_tokens_that_work(
    sim: Simulator, variables: dict[str, str], browser: httpx.Client
) -> None:
    browse = Browser(browser)
    with capture_logs() as logs:
        said = run(variables, browse)

    now = kept(variables)
    assert sim.grants.lets_in(now.access)
    assert sim.grants.renew(now.refresh).refresh == now.refresh
    asked = parse_qs(urlsplit(str(browse.pages[0].url)).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["scope"] == [Settings.read(variables).broadworks_scopes]
    assert "wants to act as the provisioning administrator" in browse.pages[0].text
    assert "this page can be closed" in browse.pages[1].text
    assert "The bot is logged in, and renews its access by itself" in said
    code = parse_qs(urlsplit(str(browse.pages[1].url)).query)["code"][0]
    for secret in (now.access, now.refresh, code, sim.grants.client_secret):
        assert secret not in f"{said} {logs} {now!r}"


def test_the_code_alone_is_worth_nothing(sim: Simulator, variables: dict[str, str], browser: httpx.Client) -> None:
    """Whoever steals it from the address bar does not know the verifier."""
    browse = Browser(browser)
    seen: list[httpx.Response] = []

    def steal(address: str) -> None:
        decided = browser.post(address, data={"decision": "allow"})
        back = decided.headers["Location"]
        asked = parse_qs(urlsplit(back).query)
        stolen = {
            "grant_type": "authorization_code",
            "code": asked["code"][0],
            "redirect_uri": back.partition("?")[0],
            "client_id": sim.grants.client_id,
            "client_secret": sim.grants.client_secret,
            "code_verifier": "guessed",
        }
        seen.append(browser.post(f"{variables['BROADWORKS_BASE_URL']}access_token", data=stolen))
        browse(address)

    run(variables, steal)

    assert [(answer.status_code, answer.json()["error"]) for answer in seen] == [(400, "invalid_grant")]


def test_a_login_takes_the_place_of_what_was_kept(
    sim: Simulator, variables: dict[str, str], browser: httpx.Client
) -> None:
    run(variables, Browser(browser))
    first = kept(variables)

    run(variables, Browser(browser))

    assert kept(variables).version == first.version + 1
    assert kept(variables).refresh != first.refresh


def test_who_says_no_is_believed(variables: dict[str, str], browser: httpx.Client) -> None:
    said = refused(variables, Browser(browser, decision="deny"))

    assert said == f"The login was denied in the browser. {UNCHANGED} Run it again, and accept."


@pytest.mark.parametrize("state", ["of-another-login", "é", ""])
def test_what_belongs_to_another_login_is_not_used(
    variables: dict[str, str], browser: httpx.Client, state: str
) -> None:
    said = refused(variables, Browser(browser, state=state))

    assert said.startswith(f"What came back belongs to another login, so it was not used. {UNCHANGED}")


@pytest.mark.parametrize(
    ("instead", "words"),
    [
        ({"error": "invalid_scope"}, "The integration does not have all scopes that were asked for."),
        ({"error": "server_error"}, "Webex sent back no code (server_error)."),
        ({"error": "<b>hush</b>"}, "Webex sent back no code."),
        ({"code": ""}, "Webex sent back no code."),
    ],
    ids=["scopes", "an error", "an odd error", "nothing"],
)
def test_an_error_of_webex_is_told(
    variables: dict[str, str], browser: httpx.Client, instead: dict[str, str], words: str
) -> None:
    assert refused(variables, Browser(browser, **instead)).startswith(f"{words} {UNCHANGED}")


def test_a_wrong_client_is_told(variables: dict[str, str], browser: httpx.Client) -> None:
    said = refused({**variables, "BROADWORKS_CLIENT_SECRET": "wrong"}, Browser(browser))

    assert said == (
        f"Webex does not know the bot's client ID and secret. {UNCHANGED} Check BROADWORKS_CLIENT_ID and"
        " BROADWORKS_CLIENT_SECRET, then run it again."
    )


def test_a_sign_in_that_is_away_is_told(sim: Simulator, variables: dict[str, str], browser: httpx.Client) -> None:
    sim.faults.add(service="webex", kind="status", status=503, path="/access_token")

    said = refused(variables, Browser(browser))

    assert said == f"Webex answered 503 when asked for a new token. {UNCHANGED} Run it again in a minute."


def test_nobody_is_waited_for_for_ever(variables: dict[str, str]) -> None:
    said = refused(variables, lambda _address: None, patience=0.05)

    assert said == f"Nobody came back from Webex in time. {UNCHANGED} Run it again."


def test_a_port_that_is_taken_is_told(variables: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = refused(variables, lambda _address: None, port=port)

    assert said.startswith(f"Port {port} of this machine cannot be had (Address already in use).")
    assert refused(variables, lambda _address: None, port=70_000).startswith("Port 70000 of this machine cannot be had")


def test_who_stops_it_is_told_that_nothing_was_changed(variables: dict[str, str]) -> None:
    def stop(_address: str) -> None:
        raise KeyboardInterrupt

    assert refused(variables, stop) == f"Stopped. {UNCHANGED}"


def test_without_a_client_nobody_can_log_in(variables: dict[str, str]) -> None:
    by_hand = {**variables, "BROADWORKS_CLIENT_ID": "", "BROADWORKS_CLIENT_SECRET": ""}

    with pytest.raises(SettingsError, match="one logs in through an integration"):
        run({**by_hand, "BROADWORKS_ACCESS_TOKEN": "by-hand"}, lambda _address: None)


def verb(variables: dict[str, str], folder: Path, *, port: int) -> "subprocess.Popen[str]":
    """A process of its own that logs in."""
    return subprocess.Popen(
        [sys.executable, "-m", "bot", "login", "--no-browser", "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **variables},
    )


def test_the_verb_prints_an_address_and_no_secret_and_ends_by_itself(
    sim: Simulator, variables: dict[str, str], browser: httpx.Client, tmp_path: Path
) -> None:
    process = verb(variables, tmp_path, port=0)
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line.startswith("http"):
            Browser(browser)(line.strip())
    process.stdout.close()

    now, said = kept(variables), "".join(lines)
    assert process.wait(15) == 0
    assert "The bot is logged in" in said
    assert not [secret for secret in (now.access, now.refresh, sim.grants.client_secret) if secret in said]


def test_the_verb_tells_what_is_wrong(variables: dict[str, str], tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        process = verb(variables, tmp_path, port=taken.getsockname()[1])
        said, _ = process.communicate(timeout=60)

    assert process.returncode == 1
    assert "cannot be had (Address already in use)" in said
