"""Rows that tell which processes are at work on a shared database; none is written on SQLite, which serves one."""

from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.orm import Session

from bot.store.tables import processes

_row = processes.c


@dataclass(frozen=True)
class Process:
    """One process: how often it has told that it lives, and whether that is known to be over."""

    name: str
    beats: int
    gone: bool


def beat(connection: Connection, name: str) -> None:
    """This process lives, whatever others have thought of it."""
    again = update(processes).where(_row.name == name).values(beats=_row.beats + 1, gone=False)
    if connection.execute(again).rowcount == 0:
        connection.execute(insert(processes).values(name=name, beats=1, gone=False))


def others(connection: Connection, name: str) -> list[Process]:
    """Every process but this one."""
    found = select(_row.name, _row.beats, _row.gone).where(_row.name != name).order_by(_row.name)
    return [Process(*each) for each in connection.execute(found)]


def declare_gone(connection: Connection, process: Process) -> bool:
    """It works no more; false if it has told otherwise in the meantime."""
    same = update(processes).where(_row.name == process.name, _row.beats == process.beats)
    return connection.execute(same.values(gone=True)).rowcount == 1


def leave(connection: Connection, name: str) -> None:
    """This process ends; whoever is there may take up what it could not finish."""
    connection.execute(update(processes).where(_row.name == name).values(gone=True))


def forget(connection: Connection, name: str) -> None:
    """What it left behind was taken up."""
    connection.execute(delete(processes).where(_row.name == name, _row.gone))


def is_at_work(session: Session, name: str) -> bool:
    """Whether that process is not known to be gone."""
    return session.scalar(select(_row.name).where(_row.name == name, ~_row.gone)) is not None
