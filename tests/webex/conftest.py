"""The simulated Webex on a real socket, and the gateway that talks to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from bot.simulator import Simulator
from bot.simulator.server import serve
from bot.webex.gateway import Gateway


@dataclass(frozen=True)
class Webex:
    """The simulator, where it listens, and the hands of the people in it."""

    sim: Simulator
    url: str
    http: httpx.Client

    def call(self, who: str, method: str, path: str, **body: Any) -> dict[str, Any]:
        """Do something over the API as that person does."""
        token = self.sim.people[who].token
        answer = self.http.request(method, path, json=body, headers={"Authorization": f"Bearer {token}"})
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found

    def fault(self, kind: str, **facts: Any) -> None:
        """Let the next call of the bot go wrong."""
        self.sim.faults.add(service="webex", kind=kind, **({"times": 1} | facts))

    def calls(self) -> list[tuple[str, str]]:
        """Method and path of what the bot has called."""
        return [(call.method, call.path) for call in self.sim.calls.to("webex") if call.person == "bot"]


@pytest.fixture
def webex() -> Iterator[Webex]:
    sim = Simulator()
    with sim, serve(sim) as server, httpx.Client(base_url=f"{server.url}/v1", trust_env=False, timeout=30) as http:
        yield Webex(sim, f"{server.url}/v1", http)


@pytest.fixture
def gateway(webex: Webex) -> Iterator[Gateway]:
    gateway = Gateway(token=webex.sim.bot.token, base_url=webex.url, timeout=5)
    yield gateway
    gateway.close()


@pytest.fixture
def support(webex: Webex) -> str:
    """The id of the space where the bot works."""
    return webex.sim.spaces["support"]
