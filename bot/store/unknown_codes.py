"""The codes that were met and have no explanation, as they are counted and looked up."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.domain.codes import Surface, UnknownCode
from bot.domain.desk import Codes
from bot.store import tables
from bot.store.session import Database

MOST = 200
"""Codes that are kept: whoever answers with a new one each time shall not fill the database."""

LONGEST = 80


class StoredUnknownCodes:
    """Answers from the bot's own rows; a code that ``codes`` have come to explain is unknown no more."""

    def __init__(self, database: Database, codes: Codes) -> None:
        self._database = database
        self._codes = codes

    def all(self) -> list[UnknownCode]:
        """Every one of them, the one that was met last first."""
        c = tables.unknown_codes.c
        with self._database.reading() as session:
            found = session.scalars(select(UnknownCode).order_by(c.last_seen.desc(), c.id.desc()))
            return [each for each in found if not self._is_known(each)]

    def find(self, code: str) -> UnknownCode | None:
        """What was seen of one of them, whether it has an explanation by now or not."""
        with self._database.reading() as session:
            return _find(session, _kept(code), surface=Surface.API)

    def _is_known(self, met: UnknownCode) -> bool:
        return any(each.surface is met.surface for each in self._codes.everywhere(met.code))


def meet(session: Session, code: str, *, words: str, at: datetime, request: int | None) -> None:
    """Count a code that the API gave and nobody here knows; the one not met for longest goes where there are too many.

    Whatever it is made of, it can be kept: what was done must not fail because of what was said of it.
    """
    name, said = _kept(code), "".join(char for char in words if char.isprintable())
    if not name:
        return
    known = _find(session, name, surface=Surface.API)
    if known is not None:
        known.meet_again(words=said, at=at, request=request)
        return
    session.add(UnknownCode(name, Surface.API, said, count=1, first_seen=at, last_seen=at, request=request))
    session.flush()
    _forget_too_many(session)


def _kept(code: str) -> str:
    return "".join(char for char in code if char.isprintable()).strip()[:LONGEST]


def _find(session: Session, code: str, *, surface: Surface) -> UnknownCode | None:
    c = tables.unknown_codes.c
    return session.scalars(select(UnknownCode).where(c.code == code, c.surface == surface)).first()


def _forget_too_many(session: Session) -> None:
    c = tables.unknown_codes.c
    newest = select(c.id).order_by(c.last_seen.desc(), c.id.desc()).limit(MOST)
    session.execute(delete(UnknownCode).where(c.id.not_in(newest)), execution_options={"synchronize_session": False})
