"""The playground: one command starts everything, and ends it."""

import json
import os
import re
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.__main__ import main
from bot.bot_process import BotProcess, NotReady
from bot.testing.shown import Shown
from tests.crash.house import REPOSITORY, children, members, until

SECONDS = 30.0
"""Within which the playground is there even on a machine that has much else to do; else it takes one or two."""


class Playground:
    """``python -m bot VERB --json``, and people who talk over its API."""

    def __init__(self, *arguments: str, folder: Path) -> None:
        began = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", *arguments],
            env={**os.environ, "PYTHONPATH": str(REPOSITORY), "TMPDIR": str(folder)},
            cwd=folder,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.said = self._line()
        self.took = time.monotonic() - began
        self.where: dict[str, Any] = json.loads(self.said)
        self.http = httpx.Client(trust_env=False, timeout=30)

    def _line(self) -> str:
        """The first line; "" when none comes in a minute."""
        assert self.process.stdout is not None
        with selectors.DefaultSelector() as waiting:
            waiting.register(self.process.stdout, selectors.EVENT_READ)
            return self.process.stdout.readline() if waiting.select(60) else ""

    def call(self, person: str, method: str, path: str, **options: Any) -> Any:
        """Call the simulated Webex as somebody."""
        headers = {"Authorization": f"Bearer {self.where['people'][person]['token']}"}
        answer = self.http.request(method, f"{self.where['webex']}{path}", headers=headers, **options)
        return answer.raise_for_status().json()

    def say(self, person: str, text: str) -> None:
        """Write to the bot."""
        self.call(person, "POST", "messages", json={"toPersonId": self.where["bot_person"]["id"], "text": text})

    def expect(self, person: str, *words: str) -> Shown:
        """Wait for a message of the bot to a person that says all of these words."""

        def found() -> list[Shown]:
            items = self.call(person, "GET", "messages", params={"roomId": self.where["spaces"][person]})["items"]
            shown = [Shown(each) for each in items if each["personId"] == self.where["bot_person"]["id"]]
            return [each for each in shown if all(word in each.text for word in words)]

        return until(found)[0]

    def steer(self, what: str) -> int:
        """Kill the bot or start it."""
        return self.http.post(f"{self.where['control']}/bot/{what}").status_code

    def close(self) -> None:
        """End it, in whatever state it is."""
        self.http.close()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture(scope="module")
def playground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Playground]:
    """One for the tests that leave it as they find it."""
    found = Playground("play", "--json", "--port", "0", "--no-browser", folder=tmp_path_factory.mktemp("play"))
    yield found
    found.close()


def test_one_command_starts_everything_and_says_where_it_is(playground: Playground) -> None:
    where = playground.where
    sys.stdout.write(f"The playground was there after {playground.took:.1f} s.\n")

    assert playground.said.endswith("}\n")
    assert playground.took < SECONDS
    assert list(where) == ["page", "bot", "webex", "broadworks", "control", "people", "spaces", "bot_person"]
    assert list(where["people"]) == ["ann", "bob", "cleo"]
    assert [list(each) for each in where["people"].values()] == [["token", "email", "id"]] * 3
    assert list(where["spaces"]) == ["support", "ann", "bob", "cleo"]
    assert list(where["bot_person"]) == ["id", "email"]
    assert playground.http.get(where["page"]).headers["Content-Type"].startswith("text/html")
    assert playground.http.get(f"{where['bot']}/readyz").status_code == 200


def test_the_bot_answers_and_a_killed_one_is_started_again_and_remembers(playground: Playground) -> None:
    playground.say("ann", "help")
    assert "precheck subscriber" in playground.expect("ann", "What I can do").text
    playground.say("ann", "precheck new.one@example.com package=standard")
    playground.expect("ann", "Webex expects this to work", "Request 1 ")

    assert playground.steer("kill") == 204
    with pytest.raises(httpx.TransportError):
        playground.http.get(f"{playground.where['bot']}/healthz")
    assert [playground.steer("start"), playground.steer("start")] == [204, 204]

    playground.say("ann", "my requests")
    playground.expect("ann", "1 · Precheck subscriber", "new.one@example.com", "done")


def test_a_bot_that_ends_by_itself_is_told_of_at_once(playground: Playground) -> None:
    inside = f"{playground.where['page']}play/inside"

    for bot in children(playground.process.pid):
        os.kill(bot, signal.SIGKILL)

    def told() -> list[str]:
        entries = playground.http.get(inside, params={"kind": "world"}).json()["entries"]
        return [each["words"] for each in entries if each["words"] == "The bot ended by itself"]

    assert until(told) == ["The bot ended by itself"]
    assert playground.http.get(playground.where["control"]).json()["bot"]["state"] == "stopped"
    assert playground.steer("start") == 204


def test_the_bot_can_be_let_renew_its_own_token(tmp_path: Path) -> None:
    ground = Playground("play", "--renewing", "--json", "--port", "0", folder=tmp_path)
    try:
        ground.say("ann", "check one@example.com")
        ground.expect("ann", "Webex expects this to work")
        expire = f"{ground.where['control']}/scenarios/broadworks-token-expires"
        ground.http.post(expire, json={}).raise_for_status()
        ground.say("ann", "check two@example.com")
        ground.expect("ann", "Webex expects this to work", "two@example.com")
        calls = ground.http.get(f"{ground.where['control']}/calls").json()["items"]
    finally:
        ground.close()

    of_tokens = [call["status"] for call in calls if call["path"] == "/access_token"]
    assert of_tokens == [200, 200]
    # Which enterprises there are it asks by itself.
    assert [call["status"] for call in calls if call["path"].endswith("/validate")] == [200, 401, 200]


def test_sigterm_ends_everything_and_leaves_nothing_behind(tmp_path: Path) -> None:
    playground = Playground("play", "--json", "--port", "0", "--no-browser", folder=tmp_path)
    bots = children(playground.process.pid)

    playground.process.send_signal(signal.SIGTERM)
    code = playground.process.wait(60)
    playground.close()

    assert (code, len(bots)) == (0, 1)
    assert members(bots[0]) == []
    assert list(tmp_path.iterdir()) == []


def test_a_port_that_is_taken_is_said_in_plain_words(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        assert main(["play", "--port", str(port), "--no-browser"]) == 1

    assert re.fullmatch(
        rf"Port {port} cannot be had \(.+\)\. Take another: --port 0 takes any free one\.\n", capsys.readouterr().err
    )


def test_the_simulators_can_be_had_alone(tmp_path: Path) -> None:
    alone = Playground("simulate", "--json", "--port", "0", folder=tmp_path)

    assert alone.where["bot"] is None
    assert alone.call("ann", "GET", "people/me")["emails"] == ["ann@example.com"]
    assert alone.steer("kill") == 409
    assert children(alone.process.pid) == []
    alone.process.send_signal(signal.SIGINT)
    assert alone.process.wait(60) == 0
    alone.close()


def test_without_json_people_read_where_the_page_is_and_how_to_end_it(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "play", "--port", "0", "--no-browser", "--data", str(tmp_path / "kept")],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    with process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(3)]
        bots = children(process.pid)
        process.send_signal(signal.SIGINT)

    assert re.fullmatch(r"The playground is at http://127\.0\.0\.1:\d+/\n", lines[0])
    assert lines[1:] == [f"The bot's own log is {tmp_path}/kept/bot.log\n", "Ctrl-C ends it.\n"]
    assert process.returncode == 0
    assert (len(bots), members(bots[0])) == (1, [])
    assert (tmp_path / "kept" / "bot.sqlite").exists()


def test_a_bot_that_does_not_come_up_is_told_of_with_the_end_of_its_log(tmp_path: Path) -> None:
    bot = BotProcess(port=1, variables={}, log=tmp_path / "bot.log", command=("-c", "exit('It is broken.')"))

    with pytest.raises(NotReady, match=r"The bot did not start\. The end of its log:\nIt is broken\."):
        bot.start()

    assert bot.exit_code == 1
    bot.kill()
