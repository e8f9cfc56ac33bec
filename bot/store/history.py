"""What was asked of this bot before, and what was written down of it, as operations look at it."""

from collections.abc import Collection

from bot.domain.actor import Person
from bot.domain.audit import AuditEvent
from bot.domain.history import Wanted
from bot.domain.request import Request
from bot.store import queries, trail
from bot.store.session import Database


class StoredRequests:
    """Answers from the bot's own rows, each question in its own transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def about(self, *, user_id: str = "", webex_id: str = "", limit: int = 10) -> list[Request]:
        """The last requests that would have changed something about that user ID or id of Webex, newest first."""
        with self._database.reading() as session:
            return queries.requests_about(session, user_id=user_id, webex_id=webex_id, limit=limit)

    def numbered(self, number: int) -> Request | None:
        """The request of that number, whoever may see it."""
        with self._database.reading() as session:
            return queries.request(session, number)


class StoredHistory:
    """The audit events and the people in them, each question in its own transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def events(self, wanted: Wanted, *, beyond: int | None = None, limit: int) -> list[AuditEvent]:
        """Some events, the newest first, or in order where that is wanted; those ``beyond`` an id."""
        with self._database.reading() as session:
            return trail.events(session, wanted, beyond=beyond, limit=limit)

    def person(self, said: str) -> Person | None:
        """Somebody whom the bot has met, by the id of Webex or the e-mail address."""
        with self._database.reading() as session:
            return queries.person_called(session, said)

    def names(self, ids: Collection[str]) -> dict[str, str]:
        """What those people are called whom the bot has met, by id."""
        with self._database.reading() as session:
            return queries.names_of(session, ids)
