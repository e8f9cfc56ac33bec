"""The bot's log is followed as it grows, whatever becomes of the file; and nothing private comes through."""

import json
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.simulator.inside.following import Following
from bot.simulator.provisioning.records import PROVISIONING_ID
from tests.crash.house import until
from tests.test_playing import Playground

PATIENCE = 10.0


class Listener:
    """Hears lines, and waits for them."""

    def __init__(self) -> None:
        self._heard: queue.Queue[dict[str, Any]] = queue.Queue()

    def __call__(self, line: dict[str, Any]) -> None:
        self._heard.put(line)
        if line.get("event") == "trouble":
            raise RuntimeError("Whoever listens may fail.")

    def next(self) -> Any:
        """What the next line says happened."""
        return self._heard.get(timeout=PATIENCE)["event"]

    @property
    def silent(self) -> bool:
        return self._heard.empty()


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "bot.log"


@pytest.fixture
def listener() -> Listener:
    return Listener()


@contextmanager
def following(log: Path, listener: Callable[[dict[str, Any]], None]) -> Iterator[None]:
    with Following(log, listener, step=0.01):
        yield


def write(log: Path, text: str, *, mode: str = "a") -> None:
    with log.open(mode, encoding="utf-8") as file:
        file.write(text)


def line(event: str) -> str:
    return json.dumps({"event": event}) + "\n"


def test_lines_are_heard_as_they_are_written_into_a_file_that_comes_later(log: Path, listener: Listener) -> None:
    with following(log, listener):
        write(log, line("one") + line("two"))
        assert [listener.next(), listener.next()] == ["one", "two"]
        write(log, line("three"))
        assert listener.next() == "three"


def test_what_was_written_before_is_past(log: Path, listener: Listener) -> None:
    write(log, line("past"))

    with following(log, listener):
        write(log, line("present"))
        assert listener.next() == "present"


def test_a_line_in_pieces_is_heard_once_it_is_whole(log: Path, listener: Listener) -> None:
    whole = line("in pieces")
    write(log, line("before"))
    with Following(log, listener, step=0.01) as follower:
        write(log, line("first") + whole[:9])
        assert listener.next() == "first"
        assert listener.silent
        write(log, whole[9:])
        assert listener.next() == "in pieces"
        follower.close()


@pytest.mark.parametrize(
    "garbage",
    [
        "[2026-07-09] [INFO] Starting\n",
        '{"event": "half\n',
        "{}}\n",
        "[1, 2]\n",
        '"words"\n',
        "\x00\ud7ff\n",
        "{" * 5000 + "\n",
        '{"a":' * 5000 + "\n",
        "\n",
    ],
)
def test_what_cannot_be_read_is_passed_over(log: Path, listener: Listener, garbage: str) -> None:
    with following(log, listener):
        write(log, garbage + line("after"))
        assert listener.next() == "after"


def test_a_listener_that_fails_hears_the_next_line(log: Path, listener: Listener) -> None:
    with following(log, listener):
        write(log, line("trouble") + line("after"))
        assert [listener.next(), listener.next()] == ["trouble", "after"]


def test_a_file_that_was_cut_short_is_read_from_its_beginning(log: Path, listener: Listener) -> None:
    with following(log, listener):
        write(log, line("a long line that was there before"))
        listener.next()
        write(log, line("new"), mode="w")
        assert listener.next() == "new"


def test_a_file_that_was_replaced_is_read_from_its_beginning(log: Path, listener: Listener, tmp_path: Path) -> None:
    with following(log, listener):
        write(log, line("old"))
        listener.next()
        other = tmp_path / "other.log"
        write(other, line("another file, and a longer one"))
        other.replace(log)
        assert listener.next() == "another file, and a longer one"


def test_the_last_words_are_heard_before_it_ends(log: Path, listener: Listener) -> None:
    with Following(log, listener, step=60):
        write(log, line("last words"))

    assert listener.next() == "last words"
    assert "following" not in {thread.name for thread in threading.enumerate()}


def test_an_endless_line_does_not_fill_the_memory(log: Path, listener: Listener) -> None:
    with following(log, listener):
        write(log, "{" + "x" * 3_000_000)
        write(log, "\n" + line("after"))
        assert listener.next() == "after"


EVERY_STEP = ("asked", "planned", "confirmed", "approved", "write attempted", "done")
USER = "95547390@example.com"
ENTERPRISE = "Reseller1+acme"
PRIVATE = ["Secret Room", ENTERPRISE, "51999", "very.private", USER, "+1-240-555-0199", "2405550199", PROVISIONING_ID]


def test_nothing_that_people_type_ever_shows_inside(tmp_path: Path) -> None:
    playground = Playground("play", "--json", "--port", "0", "--no-browser", folder=tmp_path)
    try:
        playground.say("ann", "precheck very.private@example.com package=standard phone=+1-240-555-0199")
        playground.expect("ann", "Request 1 ")
        line = f'provision workspace name="Secret Room" user={USER} enterprise={ENTERPRISE} ext=51999'
        playground.say("ann", f"{line} pid={PROVISIONING_ID}")
        form = playground.expect("ann", "Nothing has been sent yet", "Secret Room")
        press = {"type": "submit", "messageId": form.id, "inputs": form.data("Provision")}
        playground.call("ann", "POST", "attachment/actions", json=press)
        playground.expect("ann", "Secret Room", "Workspace ID")
        inside = f"{playground.where['page']}play/inside"
        told = until(lambda: answered(playground.http, inside))
        timeline = playground.http.get(f"{inside}/requests/2").raise_for_status()
        tokens = [person["token"] for person in playground.where["people"].values()]
    finally:
        playground.close()

    kinds = {entry["kind"] for entry in json.loads(told)["entries"]}
    assert kinds == {"webhook", "bot", "history", "call", "card", "world"}
    assert {"webhook", "call", "card", "world"} <= {entry["kind"] for entry in timeline.json()["entries"]}
    steps = [entry["words"] for entry in timeline.json()["entries"] if entry["kind"] == "history"]
    assert steps == [f"Request 2: {step}" for step in EVERY_STEP]
    for private in [*PRIVATE, *tokens, "play-bot-token", "play-broadworks-token", "a-webhook-secret-for-play"]:
        assert private not in told + timeline.text


def answered(http: httpx.Client, inside: str) -> str:
    """Everything inside, once the log tells that the second request was carried out."""
    answer = http.get(inside).raise_for_status()
    return answer.text if "Request 2: carry out" in answer.text else ""
