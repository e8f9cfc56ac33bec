"""What can be set about the simulated services at run time, beside faults of single calls."""

from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

CardEdits = Literal["real", "strict", "refused"]
CARD_EDITS = ("real", "strict", "refused")


@dataclass
class Switches:
    """`late_404` is the number of coming reads of a message that find nothing, as with a message just created."""

    card_edits: CardEdits = "real"
    late_404: int = 0
    thread_reply_refused: bool = False
    info_as_object: bool = False
    extra_info: bool = False
    workspaces_scope: bool = True


@dataclass
class WebhookFaults:
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

    def used(self) -> None:
        """One delivery has had its share."""
        if self.times is None:
            return
        self.times -= 1
        if self.times <= 0:
            self.duplicate, self.delay, self.legacy_signature, self.times = 0, 0.0, False, None


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


def reset(target: Switches | WebhookFaults) -> None:
    for name, value in asdict(type(target)()).items():
        setattr(target, name, value)


def _fits(name: str, value: Any, current: Any) -> bool:
    if name == "card_edits":
        return value in CARD_EDITS
    if name == "times":
        return value is None or (type(value) is int and value > 0)
    if isinstance(current, bool):
        return isinstance(value, bool)
    wanted = (int, float) if isinstance(current, float) else (int,)
    return type(value) in wanted and value >= 0
