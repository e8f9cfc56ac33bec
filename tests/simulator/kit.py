"""What the tests of the simulator speak with: people's clients, a receiver of webhooks, a clock that stands still."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from werkzeug import Request, Response

from bot.simulator import Simulator

CARD_TYPE = "application/vnd.microsoft.card.adaptive"
HELLO_CARD = {"type": "AdaptiveCard", "version": "1.3", "body": [{"type": "TextBlock", "text": "Hello"}]}


@dataclass
class StillClock:
    moment: datetime = datetime(2026, 7, 9, 14, 12, 3, 123_456, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


@dataclass
class Ticks:
    """Seconds that pass when a test says so."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Received:
    headers: dict[str, str]
    body: bytes
    json: Any


@dataclass
class Receiver:
    """Takes webhooks as a bot would, and answers with `status`."""

    status: int = 200
    seen: list[Received] = field(default_factory=list)

    def __call__(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        request = Request(environ)
        body = request.get_data()
        self.seen.append(Received(dict(request.headers), body, request.get_json()))
        return Response(status=self.status)(environ, start_response)

    def client(self) -> httpx.Client:
        return httpx.Client(transport=httpx.WSGITransport(app=self))

    def told(self) -> list[str]:
        """The ids of what the deliveries were about, in their order."""
        return [received.json["data"]["id"] for received in self.seen]


def client(sim: Simulator, token: str | None) -> httpx.Client:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    transport = httpx.WSGITransport(app=sim.app)
    return httpx.Client(transport=transport, base_url="http://localhost/v1", headers=headers)


def card(content: Any = None) -> list[dict[str, Any]]:
    return [{"contentType": CARD_TYPE, "content": content or HELLO_CARD}]


def items(response: httpx.Response) -> list[dict[str, Any]]:
    found = response.raise_for_status().json()["items"]
    assert isinstance(found, list)
    return found


def refusal(response: httpx.Response) -> tuple[int, str]:
    """Status and words, once the envelope was found to be in order."""
    body = response.json()
    assert body["trackingId"] == response.headers["TrackingID"]
    assert body["errors"] == [{"description": body["message"]}]
    return response.status_code, body["message"]


@dataclass
class Space:
    """The support space, as one person speaks in it."""

    http: httpx.Client
    room: str

    def say(self, text: str = "hello", **more: Any) -> dict[str, Any]:
        body = {"roomId": self.room, "text": text, **more}
        found = self.http.post("/messages", json=body).raise_for_status().json()
        assert isinstance(found, dict)
        return found

    def show_card(self, content: Any = None, **more: Any) -> dict[str, Any]:
        return self.say("A card", attachments=card(content), **more)

    def mention(self, name: str, person_id: str, text: str = "help") -> dict[str, Any]:
        body = {"roomId": self.room, "markdown": f"<@personId:{person_id}|{name}> {text}"}
        found = self.http.post("/messages", json=body).raise_for_status().json()
        assert isinstance(found, dict)
        return found


def announced(sim: Simulator, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """Everything that the open pages are told from now on."""
    told: list[tuple[str, dict[str, Any]]] = []
    monkeypatch.setattr(sim.feed, "announce", lambda event, data: told.append((event, data)))
    return told
