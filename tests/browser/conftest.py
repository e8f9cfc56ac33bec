"""Chromium against a simulator on a real socket; each test may open as many pages as it has people."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Error, Locator, Page, expect, sync_playwright

from bot.simulator import Simulator
from bot.simulator.renderer import RendererMissing, ensure
from bot.simulator.server import RunningServer, serve
from bot.testing.plugin import Bots
from tests.browser.patience import PATIENCE_MS
from tests.browser.playground import Playground, play

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def missing(reason: str) -> NoReturn:
    """Skips, except where the browser tests were said to be required."""
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="package")
def browser(bots: Bots) -> Iterator[Browser]:
    # Playwright keeps an event loop running in this thread, beside which the bot's engine cannot be stopped any more.
    bots.stop()
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        missing("Chromium is not installed.")
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(executable_path=program, args=QUIET)
        except Error as exc:
            missing(f"Chromium does not start: {exc}")
        expect.set_options(timeout=PATIENCE_MS)
        yield started
        started.close()


@pytest.fixture(scope="package")
def renderer_folder() -> Path:
    try:
        return ensure().folder
    except RendererMissing as exc:
        missing(f"The card renderer is missing. {exc.reason}")


@pytest.fixture
def sim() -> Iterator[Simulator]:
    with Simulator() as simulator:
        yield simulator


@pytest.fixture
def server(sim: Simulator) -> Iterator[RunningServer]:
    with serve(sim) as running:
        yield running


class Chat:
    """What people and the bot do in the simulated Webex without a page."""

    def __init__(self, sim: Simulator) -> None:
        self.sim = sim
        self._client = sim.app.test_client()

    def say(self, who: str, text: str, **more: Any) -> str:
        """Posts as a person or as "bot", in the support space unless told otherwise, and gives the message's id."""
        body = {"roomId": self.sim.spaces["support"], "text": text, **more}
        return str(self._call("POST", "/v1/messages", who, body)["id"])

    def show(self, card: dict[str, Any], **more: Any) -> str:
        return self.say("bot", "A card.", attachments=[attachment(card)], **more)

    def edit(self, message_id: str, who: str = "bot", **content: Any) -> None:
        body = {"roomId": self.sim.spaces["support"], "text": "Edited.", **content}
        self._call("PUT", f"/v1/messages/{message_id}", who, body)

    def delete(self, message_id: str, who: str = "bot") -> None:
        self._call("DELETE", f"/v1/messages/{message_id}", who)

    def inputs(self) -> list[dict[str, Any]]:
        """What was submitted from cards so far."""
        return [action.inputs for action in self.sim.world.actions.values()]

    def _call(self, method: str, path: str, who: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        person = self.sim.bot if who == "bot" else self.sim.people[who]
        headers = {"Authorization": f"Bearer {person.token}"}
        response = self._client.open(path, method=method, json=body, headers=headers)
        assert response.status_code in {200, 204}, response.get_data(as_text=True)
        return response.get_json(silent=True) or {}


def attachment(card: dict[str, Any]) -> dict[str, Any]:
    return {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}


@pytest.fixture
def chat(sim: Simulator) -> Chat:
    return Chat(sim)


class Window:
    """A browser window on the playground, in the words of the tests."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self._url = url
        self.complaints: list[str] = []
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", self._dismiss)

    def open(self, place: str) -> None:
        """Goes to a place such as "ann/support" and waits until the page hears of what happens and has its lab."""
        self.page.goto(f"{self._url}/#{place}")
        self.page.get_by_test_id("connection").and_(self.page.locator('[data-state="online"]')).wait_for(
            state="attached"
        )
        self.page.locator("#lab-button:enabled").wait_for(state="attached")

    @property
    def composer(self) -> Locator:
        return self.page.get_by_test_id("composer")

    @property
    def messages(self) -> Locator:
        return self.page.get_by_test_id("message")

    def card(self, message_id: str) -> Locator:
        return self.page.locator(f'[data-message-id="{message_id}"]').get_by_test_id("card")

    def _dismiss(self, dialog: Dialog) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _hear(self, message: ConsoleMessage) -> None:
        # A server that was stopped on purpose is the one thing that a browser may complain about.
        if message.type in {"error", "warning"} and "net::ERR_" not in message.text:
            self.complaints.append(message.text)


OpenWindow = Callable[..., Window]


@contextmanager
def windows(browser: Browser, url: str) -> Iterator[OpenWindow]:
    """Opens windows on a playground; at the end no page may have complained of anything."""
    opened: list[Window] = []

    def open_window(place: str = "ann/support", **options: Any) -> Window:
        context = browser.new_context(**options)
        window = Window(context.new_page(), url)
        opened.append(window)
        window.open(place)
        return window

    try:
        yield open_window
    finally:
        for window in opened:
            window.page.context.close()
    assert [complaint for window in opened for complaint in window.complaints] == []


@pytest.fixture
def bare_window(browser: Browser, server: RunningServer) -> Iterator[OpenWindow]:
    """A window that draws cards with whatever it finds."""
    with windows(browser, server.url) as open_window:
        yield open_window


@pytest.fixture
def window(bare_window: OpenWindow, renderer_folder: Path, monkeypatch: pytest.MonkeyPatch) -> OpenWindow:
    """A window in which the official renderer draws the cards."""
    monkeypatch.setenv("PLAYGROUND_RENDERER_DIR", str(renderer_folder))

    def open_window(place: str = "ann/support", **options: Any) -> Window:
        opened = bare_window(place, **options)
        opened.page.locator("body[data-renderer=ready]").wait_for()
        return opened

    return open_window


@pytest.fixture(scope="module")
def playground(renderer_folder: Path) -> Iterator[Playground]:
    """The whole product, one for all tests of a file."""
    with play(renderer_folder) as running:
        yield running


@pytest.fixture
def open_window(browser: Browser, playground: Playground) -> Iterator[OpenWindow]:
    """A window on the whole product, in which nothing goes wrong any more afterwards."""
    with windows(browser, playground.page) as opened:
        yield opened
    playground.heal()
