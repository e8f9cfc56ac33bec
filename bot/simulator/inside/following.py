"""Follows a log file that another process writes, line by line, as it grows."""

import json
from collections.abc import Callable
from contextlib import suppress
from os import fstat
from os.path import samestat
from pathlib import Path
from threading import Event, Thread
from typing import Any, BinaryIO, Self

_STEP = 0.1
_CHUNK = 256 * 1024
_LONGEST_LINE = 1024 * 1024
_CLOSING = 2.0


class Following:
    """Hands each line that is a JSON object to `hear`, from a thread of its own, beginning with what comes next.

    The file may not exist yet, may be cut short or replaced, and lines may come in pieces; what cannot be read is
    passed over.
    """

    def __init__(self, path: Path, hear: Callable[[dict[str, Any]], None], *, step: float = _STEP) -> None:
        self._path = path
        self._hear = hear
        self._step = step
        self._closed = Event()
        self._rest = b""
        self._file: BinaryIO | None = self._opened()
        if self._file is not None:
            self._file.seek(0, 2)
        self._thread = Thread(target=self._run, name="following", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Hand over what is written already, and end."""
        self._closed.set()
        self._thread.join(_CLOSING)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _run(self) -> None:
        while not self._closed.wait(self._step):
            self._look()
        self._look()
        if self._file is not None:
            self._file.close()

    def _look(self) -> None:
        """Read what is new. A disk that does not answer is asked again the next time."""
        with suppress(OSError):
            if self._file is None or self._is_another():
                self._begin_anew()
            while self._file is not None and (read := self._file.read(_CHUNK)):
                self._take(read)

    def _is_another(self) -> bool:
        """Whether the file was cut short, or another one has taken its place."""
        if self._file is None:
            return False
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return False
        return found.st_size < self._file.tell() or not samestat(found, fstat(self._file.fileno()))

    def _begin_anew(self) -> None:
        if self._file is not None:
            self._file.close()
        self._rest = b""
        self._file = self._opened()

    def _opened(self) -> BinaryIO | None:
        try:
            return self._path.open("rb")
        except OSError:
            return None

    def _take(self, read: bytes) -> None:
        *lines, self._rest = (self._rest + read).split(b"\n")
        for line in lines:
            self._tell(line)
        if len(self._rest) > _LONGEST_LINE:
            # Nobody logs such a line; its end will be passed over as it is no JSON.
            self._rest = b""

    def _tell(self, line: bytes) -> None:
        if not line.startswith(b"{"):
            return
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):
            return
        if not isinstance(found, dict):
            return
        with suppress(Exception):  # Whatever is wrong with one line, the next must be heard.
            self._hear(found)
