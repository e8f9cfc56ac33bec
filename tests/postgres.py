"""A PostgreSQL server of the tests' own: Debian's, in a folder that is gone afterwards, as nobody of importance."""

import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import psycopg
import pytest

from bot.bot_process import free_port
from bot.engine.running import prepare_engine
from bot.store.inbox import Inbox
from bot.store.migrate import migrate
from bot.store.session import Database

DEBIAN = Path("/usr/lib/postgresql")
_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder with a name of its own is made in it.
_ENOUGH = 2**30
STARTS_WITHIN = 60.0
USER = "bot"

# Nothing here must outlive the tests, and so nothing waits for the disk. The time zone is far from UTC on purpose.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "250",
    "shared_buffers": "64MB",
    "autovacuum": "off",
    "jit": "off",
    "timezone": "Asia/Tokyo",
    "log_timezone": "UTC",
}


class PostgresMissing(Exception):
    """There is no PostgreSQL here that could be started; the text says why."""


def missing(reason: str) -> NoReturn:
    """Skips, except where PostgreSQL was said to be required."""
    if os.environ.get("REQUIRE_POSTGRES") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


class Server:
    """A running server, in which each test has databases of its own."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._templates: dict[str, str] = {}
        self._folder = Path(tempfile.mkdtemp(prefix="postgres-", dir=_roomy()))
        try:
            self._programs = programs()
            self._as = _account()
            self._initialise()
            self._start()
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise

    def empty(self) -> str:
        """The URL of a new database without tables."""
        return self._create("template0")

    def copy(self, of: Callable[[str], None]) -> str:
        """The URL of a new database such as a function makes out of an empty one; it is called once."""
        if of.__qualname__ not in self._templates:
            made = self.empty()
            of(made)
            self._templates[of.__qualname__] = made.rpartition("/")[2]
        return self._create(self._templates[of.__qualname__])

    def for_a_bot(self, _folder: Path) -> str:
        """The URL of a new database as a bot leaves it that was prepared and never did anything."""
        return self.copy(_prepared)

    def drop(self, url: str) -> None:
        """A test is over."""
        self._do(f"DROP DATABASE {url.rpartition('/')[2]} WITH (FORCE)")

    def close(self) -> None:
        """Stop it, whoever is still connected, and leave nothing behind."""
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait(STARTS_WITHIN)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _create(self, template: str) -> str:
        name = f"bot_{next(self._numbers)}"
        self._do(f"CREATE DATABASE {name} TEMPLATE {template}")
        return f"postgresql+psycopg://{USER}@127.0.0.1:{self._port}/{name}"

    def _do(self, statement: str) -> None:
        with psycopg.connect(self._address, autocommit=True) as connection:
            connection.execute(statement.encode())

    @property
    def _address(self) -> str:
        return f"host=127.0.0.1 port={self._port} user={USER} dbname=postgres"

    def _initialise(self) -> None:
        self._folder.chmod(0o700)
        if self._as:
            shutil.chown(self._folder, self._as["user"], self._as["group"])
        how = ("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", f"--username={USER}")
        made = subprocess.run(
            [self._programs / "initdb", "-D", self._folder / "data", *how],
            capture_output=True,
            text=True,
            check=False,
            cwd=self._folder,
            **self._as,
        )
        if made.returncode:
            raise PostgresMissing(f"initdb says: {made.stderr.strip()}")

    def _start(self) -> None:
        self._port = free_port()
        settings = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
        log = self._folder / "log"
        with log.open("w") as file:
            self._process = subprocess.Popen(
                [self._programs / "postgres", "-D", self._folder / "data", "-p", str(self._port), *settings],
                stdout=file,
                stderr=file,
                cwd=self._folder,
                # Who presses Ctrl-C stops the tests, and they stop the server.
                start_new_session=True,
                **self._as,
            )
        deadline = time.monotonic() + STARTS_WITHIN
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self._process.kill()
                raise PostgresMissing(f"PostgreSQL does not start: {log.read_text().strip()}")
            time.sleep(0.02)

    def _answers(self) -> bool:
        try:
            psycopg.connect(self._address).close()
        except psycopg.OperationalError:
            return False
        return True


def _prepared(url: str) -> None:
    database, inbox = Database(url), Inbox(url)
    migrate(database.engine)
    inbox.create()
    prepare_engine(url)
    database.close()
    inbox.close()


def _roomy() -> Path | None:
    """In memory, unless there is little of it, as in some containers."""
    return _MEMORY if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ENOUGH else None


def programs() -> Path:
    """The folder of Debian's newest server, or of the one on the path."""
    found = sorted(DEBIAN.glob("*/bin/postgres"), key=lambda path: float(path.parts[-3]))
    on_path = shutil.which("postgres")
    if found:
        return found[-1].parent
    if on_path is None:
        raise PostgresMissing("PostgreSQL is not installed.")
    return Path(on_path).resolve().parent


def _account() -> dict[str, Any]:
    """PostgreSQL refuses to run as root, so somebody else must run it then."""
    if os.getuid() != 0:
        return {}
    known = {each.pw_name: each for each in pwd.getpwall()}
    who = known.get("postgres") or known["nobody"]
    return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}
