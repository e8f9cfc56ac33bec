"""What a search for subscribers asks for: its filters, read from a query."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.simulator.provisioning.compare import key_of
from bot.simulator.provisioning.complaints import Complaint, refuse
from bot.simulator.provisioning.subscriber import STATUSES, Subscriber

EQUAL = ("userId", "personId", "email", "provisioningId", "spEnterpriseId")
_FLAGS = {"true": "True", "false": "False"}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Search:
    """`values` are keys as `key_of` makes them; None and empty leave a filter out."""

    values: Mapping[str, str] = field(default_factory=dict)
    statuses: frozenset[str] = frozenset()
    created_after: datetime | None = None
    changed_after: datetime | None = None

    def finds(self, subscriber: Subscriber) -> bool:
        return (
            all(_value(subscriber, name) == value for name, value in self.values.items())
            and (not self.statuses or subscriber.status in self.statuses)
            and (self.created_after is None or subscriber.created > self.created_after)
            and (self.changed_after is None or subscriber.changed > self.changed_after)
        )


def read_search(query: Callable[[str], str | None]) -> Search:
    """Problem with all filters that make no sense; one that is empty is left out."""
    given = {name: value for name in (*EQUAL, *_READERS) if (value := query(name)) is not None}
    refuse(400, "The search for subscribers is invalid.", _complaints(given))
    values = {name: key_of(name, given[name]) for name in EQUAL if name in given}
    if "selfActivated" in given:
        values["selfActivated"] = _FLAGS[given["selfActivated"].lower()]
    return Search(
        values=values,
        statuses=_statuses(given.get("status", "")),
        created_after=_moment(given["after"]) if "after" in given else None,
        changed_after=_moment(given["lastStatusChange"]) if "lastStatusChange" in given else None,
    )


def _complaints(given: Mapping[str, str]) -> Iterator[Complaint]:
    for name, (reads, words) in _READERS.items():
        if name in given and not reads(given[name]):
            yield Complaint(words.format(name), name)


def _statuses(text: str) -> frozenset[str]:
    return frozenset(part.strip() for part in text.split(",")) if text else frozenset()


def _moment(text: str) -> datetime | None:
    """Epoch milliseconds or ISO 8601, UTC where it does not say; None where it is neither."""
    try:
        if text.isascii() and text.isdecimal():
            return _EPOCH + timedelta(milliseconds=int(text))
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


_DATE = "{} must be a date: epoch time in milliseconds, or ISO 8601."
_READERS: Mapping[str, tuple[Callable[[str], object], str]] = {
    "status": (
        lambda text: _statuses(text) <= set(STATUSES),
        f"{{}} must be one or more of {', '.join(STATUSES)}.",
    ),
    "after": (_moment, _DATE),
    "lastStatusChange": (_moment, _DATE),
    "selfActivated": (lambda text: text.lower() in _FLAGS, "{} must be true or false."),
}


def _value(subscriber: Subscriber, name: str) -> str:
    if name == "personId":
        return subscriber.person_id or ""
    if name == "selfActivated":
        return str(subscriber.self_activated)
    return key_of(name, subscriber.facts.get(name, ""))
