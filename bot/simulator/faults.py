"""Holds what shall go wrong with coming API calls, until it has happened often enough."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from threading import Event, Lock
from typing import Any
from uuid import uuid4

from werkzeug import Response

from bot.simulator.problems import Problem

SERVICES = ("webex", "broadworks")
WAITS = ("latency", "hang")
CUTS = ("drop_before", "drop_after")
ANSWERS = {"status": 500, "html": 502, "empty": 502, "broken_json": 200, "body": 200}
KINDS = (*WAITS, *CUTS, *ANSWERS)

_HTML = "<html><head><title>{0}</title></head><body><center><h1>{0}</h1></center><hr></body></html>"
_BROKEN = '{"message": "The server'


@dataclass(eq=False)
class Fault:
    """One thing that goes wrong.

    `path` is a regular expression for the whole path without /v1. `applied` makes a replaced answer come only after the
    call was carried out, as `drop_after` always does. `times` counts down; None lasts until the fault is removed.
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
    id: str = field(init=False, default_factory=lambda: uuid4().hex)
    hits: int = field(init=False, default=0)
    waiting: int = field(init=False, default=0)
    _released: Event = field(init=False, repr=False, default_factory=Event)

    def __post_init__(self) -> None:
        if self.service not in SERVICES:
            raise ValueError(f"service must be one of {', '.join(SERVICES)}.")
        if self.kind not in KINDS:
            raise ValueError(f"kind must be one of {', '.join(KINDS)}.")
        if self.times is not None and (type(self.times) is not int or self.times < 1):
            raise ValueError("times must be at least 1, or null.")
        if self.status is not None and not 200 <= self.status <= 599:
            raise ValueError("status must be between 200 and 599.")
        self.seconds = float(self.seconds)
        self.headers = {str(name): str(value) for name, value in dict(self.headers).items()}
        try:
            re.compile(self.path or "")
        except re.error as exc:
            raise ValueError(f"path is no regular expression: {exc}") from exc

    @property
    def after(self) -> bool:
        """The call is carried out before this fault shows."""
        return self.applied or self.kind == "drop_after"

    @property
    def over(self) -> bool:
        return self.times == 0 and not self.waiting

    def meets(self, service: str, method: str, path: str) -> bool:
        return (
            self.times != 0
            and self.service == service
            and (self.method is None or self.method.upper() == method)
            and (self.path is None or re.fullmatch(self.path, path) is not None)
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
    """The faults there are, oldest first: that is the order in which they are tried on a call."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._lock = Lock()
        self._faults: list[Fault] = []
        self._closed = False

    def add(self, **facts: Any) -> Fault:
        """Takes the fields of `Fault` by name; ValueError or TypeError for what makes no sense."""
        fault = Fault(**facts)
        with self._lock:
            self._faults.append(fault)
        self._changed()
        return fault

    def current(self) -> list[Fault]:
        with self._lock:
            self._faults = [fault for fault in self._faults if not fault.over]
            return list(self._faults)

    def remove(self, fault_id: str) -> bool:
        """False when there is none with this id."""
        with self._lock:
            found = [fault for fault in self._faults if fault.id == fault_id]
            self._faults = [fault for fault in self._faults if fault.id != fault_id]
        for fault in found:
            fault.release()
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

    def hold_up(self, service: str, method: str, path: str) -> Fault | None:
        """Waits in the faults that make this call wait; returns the one, if any, that decides about its answer."""
        if self._closed:
            return None
        waits, decisive = self._taken(service, method, path)
        for fault in waits:
            self._changed()
            try:
                fault.wait()
            finally:
                with self._lock:
                    fault.waiting -= 1
        return decisive

    def _taken(self, service: str, method: str, path: str) -> tuple[list[Fault], Fault | None]:
        waits: list[Fault] = []
        with self._lock:
            for fault in self._faults:
                if not fault.meets(service, method, path):
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
