"""The playground's hand on the bot's process."""

import httpx
import pytest

from bot.simulator import Simulator
from tests.simulator.kit import announced


class Bot:
    """Looks on from inside, as it were, while it is killed and started; `fails` makes starting it fail."""

    def __init__(self, sim: Simulator, *, fails: str = "") -> None:
        self.told: list[tuple[str, str]] = []
        self.running = True
        self._sim = sim
        self._fails = fails

    def kill(self) -> None:
        self.told.append(("kill", self._sim.steering.state))
        self.running = False

    def start(self) -> None:
        self.told.append(("start", self._sim.steering.state))
        if self._fails:
            raise RuntimeError(self._fails)
        self.running = True


def test_the_bot_can_be_killed_and_started(control: httpx.Client, sim: Simulator) -> None:
    assert control.post("/control/bot/kill").status_code == 409

    bot = Bot(sim)
    sim.bot_process = bot
    statuses = [control.post(f"/control/bot/{what}").status_code for what in ("kill", "start")]

    assert statuses == [204, 204]
    assert bot.told == [("kill", "running"), ("start", "starting")]


def test_the_overview_says_how_the_bot_is(control: httpx.Client, sim: Simulator) -> None:
    sim.bot_process = Bot(sim)
    running = control.get("/control").json()["bot"]
    control.post("/control/bot/kill")
    stopped = control.get("/control").json()["bot"]

    assert running == {"process": True, "running": True, "state": "running", "seconds": None}
    assert stopped == {"process": True, "running": False, "state": "stopped", "seconds": None}


def test_restarting_the_bot_is_announced_step_by_step(
    control: httpx.Client, sim: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    sim.bot_process = Bot(sim)
    told = announced(sim, monkeypatch)

    seconds = control.post("/control/bot/restart").json()["seconds"]

    assert seconds >= 0
    assert told == [
        ("bot", {"kind": "kill", "state": "stopped"}),
        ("bot", {"kind": "starting", "state": "starting"}),
        ("bot", {"kind": "start", "state": "running", "seconds": seconds}),
    ]
    assert control.get("/control").json()["bot"]["seconds"] == seconds


def test_a_bot_that_does_not_start_says_why(
    control: httpx.Client, sim: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    sim.bot_process = Bot(sim, fails="The bot did not start.")
    told = announced(sim, monkeypatch)

    refused = control.post("/control/bot/restart")

    assert (refused.status_code, refused.json()["message"]) == (500, "The bot did not start.")
    assert told[-1] == ("bot", {"kind": "failed", "state": "stopped", "words": "The bot did not start."})
    assert control.get("/control").json()["bot"]["state"] == "stopped"
