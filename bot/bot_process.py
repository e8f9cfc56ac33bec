"""The bot as a process of its own, as the playground starts, kills and starts it again."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import httpx

from bot.errors import BotError

_READY_WITHIN = 30.0
_STEP = 0.03


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


def free_port() -> int:
    """A port of this machine that nobody listens on just now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
