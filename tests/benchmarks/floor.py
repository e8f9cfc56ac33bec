"""The least that a durable receiver must do: a signature, one row on the disk, 200; served as the bot is.

python -m tests.benchmarks.floor PORT FILE
"""

import hashlib
import hmac
import json
import sqlite3
import sys
import threading
from typing import Any

from flask import Flask, Response, request
from gunicorn.app.base import BaseApplication

SECRET = "a-webhook-secret-for-play"
_TABLE = "CREATE TABLE IF NOT EXISTS inbox (sequence INTEGER PRIMARY KEY, key TEXT UNIQUE, body BLOB)"


def create_floor(file: str) -> Flask:
    """A receiver without anything behind it."""
    app = Flask("floor", static_folder=None)
    local = threading.local()

    def database() -> sqlite3.Connection:
        if not hasattr(local, "connection"):
            local.connection = sqlite3.connect(file, isolation_level=None, timeout=30)
            for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", _TABLE):
                local.connection.execute(statement)
        found: sqlite3.Connection = local.connection
        return found

    @app.get("/healthz")
    def healthz() -> Response:
        return Response("ok\n")

    @app.post("/webhooks/webex")
    def webhook() -> Response:
        raw = request.get_data(cache=False)
        wanted = hmac.new(SECRET.encode(), raw, hashlib.sha1).hexdigest()
        if not hmac.compare_digest(wanted, request.headers.get("X-Spark-Signature", "")):
            return Response(status=401)
        event = json.loads(raw)
        row = (f"{event['resource']}/{event['event']}/{event['data']['id']}", raw)
        database().execute("INSERT INTO inbox (key, body) VALUES (?, ?) ON CONFLICT DO NOTHING", row)
        return Response(status=200)

    return app


class Floor(BaseApplication):
    """Gunicorn with the settings that the bot has."""

    def __init__(self, port: str, file: str) -> None:
        self._port = port
        self._file = file
        super().__init__()

    def load_config(self) -> None:
        """One worker, eight threads."""
        values = {
            "bind": f"127.0.0.1:{self._port}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": 8,
            "accesslog": None,
            "control_socket_disable": True,
        }
        for name, value in values.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Called in the worker."""
        return create_floor(self._file)


if __name__ == "__main__":
    Floor(sys.argv[1], sys.argv[2]).run()
