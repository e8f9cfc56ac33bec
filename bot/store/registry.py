"""The bot's own memory of what it has provisioned."""

from bot.domain.desk import Provisioned
from bot.store import queries
from bot.store.session import Database


class StoredRegistry:
    """Answers from the bot's own rows, each question in its own transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, *, user_id: str = "", number: str = "", webex_id: str = "") -> list[Provisioned]:
        """Everything provisioned here under that user id, number (E.164) or id of Webex."""
        with self._database.reading() as session:
            return queries.provisioned(session, user_id=user_id, number=number, webex_id=webex_id)
