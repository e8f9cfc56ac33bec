"""What is wanted of the history, and how a page of it is told."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.audit import AuditEvent

ON_A_CARD = 8
"""Events; each takes three lines on a phone."""

PAGE = "page"
"""The value under which the next page is asked for; no input of a form has this name."""


@dataclass(frozen=True)
class Wanted:
    """Which events: all of those of which everything is true that is given.

    ``person`` is an id of Webex: what somebody did, and what became of what they asked for. ``until`` is not included.
    """

    since: datetime | None = None
    until: datetime | None = None
    person: str = ""
    enterprise: str = ""
    requests: Collection[int] | None = None
    newest_first: bool = False


def page(found: Sequence[AuditEvent], names: Mapping[str, str]) -> dict[str, Any]:
    """As many events as a card shows, of those that were found and one more, with where the next page begins."""
    shown = found[:ON_A_CARD]
    following = {"next": str(shown[-1].id)} if len(found) > len(shown) else {}
    return {"events": [_told(each, names) for each in shown], **following}


def beyond(values: Mapping[str, str]) -> int | None:
    """The event behind which the page begins that was asked for."""
    said = values.get(PAGE)
    return int(said) if said else None


def _told(event: AuditEvent, names: Mapping[str, str]) -> dict[str, Any]:
    """What a row says, but for what makes it a link of the chain; people are called by their names where known."""
    every = {
        "number": event.id,
        "at": event.at.isoformat(),
        "what": event.what.value,
        "who": names.get(event.actor, event.actor),
        "request": event.request,
        "from": event.from_state,
        "to": event.to_state,
        "rule": event.rule,
        "plan": event.plan_hash,
        "enterprise": event.enterprise,
        "detail": {name: names.get(value, value) for name, value in event.detail.items()},
        "tracking": {
            "bot": event.tracking_id,
            "Webex": event.webex_tracking_id,
            "BroadWorks": event.api_tracking_id,
        },
    }
    return {name: value for name, value in every.items() if value is not None}
