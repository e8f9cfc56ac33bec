"""Templates in dialogues: kept beforehand, looked at, and forgotten afterwards, because chats share their bot."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.template import Template
from bot.simulator.provisioning.records import OTHER_PROVISIONING_ID, PROVISIONING_ID
from bot.store.templates import StoredTemplates
from bot.testing.shown import Shown
from bot.testing.talking import Chat

ASKED = "Nothing has been changed yet"
MADE = datetime(2026, 7, 9, 14, 0, tzinfo=UTC)
ACME = Template("acme", PROVISIONING_ID, "Reseller1+acme", "", "", "US", made_by="Ann", made_at=MADE)
EXAMPLE = Template("example", OTHER_PROVISIONING_ID, "Reseller1+example", "", "", "DE", made_by="Bob", made_at=MADE)
BARE = Template("bare", PROVISIONING_ID[:-4] + "AAAA", "", "", "", "", made_by="Bob", made_at=MADE)


def stored(chat: Chat) -> StoredTemplates:
    return StoredTemplates(chat.bot.application.database)


def keep(chat: Chat, *templates: Template) -> None:
    """These templates are there already."""
    for each in templates:
        stored(chat).keep(replace(each))


def kept(chat: Chat) -> list[dict[str, str]]:
    """What the templates say that are there now."""
    return [each.fields for each in stored(chat).all()]


def forget(chat: Chat) -> None:
    """No template outlives its test."""
    for each in stored(chat).all():
        stored(chat).drop(each.name)


def choices(shown: Shown, name: str) -> list[str]:
    """What can be chosen in an input of a card."""
    [drawn] = [node for node in shown.card["body"] if node.get("id") == name]
    return [choice["value"] for choice in drawn["choices"]]
