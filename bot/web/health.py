"""Tells those who watch over the bot whether it lives, and whether it does its work."""

from collections.abc import Callable, Mapping

from flask import Blueprint, Response, jsonify

Checks = Callable[[], Mapping[str, str]]
"""Returns every check by name, with its problem in words, or "" where there is none."""


def create_health(checks: Checks) -> Blueprint:
    """GET /healthz (the process answers) and GET /readyz (no work has failed for good)."""
    blueprint = Blueprint("health", __name__)

    @blueprint.get("/healthz")
    def healthz() -> Response:
        return Response("ok\n", content_type="text/plain; charset=utf-8")

    @blueprint.get("/readyz")
    def readyz() -> tuple[Response, int]:
        found = dict(checks())
        ready = not any(found.values())
        answer = jsonify(ready=ready, checks={name: problem or "ok" for name, problem in found.items()})
        return answer, 200 if ready else 503

    return blueprint
