"""Subscribers of whom the dialogues about provisioning and watching are."""

from datetime import timedelta
from typing import Any

from bot.simulator.provisioning.records import PROVISIONING_ID
from bot.simulator.provisioning.subscriber import Subscriber
from bot.testing.shown import Shown
from bot.testing.talking import Chat
from tests.dialogues.scenes import CONFIRMATION, number_of

SUBSCRIBERS = "/broadworks/subscribers"
ACCEPTED = "Accepted, Webex is working on it"
LONG_ENOUGH = timedelta(seconds=40)
"""For Webex to end its work, and for the bot to look after that."""


def somebody(chat: Chat, **changes: str) -> dict[str, str]:
    """Who can be provisioned, different in every test; words in the e-mail address decide how it ends."""
    values = {
        "provisioningId": PROVISIONING_ID,
        "userId": f"zoe.{chat.turn}@bw.example",
        "spEnterpriseId": "Reseller1+acme",
        "firstName": "Zoe",
        "lastName": f"Neill{chat.turn}",
        "package": "standard",
        "email": f"zoe.{chat.turn}@example.com",
        "primaryPhoneNumber": f"+1240555{chat.turn + 4000}",
        "extension": f"{chat.turn + 40000}",
        **changes,
    }
    return {name: value for name, value in values.items() if value}


def command(values: dict[str, str]) -> str:
    """How somebody types it."""
    return "provision subscriber " + " ".join(f'{name}="{value}"' for name, value in values.items())


def confirmation(chat: Chat, values: dict[str, str], *, space: str = "") -> Shown:
    """Ann asks for a subscriber and sees what would be sent, and what Webex thinks of it."""
    chat.say("ann", command(values), space=space)
    return chat.expect(space or "ann", CONFIRMATION, values["userId"])


def accepted(chat: Chat, values: dict[str, str], *, space: str = "") -> Shown:
    """Ann has provisioned a subscriber, which Webex has accepted and works on."""
    shown = confirmation(chat, values, space=space)
    chat.press("ann", shown, "Provision")
    return chat.expect_on(shown, ACCEPTED, values["userId"])


def in_webex(chat: Chat, user_id: str) -> Subscriber:
    """The one subscriber of that user ID."""
    [found] = [each for each in chat.bot.simulator.broadworks.subscribers if each.facts["userId"] == user_id]
    return found


def sent(chat: Chat, user_id: str) -> list[Any]:
    """The writes for that user ID, whatever became of them."""
    return [each for each in chat.sent(SUBSCRIBERS) if each["userId"] == user_id]


def told(chat: Chat, card: Shown, *, space: str = "ann") -> list[str]:
    """What was told about the request of a card, beside the card."""
    number = number_of(card)
    begin = f"Request {number}, provision subscriber: "
    lines = [each.text for each in chat.shown(space) if begin in each.text and "asked by" not in each.text]
    return [line.partition(begin)[2] for line in lines]
