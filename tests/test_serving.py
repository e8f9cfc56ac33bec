"""The bot as operators run it: it ends in order, and never twice on one file."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from bot.bot_process import free_port
from bot.serving import READ_WITHIN, THREADS
from tests.crash.house import REPOSITORY, House, until

SECOND = """
import os
from bot.serving import serve
from bot.settings import Settings

serve(Settings.read(os.environ), take_over=0.2)
"""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with House(tmp_path) as found:
        yield found


def test_sigterm_ends_it_in_order_and_the_answer_that_was_under_way_is_delivered(house: House) -> None:
    bot = house.bot()
    bot.start()
    house.register()
    slow = house.simulator.faults.add(service="broadworks", kind="latency", seconds=1)
    house.say(house.person("Ann"), "precheck new.one@example.com package=standard")
    until(lambda: slow.waiting == 1)

    asked_to_end = time.monotonic()
    os.kill(bot.pid, signal.SIGTERM)
    until(lambda: bot.exit_code is not None, within=60)
    took = time.monotonic() - asked_to_end
    house.bot().start()

    assert bot.exit_code == 0
    # Platforms wait for half a minute before they kill.
    assert took < 20
    house.expect("Webex expects this to work", "new.one@example.com")
    assert house.ready()[0] == 200


def test_a_second_bot_on_the_same_file_is_refused_in_plain_words_and_the_first_goes_on(house: House) -> None:
    house.bot().start()

    second = subprocess.run(
        [sys.executable, "-c", SECOND],
        env={**os.environ, **house.variables, "PORT": str(free_port()), "PYTHONPATH": str(REPOSITORY)},
        cwd=house.folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    said = f"Another bot is running on {house.folder}/bot.sqlite. SQLite serves one: stop the other."
    assert second.returncode != 0
    assert said in second.stderr.splitlines()
    assert "Traceback" not in second.stderr
    assert httpx.get(f"{house.url}/healthz", trust_env=False, timeout=30).status_code == 200


def test_callers_who_send_half_a_request_and_wait_do_not_keep_others_out(house: House) -> None:
    house.bot().start()
    port = int(house.url.rpartition(":")[2])
    half = b"POST /webhooks/webex HTTP/1.1\r\nHost: bot\r\nContent-Length: 60000\r\n\r\n{"
    with ExitStack() as stack:
        for _ in range(THREADS + 8):
            caller = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            caller.sendall(half)

        answer = httpx.get(f"{house.url}/healthz", trust_env=False, timeout=4 * READ_WITHIN)

    assert answer.status_code == 200
