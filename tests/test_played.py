"""The bot as the playground runs it: its clock goes with the simulator's, and nobody else's bot has such a clock."""

import os
import re
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.app import utc_now
from bot.played import CLOCK_FILE, Follower, MovedClock, main, read_seconds, write_seconds
from bot.playing import playground
from bot.serving import Server
from bot.settings import Settings
from bot.simulator.provisioning.records import PROVISIONING_ID
from tests.crash.house import REPOSITORY
from tests.test_app import REQUIRED
from tests.test_playing import Playground

HOUR = timedelta(hours=1)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "clock"


# The clock and its file.


def test_a_clock_without_a_file_has_the_real_time(file: Path) -> None:
    clock = MovedClock(file)

    assert not clock.look()
    assert abs(clock() - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_clock_is_as_far_ahead_as_its_file_says_and_notices_when_it_changes(file: Path) -> None:
    write_seconds(file, 3600)
    clock = MovedClock(file)
    at_first = clock.ahead

    write_seconds(file, 7200)

    assert (at_first, clock.ahead) == (HOUR, HOUR)
    assert (clock.look(), clock.look()) == (True, False)
    assert clock.ahead == 2 * HOUR
    assert timedelta(minutes=119) < clock() - datetime.now(UTC) < timedelta(minutes=121)


def test_a_clock_never_goes_back(file: Path) -> None:
    write_seconds(file, 3600)
    clock = MovedClock(file)

    write_seconds(file, 60)

    assert not clock.look()
    assert clock.ahead == HOUR


@pytest.mark.parametrize("text", ["", "soon", "-5", "nan", "inf", "1e300", "\u2167"])
def test_a_file_that_makes_no_sense_moves_nothing(file: Path, text: str) -> None:
    file.write_text(text, "utf-8")

    assert read_seconds(file) == 0
    assert MovedClock(file).ahead == timedelta()


# What was put off comes nearer.


def test_what_was_put_off_comes_nearer_by_as_much_as_the_clock_was_put_forward(file: Path) -> None:
    clock, moved = MovedClock(file), list[timedelta]()
    follower = Follower(clock, moved.append)

    for seconds in (3600, 3600, 10_800):
        write_seconds(file, seconds)
        clock.look()
        follower.catch_up()

    assert moved == [HOUR, 2 * HOUR]


def test_what_a_bot_has_slept_through_is_made_up_for_when_it_starts_and_only_once(file: Path) -> None:
    moved: list[timedelta] = []
    write_seconds(file, 3600)
    Follower(MovedClock(file), moved.append).catch_up()

    write_seconds(file, 7200)
    for _ in range(2):
        Follower(MovedClock(file), moved.append).catch_up()

    assert moved == [HOUR, HOUR]


def test_the_file_is_watched_until_the_bot_stops(file: Path) -> None:
    heard, stopping = threading.Event(), threading.Event()
    follower = Follower(MovedClock(file), lambda _by: heard.set())
    watching = threading.Thread(target=follower.run, args=(stopping,))
    watching.start()

    write_seconds(file, 3600)

    assert heard.wait(10)
    stopping.set()
    watching.join(10)
    assert not watching.is_alive()


# Nobody else's bot has such a clock.


def test_a_bot_that_is_served_for_real_has_the_real_time(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_seconds(file, 3600)
    monkeypatch.setenv(CLOCK_FILE, str(file))
    settings = Settings.read({**REQUIRED, **os.environ})

    assert Server(settings)._clock is utc_now  # noqa: SLF001 - no behaviour of it shows without an hour's wait.


def test_only_the_playground_knows_of_the_clock_that_can_be_put_forward() -> None:
    product = [path for folder in ("bot", "cards") for path in (REPOSITORY / folder).rglob("*.py")]
    knowing = {
        path.relative_to(REPOSITORY).as_posix()
        for path in product
        if re.search(r"\bCLOCK_FILE\b|PLAY_CLOCK_FILE", path.read_text("utf-8"))
    }

    assert knowing == {"bot/played.py", "bot/playing.py"}


def test_settings_that_are_missing_are_named(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in REQUIRED:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(CLOCK_FILE, str(file))

    assert main() == 2
    assert "WEBEX_TEAMS_ACCESS_TOKEN" in capsys.readouterr().err


# In the whole playground.


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Playground]:
    found = Playground("play", "--json", "--port", "0", "--no-browser", folder=tmp_path_factory.mktemp("play"))
    yield found
    found.close()


def forward(ground: Playground, by: timedelta) -> dict[str, Any]:
    answer = ground.http.post(f"{ground.where['control']}/clock", json={"forward": by.total_seconds()})
    found: dict[str, Any] = answer.raise_for_status().json()
    return found


def test_a_form_expires_when_the_clock_is_put_forward(ground: Playground) -> None:
    ground.say("ann", "precheck")
    ground.expect("ann", "Precheck subscriber")

    forward(ground, timedelta(hours=2))

    ground.expect("ann", "Nobody sent this form in time.")


def test_a_confirmation_expires_even_if_the_bot_was_away_meanwhile(ground: Playground) -> None:
    ground.say(
        "bob",
        "provision workspace name=Annex user=95547401@example.com enterprise=Reseller1+acme ext=51401"
        f" pid={PROVISIONING_ID}",
    )
    ground.expect("bob", "Nothing has been sent yet")

    ground.steer("kill")
    forward(ground, timedelta(hours=25))
    ground.steer("start")

    ground.expect("bob", "Expired", "Nobody confirmed it in time. Nothing was sent.")


def test_data_that_is_kept_never_comes_from_the_future(tmp_path: Path) -> None:
    write_seconds(tmp_path / "clock", 7200)

    with playground(data=str(tmp_path)) as running:
        ahead = running.simulator.clock.ahead
        running.simulator.clock.forward(60)

    assert (ahead, read_seconds(tmp_path / "clock")) == (7200, 7260)
