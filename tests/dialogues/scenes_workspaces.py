"""A workspace that the bot has provisioned, or that is there without its knowing."""

from typing import Any

from bot.domain.desk import Provisioned
from bot.store.registry import StoredRegistry
from bot.testing.shown import Shown
from bot.testing.talking import Chat
from tests.dialogues.scenes import CONFIRMATION, confirmation, workspace


def room(chat: Chat, **changes: str) -> dict[str, Any]:
    """One that was provisioned through the bot, as the provisioning API has it; what was called before is past."""
    values = workspace(chat, **changes)
    shown = confirmation(chat, values)
    chat.press("ann", shown, "Provision")
    chat.expect_on(shown, "Workspace provisioned")
    chat.quiet()
    [made] = chat.workspaces(values["userId"])
    return dict(made)


def stranger(chat: Chat, **changes: str) -> dict[str, Any]:
    """One that was provisioned elsewhere."""
    return dict(chat.bot.simulator.broadworks.create_workspace(workspace(chat, **changes)))


def path_of(one: dict[str, Any]) -> str:
    """Where the provisioning API has it."""
    return f"/broadworks/workspaces/{one['id']}"


def asked(chat: Chat, words: str, *also: str) -> Shown:
    """Somebody asks for a change in one line and sees what would be sent; what was called before is past."""
    chat.say("ann", words)
    shown = chat.expect("ann", CONFIRMATION, *also)
    chat.quiet()
    return shown


def written(chat: Chat, method: str, one: dict[str, Any]) -> list[Any]:
    """The bodies that were sent to change or remove it."""
    return [each.body for each in chat.bot.simulator.calls.to("broadworks", method, path_of(one))]


def there(chat: Chat, one: dict[str, Any]) -> dict[str, Any] | None:
    """How the provisioning API has it now."""
    return chat.bot.simulator.broadworks.workspace(one["id"])


def remembered(chat: Chat, one: dict[str, Any]) -> Provisioned:
    """How the bot remembers it, removed or not."""
    [found] = StoredRegistry(chat.bot.application.database).find(webex_id=one["id"], removed=True)
    return found
