"""The bot's own memory of what it has provisioned, or was told in a file."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from sqlalchemy import and_, func, select, true
from sqlalchemy.orm import Session

from bot.domain.desk import Amended, Provisioned, RegistryFilter
from bot.domain.registry_file import Fault, Row
from bot.store import queries, tables
from bot.store.session import Database

WORKSPACE = "workspace"
BATCH = 500
"""Lines that are taken in one transaction: the bot at work beside it waits for no more than that."""

MOST_FAULTS = 50
"""More would be read by nobody."""

_ENOUGH = ("user_id", "enterprise", "name")
"""What must be known of something before it is noted down."""


@dataclass(frozen=True)
class Imported:
    """What came of a file: workspaces that are new, that were known otherwise, and that were known as they are."""

    new: int = 0
    changed: int = 0
    same: int = 0
    faults: tuple[Fault, ...] = ()

    @property
    def rows(self) -> int:
        """All of them that were good."""
        return self.new + self.changed + self.same


class StoredRegistry:
    """Answers from the bot's own rows, each question in its own transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(
        self, *, user_id: str = "", number: str = "", webex_id: str = "", removed: bool = False
    ) -> list[Provisioned]:
        """Everything under that user id, number (E.164) or id of Webex; what was ``removed`` only if that is wanted."""
        with self._database.reading() as session:
            return queries.provisioned(session, user_id=user_id, number=number, webex_id=webex_id, removed=removed)

    def search(self, wanted: RegistryFilter, *, before: int | None = None, limit: int = 10) -> list[Provisioned]:
        """The last ones that fit, newest first, of those that were noted down ``before`` the one of that id."""
        c = tables.provisioned.c
        conditions = (
            (wanted.kind, c.kind == wanted.kind),
            (wanted.name, func.lower(c.name).contains(wanted.name.lower(), autoescape=True)),
            (wanted.user_id, func.lower(c.user_id) == wanted.user_id.lower()),
            (wanted.number, c.number == wanted.number),
            (wanted.enterprise, func.lower(c.enterprise) == wanted.enterprise.lower()),
        )
        fits = and_(
            c.removed_at.is_not(None) if wanted.removed else c.removed_at.is_(None),
            true() if before is None else c.id < before,
            *(condition for given, condition in conditions if given),
        )
        with self._database.reading() as session:
            return list(session.scalars(select(Provisioned).where(fits).order_by(c.id.desc()).limit(limit)))

    def look_through(self, rows: Iterable[Row | Fault]) -> Imported:
        """What would come of a file, if it were taken."""
        found = Imported()
        for batch in _batches(rows):
            with self._database.reading() as session:
                found = _together(found, _taken(session, batch, source="", at=None))
            if len(found.faults) >= MOST_FAULTS:
                break
        return replace(found, faults=found.faults[:MOST_FAULTS])

    def take(self, rows: Iterable[Row | Fault], *, source: str, at: datetime) -> Imported:
        """Take over what a file says, up to the first batch in which there is a fault after all."""
        taken = Imported()
        for batch in _batches(rows):
            with self._database.transaction() as session:
                found = _taken(session, batch, source=source, at=at)
                if found.faults:
                    session.rollback()
                    return replace(taken, faults=found.faults)
            taken = _together(taken, found)
        return taken


def amend(session: Session, amended: Amended) -> None:
    """Note down what has become of something, and it itself if it was not known and the facts tell enough."""
    c = tables.provisioned.c
    known = select(Provisioned).where(c.kind == amended.kind, c.removed_at.is_(None))
    found = list(session.scalars(known.where(c.webex_id == amended.webex_id)))
    if not found and amended.facts.get("user_id"):
        # Of what a person has closed as done, the bot has learned no id.
        same_user = func.lower(c.user_id) == amended.facts["user_id"].lower()
        found = list(session.scalars(known.where(c.webex_id == "", same_user)))
    for each in found:
        _put(each, {**amended.facts, "webex_id": amended.webex_id})
        each.seen_at = amended.at
        each.removed_at = amended.at if amended.removed else None
    if not found and not amended.removed and all(amended.facts.get(name) for name in _ENOUGH):
        session.add(_new(amended.kind, {**amended.facts, "webex_id": amended.webex_id}, amended.at, amended.request))


def _new(kind: str, facts: Mapping[str, str], at: datetime, request: int | None = None) -> Provisioned:
    row = Provisioned(kind, "", "", "", "", "", "", request=request, made_at=at)
    _put(row, facts)
    return row


def _put(row: Provisioned, facts: Mapping[str, str]) -> None:
    for name, value in facts.items():
        setattr(row, name, value)


def _batches(rows: Iterable[Row | Fault]) -> Iterator[list[Row | Fault]]:
    source = iter(rows)
    while batch := list(islice(source, BATCH)):
        yield batch


def _together(one: Imported, other: Imported) -> Imported:
    return Imported(
        one.new + other.new, one.changed + other.changed, one.same + other.same, (*one.faults, *other.faults)
    )


def _taken(session: Session, batch: list[Row | Fault], *, source: str, at: datetime | None) -> Imported:
    """What comes of some lines; without a time nothing is written."""
    faults = [each for each in batch if isinstance(each, Fault)]
    rows = [each for each in batch if isinstance(each, Row)]
    by_id, by_user, gone = _known(session, rows)
    new = changed = same = 0
    for row in rows:
        facts = dict(row.facts)
        if facts["webex_id"] in gone:
            text = f"has the id of “{gone[facts['webex_id']]}”, which was removed through this bot: take the line out."
            faults.append(Fault(row.line, text))
            continue
        known = by_id.get(facts["webex_id"]) or by_user.get(facts["user_id"].lower())
        if known and not facts["webex_id"]:
            del facts["webex_id"]
        if known is None:
            new += 1
        elif all(getattr(known, name) == value for name, value in facts.items()):
            same += 1
        else:
            changed += 1
        if at is not None:
            _note(session, known, row, facts, source=source, at=at)
    return Imported(new, changed, same, tuple(sorted(faults, key=lambda fault: fault.line)))


def _known(session: Session, rows: list[Row]) -> tuple[dict[str, Provisioned], dict[str, Provisioned], dict[str, str]]:
    """What is known under the ids and the user IDs of some lines, and the names of those that were removed."""
    c = tables.provisioned.c
    ids = [row.facts["webex_id"] for row in rows if row.facts["webex_id"]]
    users = [row.facts["user_id"].lower() for row in rows]
    every = select(Provisioned).where(c.kind == WORKSPACE).order_by(c.id)
    by_id = list(session.scalars(every.where(c.webex_id.in_(ids))))
    by_user = session.scalars(every.where(func.lower(c.user_id).in_(users), c.removed_at.is_(None)))
    there = {each.webex_id: each for each in by_id if each.removed_at is None}
    gone = {each.webex_id: each.name for each in by_id if each.webex_id not in there}
    return there, {each.user_id.lower(): each for each in by_user}, gone


def _note(
    session: Session, known: Provisioned | None, row: Row, facts: dict[str, str], *, source: str, at: datetime
) -> None:
    noted = known or _new(WORKSPACE, facts, row.created or at)
    _put(noted, facts)
    noted.seen_at, noted.source = at, source
    session.add(noted)
