"""A bot of a test's own."""

from collections.abc import Callable

import pytest

from tests.chat import Chat
from tests.conftest import Bots


@pytest.fixture
def fresh_chat(bots: Bots, special_chat: Callable[..., Chat]) -> Chat:
    """A chat with a bot that has seen nothing yet, and that no other test sees."""
    bots.stop()
    chat = special_chat(BOT_ENVIRONMENT="engine")
    chat.bot.changed = True
    return chat
