"""Things go wrong on purpose: the lab's panel "Faults", its marks on the page, the bot's process, and the clock."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from bot.simulator import Simulator
from bot.simulator.provisioning.records import PROVISIONING_ID
from bot.simulator.server import RunningServer, serve
from tests.browser.conftest import OpenWindow, Window
from tests.browser.playground import PHONE, Agent, button
from tests.simulator.kit import Ticks

pytestmark = pytest.mark.browser

SLOW = "webex-slow"
LOST = "broadworks-write-lost"


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def sim(ticks: Ticks) -> Iterator[Simulator]:
    """A world whose seconds pass only when a test says so."""
    with Simulator(monotonic=ticks) as simulator:
        yield simulator


class Panel:
    """The panel "Faults" in one window."""

    def __init__(self, window: Window) -> None:
        self.page: Page = window.page
        if self.page.get_by_test_id("lab-panel-faults").is_hidden():
            self.page.get_by_test_id("lab-button").click()
            self.page.get_by_test_id("lab-tab-faults").click()
        self.root = self.page.get_by_test_id("lab-panel-faults")
        self.root.get_by_test_id("faults-group-Webex").wait_for()

    def unfold(self, name: str) -> Locator:
        part = self.root.get_by_test_id(name)
        if part.get_attribute("open") is None:
            part.locator("summary").click()
        return part

    def row(self, key: str) -> Locator:
        group = {"webex": "Webex", "broadworks": "BroadWorks", "webhooks": "Webhooks"}[key.partition("-")[0]]
        self.unfold(f"faults-group-{group}")
        return self.root.get_by_test_id(f"faults-{key}")

    def switch(self, key: str, span: str = "") -> None:
        row = self.row(key)
        if span:
            row.get_by_role("combobox").select_option(span)
        row.get_by_role("switch").click()


def banner(page: Page) -> Locator:
    return page.get_by_test_id("faults-banner")


def badge(page: Page) -> Locator:
    return page.get_by_test_id("lab-button")


# What is on is seen everywhere.


def test_what_is_on_is_seen_on_its_row_as_a_badge_and_above_the_chat(bare_window: OpenWindow, sim: Simulator) -> None:
    ann = bare_window()
    panel = Panel(ann)

    panel.switch(SLOW, "3 times")

    row = panel.row(SLOW)
    expect(row.get_by_role("switch", name="Webex answers slowly (3 s)")).to_be_checked()
    expect(row).to_contain_text("On · 3 left")
    expect(badge(ann.page)).to_have_accessible_name(re.compile("Faults: 1 on"))
    expect(banner(ann.page)).to_contain_text("Webex answers slowly (3 s) · 3 left")
    assert [(fault.kind, fault.times) for fault in sim.faults.current()] == [("latency", 3)]


def test_it_is_seen_in_a_second_window_and_after_a_reload_and_can_be_switched_off_there(
    bare_window: OpenWindow,
) -> None:
    ann, bob = bare_window("ann/support"), bare_window("bob/support")
    panel = Panel(ann)
    panel.switch("broadworks-no-looking", "until I switch it off")
    expect(banner(bob.page)).to_contain_text("The bot may not look for workspaces")

    bob.page.reload()
    banner(bob.page).get_by_role("button", name="Switch off").click()

    expect(banner(bob.page)).to_be_hidden()
    expect(banner(ann.page)).to_be_hidden()
    expect(panel.row("broadworks-no-looking").get_by_role("switch")).not_to_be_checked()


def test_a_timed_fault_counts_down_and_goes_by_itself(bare_window: OpenWindow, sim: Simulator, ticks: Ticks) -> None:
    ann = bare_window()
    panel = Panel(ann)

    panel.switch("webhooks-hold", "for 1 min")
    expect(panel.row("webhooks-hold")).to_contain_text(re.compile("On · (1 min|5. s) left"))
    ticks.now = 60.0
    sim.timers.look()

    expect(banner(ann.page)).to_be_hidden()
    expect(badge(ann.page)).not_to_have_accessible_name(re.compile("Faults"))
    expect(panel.row("webhooks-hold").get_by_role("switch")).not_to_be_checked()
    expect(panel.row("webhooks-hold").get_by_role("combobox")).to_be_visible()


def test_everything_works_again_after_one_press(bare_window: OpenWindow, sim: Simulator) -> None:
    ann = bare_window()
    panel = Panel(ann)
    sim.faults.add(service="broadworks", kind="status", status=429, times=2)
    expect(panel.root.get_by_test_id("faults-others")).to_contain_text("BroadWorks answers all calls with 429")
    panel.switch("webhooks-twice", "once")
    expect(banner(ann.page)).to_contain_text("2 faults: ")

    panel.root.get_by_role("button", name="Everything works again").click()

    expect(banner(ann.page)).to_be_hidden()
    expect(panel.root).to_contain_text("No fault is on.")
    expect(panel.root.get_by_test_id("faults-others")).to_be_hidden()
    assert (sim.faults.current(), sim.webhook_faults.duplicate) == ([], 0)


def test_a_fault_of_ones_own_is_refused_in_words_and_nothing_typed_is_lost(
    bare_window: OpenWindow, sim: Simulator
) -> None:
    ann = bare_window()
    panel = Panel(ann)
    form = panel.unfold("faults-advanced")
    form.get_by_label("Service").select_option("BroadWorks")
    form.get_by_label("Path").fill("/broadworks/.+")
    form.get_by_label("Status").fill("five hundred")
    form.get_by_label("Retry-After").fill("7")
    form.get_by_label("Body").fill('{"message": "Not now."}')
    form.get_by_label("Headers").fill("X-Edge: 1")

    form.get_by_role("button", name="Add this fault").click()
    expect(form).to_contain_text("Status must be a whole number between 200 and 599.")
    expect(form.get_by_label("Status")).to_be_focused()
    expect(form.get_by_label("Status")).to_have_value("five hundred")
    expect(form.get_by_label("Path")).to_have_value("/broadworks/.+")
    form.get_by_label("Status").fill("503")
    form.get_by_role("button", name="Add this fault").click()

    expect(banner(ann.page)).to_contain_text("BroadWorks answers calls to /broadworks/.+ with 503")
    (fault,) = sim.faults.current()
    assert (fault.status, fault.retry_after, fault.body) == (503, "7", {"message": "Not now."})
    assert fault.headers == {"X-Edge": "1"}
    # A browser complains of every refusal.
    ann.complaints.clear()


def test_the_keyboard_reaches_everything_on_a_phone(bare_window: OpenWindow, sim: Simulator) -> None:
    ann = bare_window(viewport=PHONE)
    panel = Panel(ann)
    panel.root.get_by_test_id("faults-group-Webex").locator("summary").focus()
    keyboard = ann.page.keyboard

    keyboard.press("Enter")
    keyboard.press("Tab")
    expect(panel.row(SLOW).get_by_role("switch")).to_be_focused()
    keyboard.press("Space")

    expect(panel.row(SLOW)).to_contain_text("On · 1 left")
    assert ann.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert panel.root.evaluate("panel => panel.scrollWidth <= panel.clientWidth")
    assert len(sim.faults.current()) == 1


def test_where_there_is_no_bot_nothing_can_be_done_to_it(bare_window: OpenWindow) -> None:
    panel = Panel(bare_window())

    expect(panel.root).to_contain_text("there is no bot to kill or start")
    expect(panel.root.get_by_role("button", name="Kill", exact=True)).to_be_hidden()


# Time.


def test_the_clock_is_put_forward_but_never_back(bare_window: OpenWindow, sim: Simulator) -> None:
    ann = bare_window()
    panel = Panel(ann)
    face = panel.root.get_by_test_id("faults-clock")
    expect(face).to_contain_text("the real time")

    for name in ("+10 min", "+1 hour"):
        panel.root.get_by_role("button", name=name).click()
    expect(face).to_contain_text("1 h 10 min ahead")
    field = panel.root.get_by_label("How much to put the clock forward")
    field.fill("-3")
    panel.root.get_by_role("button", name="Put forward").click()
    expect(panel.root).to_contain_text("Write a number above 0: the clock goes forward only.")
    expect(field).to_have_value("-3")
    field.fill("1,5")
    field.press("Enter")

    expect(face).to_contain_text("2 h 40 min ahead")
    assert sim.clock.ahead == 9600


# With the real bot.


def test_a_lost_answer_leaves_a_write_unknown_and_is_used_up_by_it(open_window: OpenWindow) -> None:
    window = open_window("ann/ann")
    ann, panel = Agent(window), Panel(window)
    panel.switch("broadworks-no-looking", "until I switch it off")
    panel.switch(LOST, "once")
    expect(badge(window.page)).to_have_accessible_name(re.compile("Faults: 2 on"))
    request = ann.ask(
        f"provision workspace name=Attic user=95547402@example.com enterprise=Reseller1+acme ext=51402"
        f" pid={PROVISIONING_ID}",
        "Nothing has been sent yet",
    )

    button(request, "Provision").click()

    expect(request).to_contain_text("Nobody knows yet whether it was done")
    expect(panel.row(LOST).get_by_role("switch")).not_to_be_checked()
    expect(badge(window.page)).to_have_accessible_name(re.compile("Faults: 1 on"))
    panel.switch("broadworks-no-looking")
    expect(banner(window.page)).to_be_hidden()


def test_the_bot_is_killed_and_started_in_front_of_ones_eyes(open_window: OpenWindow) -> None:
    window = open_window("ann/ann")
    panel = Panel(window)
    state, trail = panel.root.get_by_test_id("faults-bot-state"), panel.root.get_by_test_id("faults-bot-trail")
    head = window.page.locator("#bot-state")
    expect(state).to_have_text("Running")

    panel.root.get_by_role("button", name="Kill", exact=True).click()
    expect(state).to_have_text("Stopped")
    expect(head).to_have_text("Provisioning: stopped")
    window.page.reload()
    expect(head).to_have_text("Provisioning: stopped")
    panel = Panel(window)
    panel.root.get_by_role("button", name="Start", exact=True).click()
    expect(head).to_have_text("Provisioning: running again")

    panel.root.get_by_role("button", name="Kill the bot (kill -9) and start it again").click()
    expect(state).to_have_text("Starting…")
    expect(head).to_have_text("Provisioning: starting…")
    expect(trail.get_by_role("listitem")).to_have_text(["Stopped", "Starting", re.compile(r"Running after \d+\.\d s")])
    expect(state).to_have_text("Running")


def test_a_form_expires_when_the_clock_is_put_forward(open_window: OpenWindow) -> None:
    window = open_window("bob/bob")
    form = Agent(window).ask("precheck", "E-mail")

    Panel(window).root.get_by_role("button", name="+1 day").click()

    expect(form).to_contain_text("Nobody sent this form in time")


def test_the_state_is_read_again_after_a_lost_connection(
    window: OpenWindow, sim: Simulator, server: RunningServer
) -> None:
    ann = window()
    ann.page.get_by_test_id("lab-tab-recording").wait_for(state="attached")
    server.close()
    expect(ann.page.get_by_test_id("connection")).to_have_attribute("data-state", "lost")
    sim.faults.add(service="webex", kind="status", status=503, path="/nowhere")

    with serve(sim, port=server.port):
        expect(banner(ann.page)).to_contain_text("Webex answers calls to /nowhere with 503")
        ann.page.close()
