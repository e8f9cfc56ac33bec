"""The row in which the tokens for BroadWorks are kept, encrypted, and what use cases ask of it."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import stamina
from sqlalchemy import insert, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from bot.domain.tokens import Granted, Kept
from bot.errors import NoToken, SettingsError
from bot.store import tables
from bot.store.sealing import Seal, Unsealable
from bot.store.session import Database

NAME = "broadworks"
_KEPT_WITHIN = timedelta(seconds=15)
_LOST = (
    "the tokens that are kept cannot be read with BOT_SECRET_KEYS: put the former key back behind the new one,"
    " or run: python -m bot login"
)
_NOBODY = "BROADWORKS_REFRESH_TOKEN is missing, and nobody has logged in. Set it, or run: python -m bot login"
_AWAY = (OperationalError, PoolTimeout)
_row = tables.tokens.c
_ONE = _row.name == NAME


@dataclass(frozen=True)
class Health:
    """How the tokens are, as admins are told of it: ``alarmed`` when they were told last that they are dead."""

    version: int
    dead: bool
    proven: bool
    alarmed: bool
    why: str


def health(session: Session) -> Health | None:
    """How the tokens are; None where there are none that renew themselves."""
    found = select(_row.version, _row.dead_at, _row.proven, _row.alarmed, _row.why).where(_ONE)
    row = session.execute(found).first()
    if row is None:
        return None
    return Health(row.version, row.dead_at is not None, row.proven, row.alarmed, row.why)


def alarmed(session: Session, *, so: bool) -> None:
    """Admins are told that the tokens are dead, or that they work again."""
    session.execute(update(tables.tokens).where(_ONE).values(alarmed=so))


class StoredTokens:
    """Keeps one set of tokens for all threads and processes; every method is one short transaction.

    Where what is kept was granted on the strength of a setting that says the same still, it wins over the setting: the
    setting is only the first of its line. A setting that says something else begins a new line.
    """

    def __init__(
        self,
        database: Database,
        keys: Sequence[str],
        *,
        setting: str = "",
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._database = database
        self._seal = Seal(keys)
        self._setting = setting
        self._now = now

    def __repr__(self) -> str:
        return "StoredTokens(tokens hidden)"

    def begin(self) -> None:
        """Take over what is kept, or begin with the setting; raises SettingsError where there is neither.

        What is kept is encrypted anew if the newest key has not done so. What is dead is tried once more at each start:
        the cause may have been the client's secret.
        """
        with self._database.transaction() as session:
            row = _find(session)
            changed = bool(self._setting) and (row is None or not self._seal.is_digest(row.origin, self._setting))
            if row is not None and not changed and self._is_readable(row):
                self._take_over(session, row)
                return
            if not self._setting:
                raise SettingsError([_NOBODY if row is None else _LOST])
            fresh = Granted(access="", refresh=self._setting, at=self._now())
            self._write(session, row, fresh, origin=self._seal.digest(self._setting), proven=False)

    def adopt(self, granted: Granted) -> None:
        """Somebody has logged in: this set takes the place of whatever was kept, until the setting says another."""
        with self._database.transaction() as session:
            origin = self._seal.digest(self._setting)
            self._write(session, _find(session), granted, origin=origin, proven=True)

    def look(self) -> Kept:
        """The tokens as they are now; raises NoToken if they cannot be read."""
        with _answering(), self._database.reading() as session:
            row = _find(session)
        if row is None:
            raise NoToken("No tokens are kept")
        return self._opened(row)

    def claim(self, lease: str, *, version: int, now: datetime, until: datetime) -> bool:
        """Take the lease on the set of that version; false if it has moved on, is dead or is somebody else's."""
        with _answering(), self._database.transaction() as session:
            row = _find(session)
            if row is None or row.version != version or row.dead_at is not None:
                return False
            if any(moment is not None and now < moment for moment in (row.leased_until, row.try_at)):
                return False
            _change(session, lease=lease, leased_until=until)
            return True

    def keep(self, lease: str, granted: Granted) -> bool:
        """Keep the next set and give the lease back; false, with nothing kept, if the lease was lost meanwhile.

        What was granted exists nowhere else, so it is held on to for a while where the database does not answer.
        """
        with _answering():
            for turn in stamina.retry_context(on=_AWAY, attempts=None, timeout=_KEPT_WITHIN, wait_max=1.0):
                with turn, self._database.transaction() as session:
                    row = _find(session)
                    if row is None or row.lease != lease:
                        return False
                    self._write(session, row, granted, origin=row.origin, proven=True)
        return True

    def put_off(self, lease: str, *, until: datetime) -> None:
        """Nobody answered: give the lease back, and let nobody ask before that."""
        with _answering(), self._database.transaction() as session:
            row = _find(session)
            if row is not None and row.lease == lease:
                _change(session, lease="", leased_until=None, try_at=until, failures=row.failures + 1)

    def bury(self, lease: str, *, at: datetime, why: str) -> None:
        """Webex refused: give the lease back, and let nobody ask any more."""
        with _answering(), self._database.transaction() as session:
            row = _find(session)
            if row is not None and row.lease == lease:
                _change(session, lease="", leased_until=None, try_at=None, failures=0, dead_at=at, why=why[:200])

    def _is_readable(self, row: Any) -> bool:
        try:
            self._seal.opened(row.sealed)
        except Unsealable:
            return False
        return True

    def _take_over(self, session: Session, row: Any) -> None:
        """Under the newest key; what is dead without its access token, so that a renewal shows whether it lives."""
        access, refresh = json.loads(self._seal.opened(row.sealed))
        if row.dead_at is not None:
            sealed = self._seal.sealed(json.dumps(["", refresh]))
            _change(session, sealed=sealed, proven=False, dead_at=None, why="", lease="", leased_until=None)
        elif not self._seal.is_newest(row.sealed):
            _change(session, sealed=self._seal.sealed(json.dumps([access, refresh])))
        if self._setting and row.origin != self._seal.digest(self._setting):
            _change(session, origin=self._seal.digest(self._setting))

    def _opened(self, row: Any) -> Kept:
        try:
            access, refresh = json.loads(self._seal.opened(row.sealed))
        except Unsealable as exc:
            raise NoToken(_LOST) from exc
        return Kept(
            version=row.version,
            access=access,
            refresh=refresh,
            granted_at=row.granted_at,
            expires_at=row.expires_at,
            refresh_expires_at=row.refresh_expires_at,
            dead_at=row.dead_at,
            why=row.why,
            failures=row.failures,
            try_at=row.try_at,
            leased_until=row.leased_until,
        )

    def _write(self, session: Session, row: Any, granted: Granted, *, origin: str, proven: bool) -> None:
        """A new set, alive as far as is known; whoever held a lease on the old one has lost it."""
        values = {
            "version": row.version + 1 if row is not None else 1,
            "origin": origin,
            "sealed": self._seal.sealed(json.dumps([granted.access, granted.refresh])),
            "granted_at": granted.at,
            "expires_at": granted.expires_at,
            "refresh_expires_at": granted.refresh_expires_at,
            "proven": proven,
            "dead_at": None,
            "why": "",
            "failures": 0,
            "try_at": None,
            "lease": "",
            "leased_until": None,
        }
        if row is None:
            session.execute(insert(tables.tokens).values(name=NAME, alarmed=False, **values))
        else:
            _change(session, **values)


@contextmanager
def _answering() -> Iterator[None]:
    """Who calls BroadWorks knows no database, but that nothing is sent without a token."""
    try:
        yield
    except _AWAY as exc:
        raise NoToken(f"The database did not answer ({type(exc).__name__})") from exc


def _find(session: Session) -> Any:
    return session.execute(select(tables.tokens).where(_ONE)).first()


def _change(session: Session, **values: Any) -> None:
    session.execute(update(tables.tokens).where(_ONE).values(**values))
