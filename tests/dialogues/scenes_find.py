"""Subscribers of whom the dialogues about finding, showing and consent are."""

from typing import Any

from bot.simulator.provisioning.records import PROVISIONING_ID
from bot.simulator.provisioning.subscriber import End, Subscriber
from bot.simulator.provisioning.subscriber_outcomes import DONE
from bot.testing.talking import Chat

SUBSCRIBERS = "/broadworks/subscribers"
ONE_PAGE = f"GET {SUBSCRIBERS} 200"


def enterprise(chat: Chat) -> str:
    """The enterprise of this test's own subscribers."""
    return f"Reseller1+find{chat.turn}"


def subscriber(chat: Chat, number: int = 1, *, end: End = DONE, **changes: str) -> Subscriber:
    """Somebody who was provisioned before, different in every test."""
    facts = {
        "provisioningId": PROVISIONING_ID,
        "userId": f"9000{chat.turn}{number:03}@find.example.com",
        "spEnterpriseId": enterprise(chat),
        "firstName": "Nora",
        "lastName": f"Novak{number}",
        "email": f"nora.{chat.turn}.{number}@find.example.com",
        "primaryPhoneNumber": f"+1303{chat.turn:04}{number:03}",
        "extension": f"{number + 1000}",
        "package": "standard",
        **changes,
    }
    return chat.bot.simulator.broadworks.subscribers.add(facts, end=end)


def odd(status: Any) -> End:
    """An end that is in no documentation."""
    return End(status)
