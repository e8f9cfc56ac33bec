"""Files on the playground's page: up by button, drop and paste, shown before they go, and down to the disk alone."""

import base64
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import FilePayload, Locator, expect

from bot.simulator import Simulator
from tests.browser.conftest import OpenWindow, Window

pytestmark = pytest.mark.browser

CSV = b"userId,email\n1,a@example.com\n"
LIST: FilePayload = {"name": "subscribers.csv", "mimeType": "text/csv", "buffer": CSV}
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAEklEQVR4nGP4z8CAB+GTG8HSALfKY52fTcuYAAAAAElFTkSuQmCC"
)
HOSTILE_SVG = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><script>alert(1)</script></svg>"
HOSTILE_HTML = b"<script>alert(1)</script>"

DROP = """([kind, files]) => {
  const transfer = new DataTransfer();
  for (const [name, words] of files) transfer.items.add(new File([words], name, { type: "text/csv" }));
  const target = document.getElementById("scroller");
  target.dispatchEvent(new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true }));
}"""
PASTE = """([name, text]) => {
  const clipboardData = new DataTransfer();
  if (name) clipboardData.items.add(new File(["a,b"], name, { type: "text/csv" }));
  if (text) clipboardData.setData("text/plain", text);
  const target = document.querySelector("[data-testid=composer]");
  target.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


def attach(window: Window, *files: FilePayload) -> Locator:
    """Choose a file with the paper-clip, and what is shown of it."""
    with window.page.expect_file_chooser() as chooser:
        window.page.get_by_role("button", name="Attach a file").click()
    chooser.value.set_files(list(files))
    return window.page.get_by_test_id("attached")


def post(sim: Simulator, who: str, name: str, data: bytes, media_type: str) -> None:
    headers = {"Authorization": f"Bearer {sim.people[who].token}"}
    with httpx.Client(transport=httpx.WSGITransport(app=sim.app), base_url="http://localhost") as http:
        form, files = {"roomId": sim.spaces["support"]}, {"files": (name, data, media_type)}
        http.post("/v1/messages", data=form, files=files, headers=headers).raise_for_status()


def test_a_file_goes_with_words_and_is_shown_before_and_after(window: OpenWindow, sim: Simulator) -> None:
    ann, bob = window("ann/support"), window("bob/support")

    shown = attach(ann, LIST)
    expect(shown).to_contain_text("subscribers.csv")
    expect(shown).to_contain_text(f"CSV file · {len(CSV)} bytes")
    expect(ann.composer).to_be_focused()
    ann.composer.fill("The list")
    ann.composer.press("Enter")

    expect(shown).to_be_hidden()
    for window_ in (ann, bob):
        expect(window_.messages).to_contain_text("The list")
        expect(window_.page.get_by_test_id("message-file")).to_contain_text("subscribers.csv")
        expect(window_.page.get_by_test_id("message-file")).to_contain_text(f"CSV file · {len(CSV)} bytes")
    (message,) = sim.world.messages.values()
    assert message.content is not None
    assert (message.text, message.content.name, message.content.data) == ("The list", "subscribers.csv", CSV)


def test_a_file_goes_alone_in_a_thread_and_to_the_bot_only_when_it_is_mentioned(
    window: OpenWindow, sim: Simulator
) -> None:
    ann = window("ann/support")

    attach(ann, LIST)
    ann.page.get_by_test_id("send").click()
    expect(ann.messages).to_have_count(1)
    ann.messages.first.hover()
    ann.page.get_by_test_id("reply").first.click()
    attach(ann, LIST)
    ann.composer.press_sequentially(f"@{sim.bot.display_name} bulk")
    ann.composer.press("Enter")

    expect(ann.messages).to_have_count(2)
    first, second = sim.world.messages.values()
    assert (first.text, len(first.files)) == ("", 1)
    assert (second.root, second.mentioned_people, len(second.files)) == (first.id, (sim.bot.id,), 1)


def test_a_file_can_be_taken_away_again(window: OpenWindow, sim: Simulator) -> None:
    ann = window("ann/support")
    shown = attach(ann, LIST)
    expect(ann.page.get_by_test_id("send")).to_have_attribute("aria-disabled", "false")

    shown.get_by_role("button", name="Remove subscribers.csv").click()

    expect(shown).to_be_hidden()
    expect(ann.page.get_by_test_id("send")).to_have_attribute("aria-disabled", "true")
    ann.composer.press("Enter")
    assert len(sim.world.messages) == 0


def test_a_dropped_file_waits_beside_the_field(window: OpenWindow, sim: Simulator) -> None:
    ann = window("ann/support")
    zone = ann.page.get_by_test_id("dropzone")

    ann.page.evaluate(DROP, ["dragover", [["a.csv", "a"]]])
    expect(zone).to_have_text("Drop a file to send it to BroadWorks support")
    ann.page.evaluate(DROP, ["drop", [["a.csv", "a"], ["b.csv", "b"]]])

    expect(zone).to_be_hidden()
    expect(ann.page.get_by_test_id("attached")).to_contain_text("a.csv")
    expect(ann.page.get_by_role("alert").filter(has_text="One file goes with a message")).to_be_visible()
    ann.composer.press("Enter")
    expect(ann.page.get_by_test_id("message-file")).to_contain_text("a.csv")


def test_a_pasted_file_is_taken_unless_words_come_with_it(window: OpenWindow) -> None:
    ann = window("ann/support")

    ann.page.evaluate(PASTE, ["cells.png", "a\tb"])
    expect(ann.page.get_by_test_id("attached")).to_be_hidden()
    ann.page.evaluate(PASTE, ["list.csv", ""])

    expect(ann.page.get_by_test_id("attached")).to_contain_text("list.csv")


def test_a_file_waits_for_its_person_and_space(window: OpenWindow) -> None:
    ann = window("ann/support")
    attach(ann, LIST)

    ann.page.get_by_test_id("space-ann").click()
    expect(ann.page.get_by_test_id("attached")).to_be_hidden()
    ann.page.get_by_test_id("space-support").click()

    expect(ann.page.get_by_test_id("attached")).to_contain_text("subscribers.csv")


def test_a_file_that_is_too_large_is_told_in_words(window: OpenWindow, tmp_path: Path) -> None:
    ann = window("ann/support")
    large = tmp_path / "backup.zip"
    with large.open("wb") as file:
        file.truncate(120 * 1024 * 1024)

    with ann.page.expect_file_chooser() as chooser:
        ann.page.get_by_role("button", name="Attach a file").click()
    chooser.value.set_files(large)

    words = "“backup.zip” has 120 MB: Webex takes files of at most 100 MB."
    expect(ann.page.get_by_role("alert").filter(has_text=words)).to_be_visible()
    expect(ann.page.get_by_test_id("attached")).to_be_hidden()


def test_a_file_that_webex_refuses_comes_back(window: OpenWindow, sim: Simulator) -> None:
    ann = window("ann/support")
    sim.faults.add(service="webex", kind="status", status=503, path="/messages", method="POST", times=1)

    attach(ann, LIST)
    ann.composer.fill("The list")
    ann.composer.press("Enter")

    expect(ann.page.get_by_role("alert").filter(has_text="Not sent")).to_be_visible()
    expect(ann.page.get_by_test_id("attached")).to_contain_text("subscribers.csv")
    expect(ann.composer).to_have_value("The list")
    ann.complaints.clear()


@pytest.mark.parametrize("name", ["subscribers.csv", "liste-é (2).csv", "one; two.csv"])
def test_a_download_has_the_name_and_the_bytes(window: OpenWindow, sim: Simulator, name: str) -> None:
    post(sim, "bob", name, CSV, "text/csv")
    ann = window("ann/support")
    expect(ann.page.get_by_test_id("message-file")).to_contain_text(name)

    with ann.page.expect_download() as download:
        ann.page.get_by_role("button", name="Download").click()

    assert Path(download.value.path()).read_bytes() == CSV
    assert download.value.suggested_filename == name
    assert download.value.url.startswith("blob:")


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("evil.svg", HOSTILE_SVG, "image/svg+xml"),
        ("evil.html", HOSTILE_HTML, "text/html"),
        ("evil.png", HOSTILE_HTML, "text/html"),
    ],
)
def test_a_hostile_file_is_never_drawn_nor_opened(
    window: OpenWindow, sim: Simulator, name: str, data: bytes, media_type: str
) -> None:
    post(sim, "bob", name, data, media_type)
    ann = window("ann/support")
    file = ann.page.get_by_test_id("message-file")
    expect(file).to_contain_text(name)

    with ann.page.expect_download() as download:
        file.get_by_role("button", name="Download").click()

    assert Path(download.value.path()).read_bytes() == data
    expect(file.locator("img, iframe, object, embed, a")).to_have_count(0)
    assert len(ann.page.context.pages) == 1


def test_a_small_picture_is_shown_from_this_page_alone(window: OpenWindow, sim: Simulator) -> None:
    post(sim, "bob", "dot.png", DOT, "image/png")
    post(sim, "bob", "large.png", DOT + bytes(1024 * 1024), "image/png")

    ann = window("ann/support")

    picture = ann.page.get_by_test_id("message-file").first.get_by_role("img", name="dot.png")
    expect(picture).to_be_visible()
    assert str(picture.get_attribute("src")).startswith("blob:")
    expect(ann.page.get_by_test_id("message-file").nth(1)).to_contain_text("PNG image · 1 MB")
    expect(ann.page.get_by_test_id("message-file").nth(1).get_by_role("img")).to_have_count(0)


def test_a_file_that_cannot_be_read_says_so(window: OpenWindow, sim: Simulator) -> None:
    post(sim, "bob", "subscribers.csv", CSV, "text/csv")
    sim.faults.add(service="webex", kind="status", status=410, path="/contents/.*")

    ann = window("ann/support")

    expect(ann.page.get_by_test_id("message-file")).to_contain_text("It could not be read")
    ann.complaints.clear()
