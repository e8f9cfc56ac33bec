"""The whole product as a person meets it: ``python -m bot play`` as a process, and a browser window on it."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import httpx
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.browser.patience import PATIENCE_MS

if TYPE_CHECKING:
    from tests.browser.conftest import Window

PHONE: ViewportSize = {"width": 360, "height": 740}
_TALL: ViewportSize = {"width": 360, "height": 1500}
_ENDING = 30.0
_MOST_TABS = 25


class Playground:
    """The real bot in its simulated world, driven from outside like anybody's."""

    def __init__(self, process: "subprocess.Popen[str]", where: dict[str, Any]) -> None:
        self.process = process
        self.page: str = where["page"].rstrip("/")
        self._people = where["people"]
        self._http = httpx.Client(base_url=self.page, trust_env=False, timeout=PATIENCE_MS / 1000)

    def control(self, what: str, **body: Any) -> None:
        """Set something about the simulated world, such as "switches", or do something to the bot."""
        self._http.post(f"/control/{what}", json=body).raise_for_status()

    def rest(self) -> None:
        """Wait until the bot has nothing to do: it has then also written down what it has posted."""
        self._http.get("/play/dialogue.yaml").raise_for_status()

    def heal(self) -> None:
        """Nothing goes wrong any more."""
        self._http.delete("/control/faults").raise_for_status()
        self.control("switches", workspaces_scope=True)

    def card(self, message_id: str) -> dict[str, Any]:
        """The card of a message as it stands."""
        answer = self._http.get(f"/v1/messages/{message_id}", headers=self._as("ann")).raise_for_status()
        content: dict[str, Any] = answer.json()["attachments"][0]["content"]
        return content

    def press(self, message_id: str, data: dict[str, Any]) -> None:
        """Press, as Ann, a button that a card had when it was read."""
        body = {"type": "submit", "messageId": message_id, "inputs": data}
        self._http.post("/v1/attachment/actions", json=body, headers=self._as("ann")).raise_for_status()

    def interrupt(self) -> tuple[int, str]:
        """End it as Ctrl-C does; its exit status and all that it said."""
        self.process.send_signal(signal.SIGINT)
        said, complained = self.process.communicate(timeout=_ENDING)
        return self.process.returncode, said + complained

    def _as(self, who: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._people[who]['token']}"}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()


@contextmanager
def play(renderer_folder: Path) -> Iterator[Playground]:
    """Start the playground and, if nobody did so before, end it."""
    command = [sys.executable, "-m", "bot", "play", "--json", "--port", "0", "--no-browser"]
    environment = {**os.environ, "PLAYGROUND_RENDERER_DIR": str(renderer_folder)}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        line = process.stdout.readline() if process.stdout else ""
        assert line, process.stderr.read() if process.stderr else ""
        with Playground(process, json.loads(line)) as playground:
            try:
                yield playground
            finally:
                if process.poll() is None:
                    playground.interrupt()


class Agent:
    """One person before the page, in the words of the dialogues."""

    def __init__(self, window: "Window") -> None:
        self.window = window
        self.page: Page = window.page
        self.page.locator("body[data-renderer=ready]").wait_for()
        self.page.locator("#messages > li").first.wait_for()

    def say(self, line: str) -> None:
        """Type a line and send it."""
        self.window.composer.fill(line)
        self.window.composer.press("Enter")
        expect(self.window.composer).to_have_value("")

    def ask(self, line: str, *words: str) -> Locator:
        """Say a line, and the answer to it."""
        return self.answer(lambda: self.say(line), *words)

    def answer(self, act: Callable[[], None], *words: str) -> Locator:
        """Act, and the new message of the bot, once it says all of these words; an edit leaves it the same one."""
        messages = self.page.locator('[data-person="bot"]')
        before = messages.count()
        act()
        expect(messages).not_to_have_count(before)
        message_id = messages.last.get_attribute("data-message-id")
        message = self.page.locator(f'[data-message-id="{message_id}"]')
        for each in words:
            expect(message).to_contain_text(each)
        return message

    def redraw(self, message: Locator, act: Callable[[], None]) -> None:
        """Act, and wait until the card of that message is another one, even if it says the same."""
        drawn = message.get_by_test_id("card").element_handle()
        act()
        drawn.wait_for_element_state("hidden")

    def tab_to(self, control: Locator, *, back: bool = False) -> None:
        """Go to a control with the keyboard alone."""
        for _ in range(_MOST_TABS):
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
            if control.evaluate("control => control === document.activeElement"):
                return
        raise AssertionError(f"The keyboard does not reach {control}.")

    def shot(self, name: str) -> None:
        """Keep pictures, if the environment variable SCREENSHOTS names a folder: a desk, the same at night, a phone."""
        folder = os.environ.get("SCREENSHOTS")
        if not folder:
            return
        size = self.page.viewport_size or PHONE
        before = self._dark()
        for kind, dark, shape in (("desk", False, size), ("night", True, size), ("phone", True, _TALL)):
            self._look(dark=dark, size=shape)
            self.page.screenshot(path=Path(folder) / f"{name}-{kind}.png", animations="disabled")
        self._look(dark=before, size=size)

    def _dark(self) -> bool:
        return bool(self.page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches"))

    def _look(self, *, dark: bool, size: ViewportSize) -> None:
        self.page.emulate_media(color_scheme="dark" if dark else "light")
        self.page.set_viewport_size(size)


def field(card: Locator, label: str) -> Locator:
    """The text input of that label, after which a complaint may be read out."""
    return card.get_by_role("textbox", name=re.compile(rf"^{re.escape(label)}\b"))


def choice(card: Locator, label: str) -> Locator:
    """The choice of that label."""
    return card.get_by_role("combobox", name=re.compile(rf"^{re.escape(label)}\b"))


def button(card: Locator, title: str) -> Locator:
    """The button of exactly that title."""
    return card.get_by_test_id("card").get_by_role("button", name=title, exact=True)
