"""The bot in one process that dies, or freezes, at a chosen point of its first write.

python -m tests.crash.runner before | sent | answered | connecting | frozen | never
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
from werkzeug.serving import make_server

from bot import logs
from bot.app import create_app, prepare
from bot.services.context import Rules
from bot.settings import Settings

ATTEMPT_LIFE = timedelta(seconds=3)
CALL_LIMIT = timedelta(seconds=1)

WRITES = ("/broadworks/workspaces", "/broadworks/subscribers")
"""The ends of the addresses at which something is provisioned."""

Trace = Callable[[str, Any], None]


class Fatal(httpx.BaseTransport):
    """The real transport, on which the first write meets its fate.

    before: killed with nothing on the socket. sent: killed when the last byte has left. answered: killed with the
    answer in hand and nothing of it written down. connecting: frozen between connecting and sending. frozen: frozen
    before connecting.
    """

    def __init__(self, point: str) -> None:
        self._point = point
        self._inner = httpx.HTTPTransport()
        # What was asked before has left a connection open, over which nobody would connect.
        self._fresh = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.method != "POST" or not request.url.path.endswith(WRITES):
            return self._inner.handle_request(request)
        point, self._point = self._point, "never"
        if point == "before":
            _die()
        if point == "frozen":
            _freeze()
        then = {"sent": ("send_request_body.complete", _die), "connecting": ("connect_tcp.complete", _freeze)}
        if point in then:
            request.extensions["trace"] = _traced(request.extensions["trace"], *then[point])
        response = self._fresh.handle_request(request)
        if point == "answered":
            response.read()
            _die()
        return response

    def close(self) -> None:
        self._inner.close()
        self._fresh.close()


def _traced(trace: Trace, where: str, what: Callable[[], None]) -> Trace:
    def traced(step: str, facts: Any) -> None:
        trace(step, facts)
        if step.endswith(where):
            what()

    return traced


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _freeze() -> None:
    os.kill(os.getpid(), signal.SIGSTOP)
    # The other threads are stopped first; this one must not get away meanwhile.
    time.sleep(0.2)


def _hurried(rules: Rules) -> Rules:
    return replace(rules, attempt_life=ATTEMPT_LIFE, call_limit=CALL_LIMIT)


def main(point: str) -> None:
    """Serve until SIGTERM."""
    settings = Settings.read(os.environ)
    logs.configure(settings.log_format, secrets=settings.secrets)
    prepare(settings)
    bot = create_app(settings, transport=Fatal(point), rules=_hurried)
    server = make_server(settings.host, settings.port, bot.flask, threaded=True)
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
    bot.start()
    server.serve_forever()
    bot.stop()
    server.server_close()


if __name__ == "__main__":
    main(sys.argv[1])
