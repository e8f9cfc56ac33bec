"""What was asked of this bot before, as operations look at it."""

from bot.domain.request import Request
from bot.store import queries
from bot.store.session import Database


class StoredRequests:
    """Answers from the bot's own rows, each question in its own transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def about(self, *, user_id: str = "", webex_id: str = "", limit: int = 10) -> list[Request]:
        """The last requests that would have changed something about that user ID or id of Webex, newest first."""
        with self._database.reading() as session:
            return queries.requests_about(session, user_id=user_id, webex_id=webex_id, limit=limit)
