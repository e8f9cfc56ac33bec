"""How long the chat page takes in a space in which very much was said, as a share of what it takes in an empty one.

python -m tests.benchmarks.page [MESSAGES]
"""

import json
import shutil
import statistics
import sys
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from bot.simulator import Simulator
from bot.simulator.server import serve
from tests.browser.crowd import fill

MESSAGES = 5000
ROUNDS = 3
KEYS = 30
_PATIENCE_MS = 120_000

_WATCH = """(() => {
  new MutationObserver((_, observer) => {
    if (!document.querySelector("#messages > li")) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => (window.conversationAt = performance.now())));
  }).observe(document, { childList: true, subtree: true });
})()"""
_FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
_WAIT = """async () => {
  let value = null;
  while ((value = VALUE) === null) await new Promise((resolve) => requestAnimationFrame(resolve));
  return value;
}"""
_READ_ALL = """async () => {
  const older = document.getElementById("older");
  while (!older.hidden) {
    scroller.scrollTop = 0;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}"""
_SCROLL = """async () => {
  const frames = [];
  for (let step = 0; step < 60; step += 1) {
    scroller.scrollTop += 400;
    const began = performance.now();
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    frames.push(performance.now() - began);
  }
  return frames;
}"""
_TYPE = """async (keys) => {
  const writer = document.querySelector("[data-testid=composer]");
  const times = [];
  for (let key = 0; key < keys; key += 1) {
    const began = performance.now();
    writer.setRangeText("x", writer.value.length, writer.value.length, "end");
    writer.dispatchEvent(new Event("input", { bubbles: true }));
    document.body.getBoundingClientRect();
    times.push(performance.now() - began);
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  return times;
}"""
_SEND = """async () => {
  const before = document.querySelector("#messages").lastElementChild;
  const began = performance.now();
  document.querySelector("[data-testid=send]").click();
  while (document.querySelector("#messages").lastElementChild === before) {
    await new Promise((resolve) => setTimeout(resolve));
  }
  return performance.now() - began;
}"""


@dataclass
class Times:
    """Milliseconds, and what the page is made of in the end."""

    first_paint: list[float] = field(default_factory=list)
    conversation: list[float] = field(default_factory=list)
    key: list[float] = field(default_factory=list)
    send: list[float] = field(default_factory=list)
    frame: list[float] = field(default_factory=list)
    heap: list[float] = field(default_factory=list)
    nodes: list[float] = field(default_factory=list)

    def shown(self) -> dict[str, float]:
        """The middle of each."""
        return {name: round(statistics.median(found), 1) for name, found in vars(self).items()}


def measure(messages: int = MESSAGES, *, rounds: int = ROUNDS) -> dict[str, Any]:
    """Open both spaces in turn, so that neither has the better minutes of the machine."""
    empty, full = Times(), Times()
    with sync_playwright() as playwright:
        program = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for _ in range(rounds):
            _visit(browser, empty, messages=0)
            _visit(browser, full, messages=messages)
        browser.close()
    floor, found = empty.shown(), full.shown()
    return {
        "benchmark": "page",
        "messages": messages,
        "rounds": rounds,
        "empty": floor,
        "full": found,
        "full_to_empty": {name: round(found[name] / floor[name], 2) for name in floor if floor[name]},
        "goal_ms": {"first_paint": 1000, "conversation": 1000},
    }


def _visit(browser: Browser, times: Times, *, messages: int) -> None:
    """Open the space, read all of it back to its beginning, and then scroll, type and send there."""
    with Simulator() as sim, serve(sim) as server:
        fill(sim, messages)
        page = browser.new_page()
        page.set_default_timeout(_PATIENCE_MS)
        page.add_init_script(_WATCH)
        page.goto(f"{server.url}/#ann/support")
        times.conversation.append(_when(page, "window.conversationAt ?? null"))
        times.first_paint.append(_when(page, _FIRST_PAINT))
        page.evaluate(_READ_ALL)
        times.frame += page.evaluate(_SCROLL)
        times.key += page.evaluate(_TYPE, KEYS)
        times.send.append(page.evaluate(_SEND))
        session = page.context.new_cdp_session(page)
        session.send("HeapProfiler.collectGarbage")
        times.heap.append(session.send("Runtime.getHeapUsage")["usedSize"] / 2**20)
        times.nodes.append(page.evaluate("document.querySelectorAll('*').length"))
        page.close()


def _when(page: Page, expression: str) -> float:
    """The value of an expression, once it has one."""
    return float(page.evaluate(_WAIT.replace("VALUE", expression)))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else MESSAGES)) + "\n")
