"""The failure points of a write: where it may go wrong, how, and in what that must end."""

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
    ``told`` that it is no failure where an empty yes is a yes.
    """

    name: str
    traps: tuple[Trap, ...]
    ends: Ends
    done: bool
    own: bool = False
    told: bool = False

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
    """The process dies, once, or a second time while the next one takes up what it left."""
    for moment, ends, done in _deaths():
        own = moment in _OWN
        yield Point(f"dies: {moment}", (Trap(moment, die),), ends, done, own=own)
        if moment in _BEFORE:
            for then, later_ends, later_done in _deaths():
                traps = (Trap(moment, die), Trap(then, die))
                yield Point(f"dies: {moment}, again: {then}", traps, later_ends, later_done, own=then in _OWN)
        elif ends is Ends.LOST:
            for then in ("claim commits", "claim committed"):
                traps = (Trap(moment, die), Trap(then, die))
                yield Point(f"dies: {moment}, again: {then}", traps, ends, done, own=own)


LOOKS = ("settle begins", "settle commits", "settle committed", "found begins", "found commits")
"""The moments of a look that pass whether there is anything to be asked or not."""


def deaths_while_looking() -> Iterator[Point]:
    """It is not known how it ended, and the process dies while it looks, once or twice."""
    for lost, done in (((CARRIED_OUT, raises(httpx.ReadTimeout)), True), ((SENT, raises(httpx.ReadError)), False)):
        for moment in (*LOOKS, "looking", "looked"):
            for times in (1, 2):
                traps = (Trap(*lost), Trap(moment, die, times))
                asks = moment in {"looking", "looked"}
                yield Point(f"lost when {lost[0]}, dies {times}x: {moment}", traps, Ends.LOST, done, told=asks)


def databases() -> Iterator[Point]:
    """The database is locked or away."""
    for moment in _BEFORE:
        for times in (1, 3):
            traps = (Trap(moment, locked, times),)
            yield Point(f"locked {times}x: {moment}", traps, Ends.DONE, done=True, own=True)
    for moment in ("record begins", "record commits"):
        for times in (1, 3):
            traps = (Trap(moment, locked, times),)
            yield Point(f"locked {times}x: {moment}", traps, Ends.DONE, done=True, own=True)
        traps = (Trap(moment, locked, 4),)
        yield Point(f"locked for longer than the answer is held: {moment}", traps, Ends.LOST, done=True, own=True)
        traps = (Trap(moment, locked, 4), Trap("settle begins", locked, 6))
        yield Point(f"locked until nobody tries again: {moment}", traps, Ends.LOST, done=True, own=True)
    traps = (Trap("claim begins", locked, 6),)
    yield Point("locked until nobody tries again: claim begins", traps, Ends.DONE, done=True, own=True)
    for moment in LOOKS[:2]:
        traps = (Trap(CARRIED_OUT, die), Trap(moment, locked, 2))
        yield Point(f"dies when carried out, locked: {moment}", traps, Ends.LOST, done=True, own=True)


_NOT_LEFT = {
    "connection refused": raises(httpx.ConnectError, ConnectionRefusedError()),
    "name unknown": raises(httpx.ConnectError, socket.gaierror()),
    "connect timeout": raises(httpx.ConnectTimeout),
    "no TLS": raises(httpx.ConnectError, ssl.SSLError()),
    "no free connection": raises(httpx.PoolTimeout),
    "no such protocol": raises(httpx.UnsupportedProtocol),
}
_BROKEN = {
    "write error": raises(httpx.WriteError),
    "write timeout": raises(httpx.WriteTimeout),
    "read timeout": raises(httpx.ReadTimeout),
    "reset": raises(httpx.ReadError, ConnectionResetError()),
    "closed": raises(httpx.RemoteProtocolError),
    "proxy error": raises(httpx.ProxyError),
    "system error": raises(OSError),
    "bug": raises(ValueError),
}


def networks() -> Iterator[Point]:
    """The network fails."""
    for name, act in _NOT_LEFT.items():
        for times in (1, 2):
            traps = (Trap(CONNECTING, act, times),)
            yield Point(f"{name} {times}x", traps, Ends.DONE, done=True)
        yield Point(f"{name} 3x", (Trap(CONNECTING, act, 3),), Ends.FAILED, done=False)
        traps = (Trap(CONNECTING, act), Trap(CARRIED_OUT, die))
        yield Point(f"{name}, then dies when carried out", traps, Ends.LOST, done=True)
    for name, act in _BROKEN.items():
        for moment in (CONNECTING, SENDING, HALFWAY, SENT):
            if name != "proxy error" or moment == CONNECTING:
                yield Point(f"{name}: {moment}", (Trap(moment, act),), Ends.LOST, done=False)
        yield Point(f"{name}: {CARRIED_OUT}", (Trap(CARRIED_OUT, act),), Ends.LOST, done=True)


NO = (400, 401, 402, 403, 404, 405, 406, 409, 410, 411, 412, 413, 414, 415, 417, 418, 422, 424, 426, 428, 431, 451, 499)
BUSY = (423, 429)
NOBODY_KNOWS = (408, 500, 501, 502, 503, 504, 507, 511, 520, 599)
ODD = (100, 103, 199, 300, 301, 302, 303, 304, 307, 308, 399, 600, 999)
PAUSES = {"no pause": {}, "7": {"Retry_After": "7"}, "0": {"Retry_After": "0"}, "soon": {"Retry_After": "soon"}}
_FAILURE = b'{"message": "Made up.", "errors": [{"errorCode": 1, "description": "Made up."}], "trackingId": "ROUTER_1"}'


def statuses() -> Iterator[Point]:
    """The API answers anything else than yes.

    A 4xx after it was done is left out: the API would be lying, and nobody could see it but by looking there; a no is
    believed. 408 is no such no: it says that the API did not wait.
    """
    for status in NO:
        yield Point(f"{status}", (Trap(SENT, answers(status, _FAILURE)),), Ends.FAILED, done=False)
    for status in BUSY:
        for name, headers in PAUSES.items():
            traps = (Trap(SENT, answers(status, _FAILURE, **headers)),)
            yield Point(f"{status}, {name}", traps, Ends.DONE, done=True)
        traps = (Trap(SENT, answers(status), 5),)
        yield Point(f"{status} 5x", traps, Ends.FAILED, done=False)
        traps = (Trap(SENT, answers(status, Retry_After="86400")),)
        yield Point(f"{status} for a day", traps, Ends.FAILED, done=False)
        traps = (Trap(SENT, answers(status)), Trap(CARRIED_OUT, raises(httpx.ReadTimeout)))
        yield Point(f"{status}, then lost when {CARRIED_OUT}", traps, Ends.LOST, done=True)
        traps = (Trap(SENT, answers(status)), Trap("record commits", die))
        yield Point(f"{status}, dies before that is written down", traps, Ends.LOST, done=False)
    for status in (*NOBODY_KNOWS, *ODD):
        traps = (Trap(SENT, answers(status, _FAILURE, Location="https://elsewhere.example.com/")),)
        yield Point(f"{status} before it was done", traps, Ends.LOST, done=False)
        traps = (Trap(CARRIED_OUT, answers(status, _FAILURE, Location="https://elsewhere.example.com/")),)
        yield Point(f"{status} after it was done", traps, Ends.LOST, done=True)


def _broken_off() -> Iterator[bytes]:
    yield b'{"id": "half'
    raise httpx.ReadError("made up")


def _endless() -> Iterator[bytes]:
    for _ in range(40):
        yield b" " * 65536


_UNREADABLE = {
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
        traps = (Trap(SENT, _fresh(act)),)
        yield Point(f"yes with {name} before it was done", traps, Ends.LOST, done=False, told=True)
        traps = (Trap(CARRIED_OUT, _fresh(act)),)
        yield Point(f"yes with {name} after it was done", traps, Ends.LOST, done=True, told=False)


def _fresh(make: Callable[[], Act]) -> Act:
    """A body can be read once, so each walk has its own."""

    def answer(walk: Walk) -> httpx.Response | None:
        return make()(walk)

    return answer


def frozen() -> Iterator[Point]:
    """The whole machine stands still, before or beyond the deadline, and goes on by itself."""
    for moment in ("claim committed", CONNECTING):
        yield Point(f"stands still 5 s: {moment}", (Trap(moment, stands_still(5)),), Ends.DONE, done=True)
        for seconds in (10, 11, 129, 131, 3600):
            traps = (Trap(moment, stands_still(seconds)),)
            yield Point(f"stands still {seconds} s: {moment}", traps, Ends.DONE, done=True)
            traps = (Trap(moment, stands_still(seconds), 3),)
            yield Point(f"stands still {seconds} s, 3x: {moment}", traps, Ends.FAILED, done=False)
    for seconds in (11, 131, 3600):
        traps = (Trap(SENDING, stands_still(seconds)),)
        yield Point(f"stands still {seconds} s: {SENDING}", traps, Ends.LOST, done=False)
    for moment in (HALFWAY, SENT, *_AFTER[:2], "record committed"):
        for seconds in (11, 131, 3600):
            traps = (Trap(moment, stands_still(seconds)),)
            yield Point(f"stands still {seconds} s: {moment}", traps, Ends.DONE, done=True)


def late() -> Iterator[Point]:
    """The answer is lost on the way, and what was sent is done only after that."""
    for seconds in (1, 10, 60, 119):
        traps = (Trap(SENT, acts.arrives_late(seconds)),)
        yield Point(f"done {seconds} s after nobody waits any more", traps, Ends.LOST, done=True)


POINTS = (
    *deaths(),
    *deaths_while_looking(),
    *databases(),
    *networks(),
    *statuses(),
    *bodies(),
    *frozen(),
    *late(),
)
