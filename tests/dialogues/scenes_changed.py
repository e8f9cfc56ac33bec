"""Somebody who is provisioned already, and what becomes of a change that was asked for."""

from datetime import timedelta
from typing import Any

from bot.simulator.provisioning.records import PROVISIONING_ID
from bot.simulator.provisioning.subscriber import Subscriber
from bot.testing.shown import Shown
from bot.testing.talking import Chat
from tests.dialogues.scenes import CONFIRMATION

LONG_ENOUGH = timedelta(seconds=15)
"""Webex has ended an update by then, and the bot has looked."""


def facts(chat: Chat, **changes: str) -> dict[str, str]:
    """What is known of somebody, different in every test; what is empty is left out."""
    values = {
        "provisioningId": PROVISIONING_ID,
        "userId": f"user.{chat.turn}@example.com",
        "spEnterpriseId": "Reseller1+acme",
        "firstName": "Tara",
        "lastName": f"Test{chat.turn}",
        "email": f"tara.{chat.turn}@example.com",
        "primaryPhoneNumber": f"+1-240-555-{chat.turn + 3000}",
        "mobilePhoneNumber": f"+1-301-555-{chat.turn + 3000}",
        "extension": f"{chat.turn + 30000}",
        "package": "standard",
        **changes,
    }
    return {name: value for name, value in values.items() if value}


def subscriber(chat: Chat, **changes: str) -> Subscriber:
    """Somebody who was provisioned yesterday."""
    subscribers = chat.bot.simulator.broadworks.subscribers
    return subscribers.add(facts(chat, **changes), at=subscribers.now() - timedelta(days=1))


def path_of(one: Subscriber) -> str:
    """Where the provisioning API has it."""
    return f"/broadworks/subscribers/{one.id}"


def asked(chat: Chat, words: str, *also: str) -> Shown:
    """Somebody asks for a change in one line and sees what would be sent."""
    chat.say("ann", words)
    return chat.expect("ann", CONFIRMATION, *also)


def written(chat: Chat, method: str, one: Subscriber) -> list[Any]:
    """The bodies that were sent to change or remove somebody."""
    return [each.body for each in chat.bot.simulator.calls.to("broadworks", method, path_of(one))]


def listed(shown: Shown, heading: str) -> dict[str, str]:
    """The facts below a heading of a card, up to the next line that is none."""
    lines = iter(shown.text.splitlines())
    found: dict[str, str] = {}
    assert any(line == heading for line in lines), shown.text
    for line in lines:
        title, colon, value = line.partition(": ")
        if not colon:
            break
        found[title] = value
    return found
