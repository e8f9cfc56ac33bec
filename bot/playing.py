"""The playground: simulated Webex and BroadWorks here, the bot in a process of its own, as in the real world."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import webbrowser
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from bot.errors import BotError
from bot.operations import catalogue
from bot.played import CLOCK_FILE, has_followed, has_work, read_seconds, write_seconds
from bot.policies import load_policy
from bot.simulator import Simulator
from bot.simulator.inside.following import Following
from bot.simulator.server import RunningServer, serve

_PLAY_SECRET = "a-webhook-secret-for-play"  # noqa: S105 - it protects nothing but the playground.
_PLAY_KEY = "a-signing-key-for-the-playground-only"
_READY_WITHIN = 30.0
_STEP = 0.03
_SHORTLY = 15.0


class NotReady(BotError):
    """The bot did not come up."""


class BotProcess:
    """The bot as a child process that can be killed and started again, on the same files and port."""

    def __init__(
        self,
        *,
        port: int,
        variables: dict[str, str],
        log: Path,
        command: Sequence[str] = ("-m", "bot", "serve"),
        died: Callable[[], None] = lambda: None,
    ) -> None:
        """``died`` hears of a process that ended though nobody asked it to."""
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self._variables = variables
        self._log = log
        self._command = [sys.executable, *command]
        self._died = died
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._asked_to_end: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers; do nothing if it runs."""
        self.launch()
        self.wait_ready()

    def launch(self) -> None:
        """Start it; do nothing if it runs."""
        with self._lock:
            if self._process is not None and self._process.poll() is None:
                return
            inherited = {
                name: value
                for name, value in os.environ.items()
                if not name.startswith(("BOT_", "WEBEX_", "BROADWORKS_", "DATABASE_", "PUBLIC_", "LOG_", "GUNICORN_"))
            }
            with self._log.open("ab") as log:
                self._process = subprocess.Popen(  # noqa: S603 - the command is ours.
                    self._command,
                    env={**inherited, **self._variables},
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                    cwd=self._log.parent,
                )
            threading.Thread(target=self._watch, args=(self._process,), name="bot-watch", daemon=True).start()

    def wait_ready(self) -> None:
        """Return when the bot answers; raises NotReady with the end of its log."""
        until = time.monotonic() + _READY_WITHIN
        with httpx.Client(trust_env=False, timeout=5.0) as client:
            while time.monotonic() < until and self._process is not None and self._process.poll() is None:
                try:
                    client.get(f"{self.url}/healthz").raise_for_status()
                except httpx.HTTPError:
                    time.sleep(_STEP)
                else:
                    return
        raise NotReady(f"The bot did not start. The end of its log:\n{self._log.read_text(errors='replace')[-2000:]}")

    @property
    def pid(self) -> int:
        """The number of the process, which leads its group; 0 before the first start."""
        return self._process.pid if self._process is not None else 0

    @property
    def exit_code(self) -> int | None:
        """What it ended with, negative for a signal; None while it runs."""
        return self._process.poll() if self._process is not None else None

    @property
    def running(self) -> bool:
        """It has been started and has not ended."""
        return self._process is not None and self._process.poll() is None

    def kill(self) -> None:
        """Kill -9 the whole process group, as a power cut would; do nothing if it does not run."""
        self._signal(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to end, and wait for that."""
        self._signal(signal.SIGTERM)

    def _signal(self, number: signal.Signals) -> None:
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                return
            self._asked_to_end = self._process
            os.killpg(self._process.pid, number)
            self._process.wait(timeout=20)

    def _watch(self, process: "subprocess.Popen[bytes]") -> None:
        process.wait()
        if process is not self._asked_to_end:
            self._died()


@dataclass(frozen=True)
class Playground:
    """What runs: the simulated services, the server that they answer on, and the bot."""

    simulator: Simulator
    server: RunningServer
    bot: BotProcess
    log: Path
    """What the bot writes."""


def play(*, port: int, data: str | None, browser: bool, as_json: bool, policy: Path | None = None) -> int:
    """Run simulators, page and bot until interrupted; ``policy`` is a file that the bot goes by."""
    load_policy(policy, catalogue())
    with _interruption() as ended, playground(port=port, data=data, policy=policy) as ground:
        where = _where(ground.simulator, ground.server.url, bot=ground.bot.url)
        _say_where(where, as_json=as_json, log=ground.log)
        if browser:
            webbrowser.open(ground.server.url)
        ended.wait()
    return 0


@contextmanager
def playground(*, port: int = 0, data: str | None = None, policy: Path | None = None) -> Iterator[Playground]:
    """Simulators, page and bot, all of them ready; the bot's data is gone afterwards unless a folder is named."""
    with ExitStack() as stack:
        folder = Path(data or stack.enter_context(tempfile.TemporaryDirectory(prefix="bot-play-"))).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        simulator = Simulator(goldens=_goldens())
        stack.callback(simulator.close)
        server = _listen(simulator, port)
        stack.callback(server.close)
        port_of_bot = free_port()
        bot = BotProcess(
            port=port_of_bot,
            variables={
                **bot_variables(simulator, api=server.url, folder=folder, port=port_of_bot),
                CLOCK_FILE: _one_clock(simulator, folder / "clock"),
                **({"BOT_POLICY": str(policy.resolve())} if policy else {}),
            },
            log=folder / "bot.log",
            command=("-m", "bot.played"),
            died=simulator.steering.died,
        )
        simulator.bot_process = bot
        simulator.recorder.haste.at_work = lambda: bot.running and _at_work(simulator, folder)
        stack.enter_context(Following(folder / "bot.log", simulator.witness.heard))
        # What is kept must be closed with care; a temporary folder goes away with all that was under way in it.
        stack.callback(bot.stop if data else bot.kill)
        bot.launch()
        register_webhooks(simulator, api=server.url, bot=bot.url)
        bot.wait_ready()
        yield Playground(simulator, server, bot, folder / "bot.log")


def _at_work(simulator: Simulator, folder: Path) -> bool:
    """The bot that has its files there does something, will do so shortly, or has not looked at its clock yet."""
    return has_work(folder, within=_SHORTLY) or not has_followed(folder / "clock", ahead=simulator.clock.ahead)


def _one_clock(simulator: Simulator, file: Path) -> str:
    """Let the bot's clock go with the simulator's; what the bot has kept may be from a clock that was ahead already."""
    simulator.clock.forward(read_seconds(file))
    simulator.clock.listen(lambda ahead: write_seconds(file, ahead))
    return str(file)


def simulate(*, port: int, as_json: bool) -> int:
    """Run the simulators alone until interrupted."""
    with _interruption() as ended, ExitStack() as stack:
        simulator = Simulator(goldens=_goldens())
        stack.callback(simulator.close)
        server = _listen(simulator, port)
        stack.callback(server.close)
        _say_where(_where(simulator, server.url, bot=None), as_json=as_json, log=None)
        ended.wait()
    return 0


def bot_variables(simulator: Simulator, *, api: str, folder: Path, port: int) -> dict[str, str]:
    """The settings of a bot that lives in the simulated world."""
    domains = {person.email.partition("@")[2] for person in simulator.people.values()}
    return {
        "WEBEX_TEAMS_ACCESS_TOKEN": simulator.bot.token,
        "WEBEX_BASE_URL": f"{api}/v1/",
        "WEBEX_WEBHOOK_SECRET": _PLAY_SECRET,
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "BROADWORKS_BASE_URL": f"{api}/v1/",
        "BROADWORKS_ACCESS_TOKEN": simulator.broadworks_token,
        "DATABASE_URL": f"sqlite:///{folder}/bot.sqlite",
        "BOT_SECRET_KEYS": _PLAY_KEY,
        "BOT_ALLOWED_DOMAINS": ",".join(sorted(domains)),
        "BOT_ADMINS": simulator.people["cleo"].email,
        "BOT_ENVIRONMENT": "playground",
        "HOST": "127.0.0.1",
        "PORT": str(port),
    }


def register_webhooks(simulator: Simulator, *, api: str, bot: str) -> None:
    """Do what ``python -m bot webhooks`` does, for the simulated world."""
    from bot.webex import registrations
    from bot.webex.gateway import Gateway

    gateway = Gateway(token=simulator.bot.token, base_url=f"{api}/v1/")
    try:
        registrations.ensure(gateway, public_url=bot, secret=_PLAY_SECRET)
    finally:
        gateway.close()


def _where(simulator: Simulator, url: str, *, bot: str | None) -> dict[str, Any]:
    return {
        "page": f"{url}/",
        "bot": bot,
        "webex": f"{url}/v1/",
        "broadworks": f"{url}/v1/",
        "control": f"{url}/control",
        "people": {
            key: {"token": person.token, "email": person.email, "id": person.id}
            for key, person in simulator.people.items()
        },
        "spaces": simulator.spaces,
        "bot_person": {"id": simulator.bot.id, "email": simulator.bot.email},
    }


def _say_where(where: dict[str, Any], *, as_json: bool, log: Path | None) -> None:
    if as_json:
        lines = [json.dumps(where)]
    else:
        lines = [f"The playground is at {where['page']}"]
        lines += (
            [f"The bot's own log is {log}"] if log else [f"Webex is at {where['webex']}, control at {where['control']}"]
        )
        lines.append("Ctrl-C ends it.")
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def _listen(simulator: Simulator, port: int) -> RunningServer:
    try:
        # The server itself would end the process over a port that it cannot have.
        socket.create_server(("127.0.0.1", port)).close()
    except (OSError, OverflowError) as exc:
        why = exc.strerror if isinstance(exc, OSError) else exc
        raise NotReady(f"Port {port} cannot be had ({why}). Take another: --port 0 takes any free one.") from exc
    return serve(simulator, port=port)


def _goldens() -> Path | None:
    """The cards that the tests compare with, which only a checkout has."""
    folder = Path(__file__).resolve().parents[1] / "tests" / "cards" / "golden"
    return folder if folder.is_dir() else None


def free_port() -> int:
    """A port of this machine that nobody listens on just now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def _interruption() -> Iterator[threading.Event]:
    """An event that SIGINT and SIGTERM set, also while everything is still being started."""
    ended = threading.Event()
    before = {number: signal.signal(number, lambda *_: ended.set()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield ended
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
