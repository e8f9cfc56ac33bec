"""The failure points of a write: where it may go wrong, how, and in what that must end."""

import itertools
import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import httpx

from tests.walk import acts
from tests.walk.acts import Act, answers, die, locked, raises, stands_still
from tests.walk.walk import Trap, Walk


class Ends(StrEnum):
    """What the request must have come to when nothing happens any more by itself."""

    DONE = "done"
    FAILED = "failed"
    LOST = "done if a look finds it, else unknown, with a person's way out"


@dataclass(frozen=True)
class Point:
    """Traps that lie before one request, and where it must end.

    ``done`` tells whether the write was done by then; ``own`` whether it can happen to a change of the bot's own;
    ``told`` that it is no failure where an empty yes is a yes; ``asks`` that it happens while a look asks the API;
    ``status`` is a no that was answered; ``same`` that it is one more of a kind of which others are walked with every
    write, and this one with the first only: what the client makes of it is the same for all. ``queues`` is for what
    waits its turn only, or for what does not.
    """

    name: str
    traps: tuple[Trap, ...]
    ends: Ends
    done: bool
    own: bool = False
    told: bool = False
    asks: bool = False
    same: bool = False
    status: int = 0
    queues: bool | None = None

    def __str__(self) -> str:
        return self.name


CONNECTING, SENDING, HALFWAY, SENT, CARRIED_OUT = "connecting", "sending", "halfway", "sent", "carried out"

_BEFORE = ("claim begins", "claim commits")
_UNDER_WAY = ("claim committed", CONNECTING, SENDING, HALFWAY, SENT)
_AFTER = (CARRIED_OUT, "record begins", "record commits")
_OWN = {*_BEFORE, "claim committed", SENDING, HALFWAY, *_AFTER, "record committed"}


def _deaths() -> Iterator[tuple[str, Ends, bool]]:
    """Every moment of a write, with what a death there must lead to and whether the write was done."""
    yield from ((moment, Ends.DONE, True) for moment in _BEFORE)
    yield from ((moment, Ends.LOST, False) for moment in _UNDER_WAY)
    yield from ((moment, Ends.LOST, True) for moment in _AFTER)
    yield "record committed", Ends.DONE, True


def deaths() -> Iterator[Point]:
    """The process dies."""
    for moment, ends, done in _deaths():
        yield Point(f"dies: {moment}", (Trap(moment, die),), ends, done, own=moment in _OWN)


def deaths_in_a_row() -> Iterator[Point]:
    """The process dies, and the next one too, while it takes up what the first has left."""
    for moment, ends, done in _deaths():
        if moment in _BEFORE:
            for then, later_ends, later_done in _deaths():
                traps = (Trap(moment, die), Trap(then, die))
                name = f"dies: {moment}, again: {then}"
                yield Point(name, traps, later_ends, later_done, own=then in _OWN, same=True)
        elif ends is Ends.LOST:
            for then in ("claim commits", "claim committed"):
                traps = (Trap(moment, die), Trap(then, die))
                name = f"dies: {moment}, again: {then}"
                yield Point(name, traps, ends, done, own=moment in _OWN, same=moment not in {SENDING, CARRIED_OUT})


_ASKS = {"looking", "looked", "found begins", "found commits"}
LOOKS = ("settle begins", "settle commits", "settle committed", "found begins", "found commits")
"""The moments of a look that pass whether there is anything to be asked or not."""


def deaths_while_looking() -> Iterator[Point]:
    """It is not known how it ended, and the process dies while it looks, once or twice."""
    for lost, done in (((CARRIED_OUT, raises(httpx.ReadTimeout)), True), ((SENT, raises(httpx.ReadError)), False)):
        for moment in (*LOOKS, "looking", "looked"):
            for times in (1, 2):
                traps = (Trap(*lost), Trap(moment, die, times))
                name = f"lost when {lost[0]}, dies {times}x: {moment}"
                same = times > 1 or moment not in {"looked", "found commits", "settle commits"}
                yield Point(name, traps, Ends.LOST, done, asks=moment in _ASKS, same=same)


def databases() -> Iterator[Point]:
    """The database is locked or away."""
    for moment, times in itertools.product((*_BEFORE, "record begins", "record commits"), (1, 3)):
        name = f"locked {times}x: {moment}"
        same = times > 1 or moment in {"claim begins", "record begins"}
        yield Point(name, (Trap(moment, locked, times),), Ends.DONE, done=True, own=True, same=same)
    for moment in ("record begins", "record commits"):
        beyond = Trap(moment, locked, 4)
        name = f"locked for longer than the answer is held: {moment}"
        yield Point(name, (beyond,), Ends.LOST, done=True, own=True)
        name = f"locked until nobody tries again: {moment}"
        yield Point(name, (beyond, Trap("settle begins", locked, 6)), Ends.LOST, done=True, own=True)
    name = "locked until nobody tries again: claim begins"
    yield Point(name, (Trap("claim begins", locked, 6),), Ends.DONE, done=True, own=True)
    for moment in LOOKS[:2]:
        name = f"dies when carried out, locked: {moment}"
        yield Point(name, (Trap(CARRIED_OUT, die), Trap(moment, locked, 2)), Ends.LOST, done=True, own=True)


_NOT_LEFT: dict[str, Act] = {
    "connection refused": raises(httpx.ConnectError, ConnectionRefusedError()),
    "name unknown": raises(httpx.ConnectError, socket.gaierror()),
    "connect timeout": raises(httpx.ConnectTimeout),
    "no TLS": raises(httpx.ConnectError, ssl.SSLError()),
    "no free connection": raises(httpx.PoolTimeout),
    "no such protocol": raises(httpx.UnsupportedProtocol),
}
_BROKEN: dict[str, Act] = {
    "write error": raises(httpx.WriteError),
    "write timeout": raises(httpx.WriteTimeout),
    "read timeout": raises(httpx.ReadTimeout),
    "reset": raises(httpx.ReadError, ConnectionResetError()),
    "closed": raises(httpx.RemoteProtocolError),
    "proxy error": raises(httpx.ProxyError),
    "system error": raises(OSError),
    "bug": raises(ValueError),
}


_FEW = {"connection refused", "read timeout", "bug"}


def networks() -> Iterator[Point]:
    """The network fails."""
    for name, act in _NOT_LEFT.items():
        same = name not in _FEW
        for times in (1, 2):
            traps = (Trap(CONNECTING, act, times),)
            yield Point(f"{name} {times}x", traps, Ends.DONE, done=True, same=same or times > 1)
        yield Point(f"{name} 3x", (Trap(CONNECTING, act, 3),), Ends.FAILED, done=False, same=same)
        then = (Trap(CONNECTING, act), Trap(CARRIED_OUT, die))
        yield Point(f"{name}, then dies when carried out", then, Ends.LOST, done=True, same=same)
    for name, act in _BROKEN.items():
        same = name not in _FEW
        for moment in (CONNECTING,) if name == "proxy error" else (CONNECTING, SENDING, HALFWAY, SENT):
            few = same or moment != SENT
            yield Point(f"{name}: {moment}", (Trap(moment, act),), Ends.LOST, done=False, same=few)
        yield Point(f"{name}: {CARRIED_OUT}", (Trap(CARRIED_OUT, act),), Ends.LOST, done=True, same=same)


NO = (400, 401, 402, 403, 404, 405, 406, 409, 410, 411, 412, 413, 414, 415, 417, 418, 422, 424, 426, 428, 431, 451, 499)
BUSY = (423, 429)
NOBODY_KNOWS = (408, 500, 501, 502, 503, 504, 507, 511, 520, 599)
ODD = (100, 103, 199, 300, 301, 302, 303, 304, 307, 308, 399, 600, 999)
PAUSES: dict[str, dict[str, str]] = {
    "no pause": {},
    "7": {"Retry_After": "7"},
    "0": {"Retry_After": "0"},
    "soon": {"Retry_After": "soon"},
}
_FAILURE = b'{"message": "Made up.", "errors": [{"errorCode": 1, "description": "Made up."}], "trackingId": "ROUTER_1"}'


_TURNS = 75
"""As often is asked for what waits its turn, from the first time to the last."""

_SAID = {404, 409, 429, 504}
"""The statuses that every write is answered with; what all others mean is the same for all."""


def statuses() -> Iterator[Point]:
    """The API answers anything else than yes.

    A 4xx after it was done is left out: the API would be lying, and nobody could see it but by looking there; a no is
    believed. 408 is no such no: it says that the API did not wait.
    """
    for status in NO:
        traps = (Trap(SENT, answers(status, _FAILURE)),)
        yield Point(f"{status}", traps, Ends.FAILED, done=False, same=status not in _SAID, status=status)
    for status in BUSY:
        yield from _busy(status)
    for status in (*NOBODY_KNOWS, *ODD):
        same, act = status not in _SAID, answers(status, _FAILURE, Location="https://elsewhere.example.com/")
        yield Point(f"{status} before it was done", (Trap(SENT, act),), Ends.LOST, done=False, same=same)
        yield Point(f"{status} after it was done", (Trap(CARRIED_OUT, act),), Ends.LOST, done=True, same=same)


def _busy(status: int) -> Iterator[Point]:
    """The API asks to wait, once or for ever, or until something else happens."""
    same, busy = status not in _SAID, Trap(SENT, answers(status))
    for name, headers in PAUSES.items():
        traps = (Trap(SENT, answers(status, _FAILURE, **headers)),)
        yield Point(f"{status}, {name}", traps, Ends.DONE, done=True, same=same or name != "no pause")
    yield Point(f"{status} 5x", (Trap(SENT, answers(status), 5),), Ends.FAILED, done=False, same=same, queues=False)
    traps = (Trap(SENT, answers(status), 9),)
    yield Point(f"{status} 9x in a queue", traps, Ends.DONE, done=True, queues=True)
    traps = (Trap(SENT, answers(status), _TURNS),)
    yield Point(f"{status} for hours in a queue", traps, Ends.FAILED, done=False, queues=True)
    traps = (Trap(SENT, answers(status, Retry_After="86400")),)
    yield Point(f"{status} for a day", traps, Ends.FAILED, done=False, same=True)
    then = (busy, Trap(CARRIED_OUT, raises(httpx.ReadTimeout)))
    yield Point(f"{status}, then lost when {CARRIED_OUT}", then, Ends.LOST, done=True, same=same)
    then = (busy, Trap("record commits", die))
    yield Point(f"{status}, dies before that is written down", then, Ends.LOST, done=False, same=same)


def _broken_off() -> Iterator[bytes]:
    yield b'{"id": "half'
    raise httpx.ReadError("made up")


def _endless() -> Iterator[bytes]:
    for _ in range(40):
        yield b" " * 65536


_UNREADABLE: dict[str, Callable[[], Act]] = {
    "an empty body": lambda: answers(200),
    "no content": lambda: answers(204),
    "HTML": lambda: answers(200, b"<html>"),
    "a list": lambda: answers(200, b"[]"),
    "a number": lambda: answers(200, b"7"),
    "half of it": lambda: answers(200, b'{"id": "half'),
    "no id": lambda: answers(200, b'{"message": "success"}'),
    "an empty id": lambda: answers(200, b'{"id": ""}'),
    "complaints": lambda: answers(200, _FAILURE),
    "a body that breaks off": lambda: answers(200, _broken_off()),
    "a body without an end": lambda: answers(200, _endless()),
}


def bodies() -> Iterator[Point]:
    """The API says yes, and then nothing that makes sense."""
    for name, act in _UNREADABLE.items():
        same = name not in {"an empty body", "half of it"}
        before, after = (Trap(SENT, _fresh(act)),), (Trap(CARRIED_OUT, _fresh(act)),)
        yield Point(f"yes with {name} before it was done", before, Ends.LOST, done=False, told=True, same=same)
        yield Point(f"yes with {name} after it was done", after, Ends.LOST, done=True, same=same)


def _fresh(make: Callable[[], Act]) -> Act:
    """A body can be read once, so each walk has its own."""

    def answer(walk: Walk) -> httpx.Response | None:
        return make()(walk)

    return answer


def frozen() -> Iterator[Point]:
    """The whole machine stands still, before or beyond the deadline, and goes on by itself."""
    for moment, seconds in itertools.product(("claim committed", CONNECTING), (5, 10, 11, 129, 131, 3600)):
        name, same = f"stands still {seconds} s: {moment}", seconds not in {5, 131} or moment == CONNECTING
        yield Point(name, (Trap(moment, stands_still(seconds)),), Ends.DONE, done=True, same=same)
        if seconds > 5:
            traps = (Trap(moment, stands_still(seconds), 3),)
            yield Point(f"{name}, 3x", traps, Ends.FAILED, done=False, same=True)
    for moment, seconds in itertools.product(
        (SENDING, HALFWAY, SENT, *_AFTER[:2], "record committed"), (11, 131, 3600)
    ):
        ends, done = (Ends.LOST, False) if moment == SENDING else (Ends.DONE, True)
        name, same = f"stands still {seconds} s: {moment}", (moment, seconds) not in {(SENDING, 131), (SENT, 131)}
        yield Point(name, (Trap(moment, stands_still(seconds)),), ends, done, same=same)


def late() -> Iterator[Point]:
    """The answer is lost on the way, and what was sent is done only after that."""
    for seconds in (1, 10, 60, 119):
        name, traps = f"done {seconds} s after nobody waits any more", (Trap(SENT, acts.arrives_late(seconds)),)
        yield Point(name, traps, Ends.LOST, done=True, same=seconds not in {1, 119})


POINTS = (
    *deaths(),
    *deaths_in_a_row(),
    *deaths_while_looking(),
    *databases(),
    *networks(),
    *statuses(),
    *bodies(),
    *frozen(),
    *late(),
)
