"""Turns functions from a call to its answer into routes: lock, arguments, JSON."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from threading import RLock
from typing import Any, Generic, TypeVar

from flask import Blueprint, Response, jsonify, request

from bot.simulator.problems import Problem

C = TypeVar("C")
Handler = Callable[..., Any]


@dataclass(frozen=True)
class Asked:
    """What every call brings with it: query and JSON body."""

    @cached_property
    def body(self) -> dict[str, Any]:
        """400 unless it is a JSON object, 415 unless it says that it is JSON."""
        if not request.is_json:
            raise Problem(415)
        found = request.get_json(silent=True)
        if not isinstance(found, dict):
            raise Problem(400, "The request body must be a JSON object.")
        return found

    def text(self, name: str) -> str | None:
        """A field of the body that must be text where it is given."""
        value = self.body.get(name)
        if value is not None and not isinstance(value, str):
            raise Problem(400, f"{name} must be a string.")
        return value

    def flag(self, name: str) -> bool | None:
        value = self.body.get(name)
        if value is not None and not isinstance(value, bool):
            raise Problem(400, f"{name} must be true or false.")
        return value

    def query(self, name: str) -> str | None:
        return request.args.get(name) or None


class Api(Generic[C]):
    """A set of routes whose handlers get a `C`, made anew for each request, and the ids in the path.

    A handler's value becomes the JSON of a 200; None a 204; a Flask response goes as it is.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._routes: dict[str, dict[str, Handler]] = {}

    def get(self, rule: str) -> Callable[[Handler], Handler]:
        return self._route("GET", rule)

    def post(self, rule: str) -> Callable[[Handler], Handler]:
        return self._route("POST", rule)

    def put(self, rule: str) -> Callable[[Handler], Handler]:
        return self._route("PUT", rule)

    def delete(self, rule: str) -> Callable[[Handler], Handler]:
        return self._route("DELETE", rule)

    def blueprint(self, enter: Callable[[], C], lock: RLock) -> Blueprint:
        """`enter` admits or refuses the caller; the handler then runs with the lock held."""
        blueprint = Blueprint(self._name, __name__)
        # One rule for all methods of a path, because Flask takes about a millisecond to learn a rule.
        for number, (rule, handlers) in enumerate(self._routes.items()):
            blueprint.add_url_rule(rule, str(number), _view(handlers, enter, lock), methods=list(handlers))
        return blueprint

    def _route(self, method: str, rule: str) -> Callable[[Handler], Handler]:
        def keep(handler: Handler) -> Handler:
            self._routes.setdefault(rule, {})[method] = handler
            return handler

        return keep


def _view(handlers: dict[str, Handler], enter: Callable[[], C], lock: RLock) -> Callable[..., Response]:
    def view(**ids: str) -> Response:
        call = enter()
        handler = handlers["GET" if request.method == "HEAD" else request.method]
        with lock:
            answer = handler(call, **ids)
        if answer is None:
            return Response(status=204)
        return answer if isinstance(answer, Response) else jsonify(answer)

    return view
