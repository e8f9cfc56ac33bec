"""Billing reports as dialogues ask for them: each test has a month of its own."""

from datetime import timedelta
from typing import Any

from bot.simulator.provisioning.reports import Report
from bot.testing.shown import Shown
from bot.testing.talking import Chat
from tests.dialogues.scenes import CONFIRMATION

REPORTS = "/broadworks/billing/reports"
LONG_ENOUGH = timedelta(seconds=15)
"""Webex has made a report by then, and the bot has looked."""


def month(chat: Chat) -> str:
    """One that no other test has, and that is over."""
    return f"{1900 + chat.turn // 12}-{chat.turn % 12 + 1:02d}"


def reports(chat: Chat) -> list[Report]:
    """Those of this test's month."""
    return [each for each in chat.bot.simulator.broadworks.reports.all() if each.period == month(chat)]


def there(chat: Chat, **facts: Any) -> Report:
    """One that was made before."""
    return chat.bot.simulator.broadworks.reports.add(month(chat), **facts)


def requested(chat: Chat, *, space: str = "") -> Shown:
    """Ann has confirmed that she wants the report; returns her card."""
    chat.say("ann", f"request billing report {month(chat)}", space=space)
    card = chat.expect(space or "ann", CONFIRMATION, f"Month: {month(chat)}")
    chat.quiet()
    chat.press("ann", card, "Request")
    return card


def files(chat: Chat) -> list[tuple[str, bytes]]:
    """Name and content of every file that was sent to Ann directly, in order."""
    world, bot = chat.bot.simulator.world, chat.bot.simulator.bot
    with world.lock:
        room = world.direct_room(bot, chat.people["ann"])
        found = [each for each in world.messages.values() if each.room is room and each.content]
        return [(each.content.name, each.content.data) for each in found if each.content]


def everywhere(chat: Chat) -> int:
    """How many files there are in any space with Ann in it."""
    world = chat.bot.simulator.world
    with world.lock:
        return sum(
            bool(each.content) for each in world.messages.values() if world.membership(each.room, chat.people["ann"])
        )
