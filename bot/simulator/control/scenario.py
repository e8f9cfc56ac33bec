"""One thing that can go wrong in the playground, and how each kind of it is made."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Target = Literal["faults", "switches", "webhooks"]

COUNTS = (1, 3, 10)
SPANS = (10, 60)


@dataclass(frozen=True)
class Scenario:
    """One thing that can go wrong, and for how long.

    `body` is what its target takes: the fields of a fault, or the values of switches. `counts` are offered as "the next
    3", `spans` as "for 10 s"; `open` says that it may stay until it is taken back. `count` names the field that the
    count goes into: `times`, or a switch that is a number of coming calls by itself.
    """

    key: str
    group: str
    words: str
    hint: str
    target: Target
    body: Mapping[str, Any]
    counts: tuple[int, ...] = COUNTS
    spans: tuple[int, ...] = SPANS
    open: bool = True
    count: str = "times"


def webex(key: str, words: str, hint: str, **body: Any) -> Scenario:
    """Of the bot's calls only: whoever plays a person must be able to go on writing."""
    body = {"service": "webex", "person": "bot", **body}
    return Scenario(f"webex-{key}", "Webex", words, hint, target="faults", body=body)


def broadworks(key: str, words: str, hint: str, **body: Any) -> Scenario:
    body = {"service": "broadworks", **body}
    return Scenario(f"broadworks-{key}", "BroadWorks", words, hint, target="faults", body=body)


def renewal(key: str, words: str, hint: str, **body: Any) -> Scenario:
    """Of the sign-in, which is Webex's own; nobody calls it with a token, so with none of a person."""
    body = {"service": "webex", "method": "POST", "path": "/access_token", **body}
    return Scenario(f"broadworks-renewal-{key}", "BroadWorks", words, hint, target="faults", body=body)


def write(key: str, words: str, hint: str, **body: Any) -> Scenario:
    """Of provisioning anything, unless another method and path are named."""
    body = {"method": "POST", "path": "/broadworks/(workspaces|subscribers)", **body}
    return broadworks(key, words, hint, **body)


def switch(key: str, words: str, hint: str, **body: Any) -> Scenario:
    """On until it is taken back, or for some time: there are no calls to be counted."""
    group = "Webex" if key.startswith("webex-") else "BroadWorks"
    return Scenario(key, group, words, hint, target="switches", body=body, counts=())


def outcome(key: str, words: str, hint: str, outcome: str) -> Scenario:
    return switch(f"broadworks-{key}", words, hint, subscriber_outcome=outcome)


def hooks(key: str, words: str, hint: str, *, counts: tuple[int, ...] = COUNTS, **body: Any) -> Scenario:
    return Scenario(f"webhooks-{key}", "Webhooks", words, hint, target="webhooks", body=body, counts=counts)


def coming(group: str, key: str, words: str, hint: str, *, target: Target, counts: tuple[int, ...]) -> Scenario:
    """A switch that is the number of coming calls: it can only be counted."""
    name = key.partition("-")[2].replace("-", "_")
    return Scenario(
        key, group, words, hint, target=target, body={name: counts[0]}, counts=counts, spans=(), open=False, count=name
    )
