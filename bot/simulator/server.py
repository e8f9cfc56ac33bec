"""Serves the simulator on a real socket, from a background thread."""

import socket
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Condition, Thread
from typing import Any, Self

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler
from werkzeug.test import run_wsgi_app

from bot.simulator.simulator import Simulator

_CLOSING = 2.0
_STEP = 0.05


class RunningServer:
    """A server that answers from its making until it is closed."""

    def __init__(self, sim: Simulator, *, host: str, port: int) -> None:
        self._sim = sim
        self._server = _Server(host, port, sim.app, handler=_Handler)
        self.port: int = self._server.server_port
        self.url = f"http://{host}:{self.port}"
        self._thread = Thread(target=self._server.serve_forever, args=(0.05,), name="simulator", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Cuts the connections that are still open, the streams of events among them."""
        self._server.shutdown()
        self._thread.join(_CLOSING)
        self._server.server_close()
        until = time.monotonic() + _CLOSING
        # More than once: a request that came in last may only now begin to listen or to wait.
        while time.monotonic() < until:
            self._sim.let_go()
            if self._server.cut(_STEP):
                return

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def serve(sim: Simulator, host: str = "127.0.0.1", port: int = 0) -> RunningServer:
    """Port 0 takes any free one. The simulator itself stays open when the server is closed."""
    return RunningServer(sim, host=host, port=port)


class _Server(ThreadedWSGIServer):
    """Knows its open connections, so that closing it leaves none behind."""

    # A burst of webhooks' answers must not be refused at the door.
    request_queue_size = 128

    def __init__(self, host: str, port: int, app: Callable[..., Any], *, handler: type[WSGIRequestHandler]) -> None:
        self._open: set[socket.socket] = set()
        self._changed = Condition()
        super().__init__(host, port, app, handler=handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._changed:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        super().shutdown_request(request)
        with self._changed:
            self._open.discard(request)
            self._changed.notify_all()

    def cut(self, timeout: float) -> bool:
        """Whether all connections were given up within so many seconds."""
        with self._changed:
            for connection in self._open:
                _shut(connection)
            return self._changed.wait_for(lambda: not self._open, timeout)


class _Handler(WSGIRequestHandler):
    """Keeps connections alive, sends each answer in one packet, and says nothing of it on the terminal.

    Werkzeug's own way of running an application closes the connection and waits 10 ms after every answer. Here the
    application has always read the whole request, so nothing is left in the socket to be drained.
    """

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def run_wsgi(self) -> None:
        self.environ = self.make_environ()
        try:
            chunks, status, headers = run_wsgi_app(self.server.app, self.environ)
            try:
                write = self._begin(status, list(headers))
                for chunk in chunks:
                    write(chunk)
                write(b"")
            finally:
                getattr(chunks, "close", lambda: None)()
        except (ConnectionError, TimeoutError):
            self.close_connection = True
            _shut(self.connection)

    def finish(self) -> None:
        # What a client that has gone should still have got is of no use to anybody.
        with suppress(ConnectionError):
            super().finish()

    def _begin(self, status: str, headers: list[tuple[str, str]]) -> Callable[[bytes], None]:
        """Buffers the head; the function that it gives back sends a part of the body, or the end for b""."""
        code, _, reason = status.partition(" ")
        self.send_response(int(code), reason)
        for name, value in headers:
            self.send_header(name, value)
        sized = any(name.lower() == "content-length" for name, _ in headers)
        bodiless = self.command == "HEAD" or code in {"204", "304"}
        chunked = not sized and not bodiless and self.request_version == "HTTP/1.1"
        if chunked:
            self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

        def write(data: bytes) -> None:
            if chunked:
                data = b"%x\r\n%s\r\n" % (len(data), data)
            self.wfile.write(data)
            self.wfile.flush()

        return write

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - the inherited name.
        pass


def _shut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
