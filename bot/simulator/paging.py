"""Cuts lists into pages, of which each names the next in a Link header."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import Response, jsonify, request

from bot.simulator.problems import Problem

T = TypeVar("T")


def limit(default: int, most: int) -> int:
    """`max` of the query: clamped without a word where it is too much, refused where it is no count."""
    asked = request.args.get("max")
    if asked is None:
        return default
    if not asked.isdecimal() or int(asked) < 1:
        raise Problem(400, "max must be a positive number.")
    return min(int(asked), most)


def page(items: Sequence[T], *, show: Callable[[T], Any], default: int = 100, most: int = 1000) -> Response:
    """A page of a list; the next one starts behind a cursor."""
    cursor = request.args.get("cursor", "0")
    start = int(cursor) if cursor.isdecimal() else 0
    size = limit(default, most)
    following = {"cursor": start + size} if len(items) > start + size else None
    return answer([show(item) for item in items[start : start + size]], following)


def answer(items: list[Any], following: dict[str, Any] | None) -> Response:
    """`following` is what the query of the next page has beside or instead of this one's."""
    response = jsonify({"items": items})
    if following:
        query = urlencode({**request.args.to_dict(), **following})
        response.headers["Link"] = f'<{request.base_url}?{query}>; rel="next"'
    return response
