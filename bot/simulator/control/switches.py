"""What can be set about the simulated services at run time, beside faults of single calls."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, get_args

CardEdits = Literal["real", "strict", "refused"]
Outcome = Literal[
    "by_rule",
    "provisioned",
    "error",
    "never",
    "pending_email_input",
    "pending_email_validation",
    "pending_user_migration",
]
ConsentPath = Literal["documented", "broadworks"]
Cluster = Literal["free", "busy", "busy_silent"]
CARD_EDITS: tuple[CardEdits, ...] = get_args(CardEdits)
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
CONSENT_PATHS: tuple[ConsentPath, ...] = get_args(ConsentPath)
CLUSTERS: tuple[Cluster, ...] = get_args(Cluster)
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "card_edits": CARD_EDITS,
    "subscriber_outcome": OUTCOMES,
    "consent_path": CONSENT_PATHS,
    "cluster": CLUSTERS,
}
_MOST = 86_400


class _Told:
    """Tells who listens of every field that gets another value, whoever sets it, and of every count that goes down."""

    _listener: Callable[[], object] | None = None

    def listen(self, listener: Callable[[], object]) -> None:
        """One listener; it is called wherever a value is set, so it may only take note."""
        self._listener = listener

    def __setattr__(self, name: str, value: Any) -> None:
        before = getattr(self, name, None)
        super().__setattr__(name, value)
        if not name.startswith("_") and before != value:
            self._tell()

    def _tell(self) -> None:
        if self._listener is not None:
            self._listener()


@dataclass
class Switches(_Told):
    """How the services behave.

    `late_404` is the number of coming reads of a message that find nothing, as with a message just created.
    `subscriber_outcome` is how the provisioning of a subscriber ends, after `provisioning_seconds`: by the rules of
    `subscriber_outcomes`, or in one way for all; `never` leaves it running. The first subscriber of an enterprise
    waits for `customer_seconds` more. `consent_path` says which spelling of the consent mail's path is the real one.
    `empty_pages` puts a page without subscribers, but with a next one, before each page of their list.
    A directory sync takes `directory_seconds`; `directory_failures` is the number of coming ones that cannot reach
    the cluster. `cluster` is busy with a sync that somebody else has asked for, and says when to come back or not.
    A billing report takes `report_seconds`; `reports_failing` is the number of coming ones that fail, and
    `report_links_expired` of coming links to their files that have expired already. Such a link leads to another host
    (`report_link_elsewhere`), or to a page on which to sign in (`report_link_page`).
    `access_expired` ends the access tokens of before once; `refresh_revoked` ends, while it is on, all tokens of those
    who had logged in before; with `refresh_once` a refresh token is good for one renewal.
    """

    card_edits: CardEdits = "real"
    late_404: int = 0
    thread_reply_refused: bool = False
    info_as_object: bool = False
    extra_info: bool = False
    workspaces_scope: bool = True
    subscriber_outcome: Outcome = "by_rule"
    provisioning_seconds: float = 5.0
    customer_seconds: float = 180.0
    consent_path: ConsentPath = "documented"
    empty_pages: bool = False
    directory_seconds: float = 20.0
    directory_failures: int = 0
    cluster: Cluster = "free"
    report_seconds: float = 5.0
    reports_failing: int = 0
    report_links_expired: int = 0
    report_link_elsewhere: bool = False
    report_link_page: bool = False
    access_expired: bool = False
    refresh_revoked: bool = False
    refresh_once: bool = False


@dataclass
class WebhookFaults(_Told):
    """What goes wrong on the way of webhooks.

    `duplicate` copies more of each delivery, `delay` seconds before each and `legacy_signature` last for `times`
    deliveries (None: until changed). `reorder` is the number of coming deliveries sent in reverse, `drop` the number
    of those lost; `hold` keeps all of them back until it is taken away.
    """

    duplicate: int = 0
    reorder: int = 0
    delay: float = 0.0
    drop: int = 0
    legacy_signature: bool = False
    hold: bool = False
    times: int | None = None

    def __post_init__(self) -> None:
        self._limits: dict[str, int] = {}

    def limit(self, name: str, times: int) -> None:
        """One of the three that `times` is for gets a count of its own."""
        self._limits[name] = times

    def left(self, name: str) -> int | None:
        """For how many deliveries more one of the three lasts; None where it is not counted."""
        counts = [count for count in (self._limits.get(name), self.times) if count is not None]
        return min(counts) if counts else None

    def used(self) -> None:
        """One delivery has had its share."""
        for name, left in list(self._limits.items()):
            if left > 1:
                self._limits[name] = left - 1
            else:
                del self._limits[name]
                restore(self, name)
        if self.times is not None and self.times > 1:
            self.times -= 1
        elif self.times is not None:
            self.duplicate, self.delay, self.legacy_signature, self.times = 0, 0.0, False, None
        elif self._limits:
            self._tell()

    def __setattr__(self, name: str, value: Any) -> None:
        # A count belongs to the value that it was set for.
        if not name.startswith("_") and "_limits" in self.__dict__ and getattr(self, name) != value:
            self._limits.pop(name, None)
        super().__setattr__(name, value)


def change(target: Switches | WebhookFaults, wanted: dict[str, Any]) -> None:
    """Sets what is named and leaves the rest; ValueError, with nothing set, for a name or value that makes no sense."""
    known = {field.name for field in fields(target)}
    for name, value in wanted.items():
        if name not in known:
            raise ValueError(f"There is no switch {name!r}; there are {', '.join(sorted(known))}.")
        if not _fits(name, value, getattr(target, name)):
            raise ValueError(f"{value!r} is no value for {name}.")
    for name, value in wanted.items():
        setattr(target, name, value)


def usual(target: Switches | WebhookFaults) -> dict[str, Any]:
    """All values as they are when nothing is wrong."""
    return asdict(type(target)())


def restore(target: Switches | WebhookFaults, name: str) -> None:
    """One value as it is when nothing is wrong."""
    setattr(target, name, usual(target)[name])


def reset(target: Switches | WebhookFaults) -> None:
    for name in usual(target):
        restore(target, name)


def _fits(name: str, value: Any, current: Any) -> bool:
    if name in _CHOICES:
        return value in _CHOICES[name]
    if name == "times":
        return value is None or (type(value) is int and value > 0)
    if isinstance(current, bool):
        return isinstance(value, bool)
    wanted = (int, float) if isinstance(current, float) else (int,)
    return type(value) in wanted and 0 <= value <= _MOST
