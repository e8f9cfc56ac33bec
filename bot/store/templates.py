"""The templates as operations use them."""

from bot.domain.template import Template
from bot.store import queries
from bot.store.session import Database


class StoredTemplates:
    """Answers from the bot's own rows; every question and every change is a transaction of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Template]:
        """Every template, by name."""
        with self._database.reading() as session:
            return queries.templates(session)

    def keep(self, template: Template, *, instead_of: str = "") -> None:
        """Keep a template under its name, or instead of the one that had another name."""
        with self._database.transaction() as session:
            for name in {template.name, instead_of or template.name}:
                queries.drop_template(session, name)
            session.add(template)

    def drop(self, name: str) -> None:
        """Forget the template of that name, if there is one."""
        with self._database.transaction() as session:
            queries.drop_template(session, name)
