"""The playground: simulated Webex and BroadWorks here, the bot in a process of its own, as in the real world."""

import json
import signal
import socket
import sys
import tempfile
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.bot_process import BotProcess, NotReady, free_port
from bot.played import CLOCK_FILE, has_followed, has_work, read_seconds, write_seconds
from bot.simulator import Simulator
from bot.simulator.inside.following import Following
from bot.simulator.server import RunningServer, serve

_PLAY_SECRET = "a-webhook-secret-for-play"  # noqa: S105 - it protects nothing but the playground.
_PLAY_KEY = "a-signing-key-for-the-playground-only"
_SHORTLY = 15.0


@dataclass(frozen=True)
class Playground:
    """What runs: the simulated services, the server that they answer on, and the bot."""

    simulator: Simulator
    server: RunningServer
    bot: BotProcess
    log: Path
    """What the bot writes."""


def play(
    *,
    port: int,
    data: str | None,
    browser: bool,
    as_json: bool,
    renewing: bool = False,
    policy: Path | None = None,
) -> int:
    """Run simulators, page and bot until interrupted.

    The bot renews its own token if it is to; ``policy`` is a file that it goes by.
    """
    if policy:
        # The bot would say the same, but only in its log.
        _demand_sense(policy)
    with _interruption() as ended, playground(port=port, data=data, renewing=renewing, policy=policy) as ground:
        where = _where(ground.simulator, ground.server.url, bot=ground.bot.url)
        _say_where(where, as_json=as_json, log=ground.log)
        if browser:
            webbrowser.open(ground.server.url)
        ended.wait()
    return 0


@contextmanager
def playground(
    *, port: int = 0, data: str | None = None, renewing: bool = False, policy: Path | None = None
) -> Iterator[Playground]:
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
                **(client_variables(simulator) if renewing else {}),
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


def _demand_sense(policy: Path) -> None:
    # Whoever has no policy does not wait for all operations to be loaded.
    from bot.operations import catalogue
    from bot.policies import load_policy

    load_policy(policy, catalogue())


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


def client_variables(simulator: Simulator) -> dict[str, str]:
    """The settings of a bot that renews its own token, instead of being given one."""
    return {
        "BROADWORKS_ACCESS_TOKEN": "",
        "BROADWORKS_CLIENT_ID": simulator.grants.client_id,
        "BROADWORKS_CLIENT_SECRET": simulator.grants.client_secret,
        "BROADWORKS_REFRESH_TOKEN": simulator.grants.refresh_token,
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
