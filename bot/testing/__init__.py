"""The test kit for those who extend the bot: a real bot in a simulated world, and people who talk with it.

``with chat() as talk:`` works anywhere. In pytest, ``pytest_plugins = ["bot.testing.plugin"]`` in a conftest.py gives
the fixtures ``chat`` and ``special_chat`` instead, which keep the bot from test to test, and runs dialogue files.
"""

from bot.simulator.provisioning.records import PROVISIONING_ID
from bot.testing.opening import chat
from bot.testing.running import AnotherBotRuns, Bot
from bot.testing.shown import Shown
from bot.testing.talking import Chat

__all__ = ["PROVISIONING_ID", "AnotherBotRuns", "Bot", "Chat", "Shown", "chat"]
