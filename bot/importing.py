"""Imports a file of workspaces into the registry, for somebody at the command line."""

import codecs
import getpass
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot.app import prepare, usable
from bot.domain.registry_file import Fault, Row, read
from bot.errors import BotError, Declined
from bot.settings import Settings
from bot.store.registry import MOST_FAULTS, Imported, StoredRegistry
from bot.store.session import Database

Rows = Iterator[Row | Fault]
"""What the lines of a file say, one after the other."""

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class NotImported(BotError):
    """The file, or a line of it, is not as it must be."""


def import_file(settings: Settings, name: str, *, by: str | None, dry_run: bool) -> int:
    """Take over a file in which every line is good, or only look through it; returns the exit status."""
    prepare(settings)
    with usable():
        database = Database(settings.database_url)
        try:
            return _import(StoredRegistry(database), Path(name), settings, by=by or _account(), dry_run=dry_run)
        finally:
            database.close()


def _import(registry: StoredRegistry, path: Path, settings: Settings, *, by: str, dry_run: bool) -> int:
    """All of the file is looked through first, so that a slip on its last line is met before anything is taken."""
    region = settings.default_region
    found = registry.look_through(_rows(path, region))
    if found.faults:
        _complain(path, found)
        sys.stdout.write("Nothing was imported. Correct these lines, then import the file again.\n")
        return 1
    if dry_run:
        sys.stdout.write(f"{_counted(found)}. Every line is good. Nothing was imported: this was a dry run.\n")
        return 0
    source = f"imported from {path.name} by {by}"
    taken = registry.take(_rows(path, region), source=source, at=datetime.now(UTC))
    if taken.faults:
        _complain(path, taken)
        sys.stdout.write(f"The file or the registry was changed meanwhile. {_so_far(taken)} Import the file again.\n")
        return 1
    sys.stdout.write(f"{_counted(taken)}. All of them are in the registry now.\n")
    return 0


def _rows(path: Path, region: str | None) -> Rows:
    try:
        yield from read(_lines(path), region=region)
    except Declined as exc:
        raise NotImported(f"{path}: {exc} Nothing was imported.") from exc
    except OSError as exc:
        raise NotImported(f"{path} cannot be read: {exc.strerror or exc}. Nothing was imported.") from exc
    except UnicodeError as exc:
        raise NotImported(f"{path} breaks off in the middle of a character. Nothing was imported.") from exc


def _lines(path: Path) -> Iterator[str]:
    """The lines one after the other, so that a large file needs no more memory than a small one."""
    with path.open("rb") as raw:
        encoding = "utf-16" if raw.read(2) in _UTF16 else "utf-8-sig"
    if encoding == "utf-16":
        with path.open(encoding=encoding, newline="") as text:
            yield from text
        return
    with path.open("rb") as raw:
        for number, line in enumerate(raw, start=1):
            try:
                yield line.decode(encoding if number == 1 else "utf-8")
            except UnicodeDecodeError as exc:
                words = f"Line {number} is not written in UTF-8. Save the file as “CSV UTF-8” and try again."
                raise Declined(words) from exc


def _complain(path: Path, found: Imported) -> None:
    for fault in found.faults:
        sys.stdout.write(f"{path}, line {fault.line}: {fault.text}\n")
    if len(found.faults) == MOST_FAULTS:
        sys.stdout.write("There may be more.\n")


def _counted(found: Imported) -> str:
    lines = f"{found.rows} workspace" if found.rows == 1 else f"{found.rows} workspaces"
    return f"{lines}: {found.new} new, {found.changed} changed, {found.same} as known"


def _so_far(taken: Imported) -> str:
    return f"The first {taken.rows} of its workspaces are imported." if taken.rows else "Nothing was imported."


def _account() -> str:
    """Who is at the command line, as the system knows it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "somebody"
