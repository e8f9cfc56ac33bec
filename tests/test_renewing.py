"""Many threads of several processes want the token at once: it is renewed once, and all of them call with it."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from bot.app import utc_now
from bot.errors import NoToken, SettingsError
from bot.renewing import renewing_tokens, sign_in, stored_tokens
from bot.settings import Settings
from bot.simulator import Simulator
from bot.simulator.server import serve
from bot.store.session import Database
from tests.renewals import THREADS
from tests.store.conftest import migrated

PROCESSES = 2
ROOT = Path(__file__).parents[1]


@pytest.fixture
def sim() -> Iterator[Simulator]:
    with Simulator() as simulator:
        yield simulator


def variables(sim: Simulator, *, base: str, database: str) -> dict[str, str]:
    return {
        "WEBEX_TEAMS_ACCESS_TOKEN": sim.bot.token,
        "WEBEX_WEBHOOK_SECRET": "a-webhook-secret-for-tests",
        "BROADWORKS_BASE_URL": f"{base}/v1/",
        "BROADWORKS_CLIENT_ID": sim.grants.client_id,
        "BROADWORKS_CLIENT_SECRET": sim.grants.client_secret,
        "BROADWORKS_REFRESH_TOKEN": sim.grants.refresh_token,
        "DATABASE_URL": database,
        "BOT_SECRET_KEYS": "a-signing-key-for-tests-0123456789abcdef",
        "BOT_ALLOWED_DOMAINS": "example.com",
    }


class Caller:
    """A process with many threads, which call when they are told to."""

    def __init__(self, settings: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.renewals"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={"PYTHONPATH": str(ROOT)},
        )
        assert self.hear() == "ready"
        self.tell(json.dumps(settings))

    def tell(self, line: str = "go") -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def hear(self) -> Any:
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline())

    def end(self) -> None:
        self.process.communicate(timeout=60)


def renewals(sim: Simulator) -> int:
    return len(sim.calls.to("webex", "POST", "/access_token"))


def test_sixteen_threads_of_two_processes_renew_once(sim: Simulator, new_url: Callable[..., str]) -> None:
    url = new_url(migrated)
    with ExitStack() as stack:
        server = stack.enter_context(serve(sim))
        settings = variables(sim, base=server.url, database=url)
        callers = [Caller(settings) for _ in range(PROCESSES)]
        for caller in callers:
            stack.callback(caller.end)
        # Long enough for everybody to come to where the token is renewed while it is.
        sim.faults.add(service="webex", kind="latency", path="/access_token", seconds=0.5)

        counts = []
        for expired in (False, True):
            sim.switches.access_expired = expired
            for caller in callers:
                caller.tell()
            answers = [answer for caller in callers for answer in caller.hear()]
            assert answers == ["0 found"] * (THREADS * PROCESSES)
            counts.append(renewals(sim))

    # The first token, and one more after a 401 that all of them have met.
    assert counts == [1, 2]
    refused = [call for call in sim.calls.to("broadworks") if call.status == 401]
    assert 1 <= len(refused) <= THREADS * PROCESSES
    assert len([call for call in sim.calls.to("broadworks") if call.status == 200]) == 2 * THREADS * PROCESSES


def test_a_token_that_the_operator_renews_needs_no_store(sim: Simulator, tmp_path: Path) -> None:
    by_hand = variables(sim, base="http://localhost", database=f"sqlite:///{tmp_path}/bot.sqlite")
    by_hand |= {"BROADWORKS_CLIENT_ID": "", "BROADWORKS_CLIENT_SECRET": "", "BROADWORKS_REFRESH_TOKEN": ""}
    settings = Settings.read(by_hand | {"BROADWORKS_ACCESS_TOKEN": "by-hand"})

    with closing(Database(settings.database_url)) as database:
        assert renewing_tokens(settings, database, clock=utc_now, transport=None) is None


def test_without_a_first_token_and_without_a_login_nothing_starts(sim: Simulator, new_url: Callable[..., str]) -> None:
    url = new_url(migrated)
    alone = variables(sim, base="http://localhost", database=url) | {"BROADWORKS_REFRESH_TOKEN": ""}
    settings = Settings.read(alone)

    with closing(Database(settings.database_url)) as database:
        with pytest.raises(SettingsError, match="python -m bot login"):
            renewing_tokens(settings, database, clock=utc_now, transport=None)
        with pytest.raises(NoToken):
            stored_tokens(settings, database, clock=utc_now).look()


def test_what_asks_for_tokens_does_not_show_with_what(sim: Simulator) -> None:
    settings = Settings.read(variables(sim, base="http://localhost", database="sqlite:///bot.sqlite"))

    with closing(sign_in(settings, clock=utc_now)) as found:
        assert repr(found) == "SignIn('http://localhost/v1')"
