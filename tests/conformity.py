"""Watches what the simulated provisioning API answers in whatever test there is: nothing but what is documented.

It hears of every answer that a Flask application in this process gives; what goes wrong on purpose is written by what
stands in front of that, and is not heard of.
"""

from collections import Counter
from collections.abc import Iterator
from threading import Lock
from typing import Any

from flask import Flask, Response, request

from bot.simulator.gate import PREFIX, service_of
from bot.simulator.simulator import Simulator
from tests.broadworks.shapes import ENDPOINTS, ENVELOPE, GENERAL, strict

_OF_PAGES = frozenset({"cursor", "offset", "page"})
"""What the simulator's own links to next pages add to a query."""

_ENVELOPE = strict(ENVELOPE)
_ANSWERS = {
    name: each.answer if name in GENERAL else strict(each.answer) for name, each in ENDPOINTS.items() if each.answer
}


class Conformity:
    """A receiver of Flask's signal for answers; keeps what was wrong until it is taken."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()
        self._wrong: dict[str, list[str]] = {"answers": [], "requests": []}
        self._lock = Lock()

    def __call__(self, _sender: Flask, response: Response, **_more: Any) -> None:
        path = request.path.removeprefix(PREFIX)
        if path == request.path or service_of(path) != "broadworks" or request.url_rule is None:
            return
        name = reached(request.method, path)
        wrong = list(wrong_answer(name, response))
        unasked = list(wrong_request(name)) if response.status_code < 400 else []
        with self._lock:
            self.seen[f"{name} {response.status_code}"] += 1
            self._wrong["answers"] += [f"{request.method} {path} {response.status_code}: {each}" for each in wrong]
            self._wrong["requests"] += [f"{request.method} {path}: {each}" for each in unasked]

    def taken(self, kind: str) -> list[str]:
        """What was wrong with the answers, or with the requests that were taken, since it was asked last."""
        with self._lock:
            wrong, self._wrong[kind] = self._wrong[kind], []
        return wrong


def reached(method: str, path: str) -> str | None:
    """The endpoint that is asked, the plain path before the one with an id."""
    found = [name for name, each in ENDPOINTS.items() if each.matches("GET" if method == "HEAD" else method, path)]
    return min(found, key=lambda name: "{}" in ENDPOINTS[name].path, default=None)


def wrong_answer(name: str | None, response: Response) -> Iterator[str]:
    if response.status_code >= 400:
        yield from _ENVELOPE.problems(response.get_json(silent=True))
        return
    if name is None:
        yield "is not documented"
        return
    documented = ENDPOINTS[name]
    if response.status_code != documented.status:
        yield f"is documented with {documented.status}"
    elif documented.answer is None:
        yield from ["has a body"] if response.get_data() else []
    else:
        yield from _ANSWERS[name].problems(response.get_json(silent=True))


def wrong_request(name: str | None) -> Iterator[str]:
    if name is None:
        return
    documented = ENDPOINTS[name]
    query = {key: value for key, value in request.args.items() if key not in _OF_PAGES}
    yield from documented.problems(query=query, body=request.get_json(silent=True) if request.get_data() else None)


def provisioning_routes(simulator: Simulator) -> set[tuple[str, str]]:
    """Method and path of every route of the simulated provisioning API, ``{}`` for an id."""
    found: set[tuple[str, str]] = set()
    for rule in simulator.app.url_map.iter_rules():
        path = rule.rule.removeprefix(PREFIX)
        if path != rule.rule and service_of(path) == "broadworks":
            plain = "/".join("{}" if part.startswith("<") else part for part in path.split("/"))
            found |= {(method, plain) for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}}
    return found
