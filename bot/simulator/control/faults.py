"""Holds what shall go wrong with coming API calls, until it has happened often enough or long enough."""

import json
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from threading import Event, Lock
from typing import Any
from uuid import uuid4

from werkzeug import Response

from bot.simulator import strict
from bot.simulator.control import patterns
from bot.simulator.control.timers import Timers
from bot.simulator.problems import Problem

SERVICES = ("webex", "broadworks")
WAITS = ("latency", "hang")
CUTS = ("drop_before", "drop_after")
ANSWERS = {"status": 500, "html": 502, "empty": 502, "broken_json": 200, "body": 200}
KINDS = (*WAITS, *CUTS, *ANSWERS)

_HTML = "<html><head><title>{0}</title></head><body><center><h1>{0}</h1></center><hr></body></html>"
_BROKEN = '{"message": "The server'
_LONGEST = 86_400
_HEADER = re.compile(r"[0-9A-Za-z_-]+")
_FRAMING = {"connection", "content-length", "trailer", "transfer-encoding", "upgrade"}
_TEXTS = ("method", "path", "person")


@dataclass(eq=False)
class Fault:
    """One thing that goes wrong.

    `path` is a regular expression for the whole path without /v1, `person` the key of the one whose calls it meets
    ("bot"). `applied` makes a replaced answer come only after the call was carried out, as `drop_after` always does.
    `times` counts down and `lasts` is in seconds from its adding; None lasts until the fault is removed.
    `seconds` is how long a wait lasts, then the call goes on. `waiting` and `hits` are for looking at, not for setting.
    """

    service: str
    kind: str
    method: str | None = None
    path: str | None = None
    status: int | None = None
    retry_after: str | int | None = None
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    times: int | None = None
    applied: bool = False
    person: str | None = None
    lasts: float | None = None
    id: str = field(init=False, default_factory=lambda: uuid4().hex)
    hits: int = field(init=False, default=0)
    waiting: int = field(init=False, default=0)
    _released: Event = field(init=False, repr=False, default_factory=Event)

    def __post_init__(self) -> None:
        _sure(self.service in SERVICES, f"Service must be one of {', '.join(SERVICES)}.")
        _sure(self.kind in KINDS, f"Kind must be one of {', '.join(KINDS)}.")
        for name in _TEXTS:
            _sure(isinstance(getattr(self, name), str | None), f"{name.capitalize()} must be text.")
        _sure(isinstance(self.applied, bool), "Applied must be true or false.")
        self._check_numbers()
        _sure(isinstance(self.headers, dict), "Headers must be names with their values.")
        self.headers = {str(name): str(value) for name, value in self.headers.items()}
        _sure(all(map(_one_line, (*self.headers, *self.headers.values()))), "Headers must be of one line each.")
        _sure(
            all(map(_sendable, (*self.headers, *self.headers.values()))), "Headers must be of plain letters and signs."
        )
        _sure(all(map(_HEADER.fullmatch, self.headers)), "A header's name must be of letters, digits and hyphens.")
        # Where an answer ends must be said truly, or the next one is read as a part of it.
        framing = _FRAMING & {name.lower() for name in self.headers}
        _sure(not framing, f"The header {min(framing, default='')} cannot be set.")
        patterns.check(self.path or "")
        _check_body(self.body)

    def _check_numbers(self) -> None:
        _sure(_whole(self.times, 1, math.inf), "Times must be a whole number from 1, or left empty.")
        _sure(_whole(self.status, 200, 599), "Status must be a whole number between 200 and 599.")
        _sure(
            type(self.retry_after) in (int, str, type(None)) and _one_line(str(self.retry_after)),
            "Retry-After must be a number, or text of one line.",
        )
        _sure(_sendable(str(self.retry_after)), "Retry-After must be of plain letters and signs.")
        self.seconds = _seconds("Seconds", self.seconds)
        if self.lasts is not None:
            self.lasts = _seconds("Lasts", self.lasts)
            _sure(self.lasts > 0, "Lasts must be more than no time at all.")

    @property
    def after(self) -> bool:
        """The call is carried out before this fault shows."""
        return self.applied or self.kind == "drop_after"

    @property
    def over(self) -> bool:
        return self.times == 0 and not self.waiting

    def meets(self, service: str, method: str, path: str, *, person: str | None = None) -> bool:
        return (
            self.times != 0
            and self.service == service
            and (self.method is None or self.method.upper() == method)
            and (self.path is None or patterns.fits(self.path, path))
            and self.person in {None, person}
        )

    def release(self) -> None:
        """Lets everyone go who waits in it."""
        self._released.set()

    def let_go(self) -> None:
        """Lets those go who wait in it now; whoever comes later waits again."""
        self._released.set()
        self._released.clear()

    def wait(self) -> None:
        self._released.wait(self.seconds)

    def as_json(self) -> dict[str, Any]:
        return {item.name: getattr(self, item.name) for item in fields(self) if not item.name.startswith("_")}


class Faults:
    """The faults there are, oldest first: that is the order in which they are tried on a call.

    `changed` is called whenever a fault comes, goes, or meets a call.
    """

    def __init__(self, changed: Callable[[], None], timers: Timers) -> None:
        self._changed = changed
        self._timers = timers
        self._lock = Lock()
        self._faults: list[Fault] = []
        self._closed = False

    def add(self, **facts: Any) -> Fault:
        """Takes the fields of `Fault` by name; ValueError, in words, for what makes no sense."""
        known = {item.name for item in fields(Fault) if item.init}
        if unknown := facts.keys() - known:
            raise ValueError(f"A fault has no {min(unknown)!r}; it has {', '.join(sorted(known))}.")
        if missing := {"service", "kind"} - facts.keys():
            raise ValueError(f"{' and '.join(sorted(missing)).capitalize()} must be said.")
        fault = Fault(**facts)
        with self._lock:
            self._faults.append(fault)
        if fault.lasts is not None:
            self._timers.plan(fault.id, lambda: self.remove(fault.id), seconds=fault.lasts)
        self._changed()
        return fault

    def current(self) -> list[Fault]:
        self._timers.look()
        with self._lock:
            self._faults = [fault for fault in self._faults if not fault.over]
            return list(self._faults)

    def shown(self, fault: Fault) -> dict[str, Any]:
        """All about a fault; `left` is for how many seconds more, where it does not last for ever."""
        return fault.as_json() | {"left": self._timers.left(fault.id)}

    def remove(self, fault_id: str) -> bool:
        """False when there is none with this id."""
        with self._lock:
            found = [fault for fault in self._faults if fault.id == fault_id]
            self._faults = [fault for fault in self._faults if fault.id != fault_id]
        self._timers.forget(fault_id)
        for fault in found:
            fault.release()
        if found:
            self._changed()
        return bool(found)

    def clear(self) -> None:
        for fault in self.current():
            self.remove(fault.id)

    def let_go(self) -> None:
        """Lets those go who wait now; the faults stay."""
        for fault in self.current():
            fault.let_go()

    def close(self) -> None:
        """Nothing goes wrong, and nobody waits, from now on."""
        self._closed = True
        self.clear()

    def hold_up(self, service: str, method: str, path: str, *, person: str | None = None) -> Fault | None:
        """Waits in the faults that make this call wait; returns the one, if any, that decides about its answer."""
        if self._closed:
            return None
        self._timers.look()
        waits, decisive = self._taken(service, method, path, person=person)
        if waits or decisive:
            self._changed()
        for fault in waits:
            try:
                fault.wait()
            finally:
                with self._lock:
                    fault.waiting -= 1
                self._changed()
        return decisive

    def _taken(self, service: str, method: str, path: str, *, person: str | None) -> tuple[list[Fault], Fault | None]:
        waits: list[Fault] = []
        with self._lock:
            for fault in self._faults:
                if not fault.meets(service, method, path, person=person):
                    continue
                fault.hits += 1
                if fault.times is not None:
                    fault.times -= 1
                if fault.kind not in WAITS:
                    return waits, fault
                fault.waiting += 1
                waits.append(fault)
        return waits, None


def faulty_answer(fault: Fault, tracking_id: str) -> Response:
    """What is sent in place of the real answer."""
    status = fault.status or ANSWERS[fault.kind]
    response = _written(fault, status, tracking_id)
    if fault.retry_after is not None:
        response.headers["Retry-After"] = str(fault.retry_after)
    for name, value in fault.headers.items():
        response.headers[name] = value
    return response


def _written(fault: Fault, status: int, tracking_id: str) -> Response:
    if fault.kind == "empty":
        return Response(b"", status)
    if fault.kind == "html":
        return Response(_text(fault.body) or _HTML.format(status), status, content_type="text/html")
    if fault.kind == "broken_json":
        return Response(_BROKEN, status, content_type="application/json")
    body = fault.body
    if fault.kind == "status" and body is None:
        body = Problem(status).envelope(tracking_id)
    return Response(_text(body), status, content_type="application/json")


def _text(body: Any) -> str:
    return body if isinstance(body, str) else "" if body is None else json.dumps(body)


def _sure(so: bool, words: str) -> None:  # noqa: FBT001 - it is what is to be so.
    if not so:
        raise ValueError(words)


def _check_body(body: Any) -> None:
    try:
        strict.check(body)
    except ValueError as exc:
        raise ValueError("Body must be text, or what JSON can say.") from exc


def _one_line(text: str) -> bool:
    return "\n" not in text and "\r" not in text


def _sendable(text: str) -> bool:
    """HTTP knows no other letters in what stands above a body."""
    return text.isascii() and text.isprintable()


def _whole(value: Any, least: float, most: float) -> bool:
    """A whole number within bounds, or none at all."""
    return value is None or (type(value) is int and least <= value <= most)


def _seconds(name: str, value: Any) -> float:
    """Of a number or a text that holds one."""
    try:
        seconds = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        seconds = math.nan
    _sure(0 <= seconds <= _LONGEST, f"{name} must be a number between 0 and {_LONGEST}.")
    return seconds
