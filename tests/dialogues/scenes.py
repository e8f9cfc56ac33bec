"""Scenes that many dialogues begin with, and the short questions that they end with."""

import itertools
import re

from sqlalchemy import select

from bot.domain.audit import AuditEvent
from bot.domain.request import Request
from bot.simulator.provisioning.records import PROVISIONING_ID
from bot.store import queries
from bot.testing.shown import Shown
from bot.testing.talking import Chat

VALIDATE = "/broadworks/subscribers/validate"
WORKSPACES = "/broadworks/workspaces"
CONFIRMATION = "Nothing has been sent yet"


def workspace(chat: Chat, **changes: str) -> dict[str, str]:
    """What can be provisioned, different in every test."""
    values = {
        "displayName": f"Room {chat.turn}",
        "userId": f"room.{chat.turn}@example.com",
        "spEnterpriseId": "Reseller1+acme",
        "provisioningId": PROVISIONING_ID,
        "primaryPhoneNumber": f"+1240555{chat.turn + 2000}",
        "extension": f"{chat.turn + 20000}",
        **changes,
    }
    return {name: value for name, value in values.items() if value}


def command(values: dict[str, str]) -> str:
    """How somebody types it."""
    return "provision workspace " + " ".join(f'{name}="{value}"' for name, value in values.items())


def confirmation(chat: Chat, values: dict[str, str], *, who: str = "ann", space: str = "") -> Shown:
    """Somebody asks for a workspace and sees what would be sent."""
    chat.say(who, command(values), space=space)
    return chat.expect(space or who, CONFIRMATION, values["userId"])


def form(chat: Chat, words: str, *, who: str = "ann", space: str = "") -> Shown:
    """Somebody opens a form."""
    chat.say(who, words, space=space)
    return chat.expect(space or who, "This form is open until")


def number_of(shown: Shown) -> int:
    """The number of the request that a card shows."""
    found = re.search(r"Request (\d+) · asked by", shown.text)
    assert found, shown.text
    return int(found[1])


def state_of(chat: Chat, number: int) -> str:
    """The state of a request as it is stored."""
    with chat.bot.application.database.transaction() as session:
        return str(session.get_one(Request, number).state)


def provisioned(chat: Chat, user_id: str) -> list[tuple[str, str, str]]:
    """Kind, name and number of what the bot remembers under a user id."""
    with chat.bot.application.database.transaction() as session:
        found = queries.provisioned(session, user_id=user_id, number="", webex_id="")
        return [(each.kind, each.name, each.number) for each in found]


def audited(chat: Chat, *, request: int | None = None, actor: str = "") -> list[AuditEvent]:
    """What was written down about a request or a person, in order."""
    with chat.bot.application.database.transaction() as session:
        events = session.scalars(select(AuditEvent)).all()
    return [each for each in events if (each.request == request if request else each.actor == chat.people[actor].id)]


def complaints(shown: Shown) -> list[str]:
    """The complaints of a form, each with the input below which it stands."""
    body = shown.card["body"]
    return [
        f"{after['id']}: {node['text']}"
        for node, after in itertools.pairwise(body)
        if node.get("color") == "Attention" and "id" in after
    ]
