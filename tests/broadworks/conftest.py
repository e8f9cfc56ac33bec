"""A client whose other end is a function, and a time that passes only when told."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import httpx
import pytest

from bot.broadworks.client import BroadWorksClient
from bot.broadworks.wire import Wire

BASE_URL = "https://webexapis.com/v1"
TOKEN = "made-up-token"
NOW = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)

Handler = Callable[[httpx.Request], httpx.Response]
MakeClient = Callable[[Handler], BroadWorksClient]


class Time:
    """Seconds that pass when somebody sleeps, each sleep written down."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self.sleeps: list[float] = []

    def __call__(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.seconds += seconds


def make_client(handler: Handler, *, clock: Callable[[], float]) -> BroadWorksClient:
    return BroadWorksClient(
        Wire(
            base_url=BASE_URL,
            token=TOKEN,
            tracking=lambda: "BOT_1",
            transport=httpx.MockTransport(handler),
            clock=clock,
            now=lambda: NOW,
        )
    )


@pytest.fixture
def passing(monkeypatch: pytest.MonkeyPatch) -> Time:
    """Whoever sleeps puts the clock forward: stamina sleeps by itself and takes no clock."""
    time = Time()
    monkeypatch.setattr("time.sleep", time.sleep)
    return time


@pytest.fixture
def client_for(passing: Time) -> Iterator[MakeClient]:
    made: list[BroadWorksClient] = []

    def make(handler: Handler) -> BroadWorksClient:
        made.append(make_client(handler, clock=passing))
        return made[-1]

    yield make
    for client in made:
        client.close()
