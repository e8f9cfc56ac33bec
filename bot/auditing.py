"""The verb audit: check the history, give it away, remove what is too old, vouch for it."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TextIO

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.domain.audit import AuditEvent, Happening
from bot.domain.chain import Segment
from bot.domain.history import Wanted
from bot.domain.since import NotATime, since
from bot.errors import BotError, Declined, StoreUnavailable
from bot.services.exporting import Format, exported
from bot.settings import Settings
from bot.store import chain, queries, retention, trail
from bot.store.session import Database

MOST_TOLD = 20
"""Whoever has changed much need not be told each of it."""

OPERATOR = "operator"
"""Who acts from the command line."""

Now = Callable[[], datetime]


class HistoryBroken(BotError):
    """The history is not what it was."""


def utc_now() -> datetime:
    """The time, aware and in UTC."""
    return datetime.now(UTC)


def run(said: argparse.Namespace, settings: Settings, *, out: TextIO = sys.stdout, now: Now = utc_now) -> int:
    """Do what was said; raises HistoryBroken, Declined and StoreUnavailable."""
    with closing(Database(settings.database_url, keys=settings.signing_keys)) as database:
        try:
            return _VERBS[said.what](said, settings, database, out, now)
        except SQLAlchemyError as exc:
            raise StoreUnavailable(f"The database cannot be used: {getattr(exc, 'orig', None) or exc}") from exc


def verify(said: argparse.Namespace, _settings: Settings, database: Database, out: TextIO, _now: Now) -> int:
    """Read all of the history, and tell what is wrong with it and where it ends."""
    with database.reading() as session:
        problems = trail.verify(session, keys=database.keys, noted=said.head or "")
        told = list(islice(problems, MOST_TOLD))
        more = sum(1 for _ in problems)
        head, sealed = chain.head(session.connection()), chain.segments(session.connection())
    if told:
        raise HistoryBroken("\n".join([*told, *([f"… and {more} more."] if more else []), "The history is broken."]))
    removed = sealed[-1].last if sealed else 0
    length = head.length if head else 0
    out.write(f"The history is sound: {length - removed} events, and {removed} that were sealed and removed.\n")
    out.write(f"Note this somewhere else: {trail.head_hash(head)}\n")
    return 0


def export(said: argparse.Namespace, _settings: Settings, database: Database, out: TextIO, now: Now) -> int:
    """Write the events that are wanted into a file, or where the command's output goes."""
    with database.reading() as session:
        wanted = _wanted(said, session, now=now())
        lines = exported(session, wanted, format=Format(said.format))
        if said.out is None:
            out.writelines(line.decode() for line in lines)
            return 0
        count = _written(lines, Path(said.out)) - (said.format == Format.CSV)
    out.write(f"{count} events written.\n")
    return 0


def seal(said: argparse.Namespace, settings: Settings, database: Database, out: TextIO, now: Now) -> int:
    """Remove what is older than a day, or than the setting says."""
    if said.before is None and not settings.audit_days:
        raise Declined("Say --before DATE, or set BOT_AUDIT_DAYS: without either, everything is kept.")
    before = _time(said.before, now=now()) if said.before else retention.oldest_kept(settings.audit_days, now=now())
    while made := _seal(database, before=before, at=now()):
        out.write(f"Events {made.first} to {made.last} were sealed and removed. They ended in {made.hash}\n")
    out.write(f"Nothing is there from before {before:%Y-%m-%d %H:%M} UTC.\n")
    return 0


def vouch(_said: argparse.Namespace, _settings: Settings, database: Database, out: TextIO, now: Now) -> int:
    """Seal the head anew, if only its seal is missing or of another key; that is an event of its own."""
    with database.transaction() as session:
        problem = next(trail.verify(session), None)
        if problem:
            raise HistoryBroken(f"Nobody should vouch for this history. {problem}")
        chain.vouch(session.connection(), keys=database.keys)
        session.add(AuditEvent(now(), Happening.VOUCHED, OPERATOR))
    out.write("The head of the history is sealed again.\n")
    return 0


def _seal(database: Database, *, before: datetime, at: datetime) -> Segment | None:
    with database.transaction() as session:
        return retention.seal(session, before=before, at=at, by=OPERATOR, keys=database.keys)


def _wanted(said: argparse.Namespace, session: Session, *, now: datetime) -> Wanted:
    person = queries.person_called(session, said.person) if said.person else None
    if said.person and person is None:
        raise Declined(f"Nobody called {said.person} is known here: give an e-mail address or an id of Webex.")
    return Wanted(
        since=_time(said.since, now=now) if said.since else None,
        until=_time(said.until, now=now) if said.until else None,
        person=person.id if person else "",
        enterprise=said.enterprise or "",
        requests=None if said.request is None else [said.request],
    )


def _time(text: str, *, now: datetime) -> datetime:
    try:
        return since(text, now=now)
    except NotATime:
        raise Declined(f"“{text}” is no time: write it like 2026-11-20, today, 24h or 7d.") from None


def _written(lines: Iterator[bytes], path: Path) -> int:
    try:
        with path.open("xb") as file:
            return sum(1 for line in lines if file.write(line))
    except FileExistsError:
        raise Declined(f"{path} is there already: nothing was written.") from None
    except OSError as exc:
        raise Declined(f"{path} cannot be written: {exc.strerror}.") from exc


_VERBS: dict[str, Callable[[argparse.Namespace, Settings, Database, TextIO, Now], int]] = {
    "verify": verify,
    "export": export,
    "seal": seal,
    "vouch": vouch,
}
