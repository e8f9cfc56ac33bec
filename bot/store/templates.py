"""The templates as operations use them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from datetime import UTC, datetime
from typing import Self

from sqlalchemy.orm import Session

from bot.domain.template import Template
from bot.errors import TooLate
from bot.store import queries
from bot.store.session import Database


class StoredTemplates:
    """Answers from the bot's own rows; every question and every change is a transaction of its own."""

    def __init__(self, database: Database, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._database = database
        self._now = now
        self._latest: datetime | None = None

    def until(self, moment: datetime) -> Self:
        """The same templates, of which nothing is changed from that moment on: TooLate is raised instead."""
        punctual = copy(self)
        punctual._latest = moment  # noqa: SLF001 - it is this very class.
        return punctual

    def all(self) -> list[Template]:
        """Every template, by name."""
        with self._database.reading() as session:
            return queries.templates(session)

    def keep(self, template: Template, *, instead_of: str = "") -> None:
        """Keep a template under its name, or instead of the one that had another name."""
        with self._changing() as session:
            for name in {template.name, instead_of or template.name}:
                queries.drop_template(session, name)
            session.add(template)

    def drop(self, name: str) -> None:
        """Forget the template of that name, if there is one."""
        with self._changing() as session:
            queries.drop_template(session, name)

    @contextmanager
    def _changing(self) -> Iterator[Session]:
        """The lock is held by then, so nobody else can act on what is late here."""
        with self._database.transaction() as session:
            if self._latest is not None and self._now() >= self._latest:
                raise TooLate("The time to change it had passed")
            yield session
