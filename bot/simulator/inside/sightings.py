"""Says in plain words what the simulator sees from outside: calls, webhooks, spaces, and the bot's coming and going."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.simulator.calls import SeenCall
from bot.simulator.entities import Change, Person, Room
from bot.simulator.inside.trace import Entry, Simple

_FAILED_FROM = 400
_LONG = 24
_LONGEST = 200
_TRIES_KEPT = 500

SERVICES = {"webex": "Webex", "broadworks": "BroadWorks"}
_OF_BOT = {"created": "posted", "updated": "edited", "deleted": "taken away"}
_OF_PEOPLE = {
    "messages/created": "wrote in",
    "messages/updated": "edited a message in",
    "messages/deleted": "deleted a message in",
    "attachmentActions/created": "pressed a button in",
    "memberships/created": "let somebody into",
    "memberships/deleted": "took somebody out of",
    "rooms/created": "made",
    "rooms/updated": "changed",
}
_OF_PROCESS = {
    "kill": "The bot was stopped",
    "starting": "The bot is being started",
    "start": "The bot was started",
    "failed": "The bot did not come up",
    "died": "The bot ended by itself",
}
_BAD_ENDS = {"failed", "died"}


@dataclass(frozen=True)
class Sent:
    """One delivery of a webhook: `status` is None where nobody answered, `lost` was on purpose."""

    about: str
    key: str
    tracking_id: str | None = None
    status: int | None = None
    seconds: float | None = None
    failure: str | None = None
    copy: int = 1
    copies: int = 1
    lost: bool = False


class Tries:
    """Counts how often the same call was made again because it had failed."""

    def __init__(self) -> None:
        self._failed: OrderedDict[tuple[str, ...], int] = OrderedDict()

    def of(self, seen: SeenCall) -> int:
        """Which try this call is: 1, unless the same call under the same tracking id failed right before."""
        call = (seen.tracking_id, seen.method, seen.path, seen.query)
        tries = self._failed.pop(call, 0) + 1
        if _failed(seen.status):
            self._failed[call] = tries
            if len(self._failed) > _TRIES_KEPT:
                self._failed.popitem(last=False)
        return tries


def of_call(seen: SeenCall, *, ended: datetime, tries: int) -> Entry:
    """Neither the query nor the body is told: both can hold what somebody typed."""
    service = SERVICES.get(seen.service, seen.service)
    words = f"{service}: {seen.method} {short(seen.path)}"
    if tries > 1:
        words += f", try {tries}"
    if seen.fault:
        words += f", met by a fault: {seen.fault.replace('_', ' ')}"
    if seen.status is None:
        words += ", no answer"
    facts: dict[str, Simple] = {"service": service, "method": seen.method, "path": masked(seen.path), "try": tries}
    if seen.fault:
        facts["fault"] = seen.fault
    if seen.status is not None:
        facts["theirs"] = seen.tracking_id
    return Entry(
        at=ended - timedelta(seconds=seen.seconds),
        kind="call",
        words=words,
        tracking_id=seen.tracking_id,
        status=seen.status,
        seconds=seen.seconds,
        bad=_failed(seen.status),
        facts=facts,
        counted=(seen.service,),
    )


def of_webhook(sent: Sent, *, ended: datetime) -> Entry:
    words = f"Webhook {sent.about}"
    if sent.copies > 1:
        words += f", copy {sent.copy} of {sent.copies}"
    if sent.lost:
        words += ", lost on its way"
    elif sent.status is None:
        words += ", not delivered"
    facts: dict[str, Simple] = {"about": sent.about, "key": sent.key, "copy": sent.copy, "copies": sent.copies}
    if sent.failure:
        facts["failure"] = sent.failure
    return Entry(
        at=ended - timedelta(seconds=sent.seconds or 0.0),
        kind="webhook",
        words=words,
        tracking_id=sent.tracking_id,
        status=sent.status,
        seconds=sent.seconds,
        bad=sent.lost or _failed(sent.status),
        facts=facts,
        ties=(sent.key,),
    )


def of_change(
    change: Change, *, at: datetime, bot: Person, tracking_id: str | None, members: Callable[[Room], list[Person]]
) -> Entry | None:
    """What the bot posts is a card or a message out; what people do is news of the world."""
    about = f"{change.resource}/{change.event}"
    place = _place(change.room, [person for person in members(change.room) if person not in {bot, change.actor}])
    facts: dict[str, Simple] = {"about": about, "space": place}
    if change.actor != bot:
        doing = _OF_PEOPLE.get(about)
        if doing is None:
            return None
        words = f"{change.actor.display_name} {doing} {place}"
        key = key_of(change.resource, change.event, change.data)
        return Entry(at, "world", words, tracking_id=tracking_id, facts=facts, ties=(key,))
    if change.resource != "messages":
        return None
    what = "Card" if "true" in change.traits.get("hasAttachments", ()) else "Message"
    facts["message"] = str(change.data["id"])
    return Entry(at, "card", f"{what} {_OF_BOT[change.event]} in {place}", tracking_id=tracking_id, facts=facts)


def of_announcement(event: str, data: Mapping[str, Any], *, at: datetime) -> Entry | None:
    words = _OF_PROCESS.get(str(data.get("kind"))) if event == "bot" else None
    return Entry(at, "world", words, bad=data.get("kind") in _BAD_ENDS) if words else None


def key_of(resource: str, event: str, data: Mapping[str, Any]) -> str:
    """By what a receiver tells deliveries apart; who joins again keeps the membership's id, so that one is dated."""
    created = data.get("created") if resource == "memberships" else None
    return "/".join(str(part) for part in (resource, event, data.get("id"), created) if part)


def masked(path: str) -> str:
    """What may be an address in a path is nobody's business."""
    return "/".join("…" if "@" in part or "%40" in part else part for part in path.split("/"))


def short(path: str) -> str:
    """Long ids cut, so that the path can be read; signs that would move others about are not shown as they are."""
    found = "/".join(part if len(part) <= _LONG else f"{part[:8]}…" for part in masked(path).split("/"))
    plain = "".join(sign if sign.isprintable() else "�" for sign in found)
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"


def _place(room: Room, others: list[Person]) -> str:
    if room.kind == "group":
        return f"“{room.title}”"
    return f"the 1:1 space with {others[0].display_name}" if others else "the 1:1 space"


def _failed(status: int | None) -> bool:
    return status is None or status >= _FAILED_FROM
