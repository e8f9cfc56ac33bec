"""How the directory of an enterprise is drawn, wherever one is shown."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.domain.operation import Element
from cards import kit
from cards.shared import capital, moment_of
from cards.watching import status_words

_STYLES = {"complete": "good", "in_progress": "accent", "not_synced": "emphasis"}
_TIMES = {
    "lastSyncStartTime": "Last one began",
    "lastSyncEndTime": "Last one ended",
    "lastSuccessfulSyncTime": "Last one that worked",
}
_IDS = {"lastSyncTrackingId": "Its tracking ID"}
_ELSEWHERE = frozenset({"syncStatus", "errors"})
_DONE = {"Added": "added", "Updated": "updated", "Deleted": "deleted"}
_COUNTED = (
    ("users", "Users without Webex", "totalExternalUsersInCI"),
    ("machines", "Machines", "totalExternalMachinesInCI"),
    ("userContacts", "Contacts of users", "totalUserContactsInContactService"),
    ("orgContacts", "Contacts of the organisation", "totalOrgContactsInContactService"),
)


def switched(fields: Mapping[str, Any]) -> str:
    """Whether it is kept in step, in words."""
    told = str(fields.get("enableDirSync")).casefold()
    known = {"true": "directory sync is enabled", "false": "directory sync is disabled"}
    return known.get(told, "Webex does not say whether directory sync is enabled")


def status(fields: Mapping[str, Any]) -> str:
    """How far its synchronisation is, in words."""
    sync = sync_of(fields)
    word = str(sync.get("syncStatus") or "")
    if not word:
        return "unknown: Webex gave no status"
    return f"the last one did not work ({word})" if _failed(sync) else status_words(word)


def state(fields: Mapping[str, Any]) -> list[Element]:
    """Whether it is kept in step and how far it is, in a box of its own colour."""
    sync = sync_of(fields)
    word = str(sync.get("syncStatus") or "").casefold()
    style = "attention" if _failed(sync) else _STYLES.get(word, "warning")
    lines = [kit.strong(capital(switched(fields))), kit.text(capital(status(fields)), spacing="Small")]
    return [kit.box(lines, style=style)]


def facts(fields: Mapping[str, Any]) -> list[Element]:
    """The times, then the counts, then whatever else Webex told of it under its own name."""
    sync = sync_of(fields)
    times = [(title, moment_of(sync[name])) for name, title in _TIMES.items() if sync.get(name)]
    ids = [(title, sync[name]) for name, title in _IDS.items() if sync.get(name)]
    known = {*_TIMES, *_IDS, *_ELSEWHERE, *_names_of_counts()}
    rest = [(name, value) for name, value in sync.items() if name not in known and value not in (None, "")]
    return kit.facts([*times, *_counts(sync), *rest, *ids])


def sync_of(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """What an answer says of the synchronisation."""
    told = fields.get("directorySyncStatus")
    return told if isinstance(told, Mapping) else {}


def _failed(sync: Mapping[str, Any]) -> bool:
    """Webex complains about the last one, and none is running."""
    return bool(sync.get("errors")) and str(sync.get("syncStatus")).casefold() != "in_progress"


def _counts(sync: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for what, title, total in _COUNTED:
        changes = [f"{sync[what + done]} {word}" for done, word in _DONE.items() if what + done in sync]
        altogether = [f"{sync[total]} altogether"] if total in sync else []
        if changes or altogether:
            yield title, " · ".join((*changes, *altogether))


def _names_of_counts() -> Iterator[str]:
    for what, _, total in _COUNTED:
        yield from (what + done for done in _DONE)
        yield total
